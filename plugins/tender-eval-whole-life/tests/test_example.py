"""The shipped example, loaded from its files and evaluated through the public calls."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from tender_eval import Refused, compile_scheme, dump_scheme, load_bids, load_catalogue, load_scheme
from tender_eval.languages import steps as words

EXAMPLES = Path(__file__).parents[1] / "examples"
SCHEME, BIDS = EXAMPLES / "whole-life.yaml", EXAMPLES / "whole-life.bids.yaml"
V = Fraction(1000, 1035)  # what money a year ahead counts at 3.5%
YEARLY = V + V**2 + V**3 + V**4 + V**5
COST = {
    "a": 20000 + 300000 * YEARLY + 15000 * (V**2 + V**4) + 5000 * V**5 - 12000 * V**5,
    "b": 60000 + 290000 * YEARLY + 40000 * (V**2 + V**4) + 30000 * V**5,
}


@pytest.fixture(scope="module")
def compiled(desk):
    return compile_scheme(load_scheme(SCHEME), desk.catalogue)


def test_the_lowest_annual_price_is_not_the_lowest_cost(compiled):
    found = compiled.evaluate(load_bids(BIDS))
    assert found.winner == ("a",)
    assert {b.id: b.figure for b in found.bids} == {"a": 88, "b": 48 + 40 * COST["a"] / COST["b"]}


def test_every_figure_leads_to_its_line(compiled):
    found = compiled.evaluate(load_bids(BIDS))
    places = {words.label(s.label): s.where for s in found.bid("a").criterion("cost").step.walk() if s.where}
    text = BIDS.read_text(encoding="utf-8").splitlines()
    for label, figure in (("prices.annual", "300000"), ("values.avoided_health", "40000")):
        where = places[label]
        assert text[where.line - 1][where.column - 1 :].startswith(figure)


def test_in_batch_it_is_the_same(compiled):
    bids = load_bids(BIDS)
    names = {name for bid in bids.bids for name in bid.figures if name.startswith(("prices.", "values."))}
    columns = {name: np.array([[float(b.figures[name].value)] for b in bids.bids]) for name in names}
    columns["marks.delivery"] = np.array([[4.0], [4.0]])
    batch = compiled.evaluate_batch(columns)
    assert batch.ranks.tolist() == [[1], [2]]
    expected = [[88.0], [float(48 + 40 * COST["a"] / COST["b"])]]
    np.testing.assert_allclose(batch.points, expected, rtol=0, atol=1e-9)


def test_dumped_and_loaded_it_gives_the_same_result(compiled, desk, tmp_path):
    again = tmp_path / "again.yaml"
    again.write_text(dump_scheme(compiled.scheme), encoding="utf-8")
    found = compile_scheme(load_scheme(again), desk.catalogue).evaluate(load_bids(BIDS))
    assert [(b.id, b.figure) for b in found.bids] == [(b.id, b.figure) for b in compiled.evaluate(load_bids(BIDS)).bids]


def test_without_the_plugin_it_is_refused_where_it_names_the_scorer():
    with pytest.raises(Refused) as caught:
        compile_scheme(load_scheme(SCHEME), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))
    (problem,) = caught.value.diagnostics
    assert problem.code == "TE044"
    assert SCHEME.read_text(encoding="utf-8").splitlines()[problem.where.line - 1].strip() == "name: whole_life_cost"


def test_a_misspelt_way_to_be_paid_is_located(tmp_path, desk):
    broken = tmp_path / "broken.yaml"
    text = SCHEME.read_text(encoding="utf-8").replace("{in_year: 5}", "yearly")
    broken.write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        compile_scheme(load_scheme(broken), desk.catalogue)
    (problem,) = caught.value.diagnostics
    assert problem.code == "TE016"
    line = text.splitlines()[problem.where.line - 1]
    assert line[problem.where.column - 1 :].startswith("yearly")
