"""The figures of an evaluation as its documents print them, and how its bids are called."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name, with_value
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import grouped, money
from tender_eval.languages.runs import Run, name
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.explanation.labels import Unit, unit_of
from tender_eval.model.gap import gap_between
from tender_eval.model.printed import printed, printed_figure, printed_score
from tender_eval.report.terms.figures import in_its_unit

WORDS = catalogue("report")
LONGEST_NAME = 80
NO_FIGURE = "-"  # where there is little room


def trimmed(number: str) -> str:
    """A printed number without the zeros that end its decimals.

    >>> trimmed("12.00"), trimmed("7.50"), trimmed("100")
    ('12', '7.5', '100')
    """
    return number.rstrip("0").rstrip(".") if "." in number and not number.endswith(".") else number


def short_name(bid: BidResult, longest: int) -> str:
    """A bid by the name of its supplier where there is little room; an offer for several lots with what it is for.

    The parts are cut apart, so that offers of one bid are told from each other.
    """
    _, _, offer = bid.id.partition("+")
    if not offer:
        return cut(bid.name, longest)
    of, lots = cut(bid.name, longest - longest // 2), cut(offer, longest // 2)
    return WORDS("offer named", name=of, offer=lots)


class PrintedFigures:
    """Prints the figures of one evaluation; the same few figures come many times, so each is printed once.

    Args:
        currency: by its code; empty where amounts stand alone.
        brief: whether they stand as bare digits, as in a terminal.
    """

    def __init__(self, evaluation: Evaluation, currency: str = "", *, brief: bool = False) -> None:
        self.evaluation, self.currency, self.brief = evaluation, currency, brief
        self.points = cache(self._points)
        self.figure = cache(self._figure)
        self.score = cache(self._score)

    def called(self, bid: BidResult, to: str = "") -> Run:
        """A bid by the name of its supplier, cut where it is very long; where there is little room, by its id.

        Args:
            to: the anchor that it leads to.
        """
        return name(cut(bid.name, LONGEST_NAME), bid.id if self.brief else "", to)

    def _digits(self, digits: str | None) -> str:
        if digits is None:
            return NO_FIGURE if self.brief else WORDS("no figure")
        return digits if self.brief else grouped(digits)

    def _ranked(self, digits: str | None) -> str:
        """A figure that the rule ranks by, or a gap of two; money as money."""
        written = self._digits(digits)
        return written if self.brief or digits is None else in_its_unit(written, self.evaluation.figure, self.currency)

    def _points(self, value: Fraction | None) -> str:
        """Points at a criterion."""
        return self._digits(printed(self.evaluation, value))

    def _figure(self, value: Fraction | None) -> str:
        """The figure that the rule ranks by."""
        return self._ranked(printed_figure(self.evaluation, value))

    def _score(self, score: Fraction | None) -> str:
        """A share of full marks as a percentage, from the printed share.

        >>> from tender_eval.model.digits import fixed
        >>> trimmed(shown(Fraction(fixed(Fraction(2, 3), 4)) * 100)) + "%"
        '66.67%'
        """
        if score is None:
            return ""
        return trimmed(shown(Fraction(printed_score(self.evaluation, score)) * 100)) + "%"

    def available(self, value: Fraction) -> str:
        """Points available: no decimals where it has none."""
        return trimmed(self.points(value)) if value.denominator == 1 else self.points(value)

    def money(self, amount: object) -> str:
        """An amount in the scheme's currency."""
        if not isinstance(amount, Fraction):
            return self._digits(None)
        return self.points(amount) if self.brief else money(amount, self.currency)

    def named(self, value: Fraction | None) -> str:
        """The figure that the rule ranks by, with its name: ``97.27 points``, ``a price of 9,000.00``."""
        return with_value(self.evaluation.figure, self.figure(value))

    def as_stated(self, value: Fraction | None) -> str:
        """The same where it stands by itself: ``97.27 points``, ``price 9,000.00``."""
        of = self.evaluation.figure
        key = "value.points" if unit_of(of) is Unit.POINTS else "value.of"
        return WORDS(key, value=self.figure(value), figure=ranked_name(of))

    def gap(self, better: BidResult, worse: BidResult) -> str:
        """How far two figures are apart, to as many places as it takes to be true of the printed figures."""
        return self._ranked(gap_between(self.evaluation, better, worse).printed)
