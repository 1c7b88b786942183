"""Rounding in published formulas, and values to which the scheme gives names."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from inline import evaluate, leaf, refusal, scheme, scores

from tender_eval.languages.steps import working
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.proof import fault_of
from tender_eval.scorers.formula import Formula
from tender_eval.scorers.formula_text import in_full

F = Fraction
SPREAD = {"spread": "highest - lowest", "share": "(highest - price) / spread"}
TOO_MUCH = "at most 500 numbers, names and signs are worked out"
GUARDED = "if_(spread == 0, 1, round(share, 2, down))"


def both(scoring: Any, columns: dict[str, Any], **stated: object) -> list[Fraction]:
    """The scores in fractions, after those in floats were held against them."""
    exact: list[Fraction] = scoring.exact(Formula, columns, **stated)
    assert scoring.batch(Formula, columns, **stated)[:, 0].tolist() == pytest.approx([float(v) for v in exact])
    return exact


@pytest.mark.parametrize(
    ("mode", "comes_to"),
    [
        ("half_up", "0.3 -0.3 0.1"),
        ("half_even", "0.2 -0.2 0.1"),
        ("half_down", "0.2 -0.2 0.1"),
        ("up", "0.3 -0.3 0.2"),
        ("down", "0.2 -0.2 0.1"),
        ("ceiling", "0.3 -0.2 0.2"),
        ("floor", "0.2 -0.3 0.1"),
    ],
)
def test_a_part_is_rounded_as_the_formula_says(scoring: Any, mode: str, comes_to: str) -> None:
    columns = {"price": [F("0.25"), F("-0.25"), F("0.13")]}
    found = both(scoring, columns, expression=f"round(price, 1, {mode})", below_zero="allow")
    assert found == [F(value) for value in comes_to.split()]


@pytest.mark.parametrize(
    ("expression", "hint"),
    [
        ("round(price, 1)", "write round(a, 2, half_up)"),
        ("round(price, 1.5, up)", "write a whole number from 0 to 12"),
        ("round(price, 1, half)", 'did you mean "half_up"?'),
        ("round", "write round(a, 2, half_up)"),
    ],
)
def test_how_a_part_is_rounded_must_be_said(expression: str, hint: str) -> None:
    (told,) = refusal(evaluate, scheme(leaf("x", 100, {"name": "formula", "expression": expression})), {})
    assert (told.code, told.hint) == ("TE029", hint)


def test_a_name_counts_as_its_formula_in_brackets(scoring: Any) -> None:
    columns = {"price": [100, 130, 163], "values.gap-a": [12, 17, 11]}
    assert both(scoring, columns, expression=GUARDED, where=SPREAD) == [1, F("0.52"), 0]
    where = {"gap": "[values.gap-a] - mean([values.gap-a])", "half": "mean(abs(gap)) / 2"}
    named = both(scoring, columns, expression="50% + gap / half / 10", where=where)
    gap = "([values.gap-a] - mean([values.gap-a]))"
    assert named == both(scoring, columns, expression=f"50% + {gap} / (mean(abs({gap})) / 2) / 10")
    assert in_full("gap + [marks.x-gap-y] + values.gap", {"gap": "1"}) == "(1) + [marks.x-gap-y] + values.gap"


def told(where: dict[str, str], expression: str, *prices: int) -> list[str]:
    """The working of each bid, which comes to its score."""
    stated = scheme(leaf("x", 100, {"name": "formula", "expression": expression, "where": where}))
    found = []
    for bid in evaluate(stated, {f"b{n}": {"price": price} for n, price in enumerate(prices)}).bids:
        step = next(s for s in bid.step.walk() if isinstance(s, Step) and s.by.startswith("formula"))
        assert isinstance(step.value, Fraction)
        assert not fault_of(working(step), step.value)
        found.append(working(step))
    return found


def test_named_values_are_told_before_what_is_made_of_them() -> None:
    assert told(SPREAD, GUARDED, 100, 163)[0] == (
        "63 = 163 - 100; 1 = (163 - 100) / 63; if_(63 == 0, 1, round(1, 2, down))"
    )


def test_where_a_value_cannot_be_worked_out_the_formula_is_told_in_full() -> None:
    """The branch in which it stands is not taken then."""
    assert told(SPREAD, GUARDED, 100, 100) == [
        "if_((100 - 100) == 0, 1, round(((100 - 100) / (100 - 100)), 2, down))"
    ] * 2  # fmt: skip


@pytest.mark.parametrize("expression", ["sqrt(price) / 10", "sum(price, 0.5) / 100", "log(price) / log(81)"])
def test_every_function_stands_in_workings(expression: str) -> None:
    assert told({}, expression, 9)


@pytest.mark.parametrize(
    ("where", "expression", "codes", "hint"),
    [
        ({"price": "1"}, "price", ["TE028"], "take another name"),
        ({"Gap": "1"}, "Gap", ["TE028"], "write small letters, figures and underscores, a letter first"),
        ({"gap": "lowst"}, "gap", ["TE029"], 'did you mean "lowest"?'),
        ({"a": "b", "b": "1"}, "a + b", ["TE029"], "a value names only those above it"),
        ({"gap": "1"}, "0.5", ["TE029"], "name it in the formula, or remove it"),
        ({"a": "+".join(["1"] * 200), "b": "a + a"}, "b", ["TE029"], TOO_MUCH),
    ],
)  # fmt: skip
def test_what_is_wrong_with_named_values_is_told(
    where: dict[str, str], expression: str, codes: list[str], hint: str
) -> None:
    found = refusal(evaluate, scheme(leaf("x", 100, {"name": "formula", "expression": expression, "where": where})), {})
    assert [d.code for d in found] == codes
    assert found[0].hint == hint


def test_the_bilinear_formula_of_anac_by_its_terms() -> None:
    """ANAC, Linee guida n. 2 (2016, renewed 2018), part IV: up to the mean discount X times its share of the mean.

    Beyond the mean, X and the rest of full marks by the distance to the highest discount; X is 0.80, 0.85 or 0.90.
    """
    where = {"discount": "1 - price / 1000", "threshold": "mean(discount)", "most": "highest(discount)"}
    below = "0.85 * discount / threshold"
    beyond = "0.85 + 0.15 * (discount - threshold) / (most - threshold)"
    call = {"name": "formula", "where": where, "expression": f"if_(discount <= threshold, {below}, {beyond})"}
    found = scores(
        evaluate(scheme(leaf("x", 100, call)), {n: {"price": p} for n, p in (("a", 950), ("b", 800), ("c", 650))}), "x"
    )
    assert found == {"a": F(85, 400), "b": F(85, 100), "c": 1}
