"""Evaluations in a notebook: frames that hold what the result holds, a short text, and HTML that runs nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

from tender_eval import (
    Evaluation,
    NotFound,
    Refused,
    bids_from_data,
    compile_scheme,
    load_bids,
    load_catalogue,
    load_scheme,
    scheme_from_data,
)

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
HOSTILE = "<script>alert(1)</script>&\x1b[2J\u202e"
SCHEME = {
    "format": "tender-eval/scheme/1", "id": "s", "title": HOSTILE,
    "conditions": [{"id": "policy", "reads": "declarations.policy", "must_be": True}],
    "criteria": [
        {"id": "quality", "weight": 70, "scorer": {"name": "mark", "out_of": 3}},
        {"id": "price", "weight": 30, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score"},
}  # fmt: skip


def evaluation() -> Evaluation:
    bids = [
        {"id": "a", "price": 90, "marks": {"quality": 2}, "declarations": {"policy": True}},
        {"id": "b", "price": 70, "marks": {"quality": 1}, "declarations": {"policy": True}},
        {"id": "c", "price": 10, "marks": {"quality": 3}, "declarations": {"policy": False}},
    ]
    named = [{**bid, "supplier": {"name": f"{HOSTILE} {bid['id']}"}} for bid in bids]
    scheme = compile_scheme(scheme_from_data(SCHEME), CATALOGUE)
    return scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": named}))


@pytest.fixture(scope="module")
def found() -> Evaluation:
    return evaluation()


@pytest.fixture(scope="module")
def shipped() -> Evaluation:
    scheme = compile_scheme(load_scheme(ROOT / "schemes" / "victim-services-cpqp.yaml"), CATALOGUE)
    return scheme.evaluate(load_bids(ROOT / "fixtures" / "victim-services-cpqp.bids.yaml"))


def test_the_bids_are_a_frame_in_rank_order(found: Evaluation) -> None:
    frame = found.to_frame()
    assert frame.index.tolist() == ["a", "b", "c"]
    assert frame.index.name == "bid"
    assert frame["rank"].tolist()[:2] == [1, 2]
    assert frame["rank"].isna().tolist() == [False, False, True]
    assert frame["wins"].tolist() == [True, False, False]
    assert frame["points.quality"].tolist()[:2] == pytest.approx([140 / 3, 70 / 3])
    assert frame["status"].tolist() == ["ranked", "ranked", "rejected"]
    assert frame.loc["c", "why"].startswith('condition "policy" is not met')
    kinds = {name: str(frame[name].dtype) for name in ("rank", "tied", "wins", "figure", "points.price")}
    assert kinds == {"rank": "Int64", "tied": "bool", "wins": "bool", "figure": "float64", "points.price": "float64"}


def test_exact_figures_stay_fractions(found: Evaluation) -> None:
    frame = found.to_frame(exact=True)
    assert frame.loc["a", "points.quality"] == Fraction(140, 3)
    assert frame.loc["a", "figure"] == found.bid("a").figure
    assert isinstance(frame.loc["b", "figure"], Fraction)


def test_money_and_lots_have_columns_where_there_are_any() -> None:
    grants = compile_scheme(load_scheme(ROOT / "schemes" / "small-grants-pot.yaml"), CATALOGUE)
    frame = grants.evaluate(load_bids(ROOT / "fixtures" / "small-grants-pot.bids.yaml")).to_frame()
    assert frame["award"].sum() > 0
    assert "lot" not in frame
    lots = compile_scheme(load_scheme(ROOT / "schemes" / "lots-largest-lead.yaml"), CATALOGUE)
    found = lots.evaluate_lots(load_bids(ROOT / "fixtures" / "lots-largest-lead.bids.yaml"))
    together = pd.concat(one.to_frame() for one in found.values())
    assert together["lot"].unique().tolist() == ["north", "south", "east", "west"]
    assert "award" not in together


def test_every_step_is_in_the_frame_with_the_step_that_it_is_an_input_of(shipped: Evaluation) -> None:
    frame = shipped.steps_frame()
    assert len(frame) == sum(1 for bid in shipped.bids for _ in bid.step.walk())
    severn = frame.loc["severn"]
    walked = list(shipped.bid("severn").step.walk())
    assert severn["value"].tolist() == [step.value for step in walked]
    assert severn["number"].isna().tolist() == [step.number is None for step in walked]
    for number, step in enumerate(walked):
        below = severn.index[severn["parent"] == number]
        assert severn.loc[below, "value"].tolist() == [part.value for part in step.inputs]
    people = shipped.bid("severn").criterion("people")
    assert people is not None
    assert severn[severn["criterion"] == "people"]["label"].tolist()[0] == people.title
    assert severn["depth"].max() > 4
    assert severn["where"].str.contains(r"victim-services-cpqp\.bids\.yaml:\d").any()


def test_text_that_knows_its_place_is_plain_text_in_a_frame(shipped: Evaluation) -> None:
    frame = shipped.to_frame()
    assert {type(name) for name in frame["name"]} == {str}
    assert {type(name) for name in frame.index} == {str}


@pytest.mark.parametrize("known", ["scheme", "bids", "result", "step", "batch", "columns"])
def test_what_a_notebook_prints_is_short(known: str) -> None:
    scheme = compile_scheme(load_scheme(ROOT / "schemes" / "victim-services-cpqp.yaml"), CATALOGUE)
    bids = load_bids(ROOT / "fixtures" / "victim-services-cpqp.bids.yaml")
    result, columns = scheme.evaluate(bids), bids.columns(scheme, draws=2)
    said = {
        "scheme": "<CompiledScheme victim-services-cpqp: 9 scored criteria, lowest_cost_per_quality_point>",
        "bids": "<Bids: quantock, severn, meridian, brightline, tor, kingfisher>",
        "result": "<Evaluation of victim-services-cpqp: winner: severn; 4 ranked, 2 rejected>",
        "step": "<Step RankOf(bid='severn') = 1, of 4 steps>",
        "batch": "<BatchResult of 6 bids in 2 draws>",
        "columns": "<BatchColumns 6 x 2: ",
    }
    things = (scheme, bids, result, result.bids[0].step, scheme.evaluate_batch(columns), columns)
    shown = dict(zip(said, map(repr, things), strict=True))[known]
    assert shown == said[known] or (known == "columns" and shown.startswith(said[known]) and len(shown) < 600)


def test_a_tie_is_told_in_the_short_text() -> None:
    scheme = compile_scheme(scheme_from_data({**SCHEME, "conditions": []}), CATALOGUE)
    same = [{"id": name, "price": 5, "marks": {"quality": 2}} for name in "ab"]
    result = scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": same}))
    assert repr(result) == "<Evaluation of s: tied: a, b; 2 ranked>"
    assert repr(result.bid("a")) == "<BidResult a: rank 1>"


def test_asking_for_no_bid_names_those_that_may_be_meant(shipped: Evaluation) -> None:
    with pytest.raises(NotFound) as e:
        shipped.bid("svern")
    assert str(e.value) == 'there is no bid "svern"; did you mean "severn"?'
    assert isinstance(e.value, KeyError)
    assert shipped.find("svern") is None
    with pytest.raises(NotFound, match="known here: brightline, kingfisher, "):
        shipped.bid("\x1b[2J")


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_hostile_text_is_text_in_html(found: Evaluation) -> None:
    shown = found._repr_html_()
    assert shown is not None
    read = Tags(shown)
    assert "table" in read.tags
    assert {"script", "style", "img", "iframe", "link"}.isdisjoint(read.tags)
    assert not [name for name in read.attributes if name.startswith("on") or name in ("src", "href", "style")]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;\\x1b[2J\\u202e" in shown
    assert "\x1b" not in shown
    assert "Winner" in shown


def test_without_jinja2_a_notebook_shows_the_short_text(found: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tender_eval.notebook.html.find_spec", lambda _name: None)
    assert found._repr_html_() is None


def test_without_pandas_it_is_said_what_to_install(found: Evaluation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tender_eval.model.extras.find_spec", lambda _name: None)
    for ask in (found.to_frame, found.steps_frame):
        with pytest.raises(Refused, match=r'"pandas" is not installed.*\n  mend: pip install .tender-eval\[notebook\]'):
            ask()


def test_what_is_refused_is_told_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(Refused) as e:
        load_bids(tmp_path / "a\x1bb.yaml")
    first, mend = str(e.value).splitlines()
    assert "error TE001: cannot read" in first
    assert mend == "  mend: check the path"
    assert "\\x1b" in first


@pytest.mark.slow
def test_evaluating_and_loading_results_load_no_pandas() -> None:
    code = (
        "import json, sys\nfrom tender_eval import compile_scheme, load_bids, load_scheme, BatchResult, BatchColumns\n"
        f"s = compile_scheme(load_scheme({str(ROOT / 'schemes/light-touch-60-40.yaml')!r}))\n"
        f"b = load_bids({str(ROOT / 'fixtures/two-schemes.bids.yaml')!r})\n"
        "s.evaluate(b), s.evaluate_batch(b.columns(s, draws=3))\n"
        "print(json.dumps([n for n in ('pandas', 'jinja2', 'tender_eval.notebook') if n in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert json.loads(done.stdout) == []
