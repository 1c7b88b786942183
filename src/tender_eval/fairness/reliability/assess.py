"""How reliably a panel marked: agreement at each criterion and over all, severity, and what other panels would say."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tender_eval.fairness.findings.reliability import Agreement, Reliability, Severity, TooLittle
from tender_eval.fairness.reliability.agreed import against_means, beside, resting
from tender_eval.fairness.reliability.given import PanelMarks, panel_marks
from tender_eval.fairness.reliability.other_panels import other_panels
from tender_eval.fairness.reliability.own_points import own_points
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.statistics import alpha, icc
from tender_eval.fairness.statistics.concordance import concordance
from tender_eval.fairness.statistics.ratings import Ratings, drawn_clusters
from tender_eval.fairness.statistics.severity import severities
from tender_eval.model.numeric import Array

TOGETHER = ""


@dataclass(frozen=True, slots=True)
class Draws:
    """How often whole bids are drawn for intervals, and other panels; no panels where no award may be told."""

    bids: int = 1_000
    panels: int = 1_000
    seed: int = 1


def reliability(scenario: Scenario, draws: Draws = Draws()) -> Reliability | None:
    """What the individual marks of a tender or lot say; None where there are none.

    Raises:
        Refused: the bids cannot be evaluated, where other panels are asked for.
    """
    panel = panel_marks(scenario)
    if not panel.people:
        return None
    agreed = () if scenario.plan.scheme.panel.computed else beside(panel)
    weights = drawn_clusters(np.random.default_rng([draws.seed, 6]), len(panel.bids), draws.bids)
    return Reliability(
        overall=_overall(scenario, panel, weights),
        by_criterion=tuple(
            _agreement(one.criterion, one.title, panel.at(one), weights)
            for one in panel.criteria
            if any(one.individual.values())
        ),
        severity=_severity(panel),
        against_mean=against_means(agreed),
        resting=resting(agreed, panel.people) if agreed else {},
        highest=panel.highest,
        panels=other_panels(scenario, panel, draws.panels, draws.seed) if draws.panels else None,
    )


def _agreement(criterion: str, title: str, ratings: Ratings, weights: Array) -> Agreement:
    compared = ratings.compared
    alphas = alpha.estimates(ratings, weights)
    single, average = icc.correlations(ratings, weights)
    return Agreement(
        criterion,
        title,
        people=compared.people,
        bids=compared.clusters_there,
        marks=int(compared.given.sum()),
        nominal=alphas["nominal"],
        ordinal=alphas["ordinal"],
        interval=alphas["interval"],
        single=single,
        average=average,
        concordance=concordance(ratings, weights),
    )


def _overall(scenario: Scenario, panel: PanelMarks, weights: Array) -> Agreement:
    """Over all criteria, in shares of the highest mark; W is of the orders by the points that each one's marks give."""
    found = _agreement(TOGETHER, "", panel.together, weights)
    if not panel.one_scale:
        found = replace(found, nominal=TooLittle.SEVERAL_SCALES, ordinal=TooLittle.SEVERAL_SCALES)
    points = own_points(scenario, panel)
    return replace(found, concordance=points if isinstance(points, TooLittle) else concordance(points, weights))


def _severity(panel: PanelMarks) -> tuple[Severity, ...] | TooLittle:
    found = severities(panel.together)
    if isinstance(found, TooLittle):
        return found
    names = [person for person, there in zip(panel.people, panel.together.comparable, strict=True) if there]
    return tuple(Severity(who, one.values, one.found, one.shrunk) for who, one in zip(names, found, strict=True))
