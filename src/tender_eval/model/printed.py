"""The digits of figures as every document prints them: at the places of the scheme, in its rounding mode."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import Evaluation

SCORE_PLACES = 4


def printed(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """Points or money at the scheme's places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.places, evaluation.rounding_mode)


def printed_figure(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """What bids are ranked by, at its own places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.figure_places, evaluation.rounding_mode)


def printed_score(evaluation: Evaluation, score: Fraction) -> str:
    """A share of full marks, to four places."""
    return fixed(score, SCORE_PLACES, evaluation.rounding_mode)
