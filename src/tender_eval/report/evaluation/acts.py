"""What people entered that changed something, or asks for something: on the first page, what turned the award first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tender_eval.base.canonical import fraction
from tender_eval.case.case import Case
from tender_eval.case.corrections import Change
from tender_eval.case.fold import Told
from tender_eval.case.state import WHOLE, Matter
from tender_eval.documents.model import Block, Details, Item, Notice, heading, items, paragraph, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, Runs, joined, name, strong
from tender_eval.report.case.effects import at_lot, changes_award, effect, field_name, field_value, names_of
from tender_eval.report.case.order import commitment_line, order_notice
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS
from tender_eval.report.evaluation.outcome import matter_of

t = catalogue("case")
SAYS = frozenset(("query", "answer", "clarify", "close_matter"))
"""The acts that say something of a matter."""


def acts_section(case: Case, lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """The acts that changed something, those of matters, and what their order tells; nothing where there are none."""
    told = [(one, said) for one in case.acts if (said := effect(case.state, one))]
    amended = [_item(case, one, said) for one, said in told if one.act.number in case.state.amended]
    yield from order_notice(case)
    yield from commitment_line(case)
    if amended:
        yield Notice(WORDS.say("acts.amended"), (items(amended),), "bad")
    rest = [(one, said) for one, said in told if one.act.number not in case.state.amended]
    turned = [_item(case, one, said) for one, said in rest if changes_award(one)]
    if turned:
        yield Notice(WORDS.say_count("acts.turned", len(turned)), (items(turned),), "heed")
    if others := [_item(case, one, said) for one, said in rest if not changes_award(one)]:
        yield heading(WORDS.say("acts.others"), 2, "acts")
        yield items(others)
    yield from _matters(case, lots)
    if tables := [one for evaluated in lots if (one := _figures(evaluated))]:
        yield Details(WORDS("acts.figures"), tuple(tables))


def _item(case: Case, told: Told, said: Runs) -> Item:
    """An act with what it did; of a mended file each price that it changed."""
    known = names_of(case.state)
    lines = [_change(case, known, one) for one in told.prices]
    return Item(said, (items(lines),) if lines else ())


def _change(case: Case, known: Mapping[str, str], change: Change) -> Runs:
    bid, lot, field, old, new = change
    said = {"old": field_value(case.state, field, old), "new": field_value(case.state, field, new)}
    key = "acts.change" if old else "acts.change unstated"
    return WORDS.say(key, bid=name(known.get(bid, bid)), field=field_name(case.state, field), lot=at_lot(lot), **said)


def _matters(case: Case, lots: Sequence[EvaluatedLot]) -> Iterator[Block]:
    """What was asked, answered and closed; what is open stands first."""
    if not case.matters or not lots:
        return
    figures = lots[0].figures
    found = sorted(case.matters, key=lambda matter: matter.closed_by is not None)
    listed = [
        Item(
            WORDS.say(
                "acts.open" if one.closed_by is None else "acts.closed",
                matter=matter_of(case, one, figures), entry=one.closed_by,
            ),
            tuple(paragraph(line) for line in _told_of(case, one)),
        )
        for one in found
    ]  # fmt: skip
    yield heading(WORDS.say("acts.matters"), 2, "matters")
    yield items(listed, tone="out")


def _told_of(case: Case, matter: Matter) -> Iterator[Runs]:
    for told in case.acts:
        act = told.act
        if act.kind in SAYS and (act.number == matter.opened_by or act.said("matter") == matter.id):
            who = WORDS.listed([name(one) for one in act.listed("made_by")])
            text = name(act.said("text") or act.said("reason"))
            outcome = WORDS.say(f"acts.{act.said('outcome')}") if act.said("outcome") else ()
            told_at: dict[str, Inline] = {"kind": strong(WORDS(f"entry.{act.kind}")), "at": WORDS.date(act.at[:10])}
            key = "acts.said by" if who else "acts.said"
            yield joined([WORDS.say(key, text=text, who=who, **told_at), outcome], " ")


def _figures(evaluated: EvaluatedLot) -> Block | None:
    """Ranks and totals before each act that changed some, and after; nothing where none did or may be told."""
    lot, evaluation = evaluated.evaluation.lot, evaluated.evaluation
    if not evaluated.told:
        return None
    rows = []
    for told in evaluated.case.acts:
        before, after = _of_lot(told.before, lot), _of_lot(told.after, lot)
        if not before or not after:
            continue
        changed = [bid for bid in evaluation.bids if _place(before, bid.id) != _place(after, bid.id)]
        for bid in changed:
            entry = WORDS("acts.entry", entry=told.act.number, kind=t(f"kind.{told.act.kind}"))
            cells: list[Inline] = [entry, evaluated.figures.called(bid)]
            for said in (before, after):
                rank, total = _place(said, bid.id)
                cells += [rank or "-", "-" if total is None else evaluated.figures.figure(total)]
            rows.append(cells)
    if not rows:
        return None
    heads = ("entry", "bid", "rank before", "before", "rank after", "after")
    caption = WORDS("acts.figures lot" if lot else "acts.figures", lot=evaluated.lot_name)
    return table(caption, [WORDS(f"acts.head {head}") for head in heads], rows, (2, 3, 4, 5), named=1, heard=not lot)


def _of_lot(said: Mapping[str, object], lot: str) -> Mapping[str, object]:
    lots = said.get("lots")
    if lot == WHOLE or not isinstance(lots, Mapping):
        return said if lot == WHOLE else {}
    found = lots.get(lot)
    return found if isinstance(found, Mapping) else {}


def _place(said: Mapping[str, object], bid: str) -> tuple[str, Fraction | None]:
    ranks, totals = said.get("ranks"), said.get("totals")
    rank = str(ranks.get(bid, "")) if isinstance(ranks, Mapping) else ""
    total = totals.get(bid) if isinstance(totals, Mapping) else None
    return rank, fraction(str(total)) if total is not None else None
