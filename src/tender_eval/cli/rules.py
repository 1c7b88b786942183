"""``tender-eval rules``."""

from __future__ import annotations

import click

from tender_eval.cli.output import emit


@click.group("rules")
def command() -> None:
    """List the installed award rules, or show one with its parameters."""


@command.command("list")
def list_() -> None:
    """List the award rules: what each ranks by, and which distribution brings it."""
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookup_text import list_text

    found = load_catalogue().rules
    rows = [(name, one.item.figure, one.item.best, str(one.origin)) for name, one in found.items()]
    emit(list_text(("name", "ranks by", "best", "distribution"), rows))


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show an award rule: what it does, its source, its parameters and how it is written in a scheme."""
    from tender_eval.cli.described import rule_entry
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookup_text import entry_text

    emit(entry_text(rule_entry(name, load_catalogue())))
