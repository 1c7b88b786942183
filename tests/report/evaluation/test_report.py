import unicodedata
from typing import Any

import pytest
from alone import check_it_stands_alone, check_the_policy_lets_nothing_in_but_the_style
from demo_cases import HEAD, demo, entry, inline_case
from html_tree import Element, section, tree
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import leaf, scheme

from tender_eval.case.case import Case
from tender_eval.documents.html import document_html
from tender_eval.documents.model import walk
from tender_eval.documents.writers import FORMATS
from tender_eval.report.evaluation.report import report_document

SCALE = [
    {"mark": 0, "score": "0%", "title": "Poor"},
    {"mark": 3, "score": "60%", "title": "Fair"},
    {"mark": 5, "score": "100%", "title": "Good"},
]
CRITERIA = (
    leaf("care", 60, {"name": "mark", "scale": "s"}, title="Care"),
    leaf("price", 40, "ratio_to_lowest", title="Price"),
)
ON_REJECTION = {"on_rejection": "recompute"}
CORRECTION: dict[str, Any] = {
    "bid": "a", "field": "marks.care", "old": "3", "new": "5", "reason": "Page 31 was misread.", "made_by": "the chair",
}  # fmt: skip


def bid(price: object, mark: object = 5, name: str = "A Ltd", **story: object) -> dict[str, Any]:
    return {"supplier": {"name": name}, "price": price, "marks": {"care": {"agreed": mark, **story}}}


def small(by_id: dict[str, Any], *entries: Any, **more: Any) -> Case:
    stated = scheme(*CRITERIA, scales={"s": SCALE}, award=ON_REJECTION, currency="GBP", **more.pop("scheme", {}))
    return inline_case(stated, by_id, *entries, **more)


def html_report(case: Case, sensitivity: str = "") -> str:
    return document_html(report_document(case, sensitivity))


def page(case: Case, sensitivity: str = "") -> Element:
    return tree(html_report(case, sensitivity))


def card(found: Element, title: str, number: int = 0) -> Element:
    cards = found.all("div", class_="group")
    return [c for c in cards if c.all("h4", "h5")[0].text.startswith(title)][number]


@pytest.mark.slow
def test_the_result_is_told_first() -> None:
    found = page(demo("victim-services-cpqp"))
    verdict, gap = found.one("div", class_="verdict"), "£3,075.38"
    wins = "Severn Vale Together wins with a cost per quality point"
    assert [p.text for p in verdict.all("p")] == [
        "Winner: Severn Vale Together",
        f"{wins} of £27,397.26, {gap} less than Quantock Victim Care. Nothing is decided yet.",
        "6 bids received, 4 ranked, 2 not ranked. 2 matters must be looked at before the decision.",
    ]


@pytest.mark.slow
def test_the_ranking_shows_every_bid() -> None:
    rows = section(page(demo("victim-services-cpqp")), "Ranking").one("tbody").all("tr")
    assert [[c.text for c in row.all("th", "td")] for row in rows][:2] == [
        ["1", "Severn Vale Together (severn)", "£27,397.26", "87.60", "Winner"],
        ["2", "Quantock Victim Care (quantock)", "£30,472.64", "80.40", "Ranked"],
    ]
    assert [row.all("td")[-1].text for row in rows[-2:]] == ["Rejected", "Rejected"]


@pytest.mark.slow
def test_each_mark_has_its_story() -> None:
    told = card(page(demo("victim-services-cpqp")), "Partnership").text
    assert "10.00 of 10 points · score 100% · mark 5, Excellent" in told
    assert "page 31 shows it in use since 2023" in told
    assert "Individual marks commissioner 3, practitioner 5, survivor 5" in told
    assert "Agreed by commissioner, practitioner and survivor on 8 May 2026" in told


def test_what_is_not_recorded_is_said() -> None:
    told = card(page(small({"a": bid(100)})), "Care").text
    assert "No reason is recorded for this mark." in told
    assert "No individual marks are recorded." in told
    assert "Who agreed this mark, and when, is not recorded." in told


def test_what_no_panel_marked_shows_its_rule_and_numbers() -> None:
    told = card(page(small({"a": bid(100), "b": bid(80, name="B Ltd")})), "Price", 1).text
    assert "32.00 of 40 points · score 80%" in told
    assert "Rule lowest / figure" in told
    assert "With the figures of this bid 80 / 100" in told
    assert "Worked out by ratio to lowest" in told
    assert "tender-eval" not in told


def test_a_mark_that_was_given_but_not_counted_is_shown() -> None:
    conditions = [{"id": "insured", "reads": "declarations.insured", "must_be": True}]
    case = small({"a": bid(100, 3, reason="Sound.")}, scheme={"conditions": conditions})
    told = card(page(case), "Care").text
    assert "Given, but not counted" in told
    assert "mark 3, Fair" in told
    assert "Sound." in told


@pytest.mark.slow
def test_the_price_is_worked_out_part_by_part() -> None:
    found = page(demo("victim-services-cpqp"))
    price = section(found, "Price")
    assert "Annual price: paid in each of 5 years." in price.text
    assert [c.text for c in price.one("tbody").all("tr")[0].all("th", "td")] == [
        "Severn Vale Together", "£2,350,000", "£35,000", "£15,000", "£2,400,000",
    ]  # fmt: skip
    working = next(d for d in found.all("details") if "price of Severn" in d.one("summary").text)
    assert [c.text for c in working.one("tbody").all("tr")[0].all("th", "td")] == [
        "Annual price", "figure × 5 years", "470,000 × 5", "£2,350,000",
    ]  # fmt: skip


@pytest.mark.slow
def test_conditions_rejections_and_flags_are_told() -> None:
    found = page(demo("victim-services-cpqp"))
    row = next(r for r in section(found, "Conditions").all("tr") if r.text.startswith("Tor Valley Advice"))
    assert [c.text for c in row.all("td")] == [
        "✓ Met", "✗ Not met whistleblowing policy is false",
        "✓ Met annual income of all confirmed members together is £340,000",
    ]  # fmt: skip
    assert "the mark 2 is below the minimum mark 3" in section(found, "Bids that are not ranked, and why").text
    flags = section(found, "To be looked at before the decision").text
    assert "Severn Vale Together: marks for Partnership diverge" in flags
    assert "Brightline Response: abnormally low? the price £1,600,000 is 26.4% below the mean £2,175,000" in flags


@pytest.mark.slow
def test_how_firm_the_result_is() -> None:
    told = section(
        page(demo("victim-services-cpqp"), "Seven of ten reweightings keep it."), "How firm the result is"
    ).text
    assert "Severn Vale Together and Quantock Victim Care are £3,075.38 apart on cost per quality point." in told
    assert "Seven of ten reweightings keep it." in told


def test_a_tie_is_declared() -> None:
    found = page(small({"a": bid(100), "b": bid(100, name="B Ltd")}))
    verdict = found.one("div", class_="verdict")
    assert "tied" in verdict.attributes["class"]
    assert verdict.one("p", class_="headline").text == "Winner: undecided between A Ltd and B Ltd"
    assert "the authority must decide, by a procedure that it announces" in verdict.text
    assert [t.text for t in section(found, "Ranking").all("span", class_="tag")] == ["Tied", "Tied"]
    assert not found.all("tr", class_="won")


def test_nobody_left() -> None:
    conditions = [{"id": "insured", "reads": "declarations.insured", "must_be": True}]
    found = page(small({"a": bid(100)}, scheme={"conditions": conditions}))
    assert found.one("p", class_="headline").text == "Winner: none"
    assert not found.all("svg", class_="chart")


def test_corrections_stand_at_the_head_at_the_mark_and_in_the_history() -> None:
    case = small({"a": bid(100), "b": bid(110, name="B Ltd")}, entry(7, "correct", **CORRECTION))
    found = page(case)
    on_first_page = "12 May 2026: the mark for Care of A Ltd was put right from 3 to 5: Page 31 was misread."
    assert on_first_page in section(found, "Result at a glance").text
    said = "Corrected from 3 to 5 on 12 May 2026 by the chair: Page 31 was misread."
    assert said in card(found, "Care", 0).text
    assert said not in card(found, "Care", 1).text
    (item,) = section(found, "History of the record").all("li")
    assert item.text.startswith("Correction of a figure, 12 May 2026, 09:00:00 UTC (entry 7)")
    assert "Page 31 was misread." in item.one("div", class_="heed").text


def test_the_history_shows_what_people_entered_and_not_what_was_found() -> None:
    entries = (
        entry(0, "genesis", stage="complete", environment={"python": "3.13"}),
        entry(1, "inputs", scheme={"name": "s.yaml", "sha256": "ab", "base64": "Zm9v"}),
        entry(2, "score", bid="a", criterion="care"),
        entry(3, "price_opened", name="prices.yaml"),
    )
    history = section(page(small({"a": bid(100)}, *entries)), "History of the record")
    assert [item.one("strong").text for item in history.all("li")] == [
        "Record begun", "Scheme and bids taken in", "Prices opened",
    ]  # fmt: skip
    assert "s.yaml" in history.text
    assert "Zm9v" not in history.text
    assert "3.13" not in history.text


@pytest.mark.slow
def test_the_record_is_identified_and_can_be_checked() -> None:
    case = demo("victim-services-cpqp")
    told = section(page(case), "The record, and how to check it").text
    assert HEAD in told
    assert case.compiled.scheme.sha256 in told
    assert case.bids.sha256 in told
    assert "tender-eval audit verify RECORD" in told


@pytest.mark.slow
def test_each_lot_is_told_by_itself() -> None:
    found = page(demo("level-playing-field"))
    assert [h.text for h in found.all("h2")][:4] == [
        "Result at a glance", "Contents", "Lot north: Dales and fells", "Lot south: Coast",
    ]  # fmt: skip
    first = found.all("table")[0]
    assert [row.all("td")[0].text for row in first.one("tbody").all("tr")] == [
        "Winner: Larch House Women's Project", "Winner: Tideway Survivors' Partnership",
    ]  # fmt: skip
    assert len(found.all("div", class_="verdict")) == 2


@pytest.mark.slow
def test_while_prices_are_closed_nothing_is_ranked() -> None:
    case = demo("victim-services-cpqp", stage="quality")
    found = page(case)
    assert found.one("p", class_="headline").text == "No result yet: prices are still closed"
    assert not found.all("svg", class_="chart")
    assert "£2,400,000" not in found.text
    assert "27,397.26" not in found.text
    assert not found.all("tr", class_="won")
    headings = [h.text for h in found.all("h2")]
    assert "Ranking" not in headings
    assert "Price" not in headings
    bids = section(found, "Each bid, with marks and reasons")
    assert bids.all("p")[0].text == "Scored"


@pytest.mark.parametrize(
    ("name", "headline"),
    [
        ("small-grants-pot", "Funded: 7 bids"),
        ("framework-four-suppliers",
         "Winners: Alder Trauma Service, Birchwood Counselling, Cedar and Co and Damson Deaf Women's Group"),
        ("restricted-two-stage", "Winner: Maple Court Women's Service"),
    ],
)  # fmt: skip
def test_other_awards(name: str, headline: str) -> None:
    assert page(demo(name)).one("p", class_="headline").text == headline


def test_grants_show_the_money() -> None:
    found = page(demo("small-grants-pot"))
    assert "In all, £30,000 is awarded." in found.one("div", class_="verdict").text
    assert "£4,800" in section(found, "Ranking").text
    assert "How firm the result is" not in [h.text for h in found.all("h2")]


def test_a_price_formula_that_goes_below_zero_still_has_a_page() -> None:
    below = leaf("price", 40, {"name": "linear_above_lowest", "zero_at_percent": 10, "below_zero": "allow"})
    stated = scheme(CRITERIA[0], below, scales={"s": SCALE}, award=ON_REJECTION)
    found = page(inline_case(stated, {"a": bid(100), "b": bid(200, 0, name="B Ltd")}))
    assert len(found.all("svg", class_="chart")) == 1  # points below zero make no part of a bar
    assert "-360.00" in section(found, "Ranking").text


@pytest.mark.slow
def test_the_same_case_gives_the_same_bytes() -> None:
    assert html_report(demo("level-playing-field")) == html_report(demo("level-playing-field"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["victim-services-cpqp", "level-playing-field", "small-grants-pot"])
def test_the_file_stands_alone(name: str) -> None:
    text = html_report(demo(name))
    assert text.startswith("<!doctype html>\n<html lang=")
    found = tree(text)
    check_it_stands_alone(found)


@pytest.mark.slow
def test_the_policy_lets_nothing_in_but_the_style() -> None:
    check_the_policy_lets_nothing_in_but_the_style(tree(html_report(demo("victim-services-cpqp"))))


EVIL = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp; =cmd|' /C calc'!A0 \u202eevil\u2066 "
    "\x1b[2J \U0001f469\u200d\U0001f467 {{7*7}} {% raw %} --></style></title></svg>"
)


def hostile(text: str) -> Case:
    """A case in which every text that a file may hold is this one."""
    stated = scheme(
        leaf("care", 60, {"name": "mark", "scale": "s"}, title=text, description=text),
        CRITERIA[1],
        title=text,
        scales={"s": [{"mark": 0, "score": "0%"}, {"mark": 5, "score": "100%", "title": text, "descriptor": text}]},
        conditions=[{"id": "c", "title": text, "reads": "declarations.c", "must_be": text}],
        award=ON_REJECTION,
    )
    story = {"reason": text, "agreed_by": ["e1"], "individual": {"e1": 5}, "on": "2026-05-02"}
    by_id = {
        "a": bid(100, name=text, **story) | {"declarations": {"c": text}},
        "b": bid(100, name=text + " other", **story) | {"declarations": {"c": "no"}},
    }
    members = {"lead": text, "members": [{"name": text + " too", "role": text, "share": "10%", "confirmed": True}]}
    by_id["a"]["consortium"] = members
    change = CORRECTION | {"reason": text, "made_by": text}
    said = (entry(3, "correct", **change), entry(4, text, text, what={"text": text, "list": [text, text]}))
    return inline_case(stated, by_id, *said, tender={"title": text})


def shape(found: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.tag, tuple(sorted(e.attributes))) for e in found.walk() if e.tag not in ("p", "bdi")]


def test_hostile_text_is_only_read() -> None:
    text = html_report(hostile(EVIL))
    assert shape(tree(text)) == shape(tree(html_report(hostile("harmless text"))))
    assert "<script" not in text
    assert "<img" not in text
    assert "7*7" in text
    kinds = {unicodedata.category(c) for c in text} - {"Cc"}
    assert not kinds & {"Cf", "Cs", "Zl", "Zp"}
    assert {c for c in text if unicodedata.category(c) == "Cc"} == {"\n"}


def test_long_text_is_whole_where_it_is_said_and_short_where_it_is_named() -> None:
    long = "W" * 100_000
    case = small({"a": bid(100, name="N" * 100_000, reason=long), "b": bid(120)})
    text = html_report(case)
    assert text.count(long) == 1
    assert text.count("N" * 100_000) == 1  # in the bid's own section
    assert len(text) < 300_000


def test_a_reason_of_several_lines_has_a_paragraph_each() -> None:
    found = card(page(small({"a": bid(100, reason="First.\n\nSecond.\r\nThird.")})), "Care")
    assert [p.text for p in found.all("p")[1:]] == ["First.", "Second.", "Third."]


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1).filter(lambda s: s.strip() and "\n" not in s and "\r" not in s))
def test_no_text_changes_the_page(text: str) -> None:
    bare = " ".join(text.split()) or "x"
    case = small({"a": bid(100, name=bare, reason=text), "b": bid(120, name=bare + " b", reason=text)})
    plain = small({"a": bid(100, name="x", reason="y"), "b": bid(120, name="x b", reason="y")})
    assert shape(page(case)) == shape(page(plain))


def test_a_tie_break_that_decided_is_explained_where_the_report_tells_how_firm_it_is() -> None:
    by_id = {"a": bid(100) | {"values": {"early": 1}}, "b": bid(100, name="B Ltd") | {"values": {"early": 0}}}
    stated = {"award": ON_REJECTION | {"ties": [{"highest": "values.early"}]}}
    case = inline_case(scheme(*CRITERIA, scales={"s": SCALE}, currency="GBP", **stated), by_id)
    told = section(page(case), "How firm the result is").text
    assert "A Ltd and B Ltd are level on points: only the published tie break separates them." in told
    assert "Equal bids are separated in this order: the highest early." in told


@pytest.mark.slow
def test_bids_lead_to_their_sections_and_back_to_the_ranking() -> None:
    found = page(demo("victim-services-cpqp"))
    first = section(found, "Ranking").one("tbody").all("a")[0]
    assert found.one(id=first.attributes["href"][1:]).text == "Severn Vale Together (severn)"
    (back,) = [a for a in section(found, "Severn Vale Together").all("a") if a.text == "rank 1"]
    assert found.one(id=back.attributes["href"][1:]).text == "Ranking"


@pytest.mark.slow
@pytest.mark.parametrize("form", sorted(FORMATS))
def test_the_report_can_be_written_in_every_format(form: str) -> None:
    report = report_document(demo("lots-largest-lead"))
    written = FORMATS[form].write(report)
    assert written == FORMATS[form].write(report_document(demo("lots-largest-lead")))
    if form != "docx":
        told = " ".join(written.decode().split())
        assert "ranked 2 of 3 at this lot" in told
        assert HEAD in told
    assert len(list(walk(report.blocks))) > 100


def test_what_a_bid_states_as_text_stands_letter_by_letter_where_a_condition_reads_it() -> None:
    """The number of a company begins with noughts, and is no amount."""
    condition = {"id": "form", "reads": "supplier.legal_form", "one_of": ["charity"]}
    stated = scheme(leaf("q", 100, {"name": "mark", "out_of": 5}), conditions=[condition])
    case = inline_case(stated, {"a": {"supplier": {"name": "A", "legal_form": "00123456"}, "marks": {"q": 3}}})
    text = section(tree(html_report(case)), "Conditions").text
    assert "legal form is 00123456" in text
    assert "123,456" not in html_report(case)
