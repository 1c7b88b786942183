"""What a result says of a bid, in words: why it was turned away, what to look at, why it lost a lot.

Results hold data (`tender_eval.model.reasons`, `tender_eval.lots.reasons`); this is the one place at which it is put in
words. Records are written with `text`, pages with the runs of the other functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.languages import formulas
from tender_eval.languages.catalogue import ENGLISH, catalogue
from tender_eval.languages.runs import Inline, Runs, joined, name, runs
from tender_eval.lots import reasons as lots
from tender_eval.model import reasons as facts
from tender_eval.model.evaluation import BidResult
from tender_eval.model.formulas import Worked
from tender_eval.model.wording import fixed, percent, shown
from tender_eval.model.workings import noted

LOW_PLACES = 1  # of the per cent that a price is below the others


def reasons(bid: BidResult, language: str = ENGLISH, *, to_bidder: bool = False) -> tuple[Runs, ...]:
    """Why a bid is not ranked, or not funded; each reason by itself.

    Args:
        to_bidder: in the manner of letters: criteria by their titles, numbers with signs between thousands.
    """
    return tuple(told(reason, language, to_bidder=to_bidder) for reason in bid.reasons)


def flags(bid: BidResult, language: str = ENGLISH) -> tuple[Runs, ...]:
    """What a panel must look at before it decides."""
    return tuple(told(flag, language) for flag in bid.flags)


def lost(reason: lots.Reason, language: str = ENGLISH) -> Runs:
    """Why a bid is not awarded a lot."""
    return told(reason, language)


def told(value: facts.Worded, language: str = ENGLISH, *, to_bidder: bool = False) -> Runs:
    """Anything that a result says, as runs; what others wrote is a name."""
    return runs(_Runs(language, to_bidder).of(_said(value)))


def text(value: facts.Worded, language: str = ENGLISH) -> str:
    """The same as plain text, with what others wrote letter by letter: as records hold it."""
    return _Text(language).of(_said(value))


def texts(values: Iterable[facts.Worded], language: str = ENGLISH) -> str:
    """Several in a row, as one text."""
    return "; ".join(text(value, language) for value in values)


def asked(answer: facts.ConditionAnswer, language: str = ENGLISH) -> str:
    """What a condition asks for."""
    return _Text(language).of(_say("condition.asks", reads=answer.reads, wanted=_wanted(answer.wanted)))


def answered(answer: facts.ConditionAnswer, language: str = ENGLISH) -> str:
    """What was read for a condition."""
    return _Text(language).of(_read(answer))


class _Theirs(NamedTuple):
    """Text that others wrote."""

    text: str


class _Each(NamedTuple):
    """Several values in a row."""

    values: tuple[object, ...]
    between: str = ", "


class _Said(NamedTuple):
    """A message with what fills it: texts, numbers, text of others, several of them, further messages.

    ``number`` chooses the plural; ``to_bidder`` is the message in letters, where that is another.
    """

    key: str
    values: Mapping[str, object]
    number: int | None = None
    to_bidder: str = ""


def _say(key: str, /, *, number: int | None = None, to_bidder: str = "", **values: object) -> _Said:
    return _Said(key, values, number, to_bidder)


class _Text:
    """Fills messages with what is letter by letter what was written."""

    def __init__(self, language: str) -> None:
        self._words = catalogue("results", language=language)

    def of(self, value: object) -> str:
        match value:
            case _Said(key, values, number):
                filled = {gap: self.of(part) for gap, part in values.items()}
                return self._words.template(key, number).format_map({"n": number, **filled})
            case _Theirs(written):
                return written
            case _Each(each, between):
                return between.join(map(self.of, each))
            case _:
                return shown(value)


class _Runs:
    """Fills messages with runs."""

    def __init__(self, language: str, to_bidder: bool) -> None:
        self._words = catalogue("results", language=language)
        self._language, self._to_bidder = language, to_bidder

    def of(self, value: object) -> Inline:
        match value:
            case _Said(key, values, number, to_bidder):
                key = (self._to_bidder and to_bidder) or key
                filled = {gap: self.of(part) for gap, part in values.items()}
                return (
                    self._words.say(key, **filled) if number is None else self._words.say_count(key, number, **filled)
                )
            case _Theirs(written):
                return name(written)
            case _Each(each, ", ") if self._to_bidder:
                return self._words.listed([self.of(part) for part in each])
            case _Each(each, between):
                return joined(map(self.of, each), between)
            case Fraction() if self._to_bidder:
                from tender_eval.languages.numbers import number as grouped  # with Babel, which evaluating does without

                return grouped(value, self._language)
            case _:
                return shown(value)


def _said(value: facts.Worded) -> _Said | _Each:
    """The message for what a result says."""
    match value:
        case lots.Reason():
            return _of_lot(value)
        case facts.AbnormallyLowPrice() | facts.MarksApart() | facts.UnconfirmedMembers():
            return _flag(value)
        case facts.GrantNotPossible() | facts.GrantNotReached() | facts.GrantTurn():
            return _grant(value)
        case facts.NotFunded(why):
            return _say("grant.not funded", why=_Theirs(_own_why(why)) if isinstance(why, Worked) else _said(why))
        case facts.NoQualityPoints():
            return _say("rule.no quality")
        case facts.OverBudget(budget):
            return _say("rule.over budget", budget=budget)
        case facts.TurnedAwayByRule(_, reason):
            return _say("rule.own words", reason=_Theirs(reason))
        case facts.SupplierHasPlace(by):
            return _say("place.supplier", by=by)
    return _not_met(value)


def _own_why(worked: Worked) -> str:
    """Why a plugin's rule gives nothing: what it says behind its working, or else the working."""
    expression, why = noted(formulas.worked(worked) or formulas.method(worked))
    return why or expression


def _not_met(reason: facts.Worded) -> _Said:
    """Decisions of people, conditions, the shortlist and minimums."""
    match reason:
        case facts.Removed(kind, clause, why):
            known = " under clause" if clause else ""
            key = f"removed.{kind}{known}" if why else f"removed.{kind}{known} alone"
            return _say(key, clause=_Theirs(clause), why=_Theirs(why))
        case facts.ConditionNotMet(condition):
            where = _say("condition.place", where=str(reason.where)) if reason.where else ""
            wanted = _wanted(reason.wanted)
            return _say(
                "condition.not met",
                to_bidder="condition.not met to bidder",  # without where it was read: files are the authority's own
                condition=condition.id,
                read=_read(reason),
                place=where,
                wanted=wanted,
            )
        case facts.ConditionAnswer():
            return _say("condition.answer", read=_read(reason), wanted=_wanted(reason.wanted))
        case facts.NotStated():
            return _say("condition.nothing")
        case facts.ConditionNotStated(condition, reads):
            return _say("condition.not stated", condition=condition.id, reads=reads)
        case facts.NotShortlisted(by, top, share):
            listed = _Each(tuple(map(_short, by)))
            if top is not None:
                return _say("shortlist.top", top=top, by=listed)
            return _say("shortlist.share", share=percent(share or Fraction(0)), by=listed)
        case facts.BelowMinimumMark(criterion, mark, minimum):
            return _say("minimum.mark", criterion=_titled(criterion), mark=mark, minimum=minimum)
        case facts.BelowMinimumPoints(criterion, points, available, share):
            return _say(
                "minimum.points",
                criterion=_titled(criterion),
                points=points,
                available=available,
                share=percent(share),
                minimum=reason.minimum,
            )
    raise TypeError(f"there are no words for {reason!r}")


def _read(found: facts.ConditionAnswer | facts.ConditionNotMet) -> _Said:
    """What was read for a condition."""
    reads = _say("condition.pooled", reads=found.reads) if found.pooled else found.reads
    return _say("condition.reads", reads=reads, value=_stated(found.value))


def _stated(value: facts.Value) -> object:
    """What a bid states: text is that of others."""
    return value if isinstance(value, bool | Fraction) or value is None else _Theirs(shown(value))


def _titled(criterion: facts.Titled) -> _Said:
    if criterion.title == criterion.id:
        plain = criterion.id.replace("_", " ")
        return _say("criterion.alone", id=criterion.id, title=_Theirs(plain), to_bidder="criterion.to bidder")
    title = _Theirs(criterion.title)
    return _say("criterion.titled", id=criterion.id, title=title, to_bidder="criterion.to bidder")


def _short(criterion: facts.Titled) -> _Said:
    """A criterion by its id alone."""
    return _titled(criterion)._replace(key="criterion.id")


def _wanted(wanted: facts.Wanted) -> _Said:
    match wanted:
        case facts.OneOf(values):
            return _say("wanted.one of", values=_Each(tuple(map(_Theirs, values))))
        case facts.Exactly(value):
            if isinstance(value, bool):
                return _say("wanted.truth", value=value)
            return _say("wanted.text", value=_Theirs(value))
        case facts.Limit(limit, least, share, column):
            found: object = limit
            if share is not None:
                found = _say("wanted.share", limit=limit, share=percent(share), of=column)
            return _say("wanted.at least" if least else "wanted.at most", limit=found)


def _grant(note: facts.GrantNote) -> _Said:
    match note:
        case facts.GrantNotPossible(floor, ceiling, at_cap=True):
            return _say("grant.above cap", floor=floor, cap=ceiling)
        case facts.GrantNotPossible(floor, ceiling):
            return _say("grant.above asked", floor=floor, asked=ceiling)
        case facts.GrantNotReached(asked, cap, tie):
            return _say("grant.stopped at tie" if tie else "grant.stopped", asks=_asks(asked, cap))
        case facts.GrantTurn(asked, cap, left, tie):
            return _say("grant.turn tied" if tie else "grant.turn", asks=_asks(asked, cap), left=left)


def _asks(asked: Fraction, cap: Fraction | None) -> _Said:
    return _say("grant.asks", asked=asked) if cap is None else _say("grant.asks above cap", asked=asked, cap=cap)


def _flag(flag: facts.Flag) -> _Said:
    match flag:
        case facts.AbnormallyLowPrice(price, middle_of, middle, threshold):
            below = fixed(flag.below * 100, LOW_PLACES)
            key = "flag.low against mean" if middle_of == "mean" else "flag.low against median"
            return _say(key, price=price, below=below, middle=middle, threshold=percent(threshold))
        case facts.MarksApart(criterion, limit, marks, moderated):
            each = _Each(tuple(_say("flag.mark of", who=_Theirs(who), mark=mark) for who, mark in marks))
            key = "flag.marks apart" if moderated else "flag.marks apart unmoderated"
            return _say(key, criterion=criterion, limit=limit, marks=each)
        case facts.UnconfirmedMembers(names):
            return _say("flag.unconfirmed", names=_Each(tuple(map(_Theirs, names))))


def _of_lot(reason: lots.Reason) -> _Said | _Each:
    match reason:
        case lots.Rejected() | lots.NotShortlisted() | lots.NotFunded() | lots.PlaceTaken():
            return _Each(tuple(map(_said, reason.reasons)), "; ")
        case lots.Outscored():
            by, gap = _Theirs(reason.by), reason.gap.printed
            return _say("lot.outscored", by=by, gap=gap, figure=reason.figure, theirs=reason.theirs, own=reason.own)
        case lots.TieBroken():
            return _say("lot.tie broken", by=_Theirs(reason.by), level=reason.level, figure=reason.figure)
        case lots.Capped():
            return _say("lot.capped", number=reason.most, rank=reason.rank, holds=_names(reason.holds))
        case lots.OverCapacity():
            return _over(reason)
        case lots.TieOpen():
            return _say("lot.level", rank=reason.rank, level=_names(reason.level))
        case lots.HangsOnTie():
            return _hangs(reason)
        case lots.ByMechanism():
            key = "lot.to another" if reason.by else "lot.to nobody"
            return _say(key, rank=reason.rank, by=_Theirs(reason.by))
    raise TypeError(f"there are no words for {reason!r}")


def _hangs(reason: lots.HangsOnTie) -> _Said:
    others = _names(reason.others)
    if not reason.others:
        return _say("lot.open", rank=reason.rank)
    return _say("lot.open with others", number=len(reason.others), rank=reason.rank, lots=others)


def _over(reason: lots.OverCapacity) -> _Said:
    capacity: object = reason.capacity
    if reason.whose:
        capacity = _say("lot.capacity whose", capacity=capacity, bid=_Theirs(reason.whose))
    elif reason.share is not None:
        capacity = _say("lot.capacity share", capacity=capacity, share=percent(reason.share), of=reason.of)
    if not reason.holds:
        return _say("lot.capacity", rank=reason.rank, value=reason.value, capacity=capacity)
    held, holds = reason.held, _names(reason.holds)
    return _say("lot.capacity beside", rank=reason.rank, value=reason.value, held=held, holds=holds, capacity=capacity)


def _names(names: tuple[str, ...]) -> _Each:
    return _Each(tuple(map(_Theirs, names)))
