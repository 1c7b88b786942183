"""Where the marks of a panel stand, to be read: who has given what, and what the panel has to talk about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tender_eval.case.panel.progress import Compared, compared, progress
from tender_eval.case.state import State
from tender_eval.documents.charts import BarChart, BarRow, Colour, Dot, Lane
from tender_eval.documents.model import Block, Cell, Document, heading, items, paragraph, row, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import cut
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import Inline, Runs, name, runs, strong, text_of
from tender_eval.model.digits import shown
from tender_eval.model.panel import ABSTAIN, OneMark, Person
from tender_eval.report.panel.asked import AskedMark, asked_marks

t = catalogue("panel")
_LONGEST = 46  # columns of a label in a chart
_APART, _MOST_APART = 0.016, 0.12  # of the width of a chart: two dots of one mark, and all of them


def status_document(state: State) -> Document:
    """Who has returned what."""
    heads = [t(f"head.{key}") for key in ("person", "role", "interests", "given", "abstained", "missing")]
    rows = [
        row(
            (
                name(one.person.name), name(one.person.role), t("declared" if one.declared else "not declared"),
                t("of", n=one.given, all=one.asked), str(one.abstained), str(one.missing),
            ),
            "" if one.missing == 0 else "heed",
        )
        for one in progress(state)
    ]  # fmt: skip
    return Document(_title(state), blocks=(table("", heads, rows, numbers=(3, 4, 5)),), language=t.tag)


def _title(state: State) -> str:
    tender = state.received.tender.title if state.received else ""
    return tender or state.whole.scheme.title


def comparison_document(state: State) -> Document:
    """What everybody marked, as an agenda: the marks furthest apart first, each with its reasons."""
    return Document(_title(state), t("comparison"), tuple(_blocks(state)), language=t.tag)


def _blocks(state: State) -> Iterator[Block]:
    found = compared(state)
    asked = {one.key: one for one in asked_marks(state, [one.key for one in found])}
    names = {one.id: one.name for one in state.panel or ()}
    limit = state.whole.scheme.panel.divergence
    apart = [one for one in found if one.apart]
    if limit is None:
        yield paragraph(t("no trigger"))
    else:
        yield paragraph(strong(t.count("apart", len(apart), limit=shown(limit), all=len(found))))
    if owed := [one for one in progress(state) if one.missing]:
        told = [t.say_count("missing", one.missing, person=name(one.person.name)) for one in owed]
        yield items(told, tone="out")
    yield _table(state, found, asked, names)
    if chart := _chart(found, asked):
        yield chart
    if apart:
        yield heading(t("agenda"))
    for one in apart:
        yield heading(_label(asked[one.key]), 2)
        yield items(_sides(one, names))
        if one.agreed:
            yield paragraph(t.say("agreed mark", mark=shown(one.agreed.value), reason=name(one.agreed.reason)))


def _sides(one: Compared, names: Mapping[str, str]) -> Iterator[Inline]:
    for side in one.sides:
        key = "side" if side.reason else "side alone"
        yield t.say(key, person=name(names[side.person]), mark=_mark(side.mark), reason=name(side.reason))


def no_mark(state: State, one: Compared, who: Person) -> str:
    """Why somebody gave a bid no mark at a criterion."""
    if who.id in one.missing:
        return t("to come")
    return t("may not mark") if who.id in state.barred.get(one.key.bid, {}) else t("does not mark")


def _mark(mark: Fraction | None) -> str:
    return ABSTAIN if mark is None else shown(mark)


def _label(asked: AskedMark) -> Runs:
    key = "label lot" if asked.key.lot else "label"
    return t.say(key, question=name(asked.question), supplier=name(asked.supplier), lot=name(asked.key.lot))


def _table(
    state: State, found: Sequence[Compared], asked: Mapping[OneMark, AskedMark], names: Mapping[str, str]
) -> Block:
    people = [one for one in state.panel or () if one.marks]
    heads = [t("head.mark of"), *(one.name for one in people), t("head.spread"), t("head.agreed")]
    rows: list[Sequence[Inline | Cell]] = []
    for one in found:
        sides = {side.person: _mark(side.mark) for side in one.sides}
        texts = [sides.get(who.id) or no_mark(state, one, who) for who in people]
        spread = "" if one.spread is None else shown(one.spread)
        cell = Cell(runs(spread), tone="bad" if one.apart else "")
        rows.append((_label(asked[one.key]), *texts, cell, shown(one.agreed.value) if one.agreed else ""))
    return table(
        t("comparison"), heads, rows, numbers=range(1, len(heads)), spill=range(1, len(people) + 1), heard=True
    )


def _chart(found: Sequence[Compared], asked: Mapping[OneMark, AskedMark]) -> BarChart | None:
    """One dot a person, in the rows of the table; nothing where all marks are one, or there are none."""
    every = [mark for one in found for mark in one.marks]
    bounds = [end for one in found for end in _ends(asked[one.key])]
    low, high = min([*every, *bounds], default=Fraction(0)), max([*every, *bounds], default=Fraction(0))
    if not every or low == high:
        return None
    rows = []
    for one in (one for one in found if one.marks):
        colour: Colour = "flips" if one.apart else "bar"
        dots = tuple(
            Dot(at, colour) for at in _side_by_side([float((mark - low) / (high - low)) for mark in one.marks])
        )
        label = cut(text_of(_label(asked[one.key])), _LONGEST)
        rows.append(BarRow(label, (Lane(dots),), in_a_row(map(shown, sorted(one.marks))), strong=one.apart))
    return BarChart("panel-marks", t("chart"), t("chart says"), tuple(rows), ends=(shown(low), shown(high)))


def _side_by_side(places: Sequence[float]) -> Iterator[float]:
    """Places of dots, those at one place next to each other, so that there is one to be seen for each person."""
    for at, count in Counter(places).items():
        step = min(_APART, _MOST_APART / count)
        first = min(max(at - step * (count - 1) / 2, 0.0), 1.0 - step * (count - 1))
        yield from (first + step * n for n in range(count))


def _ends(asked: AskedMark) -> list[Fraction]:
    field = asked.field
    return [*field.one_of, *(end for end in (field.least, field.most) if end is not None)]
