"""Figures as the report prints them: grouped in thousands, at the scheme's places."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.gap import gap_between
from tender_eval.model.wording import shown
from tender_eval.report.in_words import grouped, money
from tender_eval.report.printed import printed, printed_figure, printed_score


def trimmed(number: str) -> str:
    """A printed number without the zeros that end its decimals.

    >>> trimmed("12.00"), trimmed("7.50"), trimmed("100")
    ('12', '7.5', '100')
    """
    return number.rstrip("0").rstrip(".") if "." in number and not number.endswith(".") else number


class Numbers:
    """Prints the figures of one evaluation; the same few figures come many times, so each is printed once."""

    def __init__(self, evaluation: Evaluation, currency: str, words: Catalogue) -> None:
        self.evaluation, self.currency, self.words = evaluation, currency, words
        self.points = cache(self._points)
        self.figure = cache(self._figure)
        self.score = cache(self._score)

    def _points(self, value: Fraction | None) -> str:
        """Points at a criterion."""
        return grouped(printed(self.evaluation, value) or self.words("no figure"))

    def _figure(self, value: Fraction | None) -> str:
        """The figure that the rule ranks by."""
        return grouped(printed_figure(self.evaluation, value) or self.words("no figure"))

    def _score(self, score: Fraction | None) -> str:
        """A share of full marks as a percentage, from the printed share.

        >>> from tender_eval.model.wording import fixed
        >>> trimmed(shown(Fraction(fixed(Fraction(2, 3), 4)) * 100)) + "%"
        '66.67%'
        """
        if score is None:
            return ""
        return trimmed(shown(Fraction(printed_score(self.evaluation, score)) * 100)) + "%"

    def available(self, value: Fraction) -> str:
        """Points available: no decimals where it has none."""
        return trimmed(self.points(value)) if value.denominator == 1 else self.points(value)

    def money(self, value: object) -> str:
        """An amount in the scheme's currency."""
        return money(value, self.currency) if isinstance(value, Fraction) else self.words("no figure")

    def value(self, value: Fraction | None) -> str:
        """The figure that the rule ranks by, with its name: ``97.27 points``."""
        name = self.evaluation.figure
        key = "value.points" if name.endswith("points") else "value.of"
        return self.words(key, value=self.figure(value), figure=name)

    def gap(self, better: BidResult, worse: BidResult) -> str:
        """How far two figures are apart, to as many places as it takes to be true of the printed figures."""
        return grouped(gap_between(self.evaluation, better, worse).printed)
