"""What each person's marks alone would give each bid, in the scheme's own points."""

from __future__ import annotations

import numpy as np

from tender_eval.fairness.findings.reliability import TooLittle
from tender_eval.fairness.reliability.given import PanelMarks
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.statistics.ratings import Ratings
from tender_eval.model.diagnostics import Refused


def own_points(scenario: Scenario, panel: PanelMarks) -> Ratings | TooLittle:
    """The points of each bid by each person's marks, over the bids that everybody marked at everything."""
    marked = ~np.isnan(panel.together.values).any(axis=1).reshape(len(panel.criteria), -1)
    rows = [scenario.rows[bid] for bid in panel.bids]
    bids = marked.all(axis=0) & ~scenario.removed[rows]
    if not bids.any():
        return TooLittle.FEW_ALL_MARKED
    columns = {}
    for one in panel.criteria:
        now = scenario.columns[one.column]
        table = np.repeat(now[:, None], len(panel.people), axis=1)
        table[np.array(rows)[bids]] = panel.at(one).values[bids]
        columns[one.column] = table
    try:
        result = scenario.batch(columns, keep=[one.criterion for one in panel.criteria])
    except Refused:  # marks that the scale does not have, or prices that are not open
        return TooLittle.NOT_SCORED
    points = sum(result.criteria.values())
    return Ratings(np.asarray(points)[np.array(rows)[bids]], np.flatnonzero(bids))
