"""The best total over all lots."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import numpy as np
from pydantic import Field

from tender_eval.lots.draws import award_one_by_one, part_of
from tender_eval.model.digits import fixed, shown
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.mechanism import ANY_NUMBER, Contest, LotAwards, Mechanism, MechanismParams


class BestTotalParams(MechanismParams):
    """How the lots are put together."""

    weigh: Literal["equally", "annual_value"] = Field(
        "equally", description="by what the figures of a lot are multiplied before they are added"
    )


class BestTotal(Mechanism):
    """The award over all lots whose total is best, of those that award as many lots as can be awarded.

    The total is the sum of the figures that bids are ranked by: the highest sum of points, or the lowest sum of
    evaluated prices, where minimums of quality keep poor bids out. Where bids are ranked by the cost of a quality
    point, it is the cost of all lots over their quality points. With ``weigh: annual_value`` the points of each lot
    count by its annual value. A bid can be passed over at a lot where it is best, has room, and another award of
    all lots together is better.

    Example: at most one lot each; the highest points win. North: A 90, B 81. South: A 80, B 40. A at north and B at
    south come to 130, B at north and A at south to 161: so A is awarded south, and B north.

    Of equal totals that comes first which gives the first lot, in the published order, to the bid of the better rank
    there; then the second, and so on. Awards that have the same rank at every lot are not set apart: each lot that
    differs between them is undecided.

    The award is proved in exact arithmetic to be the best: of all that the limits allow (decision diagrams: Bergman,
    Cire, van Hoeve and Hooker, Decision Diagrams for Optimization, 2016), or, where these are too many, as an integer
    programme (branch and bound; the bounds of Neumaier and Shcherbina, Safe bounds in linear and mixed-integer linear
    programming, 2004).
    """

    name = "best_total"
    totals = True
    meets_minimums = True
    takes_packages = True
    examples = ({}, {"weigh": "annual_value"})
    Params = BestTotalParams

    def uses_order(self, params: Any) -> bool:
        return True

    def uses_values(self, params: BestTotalParams) -> bool:
        return params.weigh == "annual_value"

    def most_draws(self, contest: Contest, params: Any) -> int:
        from tender_eval.lots.optimum.choices import choices_in
        from tender_eval.lots.optimum.diagram import diagram_of

        return 50 if diagram_of(contest, choices_in(contest)) is None else ANY_NUMBER

    def passes_over(self, params: Any) -> bool:
        return True

    def why_passed_over(
        self, contest: Contest, awards: LotAwards, lot: int, bid: int, params: BestTotalParams
    ) -> str | Unsupported:
        from tender_eval.lots.optimum.awards import best_with, choices_of, total_of
        from tender_eval.lots.optimum.exactly import in_fractions

        contest, _ = in_fractions(contest)
        weights = weights_of(contest, params)
        won = choices_of(awards)
        with_it = best_with(contest, weights, lot, bid)
        if with_it is None:
            return "the limits leave no room for it"
        lots, total = with_it
        if lots < len(won):
            return f"with it at most {lots} lots could be awarded, where {len(won)} are"
        less = abs(total - total_of(contest, weights, won))
        if not less:
            return "with it the total of all lots would be the same, and the order of the lots puts this award first"
        worse = "lower" if contest.best == "highest" else "higher"
        by = fixed(less, 2) if less * 100 >= 1 else shown(less)
        return f"with it the best total of all lots would be {worse} by {by}"

    def award(self, contest: Contest, params: BestTotalParams) -> LotAwards:
        from tender_eval.lots.optimum.awards import best_awards
        from tender_eval.lots.optimum.exactly import in_fractions

        def best(exact: Contest, near: Fraction) -> LotAwards:
            found = best_awards(exact, weights_of(exact, params), near)
            undecided = [lot in found.undecided for lot in range(len(found.winner))]
            return LotAwards(np.array(found.winner), np.array(undecided, dtype=np.bool_))

        if contest.figures.ndim == 2:
            return best(*in_fractions(contest))
        return award_one_by_one(contest, best, lambda draws: _together(draws, params))


def _together(contest: Contest, params: BestTotalParams) -> tuple[Array, Mask]:
    """What is awarded in many draws, and in which it is proved to be the best total, or that nothing can be awarded."""
    from tender_eval.lots.optimum.assignment import assigned, out_of_reach
    from tender_eval.lots.optimum.in_draws import best_in_draws

    weigh = params.weigh == "annual_value"
    of_diagram = best_in_draws(contest, weigh)
    if of_diagram is not None:
        return of_diagram
    if contest.offers is not None:  # nothing but a search knows of them
        return np.full(contest.figures.shape[1:], -1), np.zeros(contest.figures.shape[-1], dtype=np.bool_)
    winner, proved = assigned(contest, weigh)
    left = np.flatnonzero(~proved)
    nothing = left[out_of_reach(part_of(contest, left))]
    winner[:, nothing], proved[nothing] = -1, True
    return winner, proved


def weights_of(contest: Contest, params: BestTotalParams) -> tuple[Fraction, ...]:
    """What the figures of each lot are multiplied by."""
    if params.weigh == "annual_value":
        return tuple(Fraction(value) for value in contest.values.tolist())
    return (Fraction(1),) * len(contest.values)
