"""Acts that bring a case to its evaluation: opened, bids received, marks locked, sealed prices opened."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import RECORD, act, by_option, enter, told
from tender_eval.cli.inputs import Inputs, catalogue, catalogue_at, reader_option
from tender_eval.cli.output import emit
from tender_eval.cli.times import at_option, entry_time


@click.command("open")
@click.argument("record", type=RECORD)
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path(), required=False)
@click.option("--panel", type=click.Path(), metavar="FILE", help="Who marks, chairs and facilitates (panel.yaml).")
@by_option
@at_option
@reader_option
@click.pass_obj
def open_case(
    inputs: Inputs,
    *,
    record: Path,
    scheme: str,
    bids: str | None,
    panel: str | None,
    by: tuple[str, ...],
    at: str | None,
) -> None:
    """Open a case in a new record with its published SCHEME, and receive BIDS where they are there already.

    With --panel, everybody of the panel declares their interests before the marks are locked, and nobody else marks.
    """
    from tender_eval.audit.writing import open_case as opening
    from tender_eval.report.case.act_report import opened_text

    when, plugins, published = entry_time(at), catalogue(), inputs.source(scheme)
    offered = inputs.source(bids) if bids else None
    people = inputs.source(panel) if panel else None
    state, written = opening(record, published, offered, plugins, when, people, by)
    emit(opened_text(record.as_posix(), written, state))


@act("receive")
@click.argument("file", type=click.Path())
@click.option("--sealed", type=click.Path(), help="A file of prices that stays closed: its digest is entered.")
@reader_option
@click.pass_obj
def receive(
    inputs: Inputs, *, record: Path, file: str, sealed: str | None, by: tuple[str, ...], at: str | None
) -> None:
    """Receive bids, or what they lacked, such as the panel's marks.

    FILE is a .yaml, .csv, .xlsx or OCDS .json file. What was received is never changed by a later file. With --sealed,
    prices stand in a file of their own, which is not read: only its name and digest are entered, and no other file will
    be opened in its place.
    """
    from tender_eval.case.inputs import bids_data

    closed = inputs.source(sealed) if sealed else None
    committed = {"name": closed.name, "sha256": closed.sha256} if closed else None
    enter(record, "receive", by, at, file=bids_data(inputs.source(file)), sealed=committed)


@act("offer")
@click.argument("file", type=click.Path())
@click.option("--round", "number", metavar="N", required=True, help="The round of negotiation that the offers are of.")
@click.option("--sealed", type=click.Path(), help="A file of prices that stays closed: its digest is entered.")
@reader_option
@click.pass_obj
def offer(
    inputs: Inputs, *, record: Path, file: str, number: str, sealed: str | None, by: tuple[str, ...], at: str | None
) -> None:
    """Receive the offers of a later round: each takes the place of its bid's offer before, and both stay on record.

    The scheme says how many rounds there are (regime: {rounds: 3}); the last is of best and final offers. A bid that
    is not in FILE stands by its last offer. Marks that were given the offer before are set aside.
    """
    from tender_eval.case.inputs import bids_data

    closed = inputs.source(sealed) if sealed else None
    committed = {"name": closed.name, "sha256": closed.sha256} if closed else None
    enter(record, "offer", by, at, file=bids_data(inputs.source(file)), round=number, sealed=committed)


@act("lock")
def lock(*, record: Path, by: tuple[str, ...], at: str | None) -> None:
    """Lock the panel's marks. From here on a mark changes only by a correction, with its reason."""
    enter(record, "lock", by, at)


@act("open-prices")
@click.argument("file", type=click.Path())
@reader_option
@click.pass_obj
def open_prices(inputs: Inputs, *, record: Path, file: str, by: tuple[str, ...], at: str | None) -> None:
    """Open the sealed prices, once the marks are locked: two people, each named by --by.

    That they are opened is entered before FILE is read. It holds the bids' ids and prices and nothing else; where its
    digest was committed, it must be that very file.
    """
    from tender_eval.audit.writing import open_prices as opening

    two_people(by)
    name = Path(file).as_posix()
    told(record, opening(record, name, by, lambda: inputs.source(file), catalogue_at(record), entry_time(at)))


def two_people(by: tuple[str, ...]) -> None:
    """See that two people act together."""
    from tender_eval.base.look_alike import not_two_people

    if why := not_two_people(by):
        raise click.UsageError(f"{why}: give --by twice, with two names in full")
