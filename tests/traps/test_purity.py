"""An evaluation depends on nothing but its arguments: not on what ran before, the hash seed, or the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from copy import deepcopy
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from inline import CATALOGUE, bids, leaf, scheme
from other_processes import script

from tender_eval import bids_from_data, compile_scheme, load_bids, load_scheme, scheme_from_data
from tender_eval.engine.evaluating.batch import CHUNK

ROOT = Path(__file__).parents[2]
PAIRS = [
    ("victim-services-cpqp.yaml", "victim-services-cpqp.bids.yaml"),
    ("consortium-lead-provider.yaml", "consortium-sutton.bids.yaml"),
]
STATED = scheme(
    leaf("quality", 60, {"name": "mark", "out_of": 100}, minimum="10%"),
    leaf("price", 40, "ratio_to_lowest"),
    award={"on_rejection": "recompute"},
    abnormally_low={"below_mean_by": "20%"},
)
GIVEN = bids({n: {"price": p, "marks": {"quality": q}} for n, p, q in (("a", 100, 80), ("b", 125, 92), ("c", 50, 5))})


@pytest.mark.slow
@pytest.mark.parametrize(("stated", "given"), PAIRS)
def test_evaluating_twice_gives_the_same(stated: str, given: str) -> None:
    compiled = compile_scheme(load_scheme(ROOT / "schemes" / stated), CATALOGUE)
    offers = load_bids(ROOT / "fixtures" / given)
    first = compiled.evaluate(offers)
    assert compiled.evaluate(offers) == first
    afresh = compile_scheme(load_scheme(ROOT / "schemes" / stated), CATALOGUE)
    again = afresh.evaluate(load_bids(ROOT / "fixtures" / given))
    assert again == first
    assert [list(bid.step.walk()) for bid in again.bids] == [list(bid.step.walk()) for bid in first.bids]


def test_an_evaluation_in_between_changes_nothing() -> None:
    compiled = compile_scheme(scheme_from_data(STATED), CATALOGUE)
    offers = bids_from_data(GIVEN)
    first = compiled.evaluate(offers)
    compiled.evaluate(bids_from_data(bids({"z": {"price": 1, "marks": {"quality": 100}}})))
    compiled.evaluate_batch({"price": np.array([1.0, 2.0]), "marks.quality": np.array([3.0, 4.0])})
    assert compiled.evaluate(offers) == first


def test_what_is_given_is_not_changed() -> None:
    stated, given = deepcopy(STATED), deepcopy(GIVEN)
    made, offers = scheme_from_data(stated), bids_from_data(given)
    before = asdict(made), asdict(offers)
    compile_scheme(made, CATALOGUE).evaluate(offers)
    assert (stated, given) == (STATED, GIVEN)
    assert (asdict(made), asdict(offers)) == before
    columns = {"price": np.array([[100.0, 50.0], [125.0, 60.0]]), "marks.quality": np.array([[80], [92]])}
    present = np.array([[True, False], [True, True]])
    kept = deepcopy(columns), present.copy()
    compile_scheme(made, CATALOGUE).evaluate_batch(columns, present)
    assert all(np.array_equal(columns[name], kept[0][name]) for name in columns)
    assert np.array_equal(present, kept[1])


def test_a_batch_twice_gives_the_same_bytes() -> None:
    compiled = compile_scheme(scheme_from_data(STATED), CATALOGUE)
    rng = np.random.default_rng(7)
    columns = {"price": rng.uniform(50, 150, (4, 20_000)), "marks.quality": rng.uniform(0, 100, (4, 20_000))}
    one, two = compiled.evaluate_batch(columns), compiled.evaluate_batch(columns)
    for name in ("points", "figures", "ranks", "rejected"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()


def test_draws_do_not_know_of_each_other() -> None:
    compiled = compile_scheme(scheme_from_data(STATED), CATALOGUE)
    rng = np.random.default_rng(7)
    shape, across = (4, CHUNK + 20), slice(CHUNK - 5, CHUNK + 5)
    columns = {"price": rng.uniform(50, 150, shape), "marks.quality": rng.uniform(0, 100, shape)}
    whole = compiled.evaluate_batch(columns)
    part = compiled.evaluate_batch({name: column[:, across] for name, column in columns.items()})
    assert part.figures.tobytes() == np.ascontiguousarray(whole.figures[:, across]).tobytes()
    assert np.array_equal(part.ranks, whole.ranks[:, across])


REFUSED = (
    "format: tender-eval/scheme/1\nzebra: 1\nyak: 2\nid: s\ntitle: NO\ncriteria: [{id: a, wieght: 5}]\naward: {}\n"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[list[bytes]]:
    """What processes with other hash seeds, in other places, print of sound pairs and of one that is refused."""
    refused = tmp_path_factory.mktemp("refused") / "scheme.yaml"
    refused.write_text(REFUSED, encoding="utf-8")
    files = [str(path) for s, b in PAIRS for path in (ROOT / "schemes" / s, ROOT / "fixtures" / b)]
    here, far = {"TZ": "UTC", "LC_ALL": "C"}, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "COLUMNS": "40"}
    command = [sys.executable, script("printed_evaluations"), *files, str(refused), str(refused)]
    found = []
    for seed, place in (("0", here), ("1", far), ("4711", far)):
        told = {**os.environ, "PYTHONHASHSEED": seed, **place}
        found.append(subprocess.run(command, env=told, check=True, capture_output=True).stdout.splitlines())
    return found


@pytest.mark.slow
def test_the_hash_seed_and_the_environment_do_not_matter(printed: list[list[bytes]]) -> None:
    first, *others = [lines[:-1] for lines in printed]
    assert [line.startswith(b"Evaluation(") for line in first] == [True] * len(PAIRS)
    assert all(lines == first for lines in others)


@pytest.mark.slow
def test_the_hash_seed_does_not_order_what_is_refused(printed: list[list[bytes]]) -> None:
    first, *others = [lines[-1] for lines in printed]
    assert first.count(b"TE010") > 2
    assert all(line == first for line in others)
