"""Step 3: consortia among those who fail alone."""

from __future__ import annotations

import numpy as np
import pytest

from tender_eval.simulation.market.consortia import able_to_bid, chance_of_partners, consortia_formed
from tender_eval.simulation.market.eligibility import Eligibility

NO, YES = np.zeros((1, 2, 1), dtype=bool), np.ones((1, 2, 1), dtype=bool)
ONE = np.array([[[True], [False]]])


def test_the_chance_grows_with_the_days_from_none_to_certainty() -> None:
    days = np.array([0.0, 14.0, 30.0, 60.0, 600.0])
    found = [chance_of_partners(0.3, d) for d in days]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[3] == pytest.approx(0.3)
    assert found[-1] < 1
    assert chance_of_partners(0.0, 60.0) == 0
    assert chance_of_partners(1.0, 60.0) == 1


@pytest.mark.parametrize(
    ("alone", "joint", "luck", "leads"),
    [(NO, YES, 0.2, True), (NO, YES, 0.4, False), (ONE, YES, 0.0, False), (NO, NO, 0.0, False), (NO, ONE, 0.0, True)],
)
def test_only_who_fails_every_lot_alone_finds_partners(
    alone: np.ndarray, joint: np.ndarray, luck: float, leads: bool
) -> None:
    eligibility = Eligibility(alone, alone, joint)
    found = consortia_formed(eligibility, np.array([[luck]]), 0.3)
    assert found.tolist() == [[leads]]
    assert (able_to_bid(eligibility, found) == (joint if leads else alone)).all()
