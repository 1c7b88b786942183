"""Acts about what is asked, answered and made clear."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import act, body_of, enter, lot_option, reason_option, told
from tender_eval.cli.inputs import catalogue_at
from tender_eval.cli.times import entry_time

text_option = click.option("--text", metavar="TEXT", required=True, help="What was asked, answered or said.")
matter_option = click.option("--matter", metavar="ID", required=True, help="The matter, such as m1.")
some_bid_option = click.option("--bid", metavar="ID", default="", help="The bid that it is about.")


@act("query")
@some_bid_option
@lot_option
@click.option(
    "--about",
    type=click.Choice(("abnormally_low", "query")),
    help="What it is about; a query about a bid whose price is flagged as low is about that.",
)
@text_option
def query(
    *, record: Path, bid: str, lot: str, about: str | None, text: str, by: tuple[str, ...], at: str | None
) -> None:
    """Ask a bidder something: it opens a matter, and nothing is decided while it is open."""
    from tender_eval.audit.writing import enter_as
    from tender_eval.case.matters import about as about_of

    said = {"bid": bid, "lot": lot, "text": text}
    told(
        record,
        enter_as(
            record, "query",
            lambda state: body_of(by, {**said, "about": about or about_of(state, bid, lot)}),
            catalogue_at(record), entry_time(at),
        ),
    )  # fmt: skip


@act("answer")
@matter_option
@click.option("--outcome", type=click.Choice(("accepted", "not_accepted")), help="For a low price: is it explained?")
@text_option
def answer(*, record: Path, matter: str, outcome: str | None, text: str, by: tuple[str, ...], at: str | None) -> None:
    """Enter an answer: it closes the matter, but that of a low price only where it is accepted."""
    enter(record, "answer", by, at, matter=matter, outcome=outcome, text=text)


@act("clarify")
@some_bid_option
@lot_option
@click.option("--matter", metavar="ID", default="", help="The matter that it belongs to, where it does.")
@text_option
def clarify(*, record: Path, bid: str, lot: str, matter: str, text: str, by: tuple[str, ...], at: str | None) -> None:
    """Enter what was made clear, about a bid or about the tender."""
    enter(record, "clarify", by, at, bid=bid, lot=lot, matter=matter, text=text)


@act("close-matter")
@matter_option
@reason_option
def close_matter(*, record: Path, matter: str, reason: str, by: tuple[str, ...], at: str | None) -> None:
    """Close a matter that needs no answer any more."""
    enter(record, "close_matter", by, at, matter=matter, reason=reason)
