"""The joint range: it covers what it should, names what drives it, and varies nothing that is known."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rough_play import few_trials, rough_play

from tender_eval.files.source import Source, read_source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.json.simulation import lots_data
from tender_eval.report.simulation.caveats import caveat_texts
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results import joint as module
from tender_eval.simulation.results import sensitivity
from tender_eval.simulation.results.joint import drivers_of, hypercube, joint, joint_points, range_of
from tender_eval.simulation.results.tally import Moments
from tender_eval.simulation.run import RunOptions, simulate_lots
from tender_eval.simulation.spec.parameters import SETTINGS, parameters
from tender_eval.simulation.spec.ranges import placed, ranges_of
from tender_eval.simulation.spec.records import Spec

HEAD = "format: tender-eval/lots-spec/1\nlots: [1, 2]\ndraws: 64\nparameters: {areas: 2}\n"
SMALL = HEAD + "market: {types: {local: {count: 3}, national: {count: 2}}}\n"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def spec(catalogue: Catalogue, text: str = SMALL) -> Spec:
    return load_spec(Source("spec.yaml", text.encode()), catalogue)


def test_every_part_of_every_range_comes_once() -> None:
    at = hypercube(50, 7, 3)
    assert (np.sort(np.floor(at * 50), axis=0) == np.arange(50)[:, None]).all()
    assert (at == hypercube(50, 7, 3)).all()
    assert abs(np.corrcoef(at, rowvar=False)[~np.eye(7, dtype=bool)]).max() < 0.5


def test_the_range_of_a_model_with_a_known_answer() -> None:
    """Of two uniform figures, the sum: 5% lie below the root of 0.1, and above 2 less that."""
    found = [range_of(hypercube(200, 2, seed).sum(axis=1)) for seed in range(20)]
    assert np.mean([r.low for r in found]) == pytest.approx(0.1**0.5, abs=0.02)
    assert np.mean([r.median for r in found]) == pytest.approx(1.0, abs=0.02)
    assert np.mean([r.high for r in found]) == pytest.approx(2 - 0.1**0.5, abs=0.02)
    assert {r.same_sign for r in found} == {1.0}
    assert range_of(hypercube(200, 1, 1)[:, 0] - 0.25).same_sign == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("points", [200, 40])
def test_what_drives_a_model_with_a_known_answer(points: int) -> None:
    """A slope twice as steep has four times the variance; what does nothing is not named."""
    at = hypercube(points, 30, 1)
    found = drivers_of(at, 4 * at[:, 2] - 2 * at[:, 5] + 0.1 * at[:, 7] * at[:, 8], [f"x{n}" for n in range(30)])
    assert [d.assumption for d in found][:2] == ["x2", "x5"]
    assert [d.share for d in found][:2] == pytest.approx([0.8, 0.2], abs=0.1)
    assert (found[0].slope, found[1].slope) == (pytest.approx(4, abs=0.6), pytest.approx(-2, abs=0.6))
    assert drivers_of(at, np.ones(points), [f"x{n}" for n in range(30)]) == ()


def test_a_standard_error_holds_the_error_of_the_solutions() -> None:
    """Tenders that eight solutions play in turn, each off by an error of its own."""
    rng = np.random.default_rng(5)
    means, stated = [], []
    for _ in range(300):
        off = np.resize(rng.normal(0, 0.3, 8), 800)
        moments = Moments.of(off + rng.normal(0, 1, 800), 8)
        means.append(moments.mean)
        stated.append(moments.se)
    assert np.std(means) / np.sqrt(np.mean(np.square(stated))) == pytest.approx(1, abs=0.12)
    plain = Moments.of(off)
    assert plain.se is not None
    assert plain.se < np.mean(stated) / 5


def test_facts_of_the_contract_and_what_has_a_source_never_vary(catalogue: Catalogue) -> None:
    text = SMALL + "sources: {cost_mean: our accounts, local.quality: our marks}\n"
    base = spec(catalogue, text)
    varied = {r.name for assumed in ranges_of(base) for r in assumed.ranges}
    facts = {p.name for p in SETTINGS if p.basis == "C"}
    assert {"value", "years", "timetable_days", "areas", "turnover_multiple"} <= facts
    assert not varied & (facts | {"cost_mean", "local.quality"})
    assert {"national.quality", "cost_sd", "local.days", "authority_per_bid"} <= varied
    for at in hypercube(5, len(ranges_of(base)), 1):
        for design, other in zip(base.designs, placed(base, ranges_of(base), at).designs, strict=True):
            assert [getattr(design.settings, f) for f in facts] == [getattr(other.settings, f) for f in facts]


def test_everything_that_is_not_known_has_a_range() -> None:
    assert [p.name for p in parameters() if p.basis != "C" and (p.low is None or p.high is None)] == []


def test_a_figure_of_the_users_stretches_the_range(catalogue: Catalogue) -> None:
    base = spec(catalogue, SMALL.replace("{areas: 2}", "{areas: 2, cost_mean: 0.5}"))
    (found,) = next(a.ranges for a in ranges_of(base) if a.name == "cost_mean")
    assert (found.low, found.high) == (0.5, 0.95)


def _few(monkeypatch: pytest.MonkeyPatch) -> None:
    few_trials(monkeypatch)
    rough_play(monkeypatch, rounds=3)
    monkeypatch.setattr(sensitivity, "variations", lambda spec: ())


@pytest.mark.slow
def test_json_is_as_it_is_promised(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    _few(monkeypatch)
    outcome = simulate_lots(spec(catalogue), catalogue, RunOptions(workers=1), 16, 12)
    data = lots_data(outcome)
    assert set(data["joint"]) == {"points", "paired", "drivers"}
    assert data["joint"]["points"] == 12
    (paired,) = data["joint"]["paired"]
    assert (set(paired), paired["label"], paired["against"]) == ({"label", "against", "figures"}, "2 lots", "1 lot")
    assert set(paired["figures"]) <= set(data["paired"][0])
    assert set(paired["figures"]["price"]) == {"low", "median", "high", "same_sign"}
    assert paired["figures"]["price"]["low"] == pytest.approx(4_000_000 * paired["figures"]["price_ratio"]["low"])
    assert set(data["designs"][0]["ranges"]["quality"]) == {"low", "median", "high"}
    assert data["refused_trials"] == []


@pytest.mark.slow
def test_none_are_made_where_none_are_asked_for(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    _few(monkeypatch)
    assert lots_data(simulate_lots(spec(catalogue), catalogue, RunOptions(workers=1), 16, 0))["joint"] is None


@pytest.mark.slow
def test_a_trial_that_is_refused_is_told_and_ends_nothing(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    _few(monkeypatch)
    whole, asked = module.prepare, []

    def sometimes(*arguments: object, **named: object) -> object:
        asked.append(arguments)
        if len(asked) == 3:  # the first design of the second point
            raise Refused([Diagnostic("TE054", "years must be whole")])
        return whole(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "prepare", sometimes)
    base = spec(catalogue)
    found = joint(base, [task(catalogue) for task in joint_points(base, 3)])
    assert found is not None
    assert (found.points, dict(found.refused)) == (2, {"years must be whole": 1})
    outcome = simulate_lots(base, catalogue, RunOptions(workers=1), 16, 0)
    told = caveat_texts(replace(outcome, joint=found))
    assert any("1 of the joint trials were refused and do not count: years must be whole" in c for c in told)


ROOT = Path(__file__).parents[3]
SCHEMES = sorted(p.name for p in (ROOT / "schemes").glob("*.yaml") if ".test." not in p.name)


def of_scheme(name: str) -> Source:
    text = SMALL.replace("lots: [1, 2]\n", f"lots: [1, 2]\nscheme: schemes/{name}\n").encode()
    return Source((ROOT / "spec.yaml").as_posix(), text)


@pytest.mark.slow
@pytest.mark.parametrize("name", SCHEMES)
def test_every_shipped_scheme_simulates_and_no_trial_of_it_is_refused(
    name: str, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    _few(monkeypatch)
    base = load_spec(of_scheme(name), catalogue, read_source)
    found = joint(base, [task(catalogue) for task in joint_points(base, 4)])
    assert found is not None
    assert (found.points, dict(found.refused)) == (4, {})
    for design in found.designs:
        assert 0 <= design.figures["small_win_share"].low <= design.figures["small_win_share"].high <= 1
