import unicodedata
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from alone import (
    check_it_stands_alone,
    check_the_policy_lets_nothing_in_but_the_style,
    check_the_style_uses_the_palette_alone,
)
from analysed import MADE_UP, analysis, reversal
from html_tree import HEADINGS, Element, section, tree

from tender_eval.documents.html import document_html
from tender_eval.fairness.findings.analysis import Analysis
from tender_eval.fairness.findings.notes import NoNearest, NoNearestBecause
from tender_eval.fairness.findings.results import MarkTipping, NearestWeights
from tender_eval.report.fairness.document import fairness_document

LOTS = ("north", "south")


def fairness_page(found: Analysis) -> str:
    return document_html(fairness_document(found))


def page(**changes: Any) -> Element:
    return tree(fairness_page(analysis(**changes)))


@pytest.fixture(scope="module", params=[("",), LOTS], ids=["one", "lots"])
def found(request: pytest.FixtureRequest) -> Element:
    return page(lots=request.param)


def beside(found: Element, chart: Element) -> list[Element]:
    """What stands under the same heading as a chart."""
    parts = [part for part in found.one("div", class_="rest").parts if isinstance(part, Element)]
    at = next(n for n, part in enumerate(parts) if chart in part.all("svg"))
    headings = [n for n, part in enumerate(parts) if part.tag in HEADINGS]
    first = max(n for n in headings if n < at)
    return parts[first : min(n for n in headings if n > at)]


def rows(found: Element, caption: str) -> list[list[str]]:
    table = next(t for t in found.all("table") if t.one("caption").text.startswith(caption))
    return [[c.text for c in row.all("th", "td")] for row in table.one("tbody").all("tr")]


def test_the_answer_comes_first_in_sentences() -> None:
    first = page().one("div", class_="first")
    assert "Alder House" in first.one("p", class_="headline").text
    told = [li.text for li in first.one("ul", class_="lead").all("li")]
    assert told[0] == "Over 10,000 weightings drawn around the published one, Alder House comes first in 97%."
    assert "Without Cedar & Co, or with it rejected, Birch Trust would win instead of Alder House." in told
    assert "Published as 60% Quality and 40% Price; with these bids it acts like 31% Quality and 69% Price." in told


def test_sections_come_in_the_order_of_the_contents() -> None:
    found = page()
    headings = [h.text for h in found.all("h2")]
    assert headings == [
        "The answer", "Contents", "The ranking as it stands", "Rank reversal", "Tipping points",
        "Robustness of the ranking", "Effective weights",
        "Price curves", "Groups of providers", "Gaming", "The same bids under other schemes and price formulas",
        "What was not tried, and what to know", "How this was done",
    ]  # fmt: skip
    assert [a.text for a in found.one("nav").all("a")] == [headings[0], *headings[2:]]


def test_sections_without_findings_are_left_out() -> None:
    nothing = page(tipping=(), marks=(), prices=(), rejections=(), acceptability=None, near=None, winners=None,
                   panel_disagreement=None, effective_weights=(), curves=(), groups=(), gaming=(), alternatives=(),
                   notes=(), reversals=(), nearest=None)  # fmt: skip
    assert [h.text for h in nothing.all("h2")] == [
        "The answer", "Contents", "The ranking as it stands", "Rank reversal", "How this was done",
    ]  # fmt: skip
    assert "No bid that was removed" in section(nothing, "Rank reversal").text


@pytest.mark.slow
def test_weights_that_need_not_move_are_no_finding() -> None:
    """Where two are level already, tipping says that the least change decides."""
    level = NearestWeights(("b",), {"quality": Fraction(60), "price": Fraction(40)}, Fraction(0))
    told = section(page(nearest=level), "Tipping points").text
    assert "Over all weights together" not in told
    assert "The nearest weights" not in told


def test_names_stand_for_ids() -> None:
    assert rows(page(), "Changes of order")[1] == [
        "Cedar & Co is removed or rejected",
        "Birch Trust",
        "Alder House",
        "Birch Trust",
    ]
    assert rows(page(), "How far one weight")[0][0] == "Quality"


def test_ids_stand_beside_names_for_the_sentences_that_use_them() -> None:
    assert rows(page(), "The bids, as the scheme ranks them") == [
        ["a", "Alder House", "1", "86.00"], ["b", "Birch Trust", "2", "85.60"], ["c", "Cedar & Co", "3", "64.00"],
    ]  # fmt: skip
    ploys = rows(page(), "Ways to play the scheme")
    assert [row[-1] for row in ploys] == ["this bid", "Birch Trust"]


def test_names_that_begin_alike_are_told_apart_in_charts() -> None:
    long = "Partnership for the Women of the North, "
    found = page(names={"a": long + "Harbour", "b": long + "Estuary", "c": "Cedar & Co"})
    chart = section(found, "Robustness of the ranking").all("svg", class_="chart")[0]
    labels = [t.text for t in chart.all("text") if "…" in t.text]
    assert len(labels) == len(set(labels)) == 2
    assert [label.rpartition("…")[2] for label in labels] == ["rth, Harbour", "rth, Estuary"]


def test_figures_of_a_table_stand_under_each_other() -> None:
    compared = next(t for t in page().all("table") if t.one("caption").text.startswith("Who wins the same"))
    assert [c.attributes["class"] for c in compared.one("tbody").all("tr")[0].all("td")] == ["text", *["number"] * 5]


def test_a_title_within_a_sentence_can_be_told_from_it() -> None:
    (told,) = [li for li in page().one("ul", class_="lead").all("li") if li.text.startswith("If the weight of")]
    assert [title.text for title in told.all("i")] == ["Quality"]


def test_a_long_list_in_a_table_is_not_one_word_wide_on_a_phone() -> None:
    """The last of many columns would else make rows as high as the screen: tables scroll."""
    names = {bid: f"The Long-Named Partnership of {bid}" for bid in "abc"}
    tip = MarkTipping("a", "quality", Fraction(80), Fraction(81), ("a", "b", "c"))
    found = section(page(names=names, marks=(tip, replace(tip, winner=("a",)))), "Tipping points")
    table = next(t for t in found.all("table") if t.one("caption").text.startswith("Single marks"))
    assert [row.all("td")[-1].attributes["class"] for row in table.one("tbody").all("tr")] == ["wide", "text"]


def test_what_stands_beside_a_bar_never_stands_on_it() -> None:
    """Beside bars of 68% there is room for the longest text on a page as narrow as a phone."""
    chart = next(s for s in page().all("svg", class_="chart") if s.all("rect", class_="nominal"))
    lanes = [part for part in chart.parts if isinstance(part, Element) and part.all("rect", class_="track")]
    assert {lane.attributes["width"] for lane in lanes} == {"68%"}
    assert max(len(told.text) for told in chart.all("text", class_="value")) < 8


def test_bids_that_are_made_up_are_announced_before_the_answer() -> None:
    text = page(made_up=MADE_UP).one("div", class_="first").text
    assert text.index("6 bids were made up (seed 1)") < text.index("Alder House")


def test_the_method_names_its_sources() -> None:
    told = section(page(), "How this was done").text
    assert "Lahdelma and Salminen" in told
    assert "29 CFR 1607.4(D)" in told
    assert "Procurement Act 2023 section 19(3) to (5)" in told
    assert "not legal advice" in told


def test_each_lot_is_told_by_itself() -> None:
    found = page(lots=LOTS)
    assert [h.text for h in found.all("h2")] == [
        "The answer",
        "Contents",
        "Lot north",
        "Lot south",
        "How this was done",
    ]
    headlines = [verdict.one("p", class_="headline").text for verdict in found.all("div", class_="verdict")]
    assert rows(found, "The answer for each lot") == [[f"Lot {lot}", headlines[n]] for n, lot in enumerate(LOTS)]
    assert [a.attributes["href"] for a in found.one("div", class_="first").all("a")] == ["#lot-north", "#lot-south"]


@pytest.mark.slow
def test_of_many_lots_each_is_a_line_of_one_table_and_folded_beneath_its_answer() -> None:
    lots = ("north", "south", "east", "west")
    found = page(lots=lots, limited_across_lots=True)
    (glance,) = (
        t for t in found.all("table") if t.one("caption").text.startswith("Who is first in each lot by itself")
    )
    assert [r.all("th", "td")[0].text for r in glance.one("tbody").all("tr")] == list(lots)
    folded = [d for d in found.all("details") if "This lot in full" in d.one("summary").text]
    assert len(folded) == len(lots)
    assert all(len(d.all("table")) > 5 and "open" not in d.attributes for d in folded)
    assert found.text.count("what the scheme's limits make of it") == 2  # in the answer, and once for all lots
    listed = [a.text for a in found.one("nav", class_="contents").all("a")]
    assert listed == ["The answer", "Each lot by itself", *(f"Lot {lot}" for lot in lots), "How this was done"]
    assert "This lot in full" not in page(lots=lots[:3]).text


@pytest.mark.slow
def test_limits_across_lots_are_told_where_all_lots_are_answered() -> None:
    told = "what the scheme's limits make of it is told with all lots together"
    assert told in page(lots=LOTS, limited_across_lots=True).one("div", class_="first").text
    assert told not in page(lots=LOTS).text


def test_a_bid_on_a_curve_has_the_same_number_in_chart_and_table() -> None:
    found = section(page(), "Price curves")
    assert rows(found, "Price, lowest over price") == [
        ["Alder House", "1", "£100", "95%"], ["Birch Trust", "2", "£125", "76%"], ["Cedar & Co", "3", "£95", "100%"],
    ]  # fmt: skip
    assert sorted(t.text for t in found.all("text", class_="number")) == ["1", "2", "3"]


def test_headings_go_down_one_level_at_a_time(found: Element) -> None:
    levels = [int(h.tag[1]) for h in found.all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_tables_have_captions_and_scoped_heads(found: Element) -> None:
    for table in found.all("table"):
        assert table.one("caption").text
        heads = table.one("thead").all("th")
        assert all(th.attributes["scope"] == "col" and th.text for th in heads)
        for row in table.one("tbody").all("tr"):
            assert [th.attributes["scope"] for th in row.all("th")] == ["row"]
            assert len(row.all("th", "td")) == len(heads)
    for group in found.all(role="group"):
        assert group.attributes["tabindex"] == "0"
        assert group.attributes["aria-label"]


def test_each_chart_is_told_in_words_and_its_figures_stand_in_a_table(found: Element) -> None:
    charts = found.all("svg", class_="chart")
    assert len(charts) in (5, 10)
    ids = {e.attributes["id"]: e for e in found.walk() if "id" in e.attributes}
    for chart in charts:
        assert chart.attributes["role"] == "img"
        told = [ids[name] for name in chart.attributes["aria-labelledby"].split()]
        assert [e.tag for e in told] == ["title", "desc"]
        assert all(e.text for e in told)
        cells = {c.text for part in beside(found, chart) for c in part.all("td")}
        told_of_marks = [t for t in chart.all("text", "title") if t.attributes.get("class") != "tick"]
        assert {t.text.rpartition(" ")[2] for t in told_of_marks if t.text[-1:] == "%"} <= cells
        assert chart.all("text", class_="tick")  # an axis that can be read
    drawn = {id(e) for chart in charts for e in chart.walk()}
    assert all(id(p) in drawn or p.attributes["aria-hidden"] == "true" for p in found.all("svg"))


def test_the_file_stands_alone(found: Element) -> None:
    check_it_stands_alone(found)


def test_the_policy_lets_nothing_in_but_the_style() -> None:
    check_the_policy_lets_nothing_in_but_the_style(page())


def test_the_style_uses_the_palette_alone() -> None:
    check_the_style_uses_the_palette_alone(page())


EVIL = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp; =cmd|' /C calc'!A0 \u202eevil\u2066 "
    "\x1b[2J \U0001f469\u200d\U0001f467 {{7*7}} {% raw %} --></style></title></svg>"
)


def hostile(text: str) -> str:
    return fairness_page(
        analysis(
            {bid: f"{text} {bid}" for bid in "abc"},
            text,
            lots=LOTS,
            notes=(NoNearest(NoNearestBecause.NOT_STATED, text, text),),
            made_up=replace(MADE_UP, areas=(text,)),
        )
    )


def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.tag, tuple(sorted(e.attributes))) for e in tree(text).walk() if e.tag != "bdi"]


@pytest.mark.slow
def test_hostile_text_is_only_read() -> None:
    text = hostile(EVIL)
    assert shape(text) == shape(hostile("harmless text"))
    assert "<script" not in text
    assert "<img" not in text
    assert "&amp;lt;" not in text  # escaped once, not twice
    assert "7*7" in text
    kinds = {unicodedata.category(c) for c in text} - {"Cc"}
    assert not kinds & {"Cf", "Cs", "Zl", "Zp"}
    assert {c for c in text if unicodedata.category(c) == "Cc"} == {"\n"}


@pytest.mark.slow
def test_long_names_are_short_where_they_are_named() -> None:
    assert len(fairness_page(analysis({bid: bid * 100_000 for bid in "abc"}, "T" * 100_000))) < 100_000


def test_the_same_study_gives_the_same_bytes() -> None:
    assert fairness_page(analysis()) == fairness_page(analysis())


def test_many_bids_and_places_still_make_a_page() -> None:
    smaa = analysis().lots[""].findings.acceptability
    assert smaa is not None
    many = {f"b{n}": tuple(1 / 12 for _ in range(12)) for n in range(12)}
    found = page(
        acceptability=type(smaa)(100, {}, many, {}, {}, 0.01), reversals=(reversal("remove", "c", ("a", "b")),)
    )
    heads = [
        th.text for th in next(t for t in found.all("table") if "random weightings" in t.text).all("th", scope="col")
    ]
    assert heads == ["Bid", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th or later"]
    assert rows(found, "Share of random")[0][-1] == "50%"
