"""What the order of the entries tells against a record: acts after somebody signed, corrections with prices open."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.audit.earlier import CORRECTION
from tender_eval.audit.trail import after_opening, noticed_before, since_signed, uncommitted
from tender_eval.case.acts import ACTS, Entry
from tender_eval.case.case import Case
from tender_eval.documents.model import Block, Notice, items, paragraph
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Runs, name

t = catalogue("case")


def order_lines(case: Case) -> Iterator[Runs]:
    """A sentence for everybody who signed what was entered after, and one for corrections after prices were opened."""
    for one in since_signed(case.entries):
        if later := _acts(one.later):
            signed = t.date(one.signature.at[:10])
            yield t.say("order.signed", signer=name(one.signer), entry=one.signature.number, at=signed, acts=later)
    if late := _acts(after_opening(case.entries)):
        yield t.say("order.opened", acts=late)


def order_notice(case: Case) -> Iterator[Block]:
    """The same where it cannot be missed; nothing where there is nothing to tell."""
    if lines := list(order_lines(case)):
        yield Notice(t.say("order.heading"), (items(lines),), "bad")


def commitment_line(case: Case) -> Iterator[Block]:
    """That nothing was committed of sealed prices before they were opened, or a notice is dated before its decision."""
    if uncommitted(case.entries):
        yield paragraph(t.say("order.uncommitted"))
    for entry in noticed_before(case.entries):
        day, made = t.date(str(entry.body["notice_on"])), t.date(entry.at[:10])
        yield paragraph(t.say("order.noticed", day=day, made=made, entry=entry.number))


def _acts(entries: tuple[Entry, ...]) -> Runs:
    """The acts among entries, each with its number; what was found by evaluating is left out."""
    kinds = {entry.number: "correct" if entry.kind == CORRECTION else entry.kind for entry in entries}
    told = [t("order.act", act=t(f"kind.{kind}"), entry=n) for n, kind in kinds.items() if kind in ACTS]
    return t.listed(told)
