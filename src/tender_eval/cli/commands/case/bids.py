"""Acts about a bid: it leaves, it stands again, a figure of it is put right."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import (
    act,
    bid_option,
    clause_option,
    enter,
    lot_option,
    reason_option,
    told,
)
from tender_eval.cli.commands.case.receiving import two_people
from tender_eval.cli.inputs import Inputs, catalogue_at, reader_option
from tender_eval.cli.times import entry_time


@act("withdraw")
@bid_option
@lot_option
@click.option("--clause", metavar="TEXT", default="", help="The provision that it rests on, where there is one.")
@click.option("--reason", metavar="TEXT", default="", help="Why, as the bidder says it.")
def withdraw(
    *, record: Path, bid: str, lot: str, clause: str, reason: str, by: tuple[str, ...], at: str | None
) -> None:
    """Enter that a bidder withdrew its bid."""
    enter(record, "withdraw", by, at, bid=bid, lot=lot, clause=clause, reason=reason)


@act("exclude")
@bid_option
@lot_option
@clause_option
@reason_option
def exclude(*, record: Path, bid: str, lot: str, clause: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Exclude a bid: a ground for exclusion, too late, not responsive, an order of a court."""
    enter(record, "exclude", by, at, bid=bid, lot=lot, clause=clause, reason=reason)


@act("disregard")
@bid_option
@lot_option
@clause_option
@reason_option
def disregard(
    *, record: Path, bid: str, lot: str, clause: str, reason: str, by: tuple[str, ...], at: str | None
) -> None:
    """Disregard a bid, such as one whose low price was queried and not explained (s.19(3)(c)).

    What was asked about it is closed. Whether it still counts in the scores of the others is for the scheme's
    `on_rejection`; it gets a letter that says what happened to it.
    """
    enter(record, "disregard", by, at, bid=bid, lot=lot, clause=clause, reason=reason)


@act("readmit")
@bid_option
@lot_option
@click.option("--clause", metavar="TEXT", default="", help="The provision that it rests on, where there is one.")
@reason_option
def readmit(*, record: Path, bid: str, lot: str, clause: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Let a bid stand again that was withdrawn, excluded or disregarded."""
    enter(record, "readmit", by, at, bid=bid, lot=lot, clause=clause, reason=reason)


@act("correct")
@click.option("--bid", metavar="ID", default="", help="The bid whose figure is put right.")
@lot_option
@click.option(
    "--field",
    metavar="NAME",
    default="",
    help="What: marks.<criterion>, marks.<criterion>.individual.<person>, price, prices.<name>, values.<name>, "
    "declarations.<name>, supplier.<fact>.",
)
@click.option("--old", metavar="VALUE", default="", help="As it is recorded; left out where the bid did not state it.")
@click.option("--new", metavar="VALUE", default="", help="As it should be.")
@click.option("--panel-reason", metavar="TEXT", default="", help="For a mark: the panel's reason for the new one.")
@click.option("--file", type=click.Path(), help="A mended file of prices, in place of one figure; by two people.")
@reason_option
@reader_option
@click.pass_obj
def correct(
    inputs: Inputs, /, *, record: Path, file: str | None, reason: str, by: tuple[str, ...], at: str | None, **said: str
) -> None:  # fmt: skip
    """Put a figure of a bid right after it was recorded, and evaluate again.

    Every report then shows what it was, what it is, why, and whether the award changed. A mark's old reason does not
    stand beside the new mark: without --panel-reason, the reason of the correction takes its place.
    """
    if file is not None:
        if given := [name for name, value in said.items() if value]:
            raise click.UsageError(f"--file stands alone: leave --{given[0].replace('_', '-')} out")
        from tender_eval.audit.writing import correct_file

        two_people(by)
        mended = inputs.source(file)
        told(record, correct_file(record, mended, reason, by, catalogue_at(record), entry_time(at)))
        return
    missing = [f"--{name}" for name in ("bid", "field", "new") if not said[name]]
    if missing:
        raise click.UsageError(f"a correction needs {', '.join(missing)}, or --file")
    if said["panel_reason"] and not said["field"].startswith("marks."):
        raise click.UsageError("--panel-reason goes with a mark")
    enter(record, "correct", by, at, reason=reason, **said)
