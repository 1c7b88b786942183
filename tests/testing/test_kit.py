"""The test kit: a scorer is told of the promise that it breaks, a false working among them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tender_eval import BidTable, Reads, Scorer, Steps
from tender_eval.model import numeric
from tender_eval.testing.kit import check_scorer


class Hours(Scorer):
    """A share of full marks for each hour up to forty. Source: none, it is made up."""

    name = "hours"
    formula = "min(1, hours / 40)"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("values.hours", better="higher", at_least=Fraction(0)),)

    def score(self, bids: BidTable, params: Any, steps: Steps) -> Any:
        hours = bids.column("values.hours")
        steps.working(self.formula, hours=hours)
        return numeric.clip(hours / 40)


@pytest.mark.slow
def test_a_true_working_passes() -> None:
    check_scorer(Hours, max_examples=10)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formula", "told"),
    [
        ("hours / 40", r"the working of 'hours / 40' is false: \"[\d./]+ / 40\" comes to"),
        ("hours / 40, at most full marks", "is false"),
        ("hours over 40", "is no expression"),
        ("share of hours; min(1, hours / 40)", "is no expression|comes to"),
    ],
)
def test_a_false_working_is_told(formula: str, told: str) -> None:
    class Wrong(Hours):
        """As its base. Source: none."""

        name = "wrong"

    Wrong.formula = formula
    with pytest.raises(AssertionError, match=told):
        check_scorer(Wrong, max_examples=20)
