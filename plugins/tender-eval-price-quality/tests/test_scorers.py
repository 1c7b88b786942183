"""Each formula of a price, worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from tender_eval_price_quality import SCORERS

from tender_eval import Refused
from tender_eval.testing import parametrize_with_checks

F = Fraction


@parametrize_with_checks(*SCORERS)
def test_every_promise_is_kept(check):
    check()


def test_power_of_discount(scores):
    # Discounts 1%, 4% and 16% off 10,000; the best is 16%: shares 1/16, 1/4 and 1.
    assert scores("power_of_discount", 9900, 9600, 8400, ceiling=10000, exponent="1/2") == [F(1, 4), F(1, 2), 1]
    assert scores("power_of_discount", 9900, 9600, 8400, ceiling=10000, exponent=2) == [F(1, 256), F(1, 16), 1]
    assert scores("power_of_discount", 10000, 10000, ceiling=10000, exponent=2) == [0, 0]
    assert scores("power_of_discount", 9999, ceiling=10000, exponent=2) == [1]


def test_discount_above_base(scores):
    assert scores("discount_above_base", 10000, 9500, 9000, ceiling=10000, base="40%") == [F(2, 5), F(7, 10), 1]
    assert scores("discount_above_base", 10000, ceiling=10000, base="40%") == [F(2, 5)]


def test_bilinear_discount(scores):
    # Discounts 2%, 10% and 18%: mean 10%. 2% earns 0.8 x 2/10, 10% earns 0.8, 18% earns all.
    assert scores("bilinear_discount", 9800, 9000, 8200, ceiling=10000, at_mean="80%") == [F(4, 25), F(4, 5), 1]
    # 2%, 6%, 14%, 18%: mean 10%; 14% lies half way from the mean to the best.
    found = scores("bilinear_discount", 9800, 9400, 8600, 8200, ceiling=10000, at_mean="90%")
    assert found == [F(18, 100), F(54, 100), F(95, 100), 1]
    assert scores("bilinear_discount", 9000, 9000, ceiling=10000, at_mean="85%") == [F(17, 20), F(17, 20)]
    assert scores("bilinear_discount", 10000, 10000, ceiling=10000, at_mean="85%") == [0, 0]


def test_power_below_ceiling(scores):
    assert scores("power_below_ceiling", 10000, 8000, ceiling=10000) == [0, F(1, 5)]
    assert scores("power_below_ceiling", 10000, 5000, ceiling=10000, exponent=3) == [0, F(7, 8)]
    assert scores("power_below_ceiling", 2500, ceiling=10000, exponent="3/2") == [F(7, 8)]  # (1/4) ** (3/2) = 1/8


def test_kinked_discount(scores):
    # Down to 8,000 each pound counts in full, below it half: 1 - 0.8 + 0.5 x 0.1.
    stated = {"ceiling": 10000, "investigated_below": 8000, "beyond": "50%"}
    assert scores("kinked_discount", 10000, 9000, 8000, 7000, **stated) == [0, F(1, 10), F(1, 5), F(1, 4)]


def test_nearest_to_mean(scores):
    # Mean 100: 90 and 110 are 10% away; with nothing at 20% they earn half. The cheapest does not win.
    assert scores("nearest_to_mean", 90, 100, 110, zero_at_percent=20) == [F(1, 2), 1, F(1, 2)]
    assert scores("nearest_to_mean", 50, 100, 150, zero_at_percent=20) == [0, 1, 0]
    assert scores("nearest_to_mean", 70, zero_at_percent=20) == [1]


@pytest.mark.parametrize(
    ("scorer", "stated", "code"),
    [
        ("power_of_discount", {"ceiling": 100}, "TE011"),
        ("power_of_discount", {"ceiling": 100, "exponent": 0}, "TE015"),
        ("discount_above_base", {"ceiling": 100, "base": "100%"}, "TE015"),
        ("bilinear_discount", {"ceiling": 100, "at_mean": "0%"}, "TE015"),
        ("kinked_discount", {"ceiling": 100, "investigated_below": 100, "beyond": "50%"}, "TE028"),
    ],
)
def test_parameters_that_are_refused(scores, scorer, stated, code):
    with pytest.raises(Refused) as caught:
        scores(scorer, 50, **stated)
    assert [d.code for d in caught.value.diagnostics] == [code]


@pytest.mark.parametrize("scorer", [s.name for s in SCORERS if "ceiling" in s.examples[0]])
def test_a_price_above_the_ceiling_is_told_at_the_bid(scores, scorer):
    stated = next(s.examples[0] for s in SCORERS if s.name == scorer)
    with pytest.raises(Refused, match="price"):
        scores(scorer, 50000, 100001, **stated)
