"""The six experiments run, and each step of the toolkit (3.6.1) does what it is there for: as paired differences."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from numpy.random import SeedSequence

from tender_eval.cli import main
from tender_eval.files.source import read_source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.results.sensitivity import SAMPLE
from tender_eval.simulation.results.tally import Tallies
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.tender import simulate

HERE = Path(__file__).resolve().parents[2] / "fixtures" / "simulations" / "experiments"
SIX = (
    "smaller-lots", "slower-pace", "consortium-weight", "local-and-social-value", "cost-quality-ratio",
    "turnover-condition",
)  # fmt: skip
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
DRAWS = 3000


def spec(name: str) -> Spec:
    return load_spec(read_source(HERE / f"{name}.yaml"), CATALOGUE)


@cache
def run(name: str) -> tuple[Mapping[str, np.ndarray], ...]:
    """Every figure of every design of an experiment."""
    s = spec(name)
    prepared = [prepare(d, s.types_in(d), s.providers, s.area_weights, CATALOGUE, s.seed, SAMPLE) for d in s.designs]
    assert all(p.solutions[0].equilibrium.converged for p in prepared)
    return simulate(prepared, SeedSequence(s.seed), DRAWS)


def difference(name: str, design: int, figure: str) -> tuple[float, float]:
    """A paired difference from the first design, and its standard error."""
    results = run(name)
    moments = Tallies.of([results[0], results[design]], DRAWS).paired[0][figure]
    assert moments.mean is not None
    assert moments.se is not None
    return moments.mean, moments.se


def rises(name: str, design: int, figure: str, sign: int = 1) -> bool:
    """Whether a figure rises beyond any chance: by five times its standard error."""
    mean, se = difference(name, design, figure)
    return sign * mean > 5 * se


@pytest.mark.parametrize("name", SIX)
def test_each_says_which_step_it_is_and_compares_one_thing(name: str) -> None:
    text = (HERE / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith(f"# Step {SIX.index(name) + 1}: ")
    assert "3.6.1" in text
    s = spec(name)
    assert len(s.designs) >= 3
    if name != "smaller-lots":
        assert len({d.lots for d in s.designs}) == 1
    assert s.stated.keys() <= {"timetable_days"}


@pytest.mark.parametrize("path", [p for p in HERE.glob("*.yaml") if p.stem not in SIX], ids=lambda p: p.stem)
def test_the_schemes_beside_them_are_sound_and_clean(path: Path) -> None:
    found = CliRunner().invoke(main, ["lint", str(path)])
    assert found.exit_code == 0
    assert "nothing found" in found.output


@pytest.mark.slow
def test_smaller_lots() -> None:
    for design in (1, 2, 3):
        assert rises("smaller-lots", design, "small_bidders")
        assert rises("smaller-lots", design, "authority_cost")
        assert rises("smaller-lots", design, "hhi", -1)


@pytest.mark.slow
def test_a_slower_pace() -> None:
    assert rises("slower-pace", 1, "small_bidders", -1)
    for design in (2, 3):
        assert rises("slower-pace", design, "small_bidders")
        assert rises("slower-pace", design, "consortium_bid_share")
        assert rises("slower-pace", design, "price_ratio", -1)


@pytest.mark.slow
def test_weight_for_consortia() -> None:
    for design in (1, 2):
        assert rises("consortium-weight", design, "consortium_bid_share")
        assert rises("consortium-weight", design, "small_win_share")


@pytest.mark.slow
def test_weight_for_local_specialists() -> None:
    for design in (1, 2):
        assert rises("local-and-social-value", design, "small_win_share")
        assert rises("local-and-social-value", design, "winning.by_and_for")


@pytest.mark.slow
def test_the_ratio_of_cost_to_quality() -> None:
    for design in (1, 2):
        assert rises("cost-quality-ratio", design, "quality")
        assert rises("cost-quality-ratio", design, "price_ratio")
    assert difference("cost-quality-ratio", 2, "price_ratio") > difference("cost-quality-ratio", 1, "price_ratio")


@pytest.mark.slow
def test_the_turnover_condition() -> None:
    assert difference("turnover-condition", 1, "small_bidders") == (0, 0), "capacity binds first, as the spec says"
    for design in (2, 3, 4):
        assert rises("turnover-condition", design, "small_bidders", -1)
        assert rises("turnover-condition", design, "funnel.turnover")
