"""``tender-eval rules``."""

from __future__ import annotations

import click

from tender_eval.cli.formats import READ, deliver_made, read_as
from tender_eval.cli.output import emit, output_option
from tender_eval.languages.figures import ranked_name
from tender_eval.model.explanation.labels import ranked_figure


@click.group("rules")
def command() -> None:
    """List the installed award rules, or show one with its parameters."""


@command.command("list")
def list_() -> None:
    """List the award rules: what each ranks by, and which distribution brings it."""
    from tender_eval.cli.listing import installed
    from tender_eval.report.lookups import list_text

    with installed() as found:
        rows = [
            (name, ranked_name(ranked_figure(rule.figure)), rule.best, origin)
            for name, rule, origin in found.sound(found.catalogue.rules)
        ]
        emit(list_text("name ranks_by best distribution", rows))


@command.command("show")
@click.argument("name")
@click.option("--format", "shape", type=click.Choice(READ), default="text", show_default=True)
@output_option
def show(*, name: str, shape: str, output: str | None) -> None:
    """Show an award rule: what it does, its source, its parameters and how it is written in a scheme."""
    from tender_eval.cli.method_entries import rule_entry
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookups import entry_document

    entry = rule_entry(name, load_catalogue())
    deliver_made(read_as(lambda: entry_document(entry)), shape, output)
