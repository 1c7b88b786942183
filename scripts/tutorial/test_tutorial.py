"""The plugin of the guide, from its wheel: used in a scheme, linted, explained, published, recomputed, and in batches.

Run by scripts/test_plugins.py, which writes it as docs/plugins.md shows it and installs it apart.
"""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest
import tender_eval_home_visits
from click.testing import CliRunner

from tender_eval import compile_scheme, load_catalogue, load_scheme
from tender_eval.cli import main
from tender_eval.testing import parametrize_with_checks


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scheme and the bids of the guide."""
    for name in ("scheme.yaml", "bids.yaml"):
        text = (Path(__file__).parents[1] / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "tender-eval-home-visits")


def run(*args: str) -> str:
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0, done.stderr
    return done.stdout


@parametrize_with_checks(tender_eval_home_visits.HomeVisits)
def test_it_keeps_its_promises(check):
    check()


def test_it_is_short():
    lines = Path(str(tender_eval_home_visits.__file__)).read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line.strip()]) < 30


def test_it_is_used_linted_and_explained():
    result = json.loads(run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json"))
    assert result["winner"] == ["birch"]
    assert run("validate", "scheme.yaml", "bids.yaml", "--scheme", "scheme.yaml")
    linted = CliRunner().invoke(main, ["lint", "scheme.yaml", "--select", "TE3,TE4", "--format", "json"])
    assert "home_visits" not in linted.stderr
    explained = run("explain", "scheme.yaml", "bids.yaml", "alder")
    assert "min(1, visits / 12)" in explained
    assert "min(1, 9 / 12)" in explained


def test_it_is_published_with_its_docstring():
    published = run("schemes", "publish", "scheme.yaml")
    assert "A share of full marks for each home visit a month, up to twelve." in published


def test_the_workbook_recomputes_it():
    run("evaluate", "scheme.yaml", "bids.yaml", "--record", "case.jsonl")
    run("audit", "verify", "case.jsonl")
    run("report", "case.jsonl", "--format", "xlsx", "-o", "case.xlsx")
    book = openpyxl.load_workbook(BytesIO(Path("case.xlsx").read_bytes()))
    formulas = [str(c.value) for s in book for row in s.iter_rows() for c in row if str(c.value).startswith("=")]
    assert any("/12" in f.replace(" ", "") and "MIN" in f for f in formulas), "no formula works the score out"


def test_its_bids_are_drawn_in_batches():
    found = json.loads(run("fairness", "scheme.yaml", "bids.yaml", "--draws", "100", "--format", "json"))
    assert found
    assert json.loads(run("fairness", "scheme.yaml", "--draws", "100", "--format", "json"))


def test_it_is_simulated():
    """As arrays, five bids in each of a thousand tenders."""
    scheme = compile_scheme(load_scheme("scheme.yaml"), load_catalogue())
    draws = np.random.default_rng(1)
    visits = draws.integers(0, 20, (5, 1000)).astype(float)
    prices = draws.lognormal(11.5, 0.2, (5, 1000))
    found = scheme.evaluate_batch({"values.visits": visits, "price": prices})
    assert (found.ranks == 1).any(axis=0).all()
    expected = 60 * np.minimum(1, visits / 12) + 40 * prices.min(axis=0) / prices
    np.testing.assert_allclose(found.points, expected, rtol=0, atol=1e-9)
