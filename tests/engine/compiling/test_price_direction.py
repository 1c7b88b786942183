"""A price that rewards the dearer bid is told, whichever method it is; one that does so in places only is not."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, Data, bids, leaf, refusal, scheme

from tender_eval import Diagnostic, bids_from_data, compile_scheme, load_scheme, scheme_from_data
from tender_eval.engine.compiling.reweighting import reweigh
from tender_eval.files.load import read_scheme
from tender_eval.files.schemes.dump import dump_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems, Severity

QUALITY = leaf("q", 70, {"name": "mark", "out_of": 5}, minimum="50%")
FREE: Data = {"name": "ratio_to_highest", "field": "values.hours"}
MODEL = {"components": {"annual": "per_year", "start": "once"}, "years": 5}


def notices(scorer: object, rule: object = "highest_score", **rest: Any) -> tuple[Diagnostic, ...]:
    stated = scheme(leaf("p", 30, scorer), QUALITY, rule=rule, award={"on_rejection": "recompute"}, **rest)
    return compile_scheme(scheme_from_data(stated), CATALOGUE).plan.notices


def band(full_at: object, zero_at: object) -> Data:
    return {"name": "fixed_band", "full_at": full_at, "zero_at": zero_at}


def formula(text: str, held: bool = True) -> Data:
    clamps = {"below_zero": "clamp", "above_one": "clamp"} if held else {}
    return {"name": "formula", "expression": text, **clamps}


def points(*pairs: tuple[int, str], **rest: object) -> Data:
    return {"name": "piecewise", "points": [{"value": v, "score": s} for v, s in pairs], **rest}


REVERSED = {
    "fail-price-reversed": "ratio_to_highest",
    "best highest": {"name": "linear_between_bids", "best": "highest"},
    "formula": formula("price / highest(price)"),
    "formula that leaves its range": formula("price / 250000", held=False),
    "formula with another figure": formula("values.q / 70 * price / highest(price)"),
    "band": band(120000, 80000),
    "narrow band": band(80000123, 80000100),
    "table": points((80000, "0%"), (120000, "100%")),
    "steps": points((80000, "0%"), (120000, "100%"), shape="step", includes="lower"),
    "threshold": {"name": "pass_fail", "field": "price", "at_least": "100000"},
}
SOUND = {
    "ratio": "ratio_to_lowest",
    "between": {"name": "linear_between_bids"},
    "above the lowest": {"name": "linear_above_lowest", "below_zero": "clamp"},
    "mean": {"name": "mean_deviation", "below_zero": "clamp"},
    "standard deviation": {"name": "standard_deviation", "k": "20%", "below_zero": "clamp"},
    "log": {"name": "log_ratio", "zero_at_multiple": 2, "below_zero": "allow"},
    "ceiling": {
        "name": "discount_from_ceiling", "ceiling": 100000, "significant_discount": "3%", "below_zero": "clamp",
    },
    "band": band(80000, 120000),
    "formula": formula("1 - price / 250000"),
}  # fmt: skip
MIXED = {
    "near the mean": formula("1 - abs(price - mean(price)) / mean(price)"),
    "peak": points((80000, "0%"), (120000, "100%"), (200000, "0%")),
    "too cheap": points((0, "0%"), (120000, "100%"), (130000, "20%"), shape="step", includes="lower"),
    "the same for all": formula("price / price"),
}


@pytest.mark.parametrize("name", REVERSED)
def test_a_criterion_that_rewards_the_dearer_bid_is_told_at_its_scorer(name: str) -> None:
    (said,) = notices(REVERSED[name])
    assert (said.code, said.severity) == ("TE032", Severity.WARNING)
    assert said.message.startswith('criterion "p" rewards the dearer bid')
    assert "payment: received" in said.hint


@pytest.mark.parametrize("name", REVERSED)
def test_where_money_is_received_it_is_right(name: str) -> None:
    assert notices(REVERSED[name], payment="received") == ()


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_price_is_not_told_but_where_money_is_received(name: str) -> None:
    assert notices(SOUND[name]) == ()
    (said,) = notices(SOUND[name], payment="received")
    assert "rewards the lower payment" in said.message
    assert "payment: received" in said.hint


@pytest.mark.parametrize("payment", ["paid", "received"])
@pytest.mark.parametrize("name", MIXED)
def test_what_rewards_in_both_directions_or_in_none_is_not_told(name: str, payment: str) -> None:
    assert notices(MIXED[name], payment=payment) == ()


def test_components_of_the_price() -> None:
    (said,) = notices({"name": "ratio_to_highest", "field": "prices.annual"}, price=MODEL)
    assert "the price, prices.annual, alone" in said.message
    assert notices({"name": "ratio_to_lowest", "field": "prices.annual"}, price=MODEL) == ()
    assert notices(formula("prices.annual / (prices.annual + prices.start)"), price=MODEL) == ()


def test_the_price_of_the_rule_by_whatever_name() -> None:
    (said,) = notices(
        {"name": "ratio_to_highest", "field": "values.cost"}, {"name": "lowest_price", "price": "values.cost"}
    )
    assert 'criterion "p"' in said.message
    assert notices({"name": "ratio_to_highest", "field": "values.cost"}) == ()


def test_a_rule_over_a_reversed_criterion() -> None:
    (said,) = notices("ratio_to_highest", {"name": "utility_index", "quality_weight": 60, "price_weight": 40})
    assert 'criterion "p"' in said.message


@pytest.mark.parametrize(
    "rule",
    [
        "lowest_price",
        "lowest_cost_per_quality_point",
        {"name": "weighted_value_index", "quality_weight": 60, "price_weight": 40},
        {"name": "highest_quality_within_budget", "budget": 100000},
    ],
)
def test_the_rule_itself_is_tried(rule: object) -> None:
    assert notices(FREE, rule) == ()
    told = notices(FREE, rule, payment="received")
    flat = isinstance(rule, dict) and rule["name"] == "highest_quality_within_budget"
    assert [d.message.split(" rewards ")[0].startswith("the award rule") for d in told] == ([] if flat else [True])


def test_a_scheme_without_a_price_is_not_tried() -> None:
    stated = scheme(leaf("p", 30, FREE), QUALITY, award={"on_rejection": "recompute"})
    assert compile_scheme(scheme_from_data({**stated, "payment": "received"}), CATALOGUE).plan.notices == ()


def test_payment_is_written_out_and_read_again() -> None:
    stated = scheme_from_data(scheme(leaf("price", 100, "ratio_to_highest"), payment="received"))
    again = read_scheme(Source("s.yaml", dump_scheme(stated).encode()), Problems())
    assert again is not None
    assert (again.payment, again == stated) == ("received", True)
    assert scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"))).payment == "paid"


def test_every_evaluation_passes_it_on_and_reweighing_keeps_it() -> None:
    compiled = compile_scheme(scheme_from_data(scheme(leaf("price", 100, "ratio_to_highest"))), CATALOGUE)
    found = compiled.evaluate(bids_from_data(bids({"a": {"price": 100}, "b": {"price": 140}})))
    assert found.winner == ("b",)
    assert [d.code for d in found.diagnostics] == ["TE032"]
    assert reweigh(compiled.plan, {"price": Fraction(5)}).notices == compiled.plan.notices


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "schemes").glob("*[!t].yaml")), ids=lambda p: p.stem
)
def test_shipped_schemes_are_sound(path: Path) -> None:
    if not path.name.endswith(".test.yaml"):
        assert compile_scheme(load_scheme(path), CATALOGUE).plan.notices == ()


@pytest.mark.slow
@given(
    st.lists(st.integers(1, 10**6), min_size=2, max_size=5, unique=True).map(sorted),
    st.lists(st.integers(0, 100), min_size=5, max_size=5),
)
def test_a_published_table_is_told_exactly_where_it_rises_and_never_falls(values: list[int], shares: list[int]) -> None:
    shares = shares[: len(values)]
    rises = shares == sorted(shares) and shares[0] < shares[-1]
    falls = shares == sorted(shares, reverse=True) and shares[0] > shares[-1]
    table = points(*((v, f"{s}%") for v, s in zip(values, shares, strict=True)))
    assert bool(notices(table)) or not rises
    assert bool(notices(table, payment="received")) or not falls
    assert not (notices(table) and falls)


def test_payment_in_the_price_is_told_where_it_belongs() -> None:
    (said,) = refusal(scheme_from_data, scheme(QUALITY, price={**MODEL, "payment": "received"}, weights="points"))
    assert (said.code, said.hint) == ("TE010", "move payment: received out of price, to stand beside it")
