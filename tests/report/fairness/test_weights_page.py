"""The page on which weights are moved: what stands in it is what was ranked, and its script only looks up."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from fractions import Fraction

from by_hand import drawn, scenario, totals
from html_tree import tree

from tender_eval.documents.lookup import SCRIPT
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions, LotAnalysis
from tender_eval.fairness.findings.results import Findings
from tender_eval.report.fairness.weights_page import weights_html

OF = drawn(3, criteria=2, count=3)


def page(name: str = "Alder") -> str:
    given = scenario(OF)
    evaluation = given.evaluation
    found = Findings("s", "S", "", {bid: f"{name} {bid}" for bid in OF.bids}, None, evaluation.winner, given.order, {},
                     evaluation.figure, evaluation.best, False)  # fmt: skip
    return weights_html(Analysis(given.scheme, given.bids, AnalysisOptions(), {"": LotAnalysis(evaluation, found)}))


def held(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json">(.*?)</script>', text)
    assert found is not None
    data: dict[str, object] = json.loads(found[1])
    return data


def test_every_setting_holds_the_ranking_at_its_weights() -> None:
    data = held(page())
    values, settings = data["values"], data["settings"]
    assert isinstance(values, list)
    assert isinstance(settings, dict)
    for key, (_, rows) in list(settings.items())[::101]:
        chosen = [Fraction(values[n][int(place)]) for n, place in enumerate(key.split("/"))]
        expected = totals(OF, [*chosen, 100 - sum(chosen)])
        told = {cells[0].removeprefix("Alder "): Fraction(cells[2]) for _, cells in rows}
        assert all(abs(told[bid] - points) <= Fraction(1, 100) for bid, points in expected.items())
        assert [wins for wins, _ in rows] == [
            points == max(expected.values()) for points in sorted(expected.values(), reverse=True)
        ]


def test_the_published_ranking_is_shown_before_anything_is_moved() -> None:
    found = tree(page())
    first = found.one("tbody").all("tr")[0]
    assert first.one("th").text == f"Alder {max(totals(OF), key=lambda bid: totals(OF)[bid])}"
    said = found.one("p", class_="told", **{"aria-live": "polite"}).text
    assert said.startswith("As published: q0 ")
    shown = [one.text for one in found.all("output")]
    assert shown == re.findall(r"q\d ([\d.]+)", said)[: len(shown)], "the weights themselves, between steps or not"
    assert held(page())["begins"] == shown


def test_the_script_works_out_nothing() -> None:
    assert not re.search(r"[-+*%]=?|Math|Number|parse(Int|Float)|\d\.\d", re.sub(r'"[^"]*"|=>|aria-\w+', "", SCRIPT))


def test_the_page_runs_its_own_script_alone_and_fetches_nothing() -> None:
    text = page()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    told = policy[1].replace("&#39;", "'")
    assert f"script-src 'sha256-{digest}'" in told
    assert "default-src 'none'" in told
    assert not re.search(r'(src|href)="|url\(|@import|fetch|XMLHttp', text)


def test_hostile_names_are_only_read() -> None:
    evil = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\u202e'
    text = page(evil)
    assert text.count("<script") == 2
    assert "<img" not in text
    assert "\u202e" not in text


def test_the_same_analysis_gives_the_same_page() -> None:
    assert page() == page()
