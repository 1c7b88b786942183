"""A share of a figure (50% of annual_value) names what a tender or bid can state as a number, or is told at once."""

from __future__ import annotations

from fractions import Fraction

import pytest
from inline import CATALOGUE, Data, bids, leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.check import check
from tender_eval.engine.facts.names import COLUMN_KINDS, is_text
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.files.source import Source
from tender_eval.lots.award import award_lots
from tender_eval.lots.check import limits_check

PRICE = leaf("price", 100, "ratio_to_lowest")
NUMBERS = [c for c in COLUMN_KINDS if not is_text(c)]
NAMES = [c.replace("<name>", "x").replace("<criterion>", "price").replace("<groups>", "small") for c in NUMBERS]


def asking(limit: object) -> Data:
    return scheme(PRICE, conditions=[{"id": "means", "reads": "supplier.annual_income", "at_least": limit}])


@pytest.mark.parametrize("of", ["annual_value", *NAMES])
def test_every_figure_that_is_a_number_may_be_shared(of: str) -> None:
    assert compile_scheme(scheme_from_data(asking(f"50% of {of}")), CATALOGUE)


def test_a_fact_of_the_tender_goes_by_either_name() -> None:
    for of in ("annual_value", "tender.annual_value"):
        offered = bids({"a": {"price": 1, "supplier": {"name": "A", "annual_income": 50}}})
        offered["tender"] = {"annual_value": 100}
        found = compile_scheme(scheme_from_data(asking(f"50% of {of}")), CATALOGUE).evaluate(bids_from_data(offered))
        assert found.winner == ("a",)


@pytest.mark.parametrize(
    ("of", "mend"),
    [
        ("anual_value", 'did you mean "annual_value"?'),
        ("annual_income", 'did you mean "supplier.annual_income"?'),
        ("supplier.anual_income", 'did you mean "supplier.annual_income"?'),
        ("value.rate", 'did you mean "values.rate"?'),
    ],
)
def test_a_share_of_nothing_is_told_at_its_name_and_the_mend_is_right(of: str, mend: str) -> None:
    text = f"""\
format: tender-eval/scheme/1
id: s
title: S
conditions:
  - {{id: means, reads: supplier.annual_income, at_least: "50% of {of}"}}
criteria: [{{id: price, weight: 100, scorer: ratio_to_lowest}}]
award: {{rule: highest_score}}
"""
    (said,) = check(Source("s.yaml", text.encode()), None, CATALOGUE).diagnostics
    column = text.splitlines()[4].rindex(of) + 1
    assert (str(said.where), said.code, said.hint) == (f"s.yaml:5:{column}", "TE031", mend)
    mended = text.replace(f"of {of}", "of " + mend.split('"')[1])
    assert not check(Source("s.yaml", mended.encode()), None, CATALOGUE).diagnostics


@pytest.mark.parametrize("of", ["supplier.size", "areas", "tender.areas", "supplier.networks"])
def test_no_share_can_be_taken_of_text(of: str) -> None:
    (said,) = refusal(compile_scheme, scheme_from_data(asking(f"50% of {of}")), CATALOGUE)
    assert (said.code, "which is text" in said.message) == ("TE031", True)


@pytest.mark.parametrize(
    ("of", "mend"),
    [("supplier.annual_incme", "supplier.annual_income"), ("annual_value", "tender.annual_value")],
)
def test_the_same_of_a_capacity(of: str, mend: str) -> None:
    text = f"""\
format: tender-eval/scheme/1
id: s
title: S
criteria: [{{id: price, weight: 100, scorer: ratio_to_lowest}}]
award: {{rule: highest_score, lots: {{mechanism: lot_order, capacity: 60% of {of}}}}}
"""
    (said,) = check(Source("s.yaml", text.encode()), None, CATALOGUE, limits_check(CATALOGUE)).diagnostics
    column = text.splitlines()[4].index(of) + 1
    assert (str(said.where), said.hint) == (f"s.yaml:5:{column}", f'did you mean "{mend}"?')
    mended = Source("s.yaml", text.replace(f"of {of}", f"of {mend}").encode())
    assert not check(mended, None, CATALOGUE, limits_check(CATALOGUE)).diagnostics


def test_a_capacity_below_zero_is_told_at_its_bid() -> None:
    stated = scheme(PRICE, award={"lots": {"mechanism": "lot_order", "capacity": "60% of values.staff"}})
    offered = bids({"a": {"values": {"staff": Fraction(-5)}, "lots": {"north": {"price": 1}}}})
    offered["tender"] = {"lots": [{"id": "north", "annual_value": 9}]}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    (said,) = refusal(award_lots, compiled, bids_from_data(offered))
    assert said.code == "TE054"
    assert 'bid "a" is -5' in said.message


@pytest.mark.parametrize(
    "limit", ["50% of annual_value", "1/3 of annual_value", "200% of annual_value", "4/3 of price"]
)
def test_a_limit_that_is_written_out_is_read_again(limit: str) -> None:
    data = asking(limit)
    once = scheme_from_data(data)
    assert scheme_from_data(scheme_data(once)).conditions == once.conditions
