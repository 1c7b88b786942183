"""The published formula in both arithmetics."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.model.location import Location, Text
from tender_eval.plugins.scorer import CriterionView, Trait
from tender_eval.plugins.table import FigureError
from tender_eval.scorers.formula import MOST_BITS, Formula

F = Fraction
COLUMNS = {"price": [100, 125, 200], "values.a": [1, 2, 0], "values.b-c": [4, 4, 4]}
WIDE = {"below_zero": "allow", "above_one": "clamp"}


def both(scoring, expression, columns=None, **stated):
    """The exact scores, after the batch scores were held against them."""
    columns = columns or COLUMNS
    exact = scoring.exact(Formula, columns, expression=expression, **stated)
    batch = scoring.batch(Formula, columns, expression=expression, **stated)
    assert batch[:, 0].tolist() == pytest.approx([float(e) for e in exact], abs=1e-9)
    return exact


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("lowest / price", [1, F(4, 5), F(1, 2)]),
        ("1 - (price - lowest) / lowest", [1, F(3, 4), 0]),
        ("(highest - price) / (highest - lowest)", [1, F(3, 4), 0]),
        ("(mean - lowest) / mean", [F(5, 17)] * 3),
        ("median / highest", [F(5, 8)] * 3),
        ("1 / count", [F(1, 3)] * 3),
        ("1/3", [F(1, 3)] * 3),
        ("0.1 + 0.2", [F(3, 10)] * 3),
        ("values.a / highest(values.a)", [F(1, 2), 1, 0]),
        ("lowest(price + values.a) / 101", [1] * 3),
        ("mean(abs(price - mean)) / 100", [F(7, 18)] * 3),
        ("min(price, 150, highest) / 150", [F(2, 3), F(5, 6), 1]),
        ("max(0, 1 - price / 160)", [F(3, 8), F(7, 32), 0]),
        ("(lowest / price) ** 2", [1, F(16, 25), F(1, 4)]),
        ("(price / lowest) ** -1", [1, F(4, 5), F(1, 2)]),
        ("0 ** 0 / 2", [F(1, 2)] * 3),
        ("-(-50%)", [F(1, 2)] * 3),
        ("[values.b-c] / 8", [F(1, 2)] * 3),
        ("if_(price < 125, 1, 0)", [1, 0, 0]),
        ("if_(price <= 125, 1, 0)", [1, 1, 0]),
        ("if_(price > 125, 1, 0)", [0, 0, 1]),
        ("if_(price >= 125, 1, 0)", [0, 1, 1]),
        ("if_(price == 125, 1, 0)", [0, 1, 0]),
        ("if_(price != 125, 1, 0)", [1, 0, 1]),
        ("if_(count > 2, if_(price == lowest, 1, 50%), 0)", [1, F(1, 2), F(1, 2)]),
        ("if_(1 < 2, 1/4, price)", [F(1, 4)] * 3),
    ],
)
def test_what_a_formula_comes_to(scoring, expression, expected):
    assert both(scoring, expression) == expected


def test_broken_powers_are_taken_to_fifty_digits(scoring):
    found = both(scoring, "(lowest / price) ** 0.5")
    assert found[0] == 1
    assert abs(found[2] ** 2 - F(1, 2)) < F(1, 10**48)


def test_mean_and_the_like_may_be_of_another_field(scoring):
    columns = {"values.cost": [10, 30]}
    assert both(scoring, "lowest / values.cost", columns, field="values.cost") == [1, F(1, 3)]


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("1 / values.a", 'divides by zero in "values.a" where price'),
        ("price / (values.a - 2)", 'divides by zero in "values.a - 2"'),
        ("lowest(1 / values.a)", 'divides by zero in "values.a"'),
        ("1 / (lowest(values.a) * 2)", 'divides by zero in "lowest(values.a) * 2"'),
        ("1 / (3 - count)", 'divides by zero in "3 - count"'),
        ("1 / 0", 'divides by zero in "0"'),
        ("values.a ** -1", 'divides by zero in "values.a ** -1"'),
        ("0 ** -2", 'divides by zero in "0 ** -2"'),
        ("(values.a - 2) ** 0.5", "a broken power of a negative number"),
        ("(-8) ** (1/3)", "a broken power of a negative number"),
        ("price / lowest", "gives 1.25 (above 1) where price = 125"),
        ("1 - price / 160", "gives -0.25 (below 0) where price = 200"),
        ("if_(values.a > 0, 1 / (values.a - 1), 0)", 'divides by zero in "values.a - 1"'),
    ],
)
def test_what_a_formula_may_not_come_to_is_an_error_in_both_arithmetics(scoring, expression, said):
    said = said if "where price" not in said or "price" in expression else said.replace("price", "values.a")
    for call in (scoring.exact, scoring.batch):
        with pytest.raises(FigureError) as e:
            call(Formula, COLUMNS, expression=expression)
        assert said in str(e.value)


@pytest.mark.parametrize("expression", ["9 ** 9 ** 9", "((9 ** 64) ** 64) ** 64", "1 / 10 ** 9999", "2 ** 5000.5"])
def test_no_formula_can_exhaust_memory(scoring, expression):
    with pytest.raises(FigureError, match="too large a power"):
        scoring.exact(Formula, COLUMNS, expression=expression, **WIDE)


def test_an_exact_score_that_could_not_be_written_down_is_refused(scoring):
    columns = {"price": [F(10**30 + 1, 10**30 + 7)]}
    with pytest.raises(FigureError, match="too long to be written down"):
        scoring.exact(Formula, columns, expression="price ** 20 * " * 10 + "1", **WIDE)
    assert 0 < scoring.exact(Formula, columns, expression="price ** 20")[0] < 1


def test_the_longest_score_that_is_written_down(scoring):
    longest = F(1, 2 ** (MOST_BITS - 1))  # its lower half has as many bits as there may be
    assert scoring.exact(Formula, {"price": [longest]}, expression="price * 1")[0] == longest
    with pytest.raises(FigureError, match="too long to be written down"):
        scoring.exact(Formula, {"price": [longest / 2]}, expression="price * 1")


def test_what_lies_outside_the_range_is_as_the_scheme_states(scoring):
    expression = "1.5 - price / 100"
    assert both(scoring, expression, below_zero="clamp") == [F(1, 2), F(1, 4), 0]
    assert both(scoring, expression, below_zero="allow") == [F(1, 2), F(1, 4), F(-1, 2)]
    assert both(scoring, "price / 125", above_one="clamp") == [F(4, 5), 1, 1]
    assert Formula().unbounded_below(scoring.params(Formula, expression="1", below_zero="allow"))
    assert not Formula().unbounded_below(scoring.params(Formula, expression="1"))


def test_the_untaken_branch_of_if_does_no_harm(scoring):
    assert both(scoring, "if_(values.a == 0, 0, 1 / values.a)") == [1, F(1, 2), 0]
    assert both(scoring, "if_(values.a == 2, 0, if_(values.a == 0, 1, 1 / values.a))") == [1, 0, 1]
    assert both(scoring, "if_(count < 2, 1 / 0, 1)") == [1, 1, 1]


def test_an_only_bid_has_its_published_score_even_where_the_formula_has_none(scoring):
    expression = "(highest - price) / (highest - lowest)"
    with pytest.raises(FigureError, match='divides by zero in "highest - lowest"'):
        scoring.exact(Formula, [100], expression=expression)
    assert both(scoring, expression, {"price": [100]}, single_bid="70%") == [F(7, 10)]
    assert both(scoring, f"mean({expression})", {"price": [100]}, single_bid="70%") == [F(7, 10)]
    assert both(scoring, expression, {"price": [100, 200]}, single_bid="70%") == [1, 0]


def test_bids_that_are_out_neither_count_nor_break_a_formula(scoring):
    price, present = [[100], [0], [50]], [[True], [False], [True]]
    found = scoring.batch(Formula, {"price": price}, present, expression="lowest / price / count * 2")
    assert found[[0, 2], 0].tolist() == [0.5, 1]
    nobody = scoring.batch(Formula, {"price": price}, [[False]] * 3, expression="if_(price < lowest, 0, 1)")
    assert nobody.shape == (3, 1)


def test_one_column_for_all_draws_fits_many_draws(scoring):
    columns = {"price": [[100], [200]], "values.a": np.array([[1.0, 2.0], [4.0, 4.0]])}
    found = scoring.batch(Formula, columns, expression="lowest / price * lowest(values.a) / values.a")
    assert found.tolist() == [[1, 1], [0.125, 0.25]]
    constant = scoring.batch(Formula, {"price": [[100], [200]]}, np.ones((2, 5), bool), expression="1/4")
    assert constant.shape == (2, 5)


def test_it_promises_independence_only_where_it_looks_at_no_other_bid(scoring):
    def independent(expression, **stated):
        params = scoring.params(Formula, expression=expression, **stated)
        return Trait.INDEPENDENT in Formula().traits_for(params)

    assert independent("1 - price / 200")
    assert independent("if_(price < 100, 1, min(1, 2))")
    assert not independent("lowest / price")
    assert not independent("1 / count")
    assert not independent("1 - price / mean(values.a)")
    assert not independent("1 - price / 200", single_bid="50%")


def test_it_reads_the_figures_that_it_names(scoring):
    params = scoring.params(Formula, expression="lowest(values.b) / [marks.x-y] + price + price")
    assert [r.column for r in Formula().reads(params)] == ["values.b", "marks.x-y", "price"]
    assert Formula().reads(scoring.params(Formula, expression="1 +")) == ()


@pytest.mark.parametrize(("plain", "column"), [(True, 27), (False, 28)])
def test_faults_and_figures_are_located_at_their_character(scoring, plain, column):
    text = Text("1 - lowset / values.acepted", Location("scheme.yaml", 9, 23), plain)
    refused = []
    view = CriterionView("price", {}, lambda code, message, hint: refused.append((code, message, hint)))
    params = scoring.params(Formula, expression=text)
    assert Formula().prepare(params, view) is params
    ((code, message, hint),) = refused
    assert code == "TE029"
    assert message == '"lowset" is no figure of a bid (character 5 of the formula)'
    assert message.where == Location("scheme.yaml", 9, column)
    assert hint == 'did you mean "lowest"?'
    good = Text("lowest / values.acepted", Location("scheme.yaml", 9, 23), plain)
    reads = Formula().reads(scoring.params(Formula, expression=good))
    assert reads[1].column.where == Location("scheme.yaml", 9, column + 5)
    folded = Text("lowset\n", Location("scheme.yaml", 9, 23), False)
    Formula().prepare(scoring.params(Formula, expression=folded), view)
    assert refused[-1][1].where == Location("scheme.yaml", 9, 23)


def test_the_working_names_what_was_worked_out_over_all_bids(scoring, kept):
    scoring.exact(Formula, COLUMNS, kept, expression="(highest - price) / (highest - lowest)")
    scoring.exact(Formula, COLUMNS, kept, expression="mean(values.a) / mean(price) / mean(values.a)")
    scoring.exact(Formula, COLUMNS, kept, expression="lowest(price+count) / lowest( price-count ) / 2", **WIDE)
    first, second, third = kept.said.items()
    assert first[0] == "(highest - price) / (highest - lowest)"
    assert (first[1]["highest"], first[1]["lowest"], list(first[1]["price"])) == (200, 100, COLUMNS["price"])
    assert second[0] == "mean_of_values_a / mean_of_price / mean_of_values_a"
    assert (second[1]["mean_of_values_a"], second[1]["mean_of_price"]) == (1, F(425, 3))
    assert third[0] == "min(1, lowest_of_price_count / lowest_of_price_count_22 / 2)"
    assert (third[1]["lowest_of_price_count"], third[1]["lowest_of_price_count_22"]) == (103, 97)


def test_the_tree_is_made_once(scoring):
    from tender_eval.scorers.formula_text import compiled

    params = scoring.params(Formula, expression="lowest / price + 0.00017")
    Formula().reads(params)
    before = compiled.cache_info().misses
    Formula().traits_for(params)
    scoring.exact(Formula, [1], expression="lowest / price + 0.00017", **WIDE)
    assert compiled.cache_info().misses == before


# Whole numbers and halves: floats hold these exactly, so both arithmetics must agree also on what is zero.
LEAVES = st.sampled_from(["price", "values.a", "0", "1", "2", "0.5", "lowest", "highest", "median", "count"])


def larger(parts):
    two = st.tuples(parts, parts)
    return st.one_of(
        two.map(lambda p: f"({p[0]} + {p[1]})"),
        two.map(lambda p: f"({p[0]} - {p[1]})"),
        two.map(lambda p: f"{p[0]} * {p[1]}"),
        parts.map(lambda p: f"({p}) / 4"),
        st.tuples(parts, st.sampled_from(["price", "values.a"])).map(lambda p: f"({p[0]}) / {p[1]}"),
        parts.map(lambda p: f"({p}) ** 2"),
        parts.map(lambda p: f"-({p})"),
        parts.map(lambda p: f"abs({p})"),
        parts.map(lambda p: f"lowest({p})"),
        parts.map(lambda p: f"highest({p})"),
        two.map(lambda p: f"max({p[0]}, {p[1]})"),
        st.tuples(two, two, st.sampled_from(["<", "<=", ">", ">=", "==", "!="])).map(
            lambda p: f"if_({p[0][0]} {p[2]} {p[0][1]}, {p[1][0]}, {p[1][1]})"
        ),
    )


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.recursive(LEAVES, larger, max_leaves=8).filter(lambda e: len(e) <= 500),
    st.lists(
        st.tuples(st.sampled_from([1, 2, 4, 8]), st.sampled_from([0, 1, 2, 4]), st.booleans()),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([None, "30%"]),
)
def test_both_arithmetics_agree_on_any_formula(scoring, expression, bids, single_bid):
    columns = {"price": [b[0] for b in bids], "values.a": [b[1] for b in bids]}
    present = [[b[2]] for b in bids]
    those_in = {name: [v for v, (p,) in zip(values, present, strict=True) if p] for name, values in columns.items()}
    stated = {"expression": expression, **({"single_bid": single_bid} if single_bid else {}), **WIDE}
    if not those_in["price"]:
        assert scoring.batch(Formula, columns, present, **stated).shape[0] == len(bids)
        return
    try:
        exact = scoring.exact(Formula, those_in, **stated)
    except FigureError:
        with pytest.raises(FigureError):
            scoring.batch(Formula, columns, present, **stated)
        return
    batch = scoring.batch(Formula, columns, present, **stated)
    batch = np.broadcast_to(batch, (len(bids), 1))[np.array(present)[:, 0], 0]
    assert batch.tolist() == pytest.approx([float(e) for e in exact], rel=1e-9, abs=1e-9)
