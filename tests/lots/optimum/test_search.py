"""The search proves what it says, whatever HiGHS says."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from tender_eval.lots.optimum import search
from tender_eval.lots.optimum.programme import Programme, Row
from tender_eval.lots.optimum.relaxation import Part, bound, in_conflict, plainly_relaxed, relaxed, strictly_best
from tender_eval.lots.optimum.search import NotProved, most_worth, worth_at_least


def drawn(seed: int, choices: int = 9) -> Programme:
    """Rows with parts of either sign, some of which nothing keeps to."""
    random = Random(seed)
    worth = [Fraction(random.randint(-3, 9), random.choice([1, 3, 7])) for _ in range(choices)]
    rows = []
    for _ in range(5):
        parts = {n: random.choice([-2, -1, 1, 1, 2, 3]) for n in random.sample(range(choices), 4)}
        rows.append(Row(parts, random.randint(-2, 4)))
    return Programme(worth, rows)


def best_of_all(programme: Programme) -> Fraction | None:
    each = range(len(programme.worth))
    kept = [c for n in range(len(each) + 1) for c in map(frozenset, combinations(each, n)) if programme.keeps(c)]
    return max(map(programme.value, kept), default=None)


@pytest.mark.slow
@pytest.mark.parametrize("ask_highs", [False, True])
def test_what_is_worth_most_is_found_and_proved(ask_highs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if ask_highs:
        monkeypatch.setattr(search, "_FEW", 0)
    for seed in range(40):
        programme = drawn(seed)
        expected, found = best_of_all(programme), most_worth(programme)
        assert (found.value if found else None) == expected
        if found is None or expected is None:
            continue
        assert programme.keeps(found.chosen)
        assert worth_at_least(programme, expected) is not None
        assert worth_at_least(programme, expected + Fraction(1, 10**30)) is None


@pytest.mark.slow
def test_a_bound_holds_whatever_the_prices_are() -> None:
    random = Random(5)
    for seed in range(20):
        programme = drawn(seed)
        part = Part(dict(enumerate(round(w * 2**40) for w in programme.worth)), programme.rows)
        best = best_of_all(Programme([Fraction(w) for w in part.worth.values()], programme.rows))
        for prices in ([random.randint(0, 2**41) for _ in part.rows], plainly_relaxed(part).prices):
            if best is not None:
                assert bound(part, prices).most >= best
        if best is None:
            assert relaxed(part) is None or not in_conflict(part)
        else:
            assert not in_conflict(part)


@pytest.mark.slow
def test_two_of_the_same_worth_are_none_of_them_strictly_best() -> None:
    rows = [Row({0: 1, 1: 1}, 1)]
    assert strictly_best(Part({0: 2**90, 1: 2**89}, rows), frozenset({0}))
    assert not strictly_best(Part({0: 2**90, 1: 2**90}, rows), frozenset({0}))
    assert not strictly_best(Part({0: 2**90, 1: 2**90 - 1}, rows), frozenset({0})), "no more than rounding may add"


def test_a_proof_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST_BRANCHES", 1)
    programme = Programme([Fraction(n, 2) for n in (5, 5, 5, 5)], [Row({0: 3, 1: 3, 2: 3, 3: 3}, 7)])
    with pytest.raises(NotProved, match=r"not proved after 1 branches: .* none is worth more than") as told:
        most_worth(programme)
    assert told.value.bound >= 5 >= (told.value.value or 0)
