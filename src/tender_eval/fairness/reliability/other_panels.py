"""In how many of a hundred panels like this one others would be awarded."""

from __future__ import annotations

import numpy as np

from tender_eval.fairness.findings.reliability import OtherPanels, TooLittle
from tender_eval.fairness.reliability.given import PanelMarks
from tender_eval.fairness.reliability.redrawing import disagreement, redrawn
from tender_eval.fairness.scenarios.reranking import awarded
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.numeric import Array


def other_panels(scenario: Scenario, panel: PanelMarks, draws: int, seed: int) -> OtherPanels | TooLittle:
    """Who would be awarded by the marks of so many other panels, as the engine itself scores them.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    found = disagreement(panel)
    if isinstance(found, TooLittle):
        return found
    marks = redrawn(panel, found, scenario.plan, np.random.default_rng([seed, 7]), draws)
    columns = mark_columns(scenario, marks, draws)
    now = awarded(scenario, scenario.batch())
    if not now.any():
        return TooLittle.NOT_SCORED
    won = awarded(scenario, scenario.batch(columns))
    other = float((won != now).any(axis=0).mean())
    several = int(panel.together.several.sum())
    return OtherPanels(
        draws,
        other,
        {bid: share for bid, row in scenario.rows.items() if (share := float(won[row].mean()))},
        float(np.sqrt(other * (1 - other) / draws)),
        several,
        sum(len(one.counts) for one in panel.criteria) - several,
        not scenario.plan.scheme.panel.computed,
    )


def mark_columns(scenario: Scenario, marks: dict[str, dict[str, Array]], draws: int) -> dict[str, Array]:
    """Columns ``(bids, draws)`` with these marks, of the bids that are in, in place of those that are there."""
    found = {}
    for column, by_bid in marks.items():
        found[column] = np.repeat(scenario.columns[column][:, None], draws, axis=1)
        for bid, values in by_bid.items():
            if scenario.present[scenario.rows[bid]]:
                found[column][scenario.rows[bid]] = values
    return found
