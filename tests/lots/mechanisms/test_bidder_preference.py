"""The mechanism bidder_preference: bidders keep the lots that they prefer of those that they are first at."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from contests import CATALOGUE, batch, exact
from inline import refusal, scheme
from marked import LEAVES, winners

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.languages.results import text
from tender_eval.lots.award import award_lots
from tender_eval.lots.batch import award_draws
from tender_eval.lots.mechanisms import bidder_preference
from tender_eval.lots.run import run_mechanism
from tender_eval.plugins.mechanism import Contest, LotAwards

CHOOSING = CATALOGUE.mechanisms["bidder_preference"]


def awarded(contest: Contest) -> LotAwards:
    return run_mechanism(CHOOSING, CHOOSING.item.Params(), contest)


def preferring(contest: Contest, *places: list[int]) -> Contest:
    return contest._replace(preferences=np.array(places))


def test_its_example() -> None:
    """a is first at both, prefers the second, and gives the first up to b."""
    contest = exact([[90, 80], [81, None], [None, 60]], most_lots=1)
    assert awarded(contest).winner.tolist() == [0, 2], "in the published order where nothing is stated"
    assert awarded(preferring(contest, [2, 1], [0, 0], [0, 0])).winner.tolist() == [1, 0]


def test_a_lot_that_comes_later_and_is_preferred_takes_the_place_of_one_that_was_kept() -> None:
    """a keeps north at first. West is b's, who prefers south; so west comes to a, who prefers it, and north to c."""
    contest = exact([[90, None, 70], [None, 90, 80], [60, 50, None]], most_lots=1)
    found = awarded(preferring(contest, [2, 0, 1], [0, 1, 2], [0, 0, 0]))
    assert found.winner.tolist() == [2, 1, 0]


def test_nobody_would_rather_have_a_lot_that_would_rather_have_it() -> None:
    """Stable: no bid that stands before the winner of a lot prefers that lot to one that it holds, or has room."""
    random = Random(3)
    for _ in range(60):
        bids, lots, most = random.randint(2, 5), random.randint(2, 5), random.randint(1, 2)
        contest = exact(
            [[random.choice([None, *[Fraction(random.randint(0, 99))] * 3]) for _ in range(lots)] for _ in range(bids)],
            [[random.random() for _ in range(lots)] for _ in range(bids)],  # type: ignore[misc]
            most_lots=most,
        )
        order = [random.sample(range(1, lots + 1), lots) for _ in range(bids)]
        winner = awarded(preferring(contest, *order)).winner.tolist()
        for bid, lot in np.argwhere(contest.standing):
            held = [at for at, row in enumerate(winner) if row == bid]
            wants = len(held) < most or any(order[bid][at] > order[bid][lot] for at in held)
            ahead = winner[lot] < 0 or contest.ranks[bid, lot] < contest.ranks[winner[lot], lot]
            assert lot in held or not (wants and ahead)


def test_ties_are_followed_each_way() -> None:
    """North: a and b level. Whoever has it, south goes to the other, and west to c in both cases."""
    contest = exact([[9, 9, None], [9, 8, None], [None, None, 5]], most_lots=1)
    found = awarded(preferring(contest, [1, 2, 0], [1, 2, 0], [0, 0, 0]))
    assert found.winner.tolist() == [-1, -1, 2]
    assert found.undecided.tolist() == [True, True, False]


def test_ties_beyond_what_is_followed_leave_all_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bidder_preference, "MOST_WAYS", 1)
    assert awarded(exact([[9, 9], [9, 8]], most_lots=1)).undecided.all()


def test_a_batch_awards_the_same() -> None:
    contests = [exact([[90, 80], [81, 70]], most_lots=1), exact([[50, 80], [81, 70]], most_lots=1)]
    found = award_draws(CHOOSING, None, preferring(batch(contests), [2, 1], [0, 0]))
    assert found.winner.tolist() == [[1, 1], [0, 0]]


def tender(preference: list[str], **more: Any) -> dict[str, Any]:
    lots = {lot: {"price": 100, "marks": {"quality": 9}} for lot in ("north", "south")}
    other = {lot: {"price": 100, "marks": {"quality": 5}} for lot in ("north", "south")}
    return {
        "format": "tender-eval/bids/1",
        "tender": {"lots": [{"id": "north"}, {"id": "south"}]},
        "bids": [{"id": "a", "lots": lots, "preference": preference, **more}, {"id": "b", "lots": other}],
    }


def test_from_the_bids_to_the_award() -> None:
    stated = scheme(*LEAVES, award={"lots": {"mechanism": "bidder_preference", "most_awarded": 1}})
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    found = award_lots(compiled, bids_from_data(tender(["south"])))
    assert winners(found) == {"north": "b", "south": "a"}
    (why,) = found.reasons["north"]
    assert text(why) == "ranked 1, but its supplier is awarded south: 1 is the most lots that one supplier is awarded"


def test_an_order_of_lots_that_the_bid_is_not_for() -> None:
    said = refusal(bids_from_data, tender(["south", "sooth", "south"]))
    assert sorted((one.code, one.message) for one in said) == [
        ("TE020", 'bid "a" names lot "south" twice in its order'),
        ("TE056", 'bid "a" prefers lot "sooth", which it is not for'),
    ]
