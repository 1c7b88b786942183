"""What a case may expect of an evaluation, and the comparison."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, PlainValidator, model_validator

from tender_eval.files.bids.fields import BidOrOffer
from tender_eval.files.fields import Ident, Located, Number, Truth, Whole, Words, fault
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.languages.results import text as told
from tender_eval.languages.results import texts
from tender_eval.model.codes import CODES
from tender_eval.model.digits import fixed, shown
from tender_eval.model.evaluation import BidResult, Evaluation

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as it is written: exact where it is whole or a ratio, else to the places that it shows."""

    text: str
    value: Fraction
    places: int | None

    def is_met_by(self, found: Fraction, mode: str) -> bool:
        """Whether a figure, rounded as the scheme rounds, is the one written."""
        return found == self.value if self.places is None else self.is_met_at(found, self.places, mode)

    def is_met_at(self, found: Fraction, places: int, mode: str) -> bool:
        """Whether a figure is the one written when it is printed to so many places, or to more as written."""
        places = max(places, self.places or 0)
        if (self.value * 10**places).denominator != 1:  # a ratio such as 1/3 is never printed: it is exact
            return found == self.value
        return Fraction(fixed(found, places, mode)) == self.value


def _written(value: object) -> Written:
    if not isinstance(value, str):
        raise fault("TE012", "expected a number", "write it as it is published, in quotes")
    try:
        number = parse_number(value)
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None
    digits = value.strip().rstrip("% ")
    places = len(digits.partition(".")[2]) + (2 if "%" in value else 0)
    exact = "." not in digits or "e" in digits.lower()
    return Written(str(value), number, None if exact else places)


def _code(value: object) -> str:
    if not isinstance(value, str) or value not in CODES:
        raise fault("TE016", f'"{value}" is not a code of the catalogue', "write codes such as TE022")
    return str(value)


ACROSS = ("lots", "undecided", "lost")
"""What is expected across the lots of a tender."""

Figure = Annotated[Written, PlainValidator(_written)]
Code = Annotated[str, PlainValidator(_code)]


class Expectations(Located):
    """What must come of the bids; only what is written is compared."""

    winner: list[BidOrOffer] | None = Field(None, description="who is awarded, in any order; [] for nobody")
    tied: Truth | None = Field(None, description="whether a tie leaves the award undecided")
    ranks: dict[BidOrOffer, Whole] = Field({}, description="equal ranks are shared: 1, 1, 3")
    figures: dict[BidOrOffer, Figure] = Field({}, description="as they are printed")
    exact_figures: dict[BidOrOffer, Number] = Field({}, description="as ratios")
    points: dict[BidOrOffer, dict[Ident, Figure]] = Field({}, description="by bid and criterion")
    scores: dict[BidOrOffer, dict[Ident, Figure]] = Field({}, description="by bid and criterion")
    awards: dict[BidOrOffer, Figure] = Field({}, description="money by bid, where the rule shares it out")
    rejected: dict[BidOrOffer, Words] = Field({}, description="a part of a reason, by bid")
    not_shortlisted: dict[BidOrOffer, Words] = Field({}, description="a part of a reason, by bid")
    flags: dict[BidOrOffer, Words] = Field({}, description="a part of a flag, by bid")
    lots: dict[Ident, list[BidOrOffer]] = Field(
        {}, description="who is awarded each lot, across the lots; [] for nobody"
    )
    undecided: list[Ident] | None = Field(None, description="the lots that a tie leaves open, in any order")
    lost: dict[Ident, dict[BidOrOffer, Words]] = Field({}, description="a part of why it lost, by lot and bid")
    refused: list[Code] = Field([], description="exactly these codes, and no result")

    @property
    def across(self) -> bool:
        """Whether the award across the lots is expected, and not the evaluation of one."""
        return not self.model_fields_set.isdisjoint(ACROSS)

    @model_validator(mode="after")
    def _can_fail(self) -> Expectations:
        stated = sorted(self.model_fields_set)
        empty = [n for n in stated if getattr(self, n) in ({}, []) and n not in ("winner", "undecided")]
        if not stated or empty:
            what = f"{empty[0]} is empty" if empty else "nothing is expected"
            raise fault("TE018", f"{what}: such a case cannot fail", "state what must come out")
        if self.refused and len(stated) > 1:
            message = "a case that is refused has no result to expect"
            raise fault("TE028", message, "keep refused, or the others")
        if self.across and set(stated) - set(ACROSS):
            message = "a case is of the award across the lots, or of one evaluation"
            raise fault(
                "TE028", message, f"put {', '.join(n for n in stated if n not in ACROSS)} into a case of its own"
            )
        return self


def differences(expect: Expectations, found: Evaluation) -> Iterator[str]:
    """Every expectation that is not met, with what was found instead."""
    if expect.winner is not None and sorted(expect.winner) != sorted(found.winner):
        yield _difference("winner", _names(expect.winner), _names(found.winner))
    if expect.tied is not None and expect.tied != found.tied:
        yield _difference("tied", shown(expect.tied), shown(found.tied))
    bids = {bid.id: bid for bid in found.bids}
    yield from _ranks(expect, bids)
    yield from _figures(expect, found, bids)
    yield from _at_criteria("points", expect.points, found, bids)
    yield from _at_criteria("scores", expect.scores, found, bids)
    yield from _statuses(expect, bids)


def differences_across(expect: Expectations, found: AcrossLots) -> Iterator[str]:
    """Every expectation of the award across the lots that is not met."""
    known = [*(award.lot for award in found.awards), *found.unawarded]
    for lot, names in expect.lots.items():
        if lot not in known:
            yield _difference(f"lot {lot}", _names(names), "no such lot")
        elif sorted(names) != sorted(found.winners(lot)):
            open_ = " (a tie is open)" if lot in found.undecided else ""
            yield _difference(f"lot {lot}", _names(names), _names(found.winners(lot)) + open_)
    if expect.undecided is not None and sorted(expect.undecided) != sorted(found.undecided):
        yield _difference("undecided", ", ".join(expect.undecided) or "no lot", ", ".join(found.undecided) or "no lot")
    for lot, reasons in expect.lost.items():
        for bid, text in reasons.items():
            why = found.reason(lot, bid)
            if why is None or text not in told(why):
                shows = told(why) if why else "awarded" if bid in found.winners(lot) else "no bid for it"
                yield _difference(f"why {bid} lost {lot}", f'a reason with "{text}"', shows)


def _ranks(expect: Expectations, bids: Mapping[str, BidResult]) -> Iterator[str]:
    for name, rank in expect.ranks.items():
        bid = bids.get(name)
        if bid is None or bid.rank != rank:
            yield _difference(f"rank of {name}", str(rank), str(bid.rank) if bid and bid.rank else _status(bid))


def _figures(expect: Expectations, found: Evaluation, bids: Mapping[str, BidResult]) -> Iterator[str]:
    for name, figure in expect.figures.items():
        value = bids[name].figure if name in bids else None
        if value is None or not figure.is_met_at(value, found.places, found.rounding_mode):
            yield _difference(f"figure of {name}", figure.text, _number(value, found, bids.get(name)))
    for name, exact in expect.exact_figures.items():
        value = bids[name].figure if name in bids else None
        if value is None or value != exact:
            shows = _status(bids.get(name)) if value is None else str(value)
            yield _difference(f"exact figure of {name}", str(exact), shows)
    for name, money in expect.awards.items():
        value = bids[name].award if name in bids else None
        if value is None or not money.is_met_by(value, found.rounding_mode):
            yield _difference(f"award of {name}", money.text, _number(value, found, bids.get(name)))


def _at_criteria(
    what: str, expected: Mapping[str, Mapping[str, Written]], found: Evaluation, bids: Mapping[str, BidResult]
) -> Iterator[str]:
    for name, criteria in expected.items():
        for criterion, figure in criteria.items():
            result = bids[name].criterion(criterion) if name in bids else None
            value = None if result is None else result.points if what == "points" else result.score
            if value is None or not figure.is_met_by(value, found.rounding_mode):
                at = f"{what} of {name} at {criterion}"
                missing = "none there" if name in bids else "no such bid"
                yield _difference(at, figure.text, missing if value is None else _number(value, found, None))


def _statuses(expect: Expectations, bids: Mapping[str, BidResult]) -> Iterator[str]:
    for status, expected in (("rejected", expect.rejected), ("not_shortlisted", expect.not_shortlisted)):
        for name, text in expected.items():
            bid = bids.get(name)
            if bid is None or bid.status != status or not any(text in told(reason) for reason in bid.reasons):
                shows = f"{_status(bid)} {texts(bid.reasons) if bid else ''}".rstrip()
                yield _difference(f"{name} {status}", f'a reason with "{text}"', shows)
    for name, text in expect.flags.items():
        flags = bids[name].flags if name in bids else ()
        if not any(text in told(flag) for flag in flags):
            yield _difference(f"flags of {name}", f'one with "{text}"', texts(flags) or "none")


def _status(bid: BidResult | None) -> str:
    if bid is None:
        return "no such bid"
    return f"ranked {bid.rank}" if bid.rank else bid.status.replace("_", " ")


def _number(value: Fraction | None, found: Evaluation, bid: BidResult | None) -> str:
    if value is None:
        return "none" if bid is not None and bid.rank else _status(bid)
    return f"{fixed(value, found.places, found.rounding_mode)} (exactly {value})"


def _names(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) or "nobody"


def _difference(what: str, expected: str, found: str) -> str:
    return f"{what}: expected {expected}; found {found}"
