"""Marks that people of the panel give by themselves, on sheets of their own; nothing given is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tender_eval.base.canonical import Data
from tender_eval.case.interests import Given
from tender_eval.case.panel.declaring import check_declared_by, person_of
from tender_eval.case.panel.marks import not_theirs, says
from tender_eval.case.panel.sheets import Questions, plan_at, readers_of
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken
from tender_eval.engine.facts.columns import check_figure
from tender_eval.engine.plan import Plan
from tender_eval.files.numbers import MARK, NotANumber, parse_plain
from tender_eval.model.bids import Bid
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.location import place
from tender_eval.model.panel import ABSTAIN, OneMark, Person, Row
from tender_eval.plugins.table import Reads

_FIELDS = ("bid", "lot", "criterion", "mark", "reason", "note")


def submit_marks(step: Step, state: State) -> Taken:
    """Somebody of the panel gives marks, or abstains; marks given before stand, unless it says why these replace them.

    Raises:
        Refused: TE530 and TE531 for marks that are not theirs to give, TE532 for one given before as another, and what
            is wrong with each; TE087 where nothing is new.
    """
    person, problems = person_of(step, state), Problems()
    check_declared_by(step, state, person)
    found = checked(rows_of(step), person, state, problems, replaces=bool(step.act.said("replaces").strip()))
    problems.refuse()
    before = state.given.get(person.id, {})
    new = {key: one._replace(entry=step.act.number) for key, one in news(before, found).items()}
    if not new:
        step.refuse(f"nothing is new in what {person.name} gives", "leave it: it is on record already")
    if step.act.said("replaces").strip() and not before.keys() & new.keys():
        step.refuse("it replaces no mark that was given before", "leave --replace out", "TE085")
    made = replace(state, given={**state.given, person.id: {**before, **new}})
    return Taken(made)


def rows_of(step: Step) -> list[Row]:
    """The marks that an act states.

    Raises:
        Refused: TE085 where it states them otherwise than acts do.
    """
    stated = step.act.body.get("marks")
    rows = stated if isinstance(stated, list | tuple) else [None]
    found = []
    for row in rows:
        texts = [row.get(name) for name in _FIELDS] if isinstance(row, Mapping) and len(row) == len(_FIELDS) else []
        if not texts or not all(isinstance(text, str) for text in texts):
            step.refuse("its marks are not what an act says", f"state of each {', '.join(_FIELDS)}, as text", "TE085")
        bid, lot, criterion, mark, reason, note = map(str, texts)
        found.append(Row(bid, lot, criterion, mark, reason, note, step.where))
    return found


def as_data(rows: Iterable[Row], marks: Mapping[OneMark, str]) -> list[Data]:
    """Marks as an act states them, with what their rows say of them."""
    return [
        dict(zip(_FIELDS, (*row.key, marks[row.key], row.reason, row.note), strict=True))
        for row in rows
        if row.key in marks
    ]


def exactly(mark: Fraction | None) -> str:
    """A mark as acts and sheets state it: in all its decimals, for it was written so."""
    return ABSTAIN if mark is None else shown(mark)


def checked(
    rows: Sequence[Row], person: Person, state: State, problems: Problems, *, replaces: bool
) -> dict[OneMark, Given]:
    """What rows of a sheet say, each fault noted at its place; rows in which nothing is written are passed over."""
    found: dict[OneMark, Given] = {}
    asked, before = Asked(state, problems), state.given.get(person.id, {})
    for row in stated_once(rows, problems):
        one = _given(row, asked, problems) if asked.of(row, person) else None
        if one is None:
            continue
        earlier = before.get(row.key)
        if earlier and not earlier.same(one) and not replaces:
            problems.add("TE532", place(row.mark, row.where), *_another(person, row, earlier, one))
        elif stated := _in_files(asked.bids[row.bid], person, row.key, one):
            problems.add("TE532", place(row.mark, row.where), *stated)
        found[row.key] = one
    return found


def stated_once(rows: Iterable[Row], problems: Problems) -> Iterator[Row]:
    """The rows in which something is written, the first about each mark; a second one is noted."""
    first: dict[OneMark, Row] = {}
    for row in rows:
        if row.empty:
            continue
        there = first.setdefault(row.key, row)
        if there is row:
            yield row
        else:
            message = f"this mark stands twice: first at {place(there.mark, there.where)}"
            problems.add("TE020", place(row.mark, row.where), message, "keep one of the two rows")


def news(before: Mapping[OneMark, Given], found: Mapping[OneMark, Given]) -> dict[OneMark, Given]:
    """Of what somebody gives, what is not on record as that already."""
    return {key: one for key, one in found.items() if key not in before or not before[key].same(one)}


class Asked:
    """What is asked of marks, worked out once for all rows of a sheet."""

    def __init__(self, state: State, problems: Problems) -> None:
        self._state, self._problems = state, problems
        self.bids = {bid.id: bid for bid in state.received.bids} if state.received else {}
        self._plans: dict[str, Plan] = {}
        self._read: dict[str, frozenset[str]] = {}
        self.questions = Questions(state)
        self._readers: dict[tuple[str, str], tuple[tuple[str, Reads], ...]] = {}

    def there(self, row: Row) -> bool:
        """Whether a row is of a bid, a lot and a criterion that are there; what is not is noted."""
        bid = self.bids.get(row.bid)
        if bid is None:
            message = f'there is no bid "{row.bid}" in the record'
            self._problems.add("TE070", place(row.bid, row.where), message, did_you_mean(row.bid, self.bids))
            return False
        common = self.questions.for_all_lots(bid)
        if row.criterion in common and row.lot:
            message = f'"{row.criterion}" of bid "{bid.id}" is marked once for all its lots'
            self._problems.add("TE056", place(row.lot, row.where), message, "leave the lot out")
            return False
        if row.lot not in (bid.lots or ("",)) and row.criterion not in common:
            wrong = f'bid "{bid.id}" is not for lot "{row.lot}"' if row.lot else f'bid "{bid.id}" is marked lot by lot'
            hint = f"it is for {', '.join(bid.lots)}" if bid.lots else "leave the lot out"
            self._problems.add("TE056", place(row.lot, row.where), wrong, hint)
            return False
        if row.lot not in self._plans:
            self._plans[row.lot] = plan_at(self._state, row.lot)
            self._read[row.lot] = self._plans[row.lot].marks_read()
        known = self._read[row.lot]
        if row.criterion not in known:
            message = f'"{row.criterion}" is no criterion that a panel marks'
            self._problems.add("TE021", place(row.criterion, row.where), message, did_you_mean(row.criterion, known))
        return row.criterion in known

    def of(self, row: Row, person: Person) -> bool:
        """Whether a row is a mark that somebody gives; what is not is noted."""
        if not self.there(row):
            return False
        where = place(row.mark, row.where)
        if interest := self._state.barred.get(row.bid, {}).get(person.id):
            message = f'{person.name} may not mark bid "{row.bid}": {says(interest)}'
            self._problems.add("TE531", where, message, "take the mark out")
            return False
        if row.criterion in self.questions.of_bid(person, self.bids[row.bid], row.lot):
            return True
        lots = (row.lot,) if row.lot else (*map(str, self.bids[row.bid].lots), row.lot)
        why = next(found for lot in lots if (found := not_theirs(person, row.criterion, lot, self._plans[row.lot])))
        self._problems.add("TE531", where, *why)
        return False

    def mark(self, row: Row) -> Fraction | None:
        """The mark that a row states; None where somebody abstains, or where it is at fault, which is noted."""
        where = place(row.mark, row.where)
        if row.mark.casefold() == ABSTAIN:
            return None
        try:
            mark = parse_plain(row.mark, MARK)
        except NotANumber as e:
            self._problems.add(e.code, where, str(e), e.hint)
            return None
        at = row.lot, row.criterion
        if at not in self._readers:
            self._readers[at] = readers_of(self._plans[row.lot], row.criterion)
        said = f'the mark of bid "{row.bid}" for "{row.criterion}" is {shown(mark)}'
        for by, reads in self._readers[at]:
            check_figure(mark, said, where, reads._replace(between=False), by, self._problems)
        return mark


def _given(row: Row, asked: Asked, problems: Problems) -> Given | None:
    """What a row says; None where that is at fault, which is noted."""
    faults = len(problems)
    if not row.mark:
        message = f'a reason for "{row.criterion}" of bid "{row.bid}", and no mark'
        problems.add("TE095", place(row.reason or row.note, row.where), message, f"write the mark, or {ABSTAIN}")
    mark = asked.mark(row) if row.mark else None
    if row.mark and not row.reason:
        message = f'the mark of bid "{row.bid}" for "{row.criterion}" has no reason'
        problems.add("TE095", place(row.mark, row.where), message, "write what in the bid it rests on")
    return None if len(problems) > faults else Given(mark, str(row.reason), str(row.note), 0)


def _another(person: Person, row: Row, earlier: Given, now: Given) -> tuple[str, str]:
    """A mark as it was given before and as it is now, side by side."""
    was, says_now = _side(earlier), _side(now)
    message = (
        f'{person.name} gave bid "{row.bid}" for "{row.criterion}" {was} by entry {earlier.entry}, and gives it '
        f"{says_now} here"
    )
    return message, "leave the row as it was returned first; or give --replace with the reason, which keeps both"


def _side(one: Given) -> str:
    return f"{exactly(one.mark)} ({one.reason}{f'; note: {one.note}' if one.note else ''})"


def _in_files(bid: Bid, person: Person, key: OneMark, one: Given) -> tuple[str, str] | None:
    """What to say of a mark that the bids were received with as another."""
    marks = bid.marks_by_lot[key.lot]
    stated = marks[key.criterion].individual.get(person.id) if key.criterion in marks else None
    if stated is None or stated.value == one.mark:
        return None
    message = f"the bids were received with {shown(stated.value)} as this mark of {person.name}"
    return message, "case correct changes what was received"
