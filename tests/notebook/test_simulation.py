"""A simulation as frames: its figures with their errors, and what they rest on."""

from __future__ import annotations

from dataclasses import fields

import pytest

from tender_eval.simulation.results.outcome import (
    DesignOutcome,
    Effect,
    Estimate,
    FrontierPoint,
    PairedOutcome,
    ParameterEffect,
    Sensitivity,
    SimulationOutcome,
    SweepPoint,
    TeamLoad,
)


def outcome() -> SimulationOutcome:
    one, two = Estimate(1.5, 0.1, 20), Estimate(2.5, 0.2, 20)
    designs = (
        DesignOutcome("1 lot", 1, "s", {"bids": one}, 1e-6, True),
        DesignOutcome("8 lots", 8, "s", {"bids": two}, 1e-6, True, {"pace": 0.5}, rounds=7),
    )
    paired = (PairedOutcome("8 lots", "1 lot", {"bids": Estimate(1.0, 0.05, 20)}),)
    effect = ParameterEffect("savings", 0.03, 0.0, 0.08, {"bids": Effect(Estimate(-2.0, 0.1, 20), None)}, ("bids",))
    return SimulationOutcome(
        title="A county", spec_sha256="", seed=1, draws=20000, authorities=333, currency="GBP", types=("local",),
        small_types=("local",), designs=designs, paired=paired, assumptions=(),
        sensitivity=Sensitivity("1 lot", "8 lots", 100, {"bids": Estimate(None, None, 0)}, (effect,)),
        frontier=(FrontierPoint("1 lot", {"bids": one}, ("8 lots",)),), teams=(TeamLoad(2, 0.4, {"1 lot": 3.0}),),
        sweep=(SweepPoint({"pace": 0.7}, designs, paired),),
    )  # fmt: skip


def test_every_figure_of_every_design_is_a_row() -> None:
    found = outcome()
    assert repr(found) == "<SimulationOutcome A county: 2 designs in 20000 draws>"
    frame = found.to_frame()
    assert frame.to_dict("records") == [
        {"design": "1 lot", "figure": "bids", "mean": 1.5, "se": 0.1, "n": 20},
        {"design": "8 lots", "figure": "bids", "mean": 2.5, "se": 0.2, "n": 20},
    ]


def test_the_rest_has_a_frame_each() -> None:
    frames = outcome().to_frames()
    assert frames["differences"]["mean"].tolist() == [1.0]
    assert frames["designs"].set_index("design").loc["8 lots", "changed.pace"] == 0.5
    effects = frames["sensitivity"].iloc[0]
    assert (effects["parameter"], effects["at_low.mean"], effects["reverses"]) == ("savings", -2.0, True)
    assert frames["without_change"]["mean"].isna().tolist() == [True]
    assert frames["frontier"]["dominated_by"].tolist() == [("8 lots",)]
    assert frames["teams"]["weeks.1 lot"].tolist() == [3.0]
    assert frames["sweep"]["at.pace"].tolist() == [0.7, 0.7]
    assert list(frames["assumptions"].columns)[:2] == ["name", "value"]


def test_no_part_of_an_outcome_that_holds_figures_is_forgotten() -> None:
    told = {"designs", "paired", "assumptions", "sensitivity", "hurdles", "frontier", "teams", "joint", "sweep"}
    scalar = {"title", "spec_sha256", "seed", "draws", "authorities", "currency", "types", "small_types", "unused"}
    assert {one.name for one in fields(SimulationOutcome)} == told | scalar


@pytest.mark.slow
def test_no_part_of_findings_is_forgotten() -> None:
    from tender_eval.fairness.findings.results import Findings

    told = {
        "bids", "winner", "order", "figures", "reversals", "tipping", "marks", "prices", "rejections", "nearest",
        "winners", "worth", "near", "acceptability", "panel_disagreement", "reliability", "effective_weights", "groups",
        "gaming", "alternatives", "curves",
    }  # fmt: skip
    scalar = {
        "scheme_id", "scheme_title", "lot", "made_up", "figure", "best", "independent", "limited_across_lots",
        "effective_sample", "notes", "offers_left_out",
    }  # fmt: skip
    assert {one.name for one in fields(Findings)} == told | scalar
