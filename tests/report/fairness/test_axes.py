from itertools import pairwise

import pytest

from tender_eval.report.fairness.axes import ticks


@pytest.mark.parametrize("low", [-1.5, 0.0, 0.0003, 17.3, 812_345.0])
@pytest.mark.parametrize("span", [0.001, 0.7, 9.99, 10.0, 46_000.0, 3e7])
@pytest.mark.parametrize("most", [3, 5])
def test_ticks_are_few_even_round_and_within(low: float, span: float, most: int) -> None:
    found = ticks(low, low + span, most)
    assert 1 <= len(found) <= most
    assert all(low <= n <= low + span for n in found)
    apart = {b - a for a, b in pairwise(found)}
    assert len(apart) <= 1
    for step in apart:
        assert str(step.numerator * 10**9 // step.denominator).strip("0") in ("1", "2", "5")
