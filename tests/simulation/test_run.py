"""From a spec to the whole outcome: repeatable, paired, and honest about what did not settle."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from rough_play import few_solutions, few_trials, rough_play
from solving_tasks import Doubled, Killed

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.bidding import equilibrium
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results import sensitivity
from tender_eval.simulation.results.outcome import SimulationOutcome
from tender_eval.simulation.results.sensitivity import FIGURES, SensitivityRun
from tender_eval.simulation.run import ProgressStage, RunOptions, simulate_lots
from tender_eval.simulation.running.parallel import TaskFailed, run_in_parallel
from tender_eval.simulation.running.preparation import solving_tasks
from tender_eval.simulation.spec.parameters import GRANTS, SETTINGS, Origin
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.spec.variations import varied

SMALL = """\
format: tender-eval/lots-spec/1
title: Small
lots: [1, 2]
draws: 200
seed: 3
parameters: {areas: 2, cost_mean: 0.8}
market: {types: {local: {count: 3}, national: {count: 2, quality: 0.6}}}
sources: {cost_mean: the contract}
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


@pytest.fixture(autouse=True)
def trials(monkeypatch: pytest.MonkeyPatch) -> None:
    few_trials(monkeypatch)
    few_solutions(monkeypatch)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")


@pytest.fixture
def nothing_varied(monkeypatch: pytest.MonkeyPatch) -> None:
    """No assumption is tried otherwise: for what the designs show as they are, at a third of the work."""
    monkeypatch.setattr(sensitivity, "variations", lambda spec: [])


@pytest.fixture
def rough(monkeypatch: pytest.MonkeyPatch) -> None:
    rough_play(monkeypatch)


def spec(catalogue: Catalogue, text: str = SMALL) -> Spec:
    return load_spec(Source("spec.yaml", text.encode()), catalogue)


@pytest.fixture(scope="module")
def outcome(catalogue: Catalogue) -> SimulationOutcome:
    with pytest.MonkeyPatch.context() as patch:
        few_trials(patch)
        few_solutions(patch)
        return simulate_lots(spec(catalogue), catalogue, RunOptions(workers=1), 64, 0)


@pytest.mark.slow
def test_every_part_of_the_outcome_is_there(outcome: SimulationOutcome) -> None:
    assert [d.label for d in outcome.designs] == ["1 lot", "2 lots"]
    assert [(p.label, p.against) for p in outcome.paired] == [("2 lots", "1 lot")]
    assert outcome.designs[0]["hhi"].mean == 10_000
    assert outcome.designs[0]["small_bidders"].n == 200
    assert (outcome.types, outcome.small_types) == (("local", "national"), ("local",))
    assert outcome.converged
    assert outcome.residual == max(d.residual for d in outcome.designs)
    assert len(outcome.sensitivity.parameters) == 1
    assert [p.label for p in outcome.frontier] == ["1 lot", "2 lots"]
    assert outcome.teams[0].people == 1


@pytest.mark.slow
def test_a_paired_difference_is_the_difference_of_the_means(outcome: SimulationOutcome) -> None:
    one, two = outcome.designs
    for name, found in outcome.paired[0].figures.items():
        a, b = one[name], two[name]
        if a.n == b.n == found.n and found.mean is not None:
            assert found.mean == pytest.approx(b.mean - a.mean, abs=1e-9 * max(1, abs(b.mean)))  # type: ignore[operator]


@pytest.mark.slow
def test_pairing_is_worth_its_while(outcome: SimulationOutcome) -> None:
    one, two, apart = (x["price_ratio"].se for x in (*outcome.designs, outcome.paired[0]))
    assert one is not None
    assert two is not None
    assert apart is not None
    assert apart < np.hypot(one, two)


@pytest.mark.slow
def test_what_went_in_is_told_with_what_it_rests_on(outcome: SimulationOutcome) -> None:
    rows = {s.name: s for s in outcome.assumptions}
    assert {p.name for p in SETTINGS} - set(rows) == set(GRANTS)  # no pot is shared out
    costs = rows["cost_mean"]
    assert (costs.basis, costs.source, costs.changed) == ("S", Origin("named", "the contract"), True)
    assert (rows["national.quality"].basis, rows["national.quality"].changed) == ("A", True)
    assert rows["national.quality"].source == Origin("user")
    assert (rows["local.quality"].basis, rows["local.quality"].changed) == ("A", False)
    assert rows["home_quality"].basis == "A"
    assert rows["local.facts.supplier.years_in_area"].basis == "A"


@pytest.mark.slow
def test_workers_change_nothing(catalogue: Catalogue, outcome: SimulationOutcome) -> None:
    assert simulate_lots(spec(catalogue), catalogue, RunOptions(workers=2), 64, 0) == outcome


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_varied")
def test_another_seed_gives_other_tenders(catalogue: Catalogue, outcome: SimulationOutcome) -> None:
    other = simulate_lots(replace(spec(catalogue), seed=4), catalogue, RunOptions(workers=1), 64, 0)
    assert other.designs[0]["price_ratio"].mean != outcome.designs[0]["price_ratio"].mean


@pytest.mark.slow
def test_beliefs_that_do_not_settle_are_told(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equilibrium, "MOST_ROUNDS", 1)
    found = simulate_lots(spec(catalogue), catalogue, RunOptions(workers=1), 64, 0)
    assert not found.converged
    assert found.sensitivity.unsettled


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_progress_is_told_stage_by_stage(catalogue: Catalogue) -> None:
    told: list[tuple[ProgressStage, int, int]] = []
    text = SMALL + "sweep: {timetable_days: [14]}\n"
    options = RunOptions(workers=1, progress=lambda stage, done, of: told.append((stage, done, of)))
    found = simulate_lots(spec(catalogue, text), catalogue, options, 64, 0)
    assert found.sweep[0].values == {"timetable_days": 14}
    assert list(dict.fromkeys(stage for stage, _, _ in told)) == [
        ProgressStage("solving"),
        ProgressStage("simulating"),
        ProgressStage("sweep", 1, 1),
    ]
    assert all(done <= of for _, done, of in told)


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_each_point_of_a_sweep_has_a_checkpoint_of_its_own(catalogue: Catalogue, tmp_path: Path) -> None:
    text = SMALL + "sweep: {timetable_days: [14, 70]}\n"
    options = RunOptions(workers=1, checkpoint=tmp_path / "kept")
    first = simulate_lots(spec(catalogue, text), catalogue, options, 64, 0)
    assert {"kept", "kept.1", "kept.2"} <= {p.name for p in tmp_path.iterdir()}
    assert simulate_lots(spec(catalogue, text), catalogue, options, 64, 0) == first


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_real_providers(catalogue: Catalogue) -> None:
    table = "name,type,income,home,quality\nA,local,900000,1,0.9\nB,national,,,\nC,national,,,\n"
    text = SMALL.replace("market: {", "market: {providers: p.csv, ").replace("count: 3", "days: 20")
    text = text.replace("count: 2, ", "")
    read = load_spec(Source("s.yaml", text.encode()), catalogue, lambda name: Source(name, table.encode()))
    found = simulate_lots(read, catalogue, RunOptions(workers=1), 64, 0)
    bidding = found.designs[0]["bidding.local"].mean
    assert bidding is not None
    assert 0 < bidding <= 1
    rows = {s.name: s for s in found.assumptions}
    assert (rows["national.count"].value, rows["national.count"].basis) == (2, "D")


@pytest.mark.slow
@pytest.mark.parametrize("name", [p.name for p in SETTINGS if p.accounts_only])
@pytest.mark.usefixtures("rough")
def test_what_is_only_counted_afterwards_moves_nobody(catalogue: Catalogue, name: str) -> None:
    base = spec(catalogue)
    high = next(p.high for p in SETTINGS if p.name == name)
    assert high is not None
    before, after = (
        SensitivityRun(base, "", 64)(catalogue),
        SensitivityRun(varied(base, {name: high}), "", 64)(catalogue),
    )
    for figure in FIGURES:
        np.testing.assert_array_equal(before.differences[figure], after.differences[figure])


def test_tasks_come_back_in_their_order(catalogue: Catalogue) -> None:
    told: list[tuple[int, int]] = []
    assert run_in_parallel([Doubled(n) for n in range(5)], catalogue, 1, lambda *a: told.append(a)) == [0, 2, 4, 6, 8]
    assert told == [(n, 5) for n in range(6)]


@pytest.mark.slow
def test_each_task_is_kept_as_soon_as_it_is_solved_and_no_process_is_left(catalogue: Catalogue) -> None:
    def full(index: int, result: int) -> None:
        raise OSError(28, f"no room for {index}: {result}")

    with pytest.raises(OSError, match=r"no room for (\d): ") as e:
        run_in_parallel([Doubled(n) for n in range(9)], catalogue, 2, known={0: 7}, keep=full)
    assert e.value.strerror != "no room for 0: 7"
    assert multiprocessing.active_children() == []
    kept: dict[int, int] = {}
    found = run_in_parallel([Doubled(n) for n in range(9)], catalogue, 2, known={3: 7}, keep=kept.__setitem__)
    assert found == [0, 2, 4, 7, *range(8, 18, 2)]
    assert kept == {n: 2 * n for n in range(9) if n != 3}


@pytest.mark.slow
def test_a_process_that_is_killed_changes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    tasks = [Doubled(1), Killed(tmp_path / "mark"), Doubled(2)]
    assert run_in_parallel(tasks, catalogue, 2) == [2, 7, 4]


@pytest.mark.slow
def test_processes_that_die_again_and_again_are_told(catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="were ended 4 times in a row"):
        run_in_parallel([Killed(tmp_path / "mark", True)] * 2, catalogue, 2)


@pytest.mark.slow
def test_what_a_task_refuses_in_another_process_is_refused_here(catalogue: Catalogue) -> None:
    base = spec(catalogue)
    broken = replace(
        base, designs=tuple(replace(d, settings=replace(d.settings, mechanism="none")) for d in base.designs)
    )
    with pytest.raises(Refused) as refused:
        run_in_parallel(solving_tasks(broken)[:2], catalogue, 2)
    assert all(isinstance(d, Diagnostic) for d in refused.value.diagnostics)


@pytest.mark.slow
def test_a_bug_in_another_process_names_its_place(catalogue: Catalogue) -> None:
    broken = replace(spec(catalogue), designs=())
    with pytest.raises(TaskFailed, match="IndexError"):
        run_in_parallel([SensitivityRun(broken, "", 8), SensitivityRun(broken, "", 8)], catalogue, 2)


@pytest.mark.slow
def test_a_run_on_this_machine_loads_no_cluster_and_no_page() -> None:
    heavy = ("distributed", "dask", "jinja2", "scipy", "pandas", "SALib", "openpyxl")
    ours = ("cli.commands.simulate", "simulation.run", "report.json.simulation")
    code = f"import sys, {', '.join(f'tender_eval.{name}' for name in ours)}; "
    code += f"print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout == "[]\n"
