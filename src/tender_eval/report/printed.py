"""How the figures of an evaluation are printed: at the scheme's places, in its rounding mode."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.wording import fixed

SCORE_PLACES = 4
FURTHER = 8  # places beyond these at which a small difference is looked for
SHOWN_DIGITS = 4  # of the largest figure, where all are small
MOST_PLACES = 20  # as far as LibreOffice rounds


def printed(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """Points or money at the scheme's places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.places, evaluation.rounding_mode)


def printed_figure(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """What bids are ranked by, at `figure_places`; None for a bid that has none."""
    return None if value is None else fixed(value, figure_places(evaluation), evaluation.rounding_mode)


def with_name(evaluation: Evaluation, shows: str) -> str:
    """A printed figure with what it is: ``97.27 points``, ``a price of 9,000.00``, ``points per price of 0.0006``."""
    name = evaluation.figure
    if name.endswith("points"):
        return f"{shows} {name}"
    article = "" if "points" in name else "an " if name[0] in "aeio" else "a "
    return f"{article}{name} of {shows}"


def figure_places(evaluation: Evaluation) -> int:
    """The scheme's places, or more: where all figures are below one, or to print those otherwise that differ."""
    figures = {b.figure for b in evaluation.bids if b.figure is not None}
    most = max(map(abs, figures), default=Fraction(0))
    least = places_for(figures, evaluation.places) if 0 < most < 1 else evaluation.places
    mode = evaluation.rounding_mode
    tried = range(least, least + FURTHER + 1)
    return next((p for p in tried if len({fixed(f, p, mode) for f in figures}) == len(figures)), least)


def places_for(values: Iterable[Fraction], least: int) -> int:
    """The scheme's places, or as many as it takes to tell small figures apart.

    >>> places_for([Fraction(97)], 2), places_for([Fraction(12, 10**7)], 2)
    (2, 9)
    """
    return max(least, min(MOST_PLACES, SHOWN_DIGITS - digits_of(values)))


def digits_of(values: Iterable[Fraction]) -> int:
    """Digits before the point of the largest; below zero, the zeros behind it."""
    largest = max((abs(v) for v in values), default=Fraction(0))
    if largest >= 1 or largest == 0:
        return len(str(int(largest)))
    digits = 0
    while largest * 10 < 1:
        largest, digits = largest * 10, digits - 1
    return digits


def printed_score(evaluation: Evaluation, score: Fraction) -> str:
    """A share of full marks, to four places."""
    return fixed(score, SCORE_PLACES, evaluation.rounding_mode)


def criteria_of(evaluation: Evaluation) -> tuple[CriterionResult, ...]:
    """Every criterion at which some bid was scored, in the order of the scheme."""
    fullest = sorted(evaluation.bids, key=lambda bid: -len(bid.criteria))
    found: dict[str, CriterionResult] = {}
    for bid in fullest:
        for criterion in bid.criteria:
            found.setdefault(criterion.id, criterion)
    return tuple(found.values())


def roots_of(evaluation: Evaluation) -> tuple[CriterionResult, ...]:
    """The criteria at the top of the scheme at which some bid was scored."""
    return tuple(c for c in criteria_of(evaluation) if c.depth == 0)


def rank_of(bid: BidResult) -> str:
    """The rank, with an equals sign where it is shared."""
    if bid.rank is None:
        return "-"
    return f"{bid.rank}=" if bid.tied else str(bid.rank)


def status_of(bid: BidResult) -> str:
    """The status in words."""
    return bid.status.replace("_", " ")


def has_awards(evaluation: Evaluation) -> bool:
    """Whether the rule shares out money."""
    return any(bid.award is not None for bid in evaluation.bids)
