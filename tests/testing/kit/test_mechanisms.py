"""The test kit for award mechanisms: each wrong one is told what it did; the built-in ones pass."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest
from built_in import CATALOGUE

from tender_eval import Contest, LotAwards
from tender_eval.lots.mechanisms.lot_order import LotOrder
from tender_eval.testing import checks_of
from tender_eval.testing.kit import checks, elsewhere


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried in processes of its own."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: elsewhere.Elsewhere(answers=((), ())))


def award(contest: Contest, params: Any) -> LotAwards:
    return LotOrder().award(contest, params)


def by_row(self: Any, contest: Contest, params: Any) -> LotAwards:
    found = award(contest, params)
    first = np.argmax(contest.standing, axis=0)
    alone = contest.standing.any(axis=0) & ~found.undecided & (not contest.limited)
    return found._replace(winner=np.where(alone, first, found.winner))


def beyond_limits(self: Any, contest: Contest, params: Any) -> LotAwards:
    found = award(contest._replace(most_lots=0, capacity=None), params)
    return found._replace(order=())


def by_chance(self: Any, contest: Contest, params: Any) -> LotAwards:
    random.random()
    return award(contest, params)


def by_float(self: Any, contest: Contest, params: Any) -> LotAwards:
    contest.figures.astype(float)
    return award(contest, params)


def writes(self: Any, contest: Contest, params: Any) -> LotAwards:
    found = award(contest, params)
    contest.values.flags.writeable = True
    contest.values[:] = contest.values * 2
    return found


def nothing(self: Any, contest: Contest, params: Any) -> LotAwards:
    shape = contest.standing.shape[1:]
    return LotAwards(np.full(shape, -1), np.zeros(shape, dtype=np.bool_))


WRONG = {
    "by row": (by_row, "awards_the_same_again_in_any_order", "awards other lots when they come in another order"),
    "beyond limits": (beyond_limits, "awards_lots", "returned more for a supplier than its limits allow"),
    "by chance": (by_chance, "does_nothing_else", r"asks chance \(random\.random\)"),
    "by float": (by_float, "makes_no_floats", "makes floats of exact figures, in a contest in which the "),
    "writes": (writes, "leaves_what_it_is_given", "writes to values, in a contest"),
    "nothing": (nothing, "awards_lots", "awards no lot at all"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("wrong", "promise", "said"), WRONG.values(), ids=WRONG)
def test_a_wrong_mechanism_is_told_what_it_did(wrong: Any, promise: str, said: str) -> None:
    kind = type("Wrong", (LotOrder,), {"__doc__": "Wrong.", "name": "wrong", "award": wrong})
    by_name = {check.name: check for check in checks_of(kind)}
    with pytest.raises(AssertionError, match=f"wrong: .*{said}"):
        by_name[promise]()


@pytest.mark.slow
@pytest.mark.parametrize("name", CATALOGUE.mechanisms)
def test_each_built_in_keeps_every_promise(name: str) -> None:
    found = checks_of(type(CATALOGUE.mechanisms[name].item))
    assert len(found) == 10
    for check in found:
        check()
