"""Quantiles of the F distribution, by printed tables and by what they promise."""

from __future__ import annotations

import pytest

from tender_eval.fairness.statistics.f_distribution import f_quantile, incomplete_beta


@pytest.mark.parametrize(
    ("share", "above", "below", "printed"),
    [(0.95, 1, 1, 161.4), (0.95, 5, 10, 3.33), (0.975, 5, 10, 4.24), (0.975, 10, 30, 2.51), (0.99, 120, 120, 1.53)],
)
def test_printed_tables(share: float, above: float, below: float, printed: float) -> None:
    assert f_quantile(share, above, below) == pytest.approx(printed, rel=0.003)


@pytest.mark.parametrize(("above", "below"), [(3.2, 17.5), (29, 1.3), (1199, 35.7)])
def test_the_other_end_is_the_reciprocal_with_degrees_of_freedom_swapped(above: float, below: float) -> None:
    assert f_quantile(0.025, above, below) == pytest.approx(1 / f_quantile(0.975, below, above))


def test_the_beta_function_of_whole_numbers_is_a_sum_of_the_binomial() -> None:
    """I_x(2, 3) is the chance of two successes or more in four."""
    x = 0.3
    assert incomplete_beta(2, 3, x) == pytest.approx(1 - (1 - x) ** 4 - 4 * x * (1 - x) ** 3)
