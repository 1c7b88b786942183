"""``tender-eval mechanisms``."""

from __future__ import annotations

import click

from tender_eval.cli.formats import READ, deliver_made, read_as
from tender_eval.cli.output import emit, output_option
from tender_eval.languages.catalogue import catalogue as messages

t = messages("lookups")


@click.group("mechanisms")
def command() -> None:
    """List the installed mechanisms that award lots, or show one with its parameters."""


@command.command("list")
def list_() -> None:
    """List the mechanisms: whether each keeps to limits on awards, and which distribution brings it."""
    from tender_eval.cli.listing import installed
    from tender_eval.report.lookups import list_text

    with installed() as found:
        rows = [
            (name, t("yes" if mechanism.honours_limits else "no"), origin)
            for name, mechanism, origin in found.sound(found.catalogue.mechanisms)
        ]
        emit(list_text("name keeps_to_limits distribution", rows))


@command.command("show")
@click.argument("name")
@click.option("--format", "shape", type=click.Choice(READ), default="text", show_default=True)
@output_option
def show(*, name: str, shape: str, output: str | None) -> None:
    """Show a mechanism: what it does, its source, its parameters and how it is written in a scheme."""
    from tender_eval.cli.method_entries import mechanism_entry
    from tender_eval.lots.catalogue import load_catalogue
    from tender_eval.report.lookups import entry_document

    entry = mechanism_entry(name, load_catalogue())
    deliver_made(read_as(lambda: entry_document(entry)), shape, output)
