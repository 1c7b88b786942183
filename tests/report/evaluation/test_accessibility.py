"""What can be told of accessibility without a browser; scripts/check_html.py opens the pages in one."""

import re
from itertools import pairwise

import pytest
from contrast import SHAPES_ON, TEXT_ON, contrast
from demo_cases import demo, entry
from html_tree import Element, section, tree

from tender_eval.documents.html import document_html
from tender_eval.documents.palette import COLOURS, PARTS
from tender_eval.report.evaluation.report import report_document

NAMES = (
    "victim-services-cpqp",
    "level-playing-field",
    "small-grants-pot",
    "restricted-two-stage",
    "lots-largest-lead",
)
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11, level AA
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@pytest.fixture(scope="module", params=(NAMES[0], *(pytest.param(name, marks=pytest.mark.slow) for name in NAMES[1:])))
def found(request: pytest.FixtureRequest) -> Element:
    said = {"bid": "severn", "criterion": "staff", "old": "3", "new": "4", "reason": "Misread."}
    return tree(document_html(report_document(demo(request.param, entry(5, "correction", **said)))))


@pytest.mark.slow
def test_the_page_names_its_language_and_title(found: Element) -> None:
    assert found.one("html").attributes["lang"] == "en-GB"
    assert found.one("head").one("title").text.startswith("Evaluation report: ")


@pytest.mark.slow
def test_headings_go_down_one_level_at_a_time(found: Element) -> None:
    levels = [int(h.tag[1]) for h in found.all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert all(h.text for h in found.all(*HEADINGS))


def test_the_keyboard_skips_to_the_result(found: Element) -> None:
    first = found.all("a")[0]
    assert first.attributes == {"class": "skip", "href": "#content"}
    assert found.one(id="content").tag == "main"
    for tag in ("header", "main", "nav", "footer"):
        found.one(tag)
    assert found.one("nav").attributes["aria-labelledby"] == "contents"


def test_tables_have_captions_and_scoped_heads(found: Element) -> None:
    tables = found.all("table")
    assert tables
    for table in tables:
        assert table.one("caption").text
        assert all(th.attributes["scope"] == "col" for th in table.one("thead").all("th"))
        assert all(th.text for th in table.all("th"))
        wide = len(table.one("thead").all("th"))
        for row in table.one("tbody").all("tr"):
            heads = row.all("th")
            assert [th.attributes["scope"] for th in heads] == ["row"]
            assert sum(int(c.attributes.get("colspan", "1")) for c in row.all("th", "td")) == wide


def test_what_scrolls_takes_the_focus_and_has_a_name(found: Element) -> None:
    for group in found.all(role="group"):
        assert group.attributes["tabindex"] == "0"
        assert group.attributes["aria-label"]


@pytest.mark.slow
def test_each_chart_is_told_in_words_and_its_figures_stand_in_a_table(found: Element) -> None:
    charts = found.all("svg", class_="chart")
    assert charts
    ids = {e.attributes["id"]: e for e in found.walk() if "id" in e.attributes}
    for chart in charts:
        assert chart.attributes["role"] == "img"
        told = [ids[name] for name in chart.attributes["aria-labelledby"].split()]
        assert [e.tag for e in told] == ["title", "desc"]
        assert all(e.text for e in told)
        cells = {c.text for c in around(found, chart).all("td")}
        assert {t.text for t in chart.all("text", class_="value")} <= cells
        assert {t.text.rpartition(": ")[2] for s in chart.all("svg") for t in s.all("title")} <= cells
    inside = {id(e) for chart in charts for e in chart.walk()}
    for picture in found.all("svg"):
        assert id(picture) in inside or picture.attributes["aria-hidden"] == "true"


def around(found: Element, part: Element) -> Element:
    """The smallest section that holds a part of the page."""
    headings = [h for h in found.one("main").all("h2", "h3") if h.text != "Contents"]
    sections = [section(found.one("main"), h.text) for h in headings]
    return min((s for s in sections if any(e is part for e in s.walk())), key=lambda s: len(list(s.walk())))


@pytest.mark.slow
def test_colour_is_never_alone(found: Element) -> None:
    for row in found.all("tr", class_="won"):
        if around(found, row).all("h2", "h3")[0].text == "Ranking":
            assert row.one("span", class_="tag").text in ("Winner", "Funded")
    assert all(e.text.endswith("Met") or e.text.startswith("Winner") for e in found.all("span", class_="yes"))
    assert all(e.text.endswith("Not met") for e in found.all("span", class_="no"))


def test_what_is_folded_away_has_a_name(found: Element) -> None:
    for details in found.all("details"):
        first = next(part for part in details.parts if isinstance(part, Element))
        assert first.tag == "summary"
        assert first.text


def test_links_say_where_they_lead(found: Element) -> None:
    assert all(link.text for link in found.all("a"))


def test_the_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= TEXT


@pytest.mark.parametrize(("shape", "ground"), SHAPES_ON)
def test_shapes_stand_out(shape: str, ground: str) -> None:
    assert contrast(COLOURS[shape], COLOURS[ground]) >= SHAPE


@pytest.mark.parametrize("colour", PARTS)
def test_parts_of_bars_stand_out(colour: str) -> None:
    assert contrast(colour, COLOURS["paper"]) >= SHAPE


def test_the_style_uses_the_palette_alone(found: Element) -> None:
    style = found.one("style").text
    rules = re.sub(r":root \{.*?\}", "", style, count=1)
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= set(PARTS)
    named = set(re.findall(r"var\(--([\w-]+)\)", rules))
    assert named <= set(COLOURS)
    assert set(re.findall(r"(?<![-\w])color: var\(--([\w-]+)\)", rules)) <= {text for text, _ in TEXT_ON}
