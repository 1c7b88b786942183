"""How firm the award is against the panel's own disagreement.

Marks are drawn anew many times in float64, as another panel as reliable as this one would give them; each evaluator in
turn is left out in exact arithmetic, where the scheme says how marks are computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from tender_eval.engine.evaluating.batch import CHUNK
from tender_eval.fairness.findings.reliability import TooLittle
from tender_eval.fairness.findings.results import PanelDisagreement
from tender_eval.fairness.findings.samples import Spread
from tender_eval.fairness.reliability.given import panel_marks
from tender_eval.fairness.reliability.leaving_out import winners_without
from tender_eval.fairness.reliability.other_panels import mark_columns
from tender_eval.fairness.reliability.redrawing import disagreement, redrawn
from tender_eval.fairness.scenarios.reranking import awarded
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.tipping.mark import MarkedCriterion, marked_criteria
from tender_eval.model.bids import Mark, bid_of
from tender_eval.model.numeric import Array

DRAWS = 2_000
QUARTERS = 4  # one of them one step up, one one step down, where the panel's own marks do not say: an assumption


def panel_disagreement(scenario: Scenario, draws: int = DRAWS, seed: int = 1) -> PanelDisagreement | None:
    """The share of draws that each bid wins as marks vary, and who wins without each evaluator.

    Listed are the bids that are ranked, and those that would win a draw. Bids that win together each count a full
    win.

    Returns:
        None where nothing is marked.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    if not scenario.order or not any(_marks(scenario)):
        return None
    rng, won = np.random.default_rng([seed, 2]), np.zeros(len(scenario.bids.bids))
    for start in range(0, draws, CHUNK):
        columns = mark_draws(scenario, rng, min(CHUNK, draws - start))
        won += awarded(scenario, scenario.batch(columns)).sum(axis=1)
    named = [*scenario.order, *(bid for bid, row in scenario.rows.items() if bid not in scenario.ranks and won[row])]
    shares = {bid: float(won[scenario.rows[bid]] / draws) for bid in named}
    return PanelDisagreement(spread_of(scenario), draws, shares, winners_without(scenario))


def spread_of(scenario: Scenario) -> Spread:
    """How `mark_draws` varies the marks of these bids."""
    panel = panel_marks(scenario)
    if isinstance(disagreement(panel), TooLittle):
        return "too few" if panel.people else "assumed"
    given = (len(one.individual[bid]) for one in panel.criteria for bid in one.counts)
    return "own" if min(given) >= 2 else "own or pooled"


def mark_draws(scenario: Scenario, rng: Generator, draws: int) -> dict[str, Array]:
    """Columns of marks ``(bids, draws)``, varied as `spread_of` says."""
    return _alike_in_offers(scenario, _drawn(scenario, rng, draws))


def _alike_in_offers(scenario: Scenario, columns: dict[str, Array]) -> dict[str, Array]:
    """The same marks in every offer of a bid for several lots as in its first that is in: they are that bid's."""
    of_bid: dict[str, int] = {}
    there = scenario.present
    first = [of_bid.setdefault(bid_of(bid), row) if there[row] else row for bid, row in scenario.rows.items()]
    return {name: column[first] for name, column in columns.items()} if first != [*range(len(first))] else columns


def _drawn(scenario: Scenario, rng: Generator, draws: int) -> dict[str, Array]:
    panel = panel_marks(scenario)
    found = disagreement(panel)
    if not isinstance(found, TooLittle):
        return mark_columns(scenario, redrawn(panel, found, scenario.plan, rng, draws), draws)
    marks: dict[str, dict[str, Array]] = {}
    for bid, at, mark in _marks(scenario):
        values = np.array([float(m) for m in _a_step_away(at, mark)])
        marks.setdefault(at.column, {})[bid] = values[rng.integers(len(values), size=draws)]
    return mark_columns(scenario, marks, draws)


def _marks(scenario: Scenario) -> Iterator[tuple[str, MarkedCriterion, Mark]]:
    """Every mark that counts of a bid that is in, by bid and criterion."""
    bids = scenario.scheme.with_computed_marks(scenario.bids).bids
    for at in marked_criteria(scenario.plan):
        for bid in bids:
            mark = bid.marks.get(at.column.removeprefix("marks."))
            if mark is not None and scenario.present[scenario.rows[bid.id]]:
                yield bid.id, at, mark


def _a_step_away(at: MarkedCriterion, mark: Mark) -> list[Fraction]:
    """The marks that are drawn, each as often as any other; one that is likelier is there several times."""
    counts = mark.value if isinstance(mark.value, Fraction) else Fraction(0)
    near = at.steps_from(counts)
    return [*near, *[counts] * (QUARTERS - len(near))]
