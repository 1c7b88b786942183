"""The same bids side by side under several schemes and price formulas."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from inline import CATALOGUE, bids, evaluate, figures, leaf, refusal, scheme
from shipped import ROOT, pairs

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.engine.rules.one_sided import HighestScore
from tender_eval.fairness.compare import compare, nominal_price, price_formulas, with_price_formula
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.plugins.answers import Unsupported

BIDS: dict[str, dict[str, Any]] = {
    "A": {"price": 100, "marks": {"quality": 80}},
    "B": {"price": 125, "marks": {"quality": 92}},
}
QUALITY = leaf("quality", 60, {"name": "mark", "out_of": 100})


def scenario(*criteria: dict[str, Any], **rest: Any) -> Scenario:
    stated = scheme(*(criteria or (QUALITY, leaf("price", 40, "ratio_to_lowest"))), **rest)
    return Scenario(compile_scheme(scheme_from_data(stated), CATALOGUE), bids_from_data(bids(BIDS)))


def test_who_wins_by_how_much_and_what_it_allows() -> None:
    band = {"name": "fixed_band", "full_at": 50, "zero_at": 200}
    ratio, fixed = compare([scenario(), scenario(QUALITY, leaf("price", 40, band))])
    assert (ratio.winner, ratio.order, ratio.figure) == (("A",), ("A", "B"), RankingFigure.POINTS)
    assert (ratio.gap and ratio.gap.exact, ratio.margin_share) == (Fraction("0.8"), Fraction("0.8") / 88)
    assert [r.pair for r in ratio.reversals] == [("A", "B")]
    assert fixed.winner == ("B",)
    assert fixed.gap is not None
    assert fixed.gap.exact == Fraction("75.2") - Fraction(48) - Fraction(80, 3)
    assert fixed.reversals == ()
    assert ratio.nominal_price == fixed.nominal_price == 0.4
    for side in (ratio, fixed):
        assert isinstance(side.effective_price, float)


def test_the_same_twice() -> None:
    assert compare([scenario()], seed=5) == compare([scenario()], seed=5)


def test_another_formula_is_the_scheme_that_states_it() -> None:
    before = scenario()
    formulas = price_formulas(before)
    assert [f["name"] for f in formulas][:3] == ["ratio_to_lowest", "linear_above_lowest", "linear_above_lowest"]
    for formula in formulas:
        found = with_price_formula(before.scheme, formula)
        wanted = evaluate(scheme(QUALITY, leaf("price", 40, dict(formula))), BIDS)
        assert figures(before.with_scheme(found).evaluation) == figures(wanted)
    ids = [with_price_formula(before.scheme, f).scheme.id for f in formulas]
    assert len(set(ids)) == len(ids)
    assert ids[:2] == ["inline-ratio-to-lowest", "inline-linear-above-lowest-100"]


def test_a_scheme_that_did_not_need_to_say_what_rejection_does_recomputes() -> None:
    band = {"name": "fixed_band", "full_at": 50, "zero_at": 200}
    gated = scenario({**QUALITY, "minimum": "50%"}, leaf("price", 40, band))
    assert with_price_formula(gated.scheme, {"name": "ratio_to_lowest"}).scheme.award.on_rejection == "recompute"


def test_what_cannot_be_exchanged_is_refused() -> None:
    quality = leaf("quality", 100, {"name": "mark", "out_of": 100})
    alone = scenario(quality, rule="lowest_cost_per_quality_point", award={"on_rejection": "recompute"})
    (side,) = compare([alone])
    assert (side.nominal_price, side.effective_price) == (0, None), "no criterion of it scores the price"
    assert [d.code for d in refusal(with_price_formula, alone.scheme, {"name": "ratio_to_lowest"})] == ["TE027"]
    assert [d.code for d in refusal(with_price_formula, scenario().scheme, {"name": "ratio_to_lowst"})] == ["TE044"]
    assert [d.code for d in refusal(with_price_formula, scenario().scheme, {"name": "mean_deviation"})] == ["TE011"]


def test_the_nominal_weight_of_the_price() -> None:
    assert nominal_price(scenario()) == 0.4
    quality = leaf("quality", 100, {"name": "mark", "out_of": 100})
    index = {"name": "weighted_value_index", "quality_weight": 60, "price_weight": 40}
    assert nominal_price(scenario(quality, rule=index)) == 0.4
    per_point = scenario(quality, rule="lowest_cost_per_quality_point", award={"on_rejection": "recompute"})
    assert nominal_price(per_point) == 0, "it states none"


def test_of_a_rule_that_does_not_say_its_weights_no_weight_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HighestScore, "weights", lambda *_: Unsupported("it is a secret"))
    assert nominal_price(scenario()) is None


@pytest.mark.slow
@pytest.mark.parametrize("stated", ["light-touch-60-40.yaml", "price-heavy-70-30.yaml"])
def test_the_two_shipped_schemes_for_the_same_bids(stated: str) -> None:
    (of,) = [of for name, of in pairs() if name == stated]
    found = Scenario(
        compile_scheme(load_scheme(ROOT / "schemes" / stated), CATALOGUE), load_bids(ROOT / "fixtures" / of)
    )
    sides = compare([found, *(found.with_scheme(with_price_formula(found.scheme, f)) for f in price_formulas(found))])
    assert len(sides) == 10
    assert sides[0].winner == (("rowan",) if stated.startswith("light") else ("quickline",))
    band = next(side for side in sides if "-fixed-band" in side.scheme)
    assert band.reversals == ()


def test_the_weight_of_the_price_is_that_of_the_rule() -> None:
    """A rule that states the weight of the price alone takes that of quality from the scheme."""
    premium = {"name": "lowest_price_less_quality_premium", "estimate": 100, "price_weight": 40}
    passes = leaf("passes", 40, {"name": "pass_fail", "field": "price"})
    assert nominal_price(scenario(QUALITY, passes, rule=premium)) == 0.4
    by_points = {"rule": "lowest_cost_per_quality_point", "award": {"on_rejection": "recompute"}}
    assert nominal_price(scenario(QUALITY, leaf("price", 40, "ratio_to_lowest"), **by_points)) == 0.4
