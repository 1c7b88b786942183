"""Bids that nobody made: whole, the same for the same seed, and honest about what was assumed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from generated import compiled, schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, leaf, scheme
from shipped import ROOT
from told import made_up_told

from tender_eval import compile_scheme, load_scheme, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.evaluating.preparation import prepare
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Problems
from tender_eval.synthetic.drawn import PRICE_SPREAD, draw_bids

some = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
SHIPPED = [p for p in sorted((ROOT / "schemes").glob("*.yaml")) if not p.name.endswith(".test.yaml")]


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_scheme_can_be_tried(path: Path) -> None:
    stated = compile_scheme(load_scheme(path), CATALOGUE)
    for seed in range(3):
        made = draw_bids(stated, 7, seed)
        found = Scenario(stated, made.bids)
        assert len(found.bids.bids) == 7
        assert found.present.all(), "all of them meet the conditions"
        assert len(found.order) >= 2
        assert f"7 bids were made up (seed {seed})" in made_up_told(made.how)


@pytest.mark.slow
@some
@given(st.data())
def test_every_figure_that_the_scheme_reads_is_stated(data: st.DataObject) -> None:
    stated = compiled(data.draw(schemes()))
    made = draw_bids(stated, data.draw(st.integers(1, 6)), data.draw(st.integers(0, 99)))
    problems = Problems()
    prepared = prepare(stated.plan, made.bids, problems)
    assert not problems
    assert prepared.eligible.all()


@pytest.mark.slow
def test_the_same_seed_makes_the_same_bytes_and_another_seed_others() -> None:
    stated = compile_scheme(load_scheme(SHIPPED[0]), CATALOGUE)
    first, again, other = (draw_bids(stated, 6, seed) for seed in (1, 1, 2))
    assert first == again
    assert repr(asdict(first.bids)) == repr(asdict(again.bids))
    assert first.bids != other.bids


def test_it_makes_the_figures_that_it_always_made() -> None:
    stated = scheme(
        leaf("quality", 60, {"name": "mark", "out_of": 100}), leaf("price", 40, "ratio_to_lowest"),
        regime={"estimated_value": 800000},
    )  # fmt: skip
    made = draw_bids(compile_scheme(scheme_from_data(stated), CATALOGUE), 3, 7).bids
    assert [(b.figures["price"].value, b.marks["quality"].agreed.value) for b in made.bids] == PINNED


PINNED = [(822_900, 55), (707_000, 78), (738_600, 66)]


def made(stated: dict[str, Any]) -> CompiledScheme:
    return compile_scheme(scheme_from_data(stated), CATALOGUE)


def says(stated: CompiledScheme) -> str:
    return made_up_told(draw_bids(stated, 4, 1).how)


@pytest.mark.slow
def test_prices_spread_as_is_said() -> None:
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), regime={"estimated_value": 800000})
    made = draw_bids(compile_scheme(scheme_from_data(stated), CATALOGUE), 500, 3)
    prices = [float(b.figures["price"].value) for b in made.bids.bids]  # type: ignore[arg-type]
    mean = sum(prices) / len(prices)
    spread = (sum((p - mean) ** 2 for p in prices) / len(prices)) ** 0.5 / mean
    assert mean == pytest.approx(800_000, rel=0.02)
    assert spread == pytest.approx(PRICE_SPREAD, rel=0.1)


BAND = {"name": "fixed_band", "full_at": 800, "zero_at": 1200}
CEILING = {"name": "discount_from_ceiling", "ceiling": 1000, "significant_discount": "3%", "below_zero": "clamp"}
GRANTS = {"name": "grants_within_pot", "pot": 30000, "cap": 5000, "when_short": "stop"}
BUDGET = {"name": "highest_quality_within_budget", "budget": 5000}


@pytest.mark.parametrize(
    ("price", "rule", "level", "said"),
    [
        ("ratio_to_lowest", GRANTS, 3750, "what the award rule says of prices (cap)"),
        (BAND, "highest_score", 1000, 'the middle of where "p" tells prices apart (full_at and zero_at)'),
        (CEILING, "highest_score", 900, 'the middle of where "p" tells prices apart (ceiling)'),
        ("ratio_to_lowest", BUDGET, 4500, "what the award rule says of prices (budget)"),
        (
            {"name": "formula", "expression": "1 - price / 5000"}, "highest_score", 2500,
            "0.01 times the value of the contract, which it can score",
        ),
    ],
)  # fmt: skip
def test_the_level_of_prices_follows_from_the_scheme(price: object, rule: object, level: int, said: str) -> None:
    stated = scheme(
        leaf("q", 50, {"name": "mark", "out_of": 10}),
        leaf("p", 50, price),
        rule=rule,
        award={"on_rejection": "recompute"},
    )
    tried = made(stated)
    found = draw_bids(tried, 40, 1)
    assert f"lognormal around {level:,}, from {said}, with" in made_up_told(found.how)
    prices = sorted(float(b.figures["price"].value) for b in found.bids.bids)  # type: ignore[arg-type]
    assert prices[20] == pytest.approx(level, rel=0.1)


@pytest.mark.parametrize(
    ("regime", "rest", "said"),
    [
        ({"estimated_value": 900000}, {},
         "900,000 a year (the estimated value, taken as one year's, for the scheme states no years)"),
        ({"estimated_value": 900000, "years": 3}, {}, "300,000 a year (the estimated value, over 3 years)"),
        ({"estimated_value": 900000, "years": 1}, {}, "900,000 a year (the estimated value, over 1 year)"),
        ({"estimated_value": 900000}, {"price": {"components": {"all": "per_year"}, "years": 5}},
         "180,000 a year (the estimated value, over 5 years)"),
        ({}, {}, "250,000 a year (an assumption, for the scheme states no value)"),
        ({}, {"rule": {"name": "grants_within_pot", "pot": 30000, "cap": 5000, "when_short": "stop"}},
         "30,000 a year (the pot of the award rule, taken as one year's, for the scheme states no years)"),
    ],
)  # fmt: skip
def test_what_a_year_is_worth_is_told_with_what_it_follows_from(
    regime: dict[str, int], rest: dict[str, Any], said: str
) -> None:
    stated = scheme(leaf("q", 100, {"name": "mark", "out_of": 10}), regime=regime, **rest)
    assert f"The tender is worth {said}, in the areas" in says(made(stated))


def test_it_is_told_that_conditions_were_met_for_the_bids() -> None:
    income = {"id": "income", "reads": "supplier.annual_income", "at_least": "400% of annual_value"}
    stated = {n: scheme(leaf("q", 100, {"name": "mark", "out_of": 10}), conditions=[income] * n) for n in (0, 1)}
    told = "this does not show whom they keep out"
    assert [told in says(made(s)) for s in stated.values()] == [False, True]


def test_it_is_told_that_lots_are_left_out() -> None:
    told = "The lots of the scheme are left out"
    stated = {n: scheme(leaf("q", 100, {"name": "mark", "out_of": 10}), regime={"lots": n}) for n in (1, 2)}
    assert [told in says(made(s)) for s in stated.values()] == [False, True]


def test_over_many_tenders_every_kind_bids_as_often_with_partners_and_without() -> None:
    delivery = {"share": 1, "bands": [{"from": "25%", "share": 1}]}
    stated = made(scheme(leaf("partners", 100, {"name": "consortium", "counts": ["small"], "delivery": delivery})))
    seen: Counter[tuple[object, bool]] = Counter()
    for seed in range(1, 9):
        for bid in draw_bids(stated, 4, seed).bids.bids:
            kind = bid.name.partition("(")[2]
            seen[kind, bool(bid.members)] += 1
    assert len(seen) == 8
    assert set(seen.values()) == {4}


def test_conditions_are_met_whatever_they_ask() -> None:
    conditions = [
        {"id": "policy", "reads": "declarations.policy", "must_be": True},
        {"id": "form", "reads": "supplier.legal_form", "one_of": ["company", "charity"]},
        {"id": "standard", "reads": "declarations.standard", "must_be": "gold"},
        {"id": "income", "reads": "supplier.annual_income", "at_least": "200% of annual_value", "pooled": True},
        {"id": "small", "reads": "supplier.is_small", "must_be": True},
        {"id": "partners", "reads": "consortium.members", "at_least": 2},
        {"id": "dear", "reads": "price", "at_most": "400% of annual_value"},
        {"id": "asked", "reads": "values.asked", "at_most": "50% of values.whole"},
        {"id": "whole", "reads": "values.whole", "at_least": 10},
    ]
    order = [*conditions[:7], conditions[8], conditions[7]]
    stated = scheme(leaf("price", 100, "ratio_to_lowest"), conditions=order)
    made = draw_bids(compile_scheme(scheme_from_data(stated), CATALOGUE), 5, 1)
    assert len(Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), made.bids).order) == 5


def test_what_cannot_be_met_is_told() -> None:
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest"),
        conditions=[
            {"id": "few", "reads": "consortium.members", "at_most": 0},
            {"id": "many", "reads": "consortium.members", "at_least": 1},
        ],
    )
    assert "Turned away by the scheme, and so not ranked: 4 of the 4." in says(made(stated))
