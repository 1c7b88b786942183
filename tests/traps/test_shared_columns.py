"""Several readers may read one column: criteria, minimums, conditions, tie breaks and the award rule."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from inline import CATALOGUE, evaluate, figures, leaf, points, refusal, scheme

from tender_eval import compile_scheme, scheme_from_data

MARKED = {"a": {"marks": {"delivery": 4}}, "b": {"marks": {"delivery": 5}}}
PRICED = {"a": {"price": 100}, "b": {"price": 200}}


def test_two_criteria_read_one_mark() -> None:
    twice = scheme(
        leaf("delivery", 60, {"name": "mark", "out_of": 5}),
        leaf("again", 40, {"name": "ratio_to_highest", "field": "marks.delivery"}),
    )
    result = evaluate(twice, MARKED)
    assert points(result, "delivery") == {"b": 60, "a": 48}
    assert points(result, "again") == {"b": 40, "a": 32}


def test_two_criteria_read_the_price() -> None:
    twice = scheme(
        leaf("near-lowest", 50, "ratio_to_lowest"),
        leaf("in-band", 50, {"name": "fixed_band", "full_at": 100, "zero_at": 300}),
    )
    assert figures(evaluate(twice, PRICED)) == {"a": 100, "b": 50}


def test_a_column_read_by_criterion_minimum_condition_tie_break_and_rule() -> None:
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest", minimum="40%"),
        conditions=[{"id": "affordable", "reads": "price", "at_most": 250}],
        rule="lowest_price",
        award={"ties": [{"lowest": "price"}], "on_rejection": "recompute"},
        abnormally_low={"below_mean_by": "30%"},
    )
    result = evaluate(stated, PRICED)
    assert figures(result) == {"a": 100, "b": 200}
    assert points(result, "price") == {"a": 100, "b": 50}
    assert [bool(b.flags) for b in result.bids] == [True, False]


def test_the_figure_must_suit_every_reader() -> None:
    twice = scheme(
        leaf("delivery", 60, {"name": "mark", "out_of": 5}),
        leaf("strict", 40, {"name": "mark", "out_of": 4, "field": "marks.delivery"}),
    )
    (said,) = refusal(evaluate, twice, MARKED)
    assert said.code == "TE054"
    assert said.message == 'marks.delivery of bid "b" is 5; criterion "strict" allows at most 4'


def test_a_shared_column_in_a_batch() -> None:
    twice = scheme(
        leaf("delivery", 60, {"name": "mark", "out_of": 5}),
        leaf("again", 40, {"name": "ratio_to_highest", "field": "marks.delivery"}),
    )
    compiled = compile_scheme(scheme_from_data(twice), CATALOGUE)
    batch = compiled.evaluate_batch({"marks.delivery": np.array([[4.0], [5.0]])})
    exact = figures(evaluate(twice, MARKED))
    assert [Fraction(v).limit_denominator(1000) for v in batch.points[:, 0]] == [exact["a"], exact["b"]]
