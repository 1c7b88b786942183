"""Hurdles by effect: what lifting one does, and which bind together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from rough_play import rough_play

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results import hurdles as module
from tender_eval.simulation.results.hurdles import HURDLES, HurdleResult, HurdleRun, hurdle_runs, hurdles
from tender_eval.simulation.results.outcome import HurdleEffect
from tender_eval.simulation.spec.records import Spec

SPEC = """\
format: tender-eval/lots-spec/1
lots: [1, 2, 4]
seed: 3
parameters: {areas: 4, turnover_multiple: 1, capacity_share: 1/2, cost_sd: 0.15}
market: {types: {local: {count: 6, days: 30}, national: {count: 3}}}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


@pytest.fixture(scope="module")
def spec(catalogue: Catalogue) -> Spec:
    return load_spec(Source("spec.yaml", SPEC.encode()), catalogue)


def test_each_hurdle_is_lifted_alone_and_with_every_other_in_the_first_and_the_last_design(spec: Spec) -> None:
    runs = hurdle_runs(spec)
    assert {run.index for run in runs} == {0, 2}
    assert len(runs) == 2 * (1 + 4 + 6)
    assert len({(run.index, run.hurdles) for run in runs}) == len(runs)
    assert {run.index for run in hurdle_runs(replace(spec, designs=spec.designs[:1]))} == {0}


def test_what_two_do_together_is_less_what_each_does_alone(spec: Spec) -> None:
    """Of four hurdles each brings a provider; one and three bring two more together."""
    names = list(HURDLES)

    def told(lifted: tuple[str, ...]) -> HurdleResult:
        more = 2.0 if set(lifted) == {names[0], names[2]} else 0.0
        return HurdleResult({"bidding.local": np.arange(40.0) + len(lifted) + more}, lifted != (names[1],))

    first, last = hurdles(spec, [told(run.hurdles) for run in hurdle_runs(spec)])
    assert (first.label, last.label, first.unsettled) == ("1 lot", "4 lots", 1)
    of = {effect.lifted: effect for effect in first.effects}
    assert all(of[(name,)].changes["bidding.local"].mean == 1 for name in names)
    assert not of[(names[0],)].beyond
    pair = of[(names[0], names[2])]
    assert (pair.changes["bidding.local"].mean, pair.beyond["bidding.local"].mean) == (4, 2)
    assert of[(names[0], names[1])].beyond["bidding.local"].mean == 0


@pytest.mark.slow
def test_income_that_is_asked_keeps_nobody_away_where_nobody_could_carry_the_lot(
    spec: Spec, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The county in little: the condition alone does nothing, what can be carried alone little, both together much."""
    rough_play(monkeypatch, rounds=12)
    monkeypatch.setattr(module, "SOLVES", 2)
    few = {name: HURDLES[name] for name in ("turnover", "capacity", "time")}
    monkeypatch.setattr(module, "HURDLES", few)
    whole, _ = hurdles(spec, [run(catalogue) for run in hurdle_runs(spec, 400)], 400)
    of: dict[tuple[str, ...], HurdleEffect] = {effect.lifted: effect for effect in whole.effects}

    def more(*lifted: str) -> float:
        return of[lifted].changes["bidding.local"].mean or 0.0

    assert more("turnover") == 0
    assert more("time") > 0
    assert more("turnover", "capacity") > more("turnover") + more("capacity") + 0.3
    beyond = of[("turnover", "capacity")].beyond["bidding.local"]
    assert beyond.sign == 1
    assert (of[("turnover", "capacity")].changes["small_win_share"].mean or 0.0) > 0.05


def test_a_hurdle_is_lifted_for_types_that_a_design_states_itself(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody can write a bid in time in this design; with that lifted, some do."""
    rough_play(monkeypatch)
    monkeypatch.setattr(module, "SOLVES", 1)
    slow = "designs: [{lots: 4, types: {local: {days: 700}, national: {days: 700}}}]"
    spec = load_spec(Source("spec.yaml", SPEC.replace("lots: [1, 2, 4]", slow).encode()), catalogue)
    before, after = (HurdleRun(spec, 0, lifted, 100)(catalogue).figures for lifted in ((), ("time",)))
    assert not before["bidding.local"].any()
    assert after["bidding.local"].any()
