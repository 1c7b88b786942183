"""Acts about the award: ties settled, bids evaluated, the award decided or set aside, the scheme amended."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import act, enter, lot_option, reason_option
from tender_eval.cli.inputs import Inputs

DAY = click.DateTime(("%Y-%m-%d",))


@act("settle")
@lot_option
@click.option("--order", metavar="BIDS", required=True, help="The bids that tie, in the order drawn: b,a.")
@click.option("--procedure", metavar="TEXT", required=True, help="How it was settled, such as drawing lots.")
@click.option("--witness", "witnesses", metavar="NAME", multiple=True, help="Who saw it; repeatable.")
def settle(
    *, record: Path, lot: str, order: str, procedure: str, witnesses: tuple[str, ...], by: tuple[str, ...],
    at: str | None,
) -> None:  # fmt: skip
    """Enter how a tie was settled that the scheme leaves open; wherever the winner is told, so is this."""
    bids = [name.strip() for name in order.split(",") if name.strip()]
    enter(record, "settle", by, at, lot=lot, order=bids, procedure=procedure, witnesses=list(witnesses))


@act("evaluate")
def evaluate(*, record: Path, by: tuple[str, ...], at: str | None) -> None:
    """Evaluate the bids across quality and price, and record every figure with its working."""
    enter(record, "evaluate", by, at)


@act("decide")
@lot_option
@click.option("--no-award", is_flag=True, help="Nobody is awarded; needs --reason.")
@click.option("--reason", metavar="TEXT", default="", help="Why nobody is awarded.")
@click.option("--force", is_flag=True, help="Nobody is awarded though tenders can still come in.")
@click.option("--notice-on", type=DAY, metavar="DATE", help="The day of the award notice, for the standstill period.")
def decide(
    *, record: Path, lot: str, no_award: bool, reason: str, force: bool, notice_on: datetime | None,
    by: tuple[str, ...], at: str | None,
) -> None:  # fmt: skip
    """Decide the award as it is evaluated; letters and award notices can be written from then on."""
    if (reason or force) and not no_award:
        says = "--reason says why nobody is awarded" if reason else "--force is of an award to nobody"
        raise click.UsageError(f"{says}: it goes with --no-award")
    day = notice_on.date().isoformat() if notice_on else ""
    enter(
        record, "decide", by, at, lot=lot, no_award="true" if no_award else "", reason=reason, notice_on=day,
        forced="true" if force else "",
    )  # fmt: skip


@act("set-aside")
@lot_option
@click.option("--clause", metavar="TEXT", default="", help="The provision or order that it rests on.")
@reason_option
def set_aside(*, record: Path, lot: str, clause: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Set aside what was decided or evaluated: it can be corrected, evaluated and decided again."""
    enter(record, "set_aside", by, at, lot=lot, clause=clause, reason=reason)


@act("amend-scheme")
@click.argument("scheme", type=click.Path())
@click.option("--clause", metavar="TEXT", default="", help="The provision that it rests on.")
@click.option("--force", is_flag=True, help="After bids are in; every report then says so on its first page.")
@reason_option
@click.pass_obj
def amend_scheme(
    inputs: Inputs, *, record: Path, scheme: str, clause: str, force: bool, reason: str, by: tuple[str, ...],
    at: str | None,
) -> None:  # fmt: skip
    """Put another SCHEME in force; once bids are in, only with --force."""
    from tender_eval.case.inputs import file_data

    source = inputs.source(scheme)
    enter(
        record, "amend_scheme", by, at, file=file_data(source), reason=reason, clause=clause,
        forced="true" if force else "",
    )  # fmt: skip


@act("close")
@click.option("--reason", metavar="TEXT", default="", help="Why, such as that the contract is signed.")
def close(*, record: Path, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Close a decided case: nothing more is entered in it, but that it is set aside."""
    enter(record, "close", by, at, reason=reason)
