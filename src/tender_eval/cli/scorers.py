"""``tender-eval scorers``."""

from __future__ import annotations

import click

from tender_eval.cli.output import emit


@click.group("scorers")
def command() -> None:
    """List the installed scorers, or show one with its parameters."""


@command.command("list")
def list_() -> None:
    """List the scorers: what each promises, and which distribution brings it."""
    from tender_eval.cli.described import traits
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookup_text import list_text

    found = load_catalogue().scorers
    rows = [(name, traits(one.item), str(one.origin)) for name, one in found.items()]
    emit(list_text(("name", "traits", "distribution"), rows))


@command.command("show")
@click.argument("name")
def show(name: str) -> None:
    """Show a scorer: what it does, its source, its parameters and how it is written in a scheme."""
    from tender_eval.cli.described import scorer_entry
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookup_text import entry_text

    emit(entry_text(scorer_entry(name, load_catalogue())))
