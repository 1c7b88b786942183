"""The fitted presets come as near to the data as docs/calibration.md says, and say what they were fitted to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log10
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from project_scripts import project_script
from scipy.optimize import minimize

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.calibration.awards import (
    CONTRACTS,
    EDGES,
    WON_BY_BAND,
    awards_targets,
    logit_slope,
    simulated_awards,
)
from tender_eval.simulation.calibration.bids import every_tender, figures_of
from tender_eval.simulation.calibration.fit import FittedParameter, Simulated, Target, distance, loss, search
from tender_eval.simulation.spec.assumptions import assumptions_of
from tender_eval.simulation.spec.variations import varied

pytestmark = [pytest.mark.slow, pytest.mark.figures]  # all share one calibration

ROOT = Path(__file__).resolve().parents[3]
NUMBER = re.compile(r"[-+]?\d[\d,]*(?:\.\d+)?")
NEAR, FAR = 2.0, 0.1  # standard errors; what a printed figure may differ by on another machine


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return project_script("calibrate")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


@pytest.fixture(scope="module")
def page(script: ModuleType, catalogue: Catalogue) -> str:
    return str(script.page(catalogue))


def rows(page: str) -> list[list[str]]:
    """The cells of the tables of data beside fit."""
    lines = [[c.strip() for c in line.strip("|\n").split("|")] for line in page.splitlines() if line.startswith("|")]
    return [cells for cells in lines if cells[-1] in ("fitted", "check")]


def test_the_page_is_what_the_presets_come_to(page: str) -> None:
    """The words to the letter; the figures as near as other processors bring them."""
    shipped = (ROOT / "docs" / "calibration.md").read_text(encoding="utf-8")
    assert NUMBER.sub("#", shipped) == NUMBER.sub("#", page)
    for told, found in zip(NUMBER.findall(shipped), NUMBER.findall(page), strict=True):
        one, other = (float(n.replace(",", "")) for n in (told, found))
        assert abs(one - other) <= FAR + 0.005 * abs(one)


def far(found: list[list[str]]) -> list[str]:
    """Which figures are more than two standard errors from the data."""
    return [
        title
        for title, data, error, simulated, *_ in found
        if error != "unknown" and abs(float(simulated) - float(data)) > NEAR * float(error)
    ]


def test_every_figure_is_within_two_standard_errors_of_the_data(page: str) -> None:
    first, second = page.split("## World Bank")
    assert (len(rows(first)), far(rows(first))) == (7, [])
    assert (len(rows(second)), far(rows(second))) == (5, [])
    median = next(cells for cells in rows(page) if cells[0] == "bids on a contract, median")  # its error is unknown
    assert float(median[1]) == float(median[3])


def test_the_checks_are_no_part_of_the_fit(page: str) -> None:
    checks = [cells[0] for cells in rows(page) if cells[-1] == "check"]
    assert len(checks) == 4
    shifted = {t.name: Simulated(t.value + (9.0 if not t.fitted else 0.0), 0.0) for t in awards_targets()}
    assert loss(awards_targets(), shifted) == 0


@pytest.mark.parametrize(
    ("preset", "fitted"),
    [
        ("digital-outcomes", {"sme.count", "sme.income", "sme.income_sigma"}),
        ("world-bank", {"consortium_share", "cost_sd"}),
    ],
)
def test_what_was_fitted_counts_as_computed_and_names_the_data(
    preset: str, fitted: set[str], script: ModuleType, catalogue: Catalogue
) -> None:
    spec = script.preset(preset, catalogue)
    stated = {s.name: s for s in assumptions_of(spec)}
    for name in fitted:
        assert stated[name].basis == "D"
        assert re.search(
            r"fitted to .*(325 UK Digital Outcomes awards|3,256 World Bank contracts)", stated[name].source.text
        )
    own = {name for name in spec.stated if stated[name].basis == "D" and stated[name].source.text.startswith("fitted")}
    assert own == fitted


def test_the_fit_depends_on_what_was_fitted(script: ModuleType, catalogue: Catalogue) -> None:
    bank = script.preset("world-bank", catalogue)
    assert figures_of(every_tender(varied(bank, {"cost_sd": 0.1}), catalogue, 1024))["variation"].value < 0.1
    without = figures_of(every_tender(varied(bank, {"consortium_share": 0.0}), catalogue, 1024))
    assert without["joint"].value == 0
    assert without["none"].value > 0.25


def test_the_designs_must_be_the_contracts(script: ModuleType, catalogue: Catalogue) -> None:
    with pytest.raises(ValueError, match="not the contracts"):
        simulated_awards(varied(script.preset("world-bank", catalogue), {}), catalogue, 64)


def test_the_contracts_stand_for_all_awards() -> None:
    assert sum(c.weight for c in CONTRACTS) == pytest.approx(1)
    assert [c.band for c in CONTRACTS] == [int(np.searchsorted(EDGES, c.value)) for c in CONTRACTS]


@given(st.floats(-3, 3), st.floats(-2, 2))
def test_the_slope_is_found_where_the_shares_follow_a_logit(level: float, slope: float) -> None:
    x = np.array([log10(c.value) for c in CONTRACTS])
    weights = np.array([c.weight for c in CONTRACTS])
    shares = 1 / (1 + np.exp(-(level + slope * (x - 5))))
    found, _ = logit_slope(x, shares, weights)
    assert found == pytest.approx(slope, abs=1e-6)


def test_the_slope_is_that_of_maximum_likelihood() -> None:
    x = np.array([log10(c.value) for c in CONTRACTS])
    weights = np.array([c.weight for c in CONTRACTS])
    shares = np.array([WON_BY_BAND[c.band] for c in CONTRACTS])

    def misfit(at: np.ndarray) -> float:
        logit = at[0] + at[1] * (x - 5)
        return float((weights * (np.logaddexp(0, logit) - shares * logit)).sum())

    found, leverage = logit_slope(x, shares, weights)
    assert found == pytest.approx(minimize(misfit, np.zeros(2)).x[1], abs=1e-4)
    moved, _ = logit_slope(x, shares + 1e-6 * np.eye(len(x))[0], weights)
    assert (moved - found) / 1e-6 == pytest.approx(leverage[0], rel=1e-3)


AT = st.lists(st.integers(-8, 8), min_size=2, max_size=2)


@given(AT, AT, st.sampled_from([0.0, 0.5, 0.9]))
def test_the_search_finds_the_least_of_a_valley_to_its_finest_step(
    start: list[int], least: list[int], slant: float
) -> None:
    """Also where the valley runs across the knobs, so that no step of one alone leads far."""

    def of(at: Mapping[str, float]) -> float:
        x, y = at["0"] - least[0], at["1"] - least[1]
        return x * x + y * y - 2 * slant * x * y

    knobs = [FittedParameter(str(n), s, (4, 1, 0.25), -9, 9) for n, s in enumerate(start)]
    found = search(knobs, of)
    assert search(knobs, of) == found
    assert all(-9 <= x <= 9 for x in found.values())
    for name in found:
        for step in (0.25, -0.25):
            assert of(found) <= of(found | {name: min(max(found[name] + step, -9), 9)})


def test_a_figure_without_an_error_has_no_distance() -> None:
    assert distance(Target("a", "a", 1.0, None, False), Simulated(2.0, 0.0)) is None
    assert distance(Target("a", "a", 1.0, 0.5, False), Simulated(2.0, 0.0)) == 2
