"""Acts about the people of the panel: interests declared, people recused."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import act, enter, reason_option
from tender_eval.cli.inputs import Inputs

person_option = click.option("--person", metavar="ID", required=True, help="Who: an id or a name of the panel.")


@act("declare-interest")
@person_option
@click.option(
    "--supplier", metavar="NAME", default="", help="In whom: a bidder, member of a consortium, sub-contractor."
)
@click.option("--none", is_flag=True, help="There is no interest, or none beyond those that were declared.")
@click.option("--nature", metavar="TEXT", default="", help="What the interest is.")
@click.option(
    "--outcome",
    type=click.Choice(("open", "excluding", "cleared")),
    help="What was decided: nothing yet, that the person may not mark the supplier, that they may; needs --reason.",
)
@click.option("--reason", metavar="TEXT", default="", help="Why it was decided so.")
def declare_interest(
    *, record: Path, person: str, supplier: str, none: bool, nature: str, outcome: str | None, reason: str,
    by: tuple[str, ...], at: str | None,
) -> None:  # fmt: skip
    """Declare an interest of somebody of the panel in a supplier, or that there is none.

    While an interest is open or excluding, the person's marks of the supplier are refused, and set aside where they are
    there. The marks are locked once everybody declared. Declared again, an interest is as it was decided last.
    """
    enter(
        record, "declare_interest", by, at, person=person, supplier=supplier, none="true" if none else "",
        nature=nature, outcome=outcome, reason=reason,
    )  # fmt: skip


@act("recuse")
@person_option
@click.option("--supplier", metavar="NAME", required=True, help="From whom, as with declare-interest.")
@reason_option
def recuse(*, record: Path, person: str, supplier: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Recuse somebody of the panel from a supplier: they mark it no more, and marks that are there are set aside."""
    enter(record, "recuse", by, at, person=person, supplier=supplier, reason=reason)


@act("change-panel")
@click.argument("file", type=click.Path())
@reason_option
@click.pass_obj
def change_panel(inputs: Inputs, *, record: Path, file: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Change who is of the panel, before the marks are locked: FILE takes the place of the panel that there is.

    Whoever joins declares their interests first. Marks of whoever leaves, and marks that somebody is not to give any
    more, are set aside; the record keeps them.
    """
    from tender_eval.case.inputs import file_data

    enter(record, "change_panel", by, at, file=file_data(inputs.source(file)), reason=reason)
