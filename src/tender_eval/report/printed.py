"""How the figures of an evaluation are printed: at the scheme's places, in its rounding mode."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.wording import FURTHER, fixed

SCORE_PLACES = 4
SMALLEST_PLACES = 200  # figures that differ do so far before


def printed(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """Points or money at the scheme's places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.places, evaluation.rounding_mode)


def printed_figure(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """What bids are ranked by, at its own places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.figure_places, evaluation.rounding_mode)


def printed_gap(evaluation: Evaluation, better: BidResult, worse: BidResult) -> str:
    """How far two figures are apart, to as many places as it takes to be true of the printed figures.

    Where no number of places is, for each is rounded by itself, the gap is rounded like the figures; and where that
    leaves nothing of it, to its first digit.
    """
    a, b = better.figure or Fraction(0), worse.figure or Fraction(0)
    mode, least = evaluation.rounding_mode, evaluation.figure_places
    for places in range(least, least + FURTHER + 1):
        apart = fixed(abs(a - b), places)
        of_printed = abs(Fraction(fixed(a, places, mode)) - Fraction(fixed(b, places, mode)))
        if of_printed and Fraction(apart) == of_printed:
            return apart
    for places in range(least, SMALLEST_PLACES):
        apart = fixed(abs(a - b), places)
        if Fraction(apart):
            return apart
    return fixed(abs(a - b), least)


def with_name(evaluation: Evaluation, shows: str) -> str:
    """A printed figure with what it is: ``97.27 points``, ``a price of 9,000.00``, ``points per price of 0.0006``."""
    name = evaluation.figure
    if name.endswith("points"):
        return f"{shows} {name}"
    article = "" if "points" in name else "an " if name[0] in "aeio" else "a "
    return f"{article}{name} of {shows}"


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
