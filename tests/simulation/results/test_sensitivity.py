"""Every assumption is tried, one at a time, on the same random numbers."""

from __future__ import annotations

import numpy as np
import pytest
from rough_play import rough_play

from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results.outcome import Effect, Estimate, ParameterValue
from tender_eval.simulation.results.sensitivity import FIGURES, RunResult, SensitivityRun, sensitivity, sensitivity_runs
from tender_eval.simulation.spec.assumptions import assumptions_of, drawn
from tender_eval.simulation.spec.labels import origin_in_words
from tender_eval.simulation.spec.parameters import GRANTS, SETTINGS
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.spec.variations import FACTS, GAPS, variations, varied

HEAD = "format: tender-eval/lots-spec/1\n"
SMALL = "market: {types: {local: {count: 3}, national: {count: 2}}}\n"


@pytest.fixture
def rough(monkeypatch: pytest.MonkeyPatch) -> None:
    rough_play(monkeypatch)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def spec(catalogue: Catalogue, text: str = "lots: [1, 4]\n" + SMALL) -> Spec:
    return load_spec(Source("spec.yaml", (HEAD + text).encode()), catalogue)


def listed(catalogue: Catalogue, table: str, text: str = "lots: [1, 4]\n", types: str = "", scheme: str = "") -> Spec:
    """A spec with a file of providers."""

    def read(name: str) -> Source:
        return Source(name, (table if name.endswith(".csv") else scheme).encode())

    market = f"market: {{providers: p.csv{types and f', types: {types}'}}}\n"
    return load_spec(Source("spec.yaml", (HEAD + text + market).encode()), catalogue, read)


def values(spec: Spec, name: str) -> list[float]:
    kind, _, field = name.rpartition(".")
    if kind:
        return [getattr(t, field) for t in spec.types if kind in (t.name, "types")]
    return [getattr(d.settings, name) for d in spec.designs]


def test_every_assumption_that_can_move_conduct_is_tried(catalogue: Catalogue) -> None:
    tried = {v.name for v in variations(spec(catalogue))}
    assumed = {p.name for p in SETTINGS if p.basis == "A" and not p.accounts_only and p.low != p.high} - {*GRANTS}
    of_types = {f"{t}.{f}" for t in ("local", "national") for f in ("quality", "count", "income")}
    joint = {"types.income_sigma", "types.days", "types.home_areas", "types.away_cost", GAPS, FACTS}
    assert tried == assumed | of_types | joint


def test_what_the_user_names_a_source_for_is_no_assumption(catalogue: Catalogue) -> None:
    text = "lots: [1, 4]\nsources: {local.quality: our marks, cost_mean: the contract}\n" + SMALL
    names = {v.name for v in variations(spec(catalogue, text))}
    assert not {"local.quality", "cost_mean"} & names
    assert {"national.quality", GAPS} <= names


def test_evidence_and_choices_are_not_tried(catalogue: Catalogue) -> None:
    names = {v.name for v in variations(spec(catalogue))}
    assert not names & {p.name for p in SETTINGS if p.basis != "A"}


@pytest.mark.parametrize("name", ["cost_mean", "local.quality", "local.count", "types.days", GAPS])
def test_a_trial_changes_one_assumption_and_nothing_else(catalogue: Catalogue, name: str) -> None:
    base = spec(catalogue)
    v = next(v for v in variations(base) if v.name == name)
    for end in (v.low, v.high):
        changed = v.applied(base, end)
        assert values(changed, name) != values(base, name)
        field = name.rpartition(".")[2]
        of_types = {f"{t.name}.{field}": getattr(t, field) for t in base.types} if "." in name else {}
        restored = varied(changed, of_types or {name: values(base, name)[0]})
        assert restored == base


def test_low_and_high_of_the_gaps_keep_the_mean_quality(catalogue: Catalogue) -> None:
    base = spec(catalogue)
    v = next(v for v in variations(base) if v.name == GAPS)

    def mean(s: Spec) -> float:
        return sum(t.count * t.quality for t in s.types) / sum(t.count for t in s.types)

    none, twice = v.applied(base, v.low), v.applied(base, v.high)
    assert len({t.quality for t in none.types}) == 1
    assert twice.types[0].quality - twice.types[1].quality == pytest.approx(0.08)
    assert mean(none) == pytest.approx(mean(base), abs=1e-4)
    assert mean(twice) == pytest.approx(mean(base), abs=1e-4)


def test_what_schemes_read_of_providers_is_halved_and_doubled(catalogue: Catalogue) -> None:
    base = spec(catalogue)
    v = next(v for v in variations(base) if v.name == FACTS)
    years = [v.applied(base, end).types[0].facts["supplier.years_in_area"] for end in (v.low, v.high)]
    assert years == [5, 20]


def test_a_design_keeps_what_it_sets_itself(catalogue: Catalogue) -> None:
    text = "designs:\n  - {lots: 1}\n  - {lots: 4, parameters: {years: 3}, types: {local: {quality: 0.9}}}\n" + SMALL
    changed = varied(spec(catalogue, text), {"years": 2.0, "local.quality": 0.5, "cost_mean": 0.8})
    assert [d.settings.years for d in changed.designs] == [2, 3]
    assert [d.settings.cost_mean for d in changed.designs] == [0.8, 0.8]
    assert changed.types[0].quality == 0.5
    assert changed.designs[1].types[0].quality == 0.9


@pytest.mark.slow
def test_the_table_is_sorted_and_has_standard_errors(catalogue: Catalogue) -> None:
    base = spec(catalogue)
    rng = np.random.default_rng(1)
    noise = rng.standard_normal(400)
    labels = [t.label for t in sensitivity_runs(base, 400)]

    def tried(label: str) -> RunResult:
        shift = {"national.quality = 0.62": 3.0, "local.quality = 0.74": -1.5, "cost_mean = 0.75": 0.1}.get(label, 0.0)
        own = rng.standard_normal(400) * 0.1
        return RunResult({f: 1 + noise * 0.1 + shift + own * bool(label) for f in FIGURES}, label != "cost_mean = 0.95")

    found = sensitivity(base, [tried(label) for label in labels], 400)
    assert [m.name for m in found.parameters[:2]] == ["national.quality", "local.quality"]
    low = found.parameters[0].effects["small_win_share"].low
    assert low is not None
    assert low.mean == pytest.approx(3.0, abs=0.02)
    assert low.se is not None
    assert 0.8 * 0.1 / 20 < low.se < 2.5 * 0.1 / 20  # of four solutions, whose spread is chance too
    assert found.parameters[1].reverses == FIGURES
    assert found.parameters[0].reverses == ()
    assert found.unsettled == (ParameterValue("cost_mean", 0.95),)
    assert found.differences["price_ratio"].n == 400
    assert not found.parameters[-1].effects["price_ratio"].significant


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_a_real_trial_is_repeatable_and_paired(catalogue: Catalogue) -> None:
    base = spec(catalogue, "lots: [1, 4]\nparameters: {areas: 4}\n" + SMALL)
    one, again = SensitivityRun(base, "", 64)(catalogue), SensitivityRun(base, "", 64)(catalogue)
    for figure in FIGURES:
        np.testing.assert_array_equal(one.differences[figure], again.differences[figure])
        assert one.differences[figure].shape == (64,)
    same = spec(catalogue, "designs: [{name: a, lots: 4}, {name: b, lots: 4}]\nparameters: {areas: 4}\n" + SMALL)
    nothing = SensitivityRun(same, "", 64)(catalogue)
    assert all((nothing.differences[f][~np.isnan(nothing.differences[f])] == 0).all() for f in FIGURES)


@pytest.mark.slow
@pytest.mark.usefixtures("rough")
def test_a_design_that_is_alone_is_tried_by_its_figures(catalogue: Catalogue) -> None:
    alone = spec(catalogue, "lots: [4]\nparameters: {areas: 4}\n" + SMALL)
    found = SensitivityRun(alone, "", 64)(catalogue)
    assert np.nanmean(found.differences["price_ratio"]) > 0.5


def test_what_a_file_states_of_every_provider_of_a_type_is_no_assumption(catalogue: Catalogue) -> None:
    table = (
        "name,type,income,quality,days,home\nA,local,100,0.5,,1\nB,local,200,0.6,9,\n"
        "C,national,300,,,\nD,national,,0.7,,\nE,regional,1,,5,\n"
    )
    base = listed(catalogue, table)
    names = {v.name for v in variations(base)}
    assert not {"local.quality", "local.income", "by_and_for.quality", "regional.income"} & names
    assert {"national.quality", "national.income", "regional.quality", GAPS, "types.days"} <= names
    rows = {s.name: s for s in assumptions_of(base)}
    assert not {"local.quality", "local.income", "local.income_sigma", "by_and_for.quality", "regional.days"} & {*rows}
    assert [rows[f"{t}.quality"].providers_known for t in ("national", "regional")] == [1, 0]
    assert "1 have their own there" in origin_in_words(rows["national.quality"])
    assert rows["local.days"].basis == rows["national.quality"].basis == "A"
    gaps = next(v for v in variations(base) if v.name == GAPS)
    assert gaps.value == "0.66 / 0.66"  # of those types alone that use it
    changed = gaps.applied(base, gaps.high)
    assert changed.types[1] == base.types[1]


def test_no_quality_is_tried_where_the_file_states_all_of_it(catalogue: Catalogue) -> None:
    base = listed(catalogue, "name,type,income,quality\nA,local,100,0.5\nB,national,200,0.6\n")
    named = {v.name for v in variations(base)} | {s.name for s in assumptions_of(base)}
    assert not {n for n in named if n.endswith((".quality", ".income", ".income_sigma"))}
    assert {"types.days", "local.days"} <= named


@pytest.mark.slow
@pytest.mark.parametrize("name", ["income", "quality", "days", "income_sigma", "home_areas"])
@pytest.mark.usefixtures("rough")
def test_what_is_left_out_moves_nothing(catalogue: Catalogue, name: str) -> None:
    table = "name,type,income,quality,days,home\nA,local,900000,0.7,9,1\nB,national,9e6,0.6,9,2; 3\n"
    base = listed(catalogue, table, "lots: [1, 4]\nparameters: {areas: 4}\n")
    assert f"local.{name}" not in {s.name for s in assumptions_of(base)}
    other = varied(base, {f"{t}.{name}": 0.11 for t in ("local", "national")})
    assert other != base
    one, two = SensitivityRun(base, "", 64)(catalogue), SensitivityRun(other, "", 64)(catalogue)
    for figure in FIGURES:
        np.testing.assert_array_equal(one.differences[figure], two.differences[figure])


def test_the_quality_of_a_type_with_marks_of_its_own_is_still_used(catalogue: Catalogue) -> None:
    types = "{local: {facts: {marks.social: 0.9}}, national: {}}"
    base = listed(catalogue, "name,type,quality\nA,local,0.5\nB,national,0.6\n", types=types)
    assert [t.name for t in drawn(base, "quality")] == ["local"]


def test_income_that_a_scheme_scores_is_still_used(catalogue: Catalogue) -> None:
    scheme = (
        "format: tender-eval/scheme/1\nid: large\ntitle: Large\ncriteria:\n"
        "  - {id: i, title: Income, weight: 60, scorer: {name: ratio_to_highest, field: supplier.annual_income}}\n"
        "  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}\naward: {rule: highest_score}\n"
    )
    table, text = "name,type,income\nA,local,5\n", "lots: [1]\nscheme: s.yaml\n"
    base = listed(catalogue, table, text, scheme=scheme)
    assert drawn(base, "income") == base.types
    by_price = scheme.replace("{name: ratio_to_highest, field: supplier.annual_income}", "ratio_to_lowest")
    assert drawn(listed(catalogue, table, text, scheme=by_price), "income") == ()


def test_a_change_without_a_standard_error_is_not_sure() -> None:
    assert not Effect(Estimate(0.5, None, 1), None).significant
    assert Effect(Estimate(0.5, 0.1, 9), None).significant
