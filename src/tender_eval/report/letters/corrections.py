"""What was put right after it was recorded, told to the supplier that it concerns: before, after and why."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.case.corrections import Change
from tender_eval.case.fold import Told
from tender_eval.case.outcome import ranks_of
from tender_eval.case.panel.correcting import of_person
from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, name
from tender_eval.report.letters.scores import AssessedBid
from tender_eval.report.terms.figures import figure, figure_name
from tender_eval.report.terms.heads import heads

t = catalogue("letters", "terms")
_TRUTHS = {"true": True, "false": False}


def corrections(part: AssessedBid, level: int) -> Iterator[Block]:
    """Every correction of this tender at its lot, with its effect on the rank where that may be told.

    The mark of one evaluator is told where the mark that counts is computed of it, and never by whom.
    """
    computed = part.case.state.whole.scheme.panel.computed
    rows: list[tuple[Inline, ...]] = []
    moved: list[str] = []
    for told in part.case.corrections:
        found = [c for c in told.changes if c.bid == part.bid.id and c.lot in ("", part.lot)]
        found = [c for c in found if computed or not of_person(c.field)]
        for change in found:
            rows.append(_row(told, change, part))
        if found and part.told and (ranks := _ranks(told, part)):
            moved.append(t("corrections.rank", at=t.date(told.act.at[:10]), before=ranks[0], after=ranks[1]))
    if not rows:
        return
    yield heading(t("corrections"), level)
    named = heads(t, "corrections", "at what before after why")
    yield table(t("corrections.caption"), named, rows, widths=(14, 22, 16, 16, 32))
    yield from (paragraph(sentence) for sentence in moved)


def _row(told: Told, change: Change, part: AssessedBid) -> tuple[Inline, ...]:
    currency = part.case.compiled.scheme.currency
    what = _title(change.field, part)
    before, after = (_value(change.field, text, currency) for text in (change.old, change.new))
    return t.date(told.act.at[:10]), what, before, after, name(told.act.said("reason"))


def _title(field: str, part: AssessedBid) -> Inline:
    """A mark by the title of its criterion, any other figure as a bidder would call it."""
    whose = of_person(field)
    mark = whose.criterion if whose else field.removeprefix("marks.")
    if mark == field:
        return figure_name(field)
    found = next((c for c in part.case.state.whole.plan.scheme.walk() if c.id == mark), None)
    key = "corrections.mark of one" if whose else "corrections.mark"
    return t.say(key, title=name(found.title if found and found.title else figure_name(mark)))


def _value(field: str, text: str, currency: str) -> Inline:
    if not text:
        return t("figure.not_stated")
    try:
        return figure(field, _TRUTHS.get(text) if text in _TRUTHS else parse_number(text), currency)
    except NotANumber:
        return name(text)


def _ranks(told: Told, part: AssessedBid) -> tuple[str, str] | None:
    """The rank before and after, where the correction moved it."""
    before, after = (ranks_of(said, part.lot).get(part.bid.id, "") for said in (told.before, told.after))
    return (before, after) if before and after and before != after else None
