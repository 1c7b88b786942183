"""Outcomes of simulations made up for the tests of reports: no model runs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.simulation.tables import ALL
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results.commissioning_teams import team_loads
from tender_eval.simulation.results.frontier import frontier
from tender_eval.simulation.results.outcome import (
    FUNNEL,
    STAGES,
    DesignOutcome,
    Effect,
    Estimate,
    PairedOutcome,
    ParameterEffect,
    Sensitivity,
    SimulationOutcome,
)
from tender_eval.simulation.spec.assumptions import assumptions_of

SPEC = "format: tender-eval/lots-spec/1\ntitle: Made up\nlots: [1, 8]\nparameters: {timetable_days: 40, years: 3}\n"
TYPES = ("by_and_for", "local", "regional", "national")


def figures(**means: float) -> dict[str, Estimate]:
    """Every figure of a design: those that are given, and nought for the rest; each with an error of 0.01."""
    names = [*ALL, *(f"funnel.{end}" for end in FUNNEL), *(f"{s}.{t}" for t in TYPES for s in STAGES)]
    return {name: Estimate(means.get(name, 0.0), 0.01, 1000) for name in names}


def made_up(spec: str = SPEC, **changes: Any) -> SimulationOutcome:
    """One lot and eight: small providers bid and win more, at a slightly lower price."""
    read = load_spec(Source("spec.yaml", spec.encode()), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    one = figures(small_bidders=1.2, small_win_share=0.1, price_ratio=0.9, quality=0.7, authority_cost=20000.0)
    many = figures(small_bidders=6.3, small_win_share=0.55, price_ratio=0.88, quality=0.72, authority_cost=60000.0)
    less = figures(small_bidders=5.1, small_win_share=0.45, price_ratio=-0.02, quality=0.02, authority_cost=40000.0)
    designs = (
        DesignOutcome("1 lot", 1, "light-touch-60-40", one, 0.001, True),
        DesignOutcome("8 lots", 8, "light-touch-60-40", many, 0.002, True),
    )
    effect = {
        "small_win_share": Effect(Estimate(-0.2, 0.01, 512), Estimate(0.1, 0.01, 512)),
        "small_bidders": Effect(Estimate(-0.1, 0.1, 512), None),
        "price_ratio": Effect(Estimate(0.0, 0.001, 512), Estimate(0.001, 0.001, 512)),
    }
    weak = {name: Effect(Estimate(0.0, 0.1, 512), Estimate(0.0, 0.1, 512)) for name in effect}
    moved = (
        ParameterEffect("by_and_for.quality", 0.74, 0.7, 0.78, effect, ("small_win_share",)),
        ParameterEffect("types.days", "25 / 25 / 12 / 12", "15 / 15 / 7.2 / 7.2", "40 / 40 / 19.2 / 19.2", weak, ()),
    )
    made = SimulationOutcome(
        title=read.title,
        spec_sha256=read.sha256,
        seed=7,
        draws=1000,
        authorities=1,
        currency=read.currency,
        types=TYPES,
        small_types=TYPES[:2],
        designs=designs,
        paired=(PairedOutcome("8 lots", "1 lot", less),),
        assumptions=assumptions_of(read),
        sensitivity=Sensitivity("1 lot", "8 lots", 512, {n: less[n] for n in effect}, moved),
        frontier=frontier(designs),
        teams=team_loads({"1 lot": 20.0, "8 lots": 90.0}),
    )
    return replace(made, **changes)
