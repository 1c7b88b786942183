"""Marks of which the lower is better, marks that take points away or earn more than all, and minimums on them.

Sources: German school marks (Schulnoten), of which 1 is the best, in tenders; B-BBEE contributor levels, of which
level 1 earns most and a bidder without a level has none (South Africa, Preferential Procurement Regulations 2017,
regulation 6).
"""

from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, leaf, points, ranks, refusal, scheme

from tender_eval import compile_scheme, dump_scheme, scheme_from_data
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.languages.results import texts
from tender_eval.model.diagnostics import Problems

SCHULNOTEN = [{"mark": n, "score": f"{(6 - n) * 20}%"} for n in range(1, 7)]
B_BBEE = [(0, 0), (8, 2), (7, 4), (6, 6), (5, 8), (4, 12), (3, 14), (2, 18), (1, 20)]
LEVELS = [{"mark": level, "score": f"{points}/20"} for level, points in B_BBEE]
BONUS = [
    {"mark": -1, "score": "-25%"},
    {"mark": 0, "score": "0%"},
    {"mark": 1, "score": "100%"},
    {"mark": 2, "score": "125%"},
]


def stated(steps: list[dict[str, Any]], scorer: dict[str, Any] | None = None, **rest: object) -> dict[str, Any]:
    asked = {"name": "mark", "scale": "s", **(scorer or {})}
    return scheme(leaf("q", 20, asked, **rest), leaf("price", 80, "ratio_to_lowest"),
                  award={"on_rejection": "recompute"}, scales={"s": steps})  # fmt: skip


def marked(**marks: object) -> dict[str, dict[str, Any]]:
    return {bid: {"price": 100, "marks": {"q": mark}} for bid, mark in marks.items()}


def test_of_school_marks_the_lowest_earns_most() -> None:
    assert points(evaluate(stated(SCHULNOTEN), marked(a=1, b=4, c=6)), "q") == {"a": 20, "b": 8, "c": 0}


def test_levels_earn_what_the_table_says_in_whatever_order_it_lists_them() -> None:
    bids = marked(a=1, b=2, c=4, d=8, e=0)
    for steps in (LEVELS, LEVELS[::-1]):
        assert points(evaluate(stated(steps), bids), "q") == {"a": 20, "b": 18, "c": 12, "d": 2, "e": 0}


@pytest.mark.parametrize(
    ("steps", "minimum", "kept"), [(SCHULNOTEN, 4, "ab"), (LEVELS, 8, "abcd"), (LEVELS, 4, "ab"), (LEVELS, 1, "a")]
)
def test_a_minimum_mark_is_the_worst_that_stays(steps: list[dict[str, Any]], minimum: int, kept: str) -> None:
    last = 6 if steps is SCHULNOTEN else 0
    found = stated(steps, minimum=minimum)
    bids = marked(a=1, b=4, c=5, d=6, e=last)
    assert sorted(bid for bid, rank in ranks(evaluate(found, bids)).items() if rank) == [*kept]
    compiled = compile_scheme(scheme_from_data(found), CATALOGUE)
    batch = compiled.evaluate_batch({"marks.q": np.array([1.0, 4, 5, 6, last]), "price": np.full(5, 100.0)})
    assert [bid for bid, rank in zip("abcde", batch.ranks[:, 0], strict=True) if rank] == [*kept]


def test_a_bid_below_it_is_told_in_words_that_are_true_of_either_order() -> None:
    result = evaluate(stated(SCHULNOTEN, minimum=4), marked(a=1, b=5)).bid("b")
    assert result is not None
    assert texts(result.reasons) == '"q": the mark 5 does not reach the minimum mark 4'


def test_marks_take_points_away_and_earn_more_than_all_where_that_is_stated() -> None:
    allowed = {"below_zero": "allow", "above_full": "allow"}
    assert points(evaluate(stated(BONUS, allowed), marked(a=2, b=1, c=-1)), "q") == {"a": 25, "b": 20, "c": -5}


@pytest.mark.parametrize(
    ("scorer", "message", "mend"),
    [
        ({"above_full": "allow"}, 'the mark -1 of "s" earns -25%', "below_zero: allow"),
        ({"below_zero": "allow"}, 'the mark 2 of "s" earns 125%', "above_full: allow"),
    ],
)
def test_where_it_is_not_stated_it_is_an_error(scorer: dict[str, Any], message: str, mend: str) -> None:
    (found,) = refusal(evaluate, stated(BONUS, scorer), marked(a=2))
    assert found.code == "TE015"
    assert found.message.endswith(message)
    assert mend in found.hint


def test_a_share_without_its_sign_is_not_taken_for_a_hundred_times_as_much() -> None:
    (found,) = refusal(evaluate, stated([{"mark": 0, "score": 0}, {"mark": 1, "score": 60}]), marked(a=1))
    assert (found.code, found.hint) == ("TE015", "write 60% if a percentage is meant")


def test_marks_out_of_a_highest_one_have_no_such_shares() -> None:
    found = scheme(leaf("q", 100, {"name": "mark", "out_of": 5, "above_full": "allow"}))
    assert [d.code for d in refusal(evaluate, found, marked(a=1))] == ["TE028"]


@pytest.mark.parametrize("steps", [SCHULNOTEN, LEVELS, BONUS])
def test_what_is_written_is_read_again(steps: list[dict[str, Any]]) -> None:
    read = scheme_from_data(stated(steps))
    assert read_scheme(Source("again.yaml", dump_scheme(read).encode()), Problems()) == read
