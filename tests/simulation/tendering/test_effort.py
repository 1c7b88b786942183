"""Quality as a choice with a cost."""

from __future__ import annotations

import numpy as np
import pytest
from simulated import design, figures, made, mean, weighted

from tender_eval.simulation.tendering.effort import LEVELS, Effort


def test_each_makes_the_effort_that_gains_most() -> None:
    effort = Effort(0.2, 0.1)
    quality, cost = np.array([0.5, 0.5, 0.5, 0.95]), np.array([0.8, 0.8, 0.8, 0.8])
    worth = np.array([0.0, 0.75, 2.0, 2.0])  # of quality, beside cost

    def gains(q: np.ndarray, c: np.ndarray) -> np.ndarray:
        return np.asarray(worth * q - c)

    found = effort.best(gains, quality, cost)
    assert found.tolist() == [0.0, 0.5, 1.0, 0.5]  # the last cannot be better than full marks
    for level in LEVELS:
        made_, costs = effort.made(level, quality, cost)
        assert (gains(made_, costs) <= gains(*effort.made(found, quality, cost)) + 1e-12).all()
    assert effort.made(0.0, np.array([1.2]), cost[:1])[0] == 1.2  # who has more keeps it


@pytest.mark.slow
def test_effort_is_made_where_it_pays_and_prices_hold_what_it_costs() -> None:
    plain, free, dear = figures(
        *(
            made(design(2, weighted(60), effort_quality=added, effort_cost=cost))
            for added, cost in ((0.0, 0.0), (0.1, 0.05), (0.1, 1.0))
        ),
        draws=600,
    )
    assert mean(free["quality"]) > mean(plain["quality"]) + 0.05
    assert mean(free["price_ratio"]) > mean(plain["price_ratio"]) + 0.02
    assert mean(dear["quality"]) == pytest.approx(mean(plain["quality"]), abs=0.005)
