"""The scorer through the engine: worked by hand, its edges, and both arithmetics."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tender_eval_whole_life.scorer import WholeLifeCost

from tender_eval import Refused, Trait, bids_from_data
from tender_eval.languages import steps as words
from tender_eval.model.explanation.formulas import Column
from tender_eval.plugins.expression.words import said
from tender_eval.testing import parametrize_with_checks

THREE_YEARS = {
    "years": 3,
    "discount_rate": "25%",
    "payments": "end_of_year",
    "components": [
        {"reads": "values.start", "paid": "once"},
        {"reads": "values.yearly", "paid": "per_year"},
    ],
    "against": "lowest",
}
RESIDUAL = {**THREE_YEARS, "residual_value": {"reads": "values.left"}}
AVOIDED = {"reads": "values.avoided", "paid": "per_year", "source": "Unit costs, table 3"}
BAND = {**THREE_YEARS, "against": {"full_at": 200, "zero_at": 400}}

# A yearly sum counts 4/5 + 16/25 + 64/125 = 244/125 = 1.952 times.
# a: 56 + 100 x 1.952 = 251.2. b: 12.4 + 125 x 1.952 = 256.4.
A = {"start": 56, "yearly": 100}
B = {"start": "12.4", "yearly": 125}


def test_by_hand(desk):
    found = desk.evaluate({"a": A, "b": B}, **THREE_YEARS)
    assert found.winner == ("a",)
    assert [found.bid(x).criterion("cost").score for x in "ab"] == [1, Fraction(2512, 2564)]


def test_a_later_payment_counts_less(desk):
    # Paid at the start of each year: 1 + 4/5 + 16/25 = 2.44. a: 56 + 244 = 300; b: 12.4 + 305 = 317.4.
    scores = desk.scores({"a": A, "b": B}, **{**THREE_YEARS, "payments": "start_of_year"})
    assert scores == {"a": 1, "b": Fraction(3000, 3174)}


def test_every_way_to_be_paid(desk):
    stated = {
        "years": 4,
        "discount_rate": "0%",
        "components": [
            {"reads": "values.p", "paid": "per_year", "from_year": 2},  # 3 times
            {"reads": "values.q", "paid": {"every": 3}, "from_year": 1},  # years 1 and 4
            {"reads": "values.r", "paid": {"in_year": 4}},
        ],
        "against": "lowest",
    }
    bids = {"a": {"p": 100, "q": 10, "r": 1}, "b": {"p": 200, "q": 0, "r": 42}}
    assert desk.scores(bids, **stated) == {"a": 1, "b": Fraction(321, 642)}


def test_the_residual_value_is_had_at_the_end_of_its_year(desk):
    # 125 at the end of year 3 counts 125 x 64/125 = 64, however costs are paid: a costs 251.2 - 64 = 187.2.
    bids = {"a": {**A, "left": 125}, "b": {**B, "left": 0}}
    assert desk.scores(bids, **RESIDUAL) == {"a": 1, "b": Fraction(1872, 2564)}
    at_start = desk.scores(bids, **{**RESIDUAL, "payments": "start_of_year"})
    assert at_start == {"a": 1, "b": Fraction(3000 - 640, 3174)}
    sooner = {**RESIDUAL, "residual_value": {"reads": "values.left", "in_year": 1}}
    assert desk.scores(bids, **sooner) == {"a": 1, "b": Fraction(1512, 2564)}  # 125 x 4/5 = 100


def test_a_band_is_independent_of_the_other_bids(desk):
    # (400 - 251.2) / 200 and (400 - 256.4) / 200
    assert desk.scores({"a": A, "b": B}, **BAND) == {"a": Fraction(1488, 2000), "b": Fraction(1436, 2000)}
    assert desk.scores({"b": B}, **BAND) == {"b": Fraction(1436, 2000)}
    beyond = {"cheap": {"start": 1, "yearly": 0}, "dear": {"start": 5000, "yearly": 0}}
    assert desk.scores(beyond, **BAND) == {"cheap": 1, "dear": 0}


def test_an_only_bid(desk):
    assert desk.scores({"b": B}, **THREE_YEARS) == {"b": 1}
    assert desk.scores({"b": B}, **THREE_YEARS, single_bid="60%") == {"b": Fraction(3, 5)}
    assert desk.scores({"a": A, "b": B}, **THREE_YEARS, single_bid="60%")["a"] == 1


def test_equal_costs_by_different_ways_tie_exactly(desk):
    found = desk.evaluate({"a": {"start": 244, "yearly": 0}, "b": {"start": 0, "yearly": 125}}, **THREE_YEARS)
    assert found.tied
    assert found.winner == ("a", "b")


@pytest.mark.parametrize("stated", [THREE_YEARS, BAND])
@pytest.mark.parametrize("claimed", [{}, {"avoided": 0}, {"avoided": 10**9}])
def test_avoided_costs_never_change_a_score(desk, stated, claimed):
    without = desk.scores({"a": A, "b": B}, **stated)
    assert desk.scores({"a": A, "b": {**B, **claimed}}, **stated, avoided_costs=[AVOIDED]) == without


def test_the_working_shows_costs_with_numbers_and_avoided_costs_apart(desk):
    found = desk.evaluate({"a": {**A, "avoided": 1000}, "b": B}, **THREE_YEARS, avoided_costs=[AVOIDED])
    score = found.bid("a").criterion("cost").step.inputs[0]
    assert score.by == "whole_life_cost (tender-eval-whole-life 0.1.0)"
    working = words.working(score).split("; ")
    assert "251.2 = 56 x 1 + 100 x 1.952" in working
    assert "1.952 = (1 - (1 + 0.25) ** -3) / 0.25, paid in years 1 to 3, at the end of the year" in working
    assert (
        "1952 = 1000 x 1.952, shown apart, not counted, due in years 1 to 3, at the end of the year, "
        'source: "Unit costs, table 3"'
    ) in working
    assert working[-1] == "251.2 / 251.2"
    silent = next(s for s in found.bid("b").step.walk() if s.label == Column("values.avoided"))
    assert (silent.value, words.formula(silent)) == (0, "the bid is silent; the scheme counts it as this")


def test_the_source_of_a_component_and_a_rate_of_zero_are_in_the_working(desk):
    stated = {
        "years": 2,
        "discount_rate": "0%",
        "components": [{"reads": "values.yearly", "paid": "per_year", "source": "schedule 2"}],
        "residual_value": {"reads": "values.left"},
        "against": "lowest",
    }
    found = desk.evaluate({"a": {"yearly": 100, "left": 30}}, **stated)
    formulas = words.formula(found.bid("a").criterion("cost").step.inputs[0]).split("; ")
    assert formulas[:2] == [
        'factor of values.yearly = 2, paid in years 1, 2, source: "schedule 2"',
        "factor of values.left = 1 / (1 + 0) ** 2, residual value, had at the end of year 2",
    ]


def test_the_words_of_a_source_are_never_taken_for_figures_or_steps(desk):
    line = {"reads": "values.yearly", "paid": "per_year", "source": 'values.yearly; "cost" of 2025'}
    stated = {"years": 2, "discount_rate": "0%", "components": [line], "against": "lowest"}
    score = desk.evaluate({"a": {"yearly": 100}}, **stated).bid("a").criterion("cost").step.inputs[0]
    first, *rest = words.working(score).split("; ")
    assert first == """2 = 2, paid in years 1, 2, source: "values.yearly, 'cost' of 2025\""""
    assert rest == ["200 = 100 x 2", "200 / 200"]


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return [d.code for d in caught.value.diagnostics], str(caught.value)


@pytest.mark.parametrize("missing", ["start", "yearly", "left"])
def test_silence_about_a_cost_is_an_error(desk, missing):
    bid = {name: 10 for name in ("start", "yearly", "left") if name != missing}
    codes, message = refusal(lambda: desk.evaluate({"a": bid}, **RESIDUAL))
    assert codes == ["TE052"]
    assert f"values.{missing}" in message


@pytest.mark.parametrize("column", ["start", "yearly", "left", "avoided"])
def test_a_negative_figure_is_an_error_at_the_figure(desk, column):
    bid = {"start": 10, "yearly": 10, "left": 0, "avoided": 0, column: -1}
    codes, message = refusal(lambda: desk.evaluate({"a": bid}, **RESIDUAL, avoided_costs=[AVOIDED]))
    assert codes == ["TE054"]
    assert f"values.{column}" in message


@pytest.mark.parametrize("against", ["lowest", {"full_at": 1, "zero_at": 2}])
@pytest.mark.parametrize(
    "free",
    [
        {"start": 0, "yearly": 0, "left": 0},
        {"start": "19.2", "yearly": 0, "left": "37.5"},  # 37.5 x 64/125 = 19.2 exactly
        {"start": 100, "yearly": 100, "left": 2000},
    ],
)
def test_a_cost_of_zero_or_below_is_refused_in_both_arithmetics(desk, against, free):
    stated = {**RESIDUAL, "against": against}
    codes, message = refusal(lambda: desk.evaluate({"a": {**A, "left": 0}, "b": free}, **stated))
    assert codes == ["TE054"]
    assert "costs nothing" in message
    columns = {f"values.{n}": np.array([[float(A.get(n, 0))], [float(free[n])]]) for n in ("start", "yearly", "left")}
    assert refusal(lambda: desk.compiled(**stated).evaluate_batch(columns)) == (codes, message)
    away = desk.compiled(**stated).evaluate_batch(columns, np.array([[True], [False]]))
    assert away.ranks.tolist() == [[1], [0]]


def without(key):
    return {k: v for k, v in THREE_YEARS.items() if k != key}


def paid(way, **more):
    return {**THREE_YEARS, "components": [{"reads": "values.start", "paid": way, **more}]}


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (without("years"), "TE011"),
        (without("discount_rate"), "TE011"),
        (without("payments"), "TE027"),
        (without("components"), "TE011"),
        (without("against"), "TE011"),
        ({**THREE_YEARS, "years": 101}, "TE015"),
        ({**THREE_YEARS, "years": 0}, "TE015"),
        ({**THREE_YEARS, "discount_rate": "3.5"}, "TE015"),
        ({**THREE_YEARS, "discount_rate": "-1%"}, "TE015"),
        ({**THREE_YEARS, "payments": "mid_year"}, "TE016"),
        ({**THREE_YEARS, "components": []}, "TE018"),
        ({**THREE_YEARS, "components": THREE_YEARS["components"] * 2}, "TE028"),
        ({**THREE_YEARS, "against": "highest"}, "TE016"),
        ({**THREE_YEARS, "against": ["lowest"]}, "TE016"),
        ({**THREE_YEARS, "against": {"full_at": 400}}, "TE011"),
        ({**THREE_YEARS, "against": {"full_at": 400, "zero_at": 200}}, "TE028"),
        ({**THREE_YEARS, "against": {"full_at": 200, "zero_at": 400, "half_at": 3}}, "TE010"),
        (paid("weekly"), "TE016"),
        (paid(["once"]), "TE012"),
        (paid({"evry": 3}), "TE012"),
        (paid({"every": 0}, from_year=1), "TE015"),
        (paid({"every": "2 years"}, from_year=1), "TE013"),
        (paid({"every": 2}), "TE027"),
        (paid({"in_year": 4}), "TE028"),
        (paid({"in_year": 3}, from_year=3), "TE028"),
        (paid("once", from_year=2), "TE028"),
        (paid("per_year", from_year=4), "TE028"),
        (paid("once", source="  "), "TE018"),
        ({**RESIDUAL, "residual_value": {"reads": "values.left", "in_year": 4}}, "TE028"),
        ({**RESIDUAL, "residual_value": {"reads": "values.start"}}, "TE028"),
        ({**THREE_YEARS, "avoided_costs": [{"reads": "values.avoided", "paid": "once"}]}, "TE011"),
        ({**THREE_YEARS, "avoided_costs": [{**AVOIDED, "source": ""}]}, "TE018"),
        ({**THREE_YEARS, "avoided_costs": [{**AVOIDED, "reads": "values.start"}]}, "TE028"),
    ],
)
def test_parameters_that_are_refused(desk, stated, code):
    assert refusal(lambda: desk.compiled(**stated))[0] == [code]


def traits(**stated):
    scorer = WholeLifeCost()
    return scorer.traits_for(scorer.Params.model_validate(stated))


def test_promises_fit_the_parameters():
    assert traits(**THREE_YEARS) == {Trait.MONOTONE, Trait.SCALE_FREE}
    assert traits(**BAND) == {Trait.MONOTONE, Trait.INDEPENDENT}
    assert traits(**BAND, single_bid="50%") == {Trait.MONOTONE}


@parametrize_with_checks(WholeLifeCost)
def test_every_promise_is_kept(check):
    check()


def test_it_says_what_it_works_out():
    """Of the expression a workbook is made, and lint knows whether points can have endless decimals."""
    scorer = WholeLifeCost()
    undiscounted = scorer.Params.model_validate(BAND)
    assert said(scorer.expression(undiscounted)).startswith("max(0, min(1, (zero_at - ")
    assert scorer.can_be_endless(scorer.Params.model_validate(THREE_YEARS)) is True


money = st.integers(1, 10**7).map(lambda n: Fraction(n, 100))
schemes = st.fixed_dictionaries(
    {
        "years": st.integers(2, 30),
        "discount_rate": st.integers(0, 100).map(lambda n: f"{n}/1000"),
        "payments": st.sampled_from(["start_of_year", "end_of_year"]),
        "against": st.sampled_from(["lowest", {"full_at": 1000, "zero_at": 2_000_000}]),
        "single_bid": st.sampled_from(["50%", "100%"]),
    }
)
LINES = [
    {"reads": "values.start", "paid": "once"},
    {"reads": "values.yearly", "paid": "per_year", "from_year": 2},
    {"reads": "values.now_and_then", "paid": {"every": 3}, "from_year": 1},
    {"reads": "values.exit", "paid": {"in_year": 2}},
]
COLUMNS = ("start", "yearly", "now_and_then", "exit", "left", "avoided")


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(COLUMNS, money)), min_size=1, max_size=5),
    schemes,
    st.fractions(0, Fraction(1, 2), max_denominator=20),
)
def test_exact_and_batch_agree(desk, bids, stated, share_left):
    bids = [{**bid, "left": bid["start"] * share_left} for bid in bids]  # so that every bid costs something
    more = {"residual_value": {"reads": "values.left"}, "avoided_costs": [AVOIDED]}
    compiled = desk.compiled(**stated, **more, components=LINES)
    listed = [{"id": f"b{n}", "values": bid} for n, bid in enumerate(bids)]
    found = compiled.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": listed}))
    exact = [float(found.bid(bid["id"]).criterion("cost").points) for bid in listed]
    columns = {f"values.{c}": np.array([[float(bid[c])] * 2 for bid in bids]) for c in COLUMNS}
    columns["values.avoided"] = columns["values.avoided"] * np.array([[0, 1]])  # changes nothing
    batch = compiled.evaluate_batch(columns)
    np.testing.assert_allclose(batch.points, np.array([exact, exact]).T, rtol=0, atol=1e-7)
