"""``tender-eval scorers``."""

from __future__ import annotations

import click

from tender_eval.cli.formats import READ, deliver_made, read_as
from tender_eval.cli.output import emit, output_option


@click.group("scorers")
def command() -> None:
    """List the installed scorers, or show one with its parameters."""


@command.command("list")
def list_() -> None:
    """List the scorers: what each promises, and which distribution brings it."""
    from tender_eval.cli.listing import installed
    from tender_eval.cli.method_entries import traits
    from tender_eval.report.lookups import list_text

    with installed() as found:
        rows = [(name, traits(scorer), origin) for name, scorer, origin in found.sound(found.catalogue.scorers)]
        emit(list_text("name traits distribution", rows))


@command.command("show")
@click.argument("name")
@click.option("--format", "shape", type=click.Choice(READ), default="text", show_default=True)
@output_option
def show(*, name: str, shape: str, output: str | None) -> None:
    """Show a scorer: what it does, its source, its parameters and how it is written in a scheme."""
    from tender_eval.cli.method_entries import scorer_entry
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.report.lookups import entry_document

    entry = scorer_entry(name, load_catalogue())
    deliver_made(read_as(lambda: entry_document(entry)), shape, output)
