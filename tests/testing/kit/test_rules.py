"""The test kit for award rules: each wrong one is told what it did; the built-in ones pass."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import count
from typing import Any

import numpy as np
import pytest
from built_in import CATALOGUE

from tender_eval import AwardRule, FigureError, Reads, RuleParams, Steps
from tender_eval.model import numeric
from tender_eval.plugins.answers import Pot
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.tally import Tally
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried in processes of its own."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))


class PointsLessPrice(AwardRule):
    """Points less a hundredth of the price. Source: none, it is made up."""

    name = "points_less_price"
    figure = "points less price"
    best = "highest"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", better="lower", above=Fraction(0)),)

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Any:
        points, price = tally.points(tally.roots), tally.column("price")
        steps.working("points - price / 100", points=points, price=price)
        return points - price / 100


ASKED = count(1)


def shows_nothing(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    return tally.points(tally.roots) - tally.column("price") / 100


def lies(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    steps.working("points", points=tally.points(tally.roots))
    return shows_nothing(self, tally, params, steps)


def by_float(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    found = shows_nothing(self, tally, params, steps)
    return numeric.exact_array(Fraction(float(f)) for f in found) if numeric.is_exact(found) else found


def by_row(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    return shows_nothing(self, tally, params, steps) * 0 + numeric.exact_array(range(len(tally.present)))


def anew(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    return shows_nothing(self, tally, params, steps) * 0 + next(ASKED)


def by_the_best(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    points = tally.points(tally.roots)
    return points - numeric.highest(points, tally.present)


def otherwise_in_batches(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    found = shows_nothing(self, tally, params, steps)
    return found if numeric.is_exact(found) else found + 1


def by_the_clock(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    return shows_nothing(self, tally, params, steps) * (1 if time.time() else 2)


def writes(self: Any, tally: Tally, params: Any, steps: Steps) -> Any:
    found, price = shows_nothing(self, tally, params, steps), tally.column("price")
    price.flags.writeable = True
    price[0] = 1
    return found


def first_come(self: Any, tally: Tally, params: Any, steps: Steps) -> Mapping[str, Any]:
    return {"first come": np.arange(len(tally.present)) == 0}


def too_much(self: Any, ranks: Any, tally: Tally, params: Any, steps: Steps) -> Allocation:
    return Allocation(numeric.exact_array([10**9] * len(ranks)), False)


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "no working": ({"rank_by": shows_nothing}, "shows_a_true_working", "shows no working"),
    "a false working": ({"rank_by": lies}, "shows_a_true_working", "shows a working that is false: 'points'"),
    "a float": ({"rank_by": by_float}, "makes_no_floats", "makes floats of exact figures"),
    "by row": ({"rank_by": by_row}, "order_of_bids_does_not_matter", "ranks by other figures when they come"),
    "anew": ({"rank_by": anew}, "figures_are_the_same_again", "ranks the same bids otherwise when it is"),
    "relative": ({"rank_by": by_the_best}, "figures_turn_on_others_as_it_says", "but does otherwise without them"),
    "batches": ({"rank_by": otherwise_in_batches}, "arithmetics_agree", "in batches and by"),
    "clock": ({"rank_by": by_the_clock}, "does_nothing_else", r"asks the clock \(time\.time\)"),
    "writes": ({"rank_by": writes}, "leaves_what_it_is_given", "writes to the column price"),
    "no examples": ({"examples": ()}, "states_examples", "states no examples"),
    "one figure": (
        {"rank_by": lambda self, tally, *_: tally.points(tally.roots) * 0},
        "examples_give_different_figures",
        "ranks by 1 different figures",
    ),
    "turns away by row": ({"reject": first_come}, "turns_away_as_it_says", "turns other bids away when they come in"),
    "by nothing": (
        {"rank_by": lambda self, tally, *_: 1 / (tally.column("price") - Fraction(1, 100))},
        "figures_are_the_same_again",
        r"raised ZeroDivisionError: Fraction\(1, 0\), for price: 1/100, ",
    ),
    "beyond the pot": (
        {"allocate": too_much, "pot": lambda *_: Pot(Fraction(100), Fraction(100))},
        "shares_out_what_there_is",
        "returned amounts of",
    ),
}  # fmt: skip


def named(rule: type[AwardRule]) -> dict[str, Callable[[], None]]:
    return {check.name: check for check in checks_of(rule)}


@pytest.mark.slow
@pytest.mark.parametrize(("parts", "promise", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_rule_is_told_what_it_did(parts: dict[str, Any], promise: str, said: str) -> None:
    rule = type("Wrong", (PointsLessPrice,), {"__doc__": "Wrong.", "__module__": __name__, "name": "wrong", **parts})
    with pytest.raises(AssertionError, match=f"wrong: .*{said}"):
        named(rule)[promise]()


def test_a_sound_rule_passes() -> None:
    for check in named(PointsLessPrice).values():
        check()


def test_bids_that_cannot_be_ranked_together_are_no_fault_of_a_rule() -> None:
    def reject(self: Any, tally: Tally, params: Any, steps: Steps) -> Mapping[str, Any]:
        if min(tally.column("price")) < 10:
            raise FigureError("a price below 10")
        return {}

    rule = type("Choosy", (PointsLessPrice,), {"__doc__": "Choosy.", "name": "choosy", "reject": reject})
    named(rule)["examples_give_different_figures"]()
    named(rule)["turns_away_as_it_says"]()


def test_an_example_that_no_scheme_can_state_is_told() -> None:
    class Params(RuleParams):
        """None."""

        times: int

    rule = type("Wrong", (PointsLessPrice,), {"__doc__": "Wrong.", "name": "wrong", "Params": Params})
    with pytest.raises(AssertionError, match="times"):
        named(rule)["states_examples"]()


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOGUE.rules)
def test_each_built_in_keeps_every_promise(name: str) -> None:
    found = named(type(CATALOGUE.rules[name].item))
    assert len(found) == 16
    for check in found.values():
        check()
