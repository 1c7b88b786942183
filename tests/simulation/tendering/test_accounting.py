"""Step 10: the figures of a tender."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulated import design, figures, made, standard_types, weighted

from tender_eval.simulation.prepared import PreparedDesign
from tender_eval.simulation.tendering.accounting import REASONS

KINDS = [t.name for t in standard_types()]
STAGES = ("eligible", "ready", "bidding", "winning")


@st.composite
def designs(draw: st.DrawFn) -> PreparedDesign:
    """Designs with and without conditions, limits, re-runs and the parts that are off by default."""
    lots = draw(st.sampled_from([1, 2, 4]))
    changed = {
        "areas": 4,
        "turnover_multiple": draw(st.sampled_from([0.0, 1.0, 4.0])),
        "timetable_days": draw(st.sampled_from([14.0, 60.0])),
        "consortium_share": draw(st.sampled_from([0.0, 0.5])),
        "lots_tendered": draw(st.sampled_from([0, 2])),
        "lots_awarded": draw(st.sampled_from([0, 1])),
        "mechanism": draw(st.sampled_from(["lot_order", "largest_lead"])),
        "rerun": draw(st.booleans()),
        "incumbent_cost": draw(st.sampled_from([0.0, 0.05])),
        "common_cost_sd": draw(st.sampled_from([0.0, 0.05])),
        "cost_area_share": draw(st.sampled_from([0.0, 0.5, 1.0])),
        "evaluator_noise": draw(st.sampled_from([0.0, 0.04])),
        "bid_cost_fixed": draw(st.sampled_from([0.0, 2500.0, 40_000.0])),
    }
    quality = draw(st.sampled_from([0, 60]))
    weights = draw(st.sampled_from([(0.25,) * 4, (0.4, 0.3, 0.2, 0.1)]))
    return made(design(lots, weighted(quality), **changed), weights=weights)


@pytest.mark.slow
@settings(max_examples=12)
@given(designs(), st.integers(0, 9))
def test_counts_and_money_balance_in_every_draw(prepared: PreparedDesign, seed: int) -> None:
    (found,) = figures(prepared, draws=200, seed=seed)
    settings_, lots = prepared.design.settings, len(prepared.design.partition)
    model = prepared.model()
    for kind, rows in zip(KINDS, model.market.rows, strict=True):
        stages = [found[f"{stage}.{kind}"] for stage in STAGES]
        assert (stages[0] <= rows.stop - rows.start).all()
        assert (stages[1] <= stages[0]).all()
        assert (stages[3] <= stages[2]).all()
        assert (stages[2] <= stages[1]).all()  # who was late for the first tender and bid in the second was ready
    assert sum(found[f"funnel.{reason}"] for reason in REASONS) == pytest.approx(1)
    small = sum(t.count for t in prepared.types if t.small)
    bid = (found["funnel.outscored"] + found["funnel.won"]) * small
    assert bid == pytest.approx(found["small_bidders"])
    assert found["funnel.won"] * small == pytest.approx(found["winning.by_and_for"] + found["winning.local"])
    for share in ("unserved", "single_bid"):
        assert ((found[share] >= 0) & (found[share] <= 1)).all()
    winning = sum(found[f"winning.{kind}"] for kind in KINDS)
    served = lots * (1 - found["unserved"])
    assert (winning <= served + 1e-9).all()
    assert ((served > 0) == (winning > 0)).all()
    if settings_.lots_awarded:
        assert winning == pytest.approx(served)
    for share in ("small_win_share", "small_lot_share", "hhi", "quality"):
        assert (np.isnan(found[share]) == (served < 0.5)).all()
        there = ~np.isnan(found[share])
        most = 10_000 if share == "hhi" else 1
        assert (found[share][there] <= most * (1 + 1e-12)).all()
        assert (found[share][there] >= 0).all()
    fewest = 10_000 / np.where(winning > 0, winning, np.nan)
    assert not (found["hhi"] < fewest - 1e-6).any()  # equal shares are the least concentrated
    assert (found["bidder_cost_wasted"] <= found["bidder_cost"] * (1 + 1e-12)).all()
    bids = found["evaluation_days"] / settings_.evaluation_days_per_bid
    assert (bids == np.rint(bids)).all()
    assert (bids >= found["bids_per_lot"] * lots - 1e-9).all()
    money = found["authority_cost"] - settings_.authority_fixed - settings_.authority_per_bid * bids
    steps = money / settings_.authority_per_lot - (lots - 1)
    assert steps == pytest.approx(np.rint(steps), abs=1e-6)
    assert (steps >= -1e-9).all()
    ceiling = 1 + settings_.direct_award_premium
    assert (found["price_ratio"] <= ceiling + 1e-9).all()
    assert (found["price_ratio"] > 0.3).all()


@pytest.mark.slow
def test_bids_that_win_nothing_are_wasted() -> None:
    (found,) = figures(made(design(1, weighted(60))), draws=300)
    bids = found["bids_per_lot"]
    single = bids == 1
    assert (found["bidder_cost_wasted"][bids > 1] > 0).all()
    assert (found["bidder_cost_wasted"][single] == 0).all()


def test_bid_costs_are_the_stated_ones() -> None:
    types = [t for t in standard_types() if t.name == "national"]
    two = design(2, weighted(60), areas=2, bid_cost_fixed=3000.0, bid_cost_share=0.01, further_lot=0.5, rerun=False)
    (found,) = figures(made(two, types), draws=300)
    each = 3000 + 0.01 * 4e6 / 4 / 2
    bids, bidders = found["bids_per_lot"] * 2, found["bidding.national"]
    assert found["bidder_cost"] == pytest.approx(each * (bidders + 0.5 * (bids - bidders)))


@pytest.mark.slow
def test_answers_that_are_common_to_lots_are_marked_once() -> None:
    plain, half = figures(*(made(design(4, weighted(60), common_answers=share)) for share in (0.0, 0.5)), draws=200)
    bids = plain["bids_per_lot"] * 4
    bidders = sum(plain[f"bidding.{kind}"] for kind in KINDS)
    alone = plain["evaluation_days"] == bids * 4.0  # without a second tender
    assert alone.any()
    assert half["evaluation_days"][alone] == pytest.approx((4.0 * (bids - 0.5 * (bids - bidders)))[alone])
    saved = 1700 / 4.0 * (plain["evaluation_days"] - half["evaluation_days"])
    assert plain["authority_cost"] - half["authority_cost"] == pytest.approx(saved)


@pytest.mark.slow
def test_a_start_that_is_too_soon_keeps_small_providers_from_large_lots() -> None:
    soon, late = figures(
        *(made(design(1, mobilisation_days=d, mobilisation_needed=400.0)) for d in (40, 400)), draws=300
    )
    assert soon["eligible.regional"].mean() < late["eligible.regional"].mean() - 0.5
    assert soon["eligible.national"].mean() > 3.8
