"""How the figures of an evaluation are printed: at the scheme's places, in its rounding mode."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.wording import fixed

WORDS = catalogue("report")
SCORE_PLACES = 4


def printed(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """Points or money at the scheme's places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.places, evaluation.rounding_mode)


def printed_figure(evaluation: Evaluation, value: Fraction | None) -> str | None:
    """What bids are ranked by, at its own places; None for a bid that has none."""
    return None if value is None else fixed(value, evaluation.figure_places, evaluation.rounding_mode)


def with_name(evaluation: Evaluation, shows: str) -> str:
    """A printed figure with what it is: ``97.27 points``, ``a price of 9,000.00``, ``points per price of 0.0006``."""
    name = evaluation.figure
    if name.endswith("points"):
        key = "figure.points"
    else:
        key = "figure.bare" if "points" in name else "figure.an" if name[0] in "aeio" else "figure.a"
    return WORDS(key, value=shows, figure=name)


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
