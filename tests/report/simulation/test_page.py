"""The page says the answer first, shows every chart in words and figures too, and lets nothing in."""

import pickle
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from alone import (
    check_it_stands_alone,
    check_the_policy_lets_nothing_in_but_the_style,
    check_the_style_uses_the_palette_alone,
)
from html_tree import Element, tree
from lot_outcomes import SPEC, figures, made_up
from written import simulation_page

from tender_eval.documents.writers import FORMATS
from tender_eval.files.source import Source
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.report.simulation.caveats import caveat_texts as caveats
from tender_eval.report.simulation.document import simulation_document
from tender_eval.report.simulation.sentences import headline_text as headline
from tender_eval.report.simulation.sentences import left_out
from tender_eval.simulation.loading.load import load_spec
from tender_eval.simulation.results.commissioning_teams import team_loads
from tender_eval.simulation.results.frontier import frontier
from tender_eval.simulation.results.outcome import Estimate, ParameterValue, SimulationOutcome, SweepPoint
from tender_eval.simulation.spec.assumptions import assumptions_of
from tender_eval.simulation.spec.labels import origin_in_words
from tender_eval.simulation.spec.parameters import Origin

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
SECTIONS = [
    "The answer", "What was compared", "How many small providers bid and win", "Where small providers drop out",
    "Price, quality and costs", "What each design gives for the others", "Which assumptions move the answer",
    "Differences from the first design", "The work of evaluation", "What went in", "What bidders believe of each other",
    "How this was done",
]  # fmt: skip


def funnelled() -> SimulationOutcome:
    """The outcome of the tests of reports, with small providers that end in several places."""
    found = made_up()
    ends = {"funnel.turnover": 0.72, "funnel.time": 0.2, "funnel.won": 0.08}
    first = replace(found.designs[0], figures={**found.designs[0].figures, **{n: of(m) for n, m in ends.items()}})
    return replace(found, designs=(first, found.designs[1]))


def of(mean: float | None) -> Estimate:
    return Estimate(mean, 0.01, 1000)


def labelled(text: str, outcome: SimulationOutcome | None = None) -> SimulationOutcome:
    """An outcome of which everything that a user can write is this text."""
    found = outcome or made_up()
    labels = {d.label: f"{text} {n}" for n, d in enumerate(found.designs)}
    designs = tuple(
        replace(d, label=labels[d.label], scheme=text, changed={"mechanism": text, "by_and_for.title": text})
        for d in found.designs
    )
    source = Origin("named", text)
    stated = tuple(
        replace(s, source=source, value=text if s.name.endswith("title") else s.value, changed=True)
        for s in found.assumptions
    )
    point = SweepPoint({"mechanism": text}, designs, tuple(replace(p, label=labels[p.label]) for p in found.paired))
    return replace(
        found,
        title=text,
        designs=designs,
        paired=tuple(replace(p, label=labels[p.label], against=labels[p.against]) for p in found.paired),
        assumptions=stated,
        sensitivity=replace(found.sensitivity, first=text, last=text, unsettled=(ParameterValue(text, text),)),
        frontier=tuple(replace(p, label=labels[p.label], dominated_by=(text,)) for p in found.frontier),
        teams=team_loads(dict.fromkeys(labels.values(), 20.0)),
        sweep=(point,),
    )


def alone() -> SimulationOutcome:
    found = made_up()
    designs = found.designs[:1]
    return replace(found, designs=designs, paired=(), frontier=frontier(designs))


def page(outcome: SimulationOutcome | None = None, **changes: Any) -> Element:
    return tree(simulation_page(replace(outcome or funnelled(), **changes)))


OUTCOMES = {
    "two": funnelled(),
    "one": alone(),
    "national": replace(made_up(), authorities=334),
    "named": labelled("a name of some length"),
}


@pytest.fixture(scope="module", params=OUTCOMES.values(), ids=OUTCOMES.keys())
def found(request: pytest.FixtureRequest) -> Element:
    return page(request.param)


def section(found: Element, heading: str) -> Element:
    """A heading with what stands between it and the next of its level."""
    column = next(d for d in found.all("div") if any(p for p in d.parts if is_heading(p, "h2", heading)))
    return Element("section", {}, list(below(column.parts, "h2", heading)))


def is_heading(part: Element | str, tag: str, text: str) -> bool:
    return isinstance(part, Element) and part.tag == tag and part.text == text


def below(parts: list[Element | str], tag: str, text: str) -> Iterator[Element | str]:
    inside = False
    for part in parts:
        if isinstance(part, Element) and part.tag == tag:
            inside = part.text == text
        if inside:
            yield part


def figures_told(found: Element) -> Element:
    """The list of the answer, figure by figure."""
    parts = list(below(section(found, "The answer").parts, "h3", "Figure by figure"))
    return next(p for p in parts if isinstance(p, Element) and p.tag == "ul")


def rows(found: Element, caption: str) -> list[list[str]]:
    table = next(t for t in found.all("table") if t.one("caption").text.startswith(caption))
    return [[c.text for c in row.all("th", "td")] for row in table.one("tbody").all("tr")]


def chart(found: Element, name: str) -> Element:
    return next(s for s in found.all("svg", class_="chart") if name in s.attributes["aria-labelledby"])


@pytest.mark.slow
def test_the_first_sentence_is_the_answer_and_what_it_hangs_on_comes_next() -> None:
    outcome = funnelled()
    first = section(page(outcome), "The answer")
    assert first.all("p")[0].text == headline(outcome)
    assert [li.text for li in first.one(class_="notice").all("li")] == list(caveats(outcome)[1:])
    assert "assumed, not known" in first.one(class_="notice").text


@pytest.mark.slow
def test_each_figure_is_told_with_its_error_in_words() -> None:
    told = {li.one("strong").text: li.text for li in figures_told(page()).all("li")}
    assert told["Share of value won by small providers"] == (
        "Share of value won by small providers: 10.0% with 1 lot, 55.0% with 8 lots: up by 45.0 points, give or take "
        "1.00 points."
    )
    assert told["Price over ceiling"].endswith(": no clear change (2.0 points, give or take 1.00 points).")
    assert told["Cost of tendering to the authority"].endswith(": up by £40,000, give or take £0.")


@pytest.mark.slow
def test_a_design_that_the_user_named_stands_in_quotation_marks() -> None:
    told = figures_told(page(labelled("ten weeks"))).text
    assert "1.20 with “ten weeks 0”, 6.30 with “ten weeks 1”" in told


def test_a_design_alone_has_levels_and_no_comparison() -> None:
    found = page(alone())
    assert "Small providers that bid: 1.20, give or take 0.010." in figures_told(found).text
    headings = [h.text for h in found.all("h2")]
    assert "What each design gives for the others" not in headings
    assert "Differences from the first design" not in headings


@pytest.mark.slow
def test_beliefs_that_did_not_settle_are_warned_of_before_all_else() -> None:
    assert not page().all(class_="bad")
    outcome = funnelled()
    designs = (outcome.designs[0], replace(outcome.designs[1], converged=False, residual=0.04, rounds=60))
    found = page(outcome, designs=designs)
    box = found.one("div", class_="bad")
    assert box.text.endswith(caveats(replace(outcome, designs=designs))[0])
    assert "8 lots" in box.text
    assert section(found, "The answer").text.index(box.text) < section(found, "The answer").text.index(
        "Read with the answer"
    )
    assert rows(found, "The equilibrium")[1] == ["8 lots", "0.04", "60", "DID NOT SETTLE"]


@pytest.mark.slow
def test_what_is_not_known_follows_from_what_was_assumed() -> None:
    assert "No source has it: it is assumed" in section(page(), "The answer").text
    sources = ", ".join(f"{t}.quality: our scores" for t in ("by_and_for", "local", "regional", "national"))
    sourced = page(made_up(SPEC + f"sources: {{{sources}}}\n"))
    assert "No source has it: it is assumed" not in section(sourced, "The answer").text


@pytest.mark.slow
def test_sections_come_in_the_order_of_the_contents() -> None:
    found = page()
    assert [h.text for h in found.all("h2") if h.text != "Contents"] == SECTIONS
    assert [a.text for a in found.one("nav").all("a")] == SECTIONS


@pytest.mark.slow
def test_tables_have_the_figures_of_the_outcome() -> None:
    found = page()
    assert rows(found, "Small providers that bid and win")[0] == [
        "Small providers that bid", "1.20 ± 0.010", "6.30 ± 0.010",
    ]  # fmt: skip
    assert rows(found, "Each design less")[1] == ["Share of value won by small providers", "+45.0 ± 1.00"]
    assert rows(found, "Where the small providers end")[0][:2] == [
        "1. Too little income, or another condition not met", "72.0% ± 1.00",
    ]  # fmt: skip
    assert rows(found, "The designs on four scales")[0][-1] == "on the frontier"
    assert rows(found, "Weeks of a whole team")[0][:2] == ["1 person", "24%"]
    moved = rows(found, "By how much each assumption")
    assert moved[0] == [
        "The quality of by-and-for providers (turns won by small providers)", "low: 0.7", "0.74",
        "-20.0 ± 1.00", "-0.10 ± 0.100", "0.0 ± 0.10",
    ]  # fmt: skip


@pytest.mark.slow
def test_parameters_have_value_unit_and_basis() -> None:
    found = section(page(), "What went in")
    assert rows(found, "The contract")[1][:2] == ["How long the contract runs. years", "3 years"]
    assert rows(found, "The contract")[1][2].startswith("Choice, set by you (default: 4)")
    fixed = next(row for row in rows(found, "The authority") if "authority_per_bid" in row[0])
    assert fixed[1:3] == ["£1,700", f"Evidence, computed: {next(s for s in all_sources() if 'Economics' in s)}"]
    assert len([r for t in found.all("table") for r in t.one("tbody").all("tr")]) == len(made_up().assumptions)


@pytest.mark.slow
def test_what_was_not_tried_is_not_said_to_be() -> None:
    found = section(page(), "What went in")
    tried = {row[0].rpartition(" ")[2]: row[3] for t in found.all("table") for row in [
        [c.text for c in r.all("th", "td")] for r in t.one("tbody").all("tr")
    ]}  # fmt: skip
    assert tried["by_and_for.quality"] == "0.7 to 0.78"
    assert tried["regional.days"] == "7.2 to 19.2"  # with the days of all types
    assert tried["evaluation_days_per_bid"] == "-"  # an assumption that moves nobody's conduct
    assert tried["years"] == "-"


def all_sources() -> list[str]:
    return [origin_in_words(s) for s in made_up().assumptions if s.name == "authority_per_bid"]


@pytest.mark.slow
def test_designs_that_differ_in_something_else_say_in_what() -> None:
    outcome = funnelled()
    designs = (
        outcome.designs[0],
        replace(outcome.designs[1], changed={"turnover_multiple": 2.0, "local.quality": 0.8}),
    )
    found = page(outcome, designs=designs)
    assert rows(found, "The designs compared") == [
        ["1 lot", "1", "nothing else"],
        ["8 lots", "8", "The turnover condition: 2 times a lot's value; the quality of local providers: 0.8"],
    ]
    assert "Bids are scored by the scheme light-touch-60-40." in section(found, "What was compared").text
    designs = (outcome.designs[0], replace(outcome.designs[1], scheme="level-playing-field"))
    found = page(outcome, designs=designs)
    assert [row[2] for row in rows(found, "The designs compared")] == ["light-touch-60-40", "level-playing-field"]


@pytest.mark.slow
def test_bars_are_as_long_as_their_figures() -> None:
    found = page()
    share = chart(found, "small_win_share-chart")
    bars = [
        s for s in share.all("svg") if any(isinstance(p, Element) and p in s.all("rect", class_="bar") for p in s.parts)
    ]
    assert [float(s.attributes["width"].rstrip("%")) for s in bars] == [10.0, 55.0]
    told = [
        s
        for s in chart(found, "funnel-chart").all("svg")
        if any(isinstance(p, Element) and p.tag == "title" for p in s.parts)
    ]
    ends = [float(s.attributes["width"].rstrip("%")) for s in told]
    assert ends == [72.0, 20.0, 8.0]


@pytest.mark.slow
def test_parts_of_a_bar_are_told_apart_without_colour() -> None:
    funnel = chart(page(), "funnel-chart")
    assert [t.text for t in funnel.all("text", class_="tick")] == ["1: 72%", "3: 20%", "6"]


@pytest.mark.slow
def test_what_turns_the_answer_is_told_below_its_chart() -> None:
    told = section(page(), "Which assumptions move the answer")
    assert "Within its range, this turns the answer around: the quality of by-and-for providers." in told.text


@pytest.mark.slow
def test_all_authorities_and_sweeps_have_tables_of_their_own() -> None:
    found = page(made_up(), authorities=334)
    assert rows(found, "If 334 authorities")[0] == ["Cost of tendering to the authority", "£6,680,000", "£20,040,000"]
    outcome = made_up()
    swept = page(outcome, sweep=(SweepPoint({"timetable_days": 70.0}, outcome.designs, outcome.paired),))
    assert rows(swept, "With the days to bid at 70")[0] == ["Small providers that bid", "1.20 ± 0.010", "6.30 ± 0.010"]
    assert [h.text for h in swept.all("h2")].count("With other parameters") == 1


@pytest.mark.slow
def test_figures_that_too_few_tenders_have_are_not_drawn() -> None:
    outcome = made_up()
    designs = tuple(
        replace(d, figures={**figures(), **dict.fromkeys(("price_ratio", "small_win_share"), of(None))})
        for d in outcome.designs
    )
    found = page(outcome, designs=designs, frontier=frontier(designs))
    price = chart(found, "price_ratio-chart")
    assert not price.all("circle", "line")
    assert price.text.count("not known") == 4  # of both designs, in the picture and in words
    assert not found.all("svg", class_="plot")


@pytest.mark.slow
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


@pytest.mark.slow
def test_each_chart_is_told_in_words(found: Element) -> None:
    charts = found.all("svg", class_="chart")
    assert len(charts) >= 9
    ids = {e.attributes["id"]: e for e in found.walk() if "id" in e.attributes}
    for drawn in charts:
        assert drawn.attributes["role"] == "img"
        told = [ids[name] for name in drawn.attributes["aria-labelledby"].split()]
        assert [e.tag for e in told] == ["title", "desc"]
        assert all(e.text for e in told)
        headings = [h.text for h in found.all("h2") if h.text != "Contents"]
        inside = next(s for h in headings if drawn in (s := section(found, h)).walk())
        cells = " ".join(c.text for c in inside.all("td"))
        values = [re.sub("^(low|high):? ", "", t.text) for t in drawn.all("text", class_="value")]
        assert [value for value in values if value not in cells and value != "as it is"] == []
    drawn_parts = {id(e) for c in charts for e in c.walk()}
    assert all(id(p) in drawn_parts or p.attributes["aria-hidden"] == "true" for p in found.all("svg"))


def test_the_file_stands_alone(found: Element) -> None:
    check_it_stands_alone(found)


@pytest.mark.slow
def test_the_policy_lets_nothing_in_but_the_style() -> None:
    check_the_policy_lets_nothing_in_but_the_style(page())


@pytest.mark.slow
def test_the_style_uses_the_palette_alone() -> None:
    check_the_style_uses_the_palette_alone(page())


EVIL = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp; =cmd|' /C calc'!A0 \u202eevil\u2066 "
    "\x1b[2J \U0001f469\u200d\U0001f467 {{7*7}} {% raw %} --></style></title></svg>"
)
HARMLESS = "harmless text that is as long as the other, so that it is cut at the same places " * 2


def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(e.tag, tuple(sorted(e.attributes))) for e in tree(text).walk()]


def assert_only_read(text: str) -> None:
    assert "<script" not in text
    assert "<img" not in text
    kinds = {unicodedata.category(c) for c in text} - {"Cc"}
    assert not kinds & {"Cf", "Cs", "Zl", "Zp"}
    assert {c for c in text if unicodedata.category(c) == "Cc"} == {"\n"}


@pytest.mark.slow
def test_hostile_text_of_a_spec_is_only_read() -> None:
    text = simulation_page(labelled(EVIL))
    assert shape(text) == shape(simulation_page(labelled(HARMLESS)))
    assert_only_read(text)
    assert "&amp;lt;" not in text  # escaped once, not twice
    assert "7*7" in text


@pytest.mark.slow
def test_names_of_providers_do_not_come_into_the_page() -> None:
    def read(_name: str) -> Source:
        name = EVIL.replace('"', '""')
        return Source("p.csv", f'name,type,income\n"{name}",local,100\nplain,local,200\n'.encode())

    text = f"{SPEC}market: {{providers: p.csv}}\n"
    spec = load_spec(Source("spec.yaml", text.encode()), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}), read)
    assert [p.name for p in spec.providers] == [spec.providers[0].name, "plain"]
    assert "alert" in spec.providers[0].name
    made = simulation_page(replace(made_up(), assumptions=assumptions_of(spec)))
    assert_only_read(made)
    assert "alert" not in made


@pytest.mark.slow
def test_long_names_are_short_where_they_are_named() -> None:
    assert len(simulation_page(labelled("N" * 100_000))) < 300_000


@pytest.mark.slow
def test_the_same_outcome_gives_the_same_bytes() -> None:
    outcome = labelled("x")
    assert simulation_page(outcome) == simulation_page(pickle.loads(pickle.dumps(outcome)))


@pytest.mark.slow
def test_many_designs_still_make_a_page() -> None:
    outcome = made_up()
    first, last = outcome.designs
    designs = (first, *(replace(last, label=f"{n} lots", lots=n) for n in range(2, 40)))
    paired = tuple(replace(outcome.paired[0], label=d.label) for d in designs[1:])
    found = page(outcome, designs=designs, paired=paired, frontier=frontier(designs))
    assert len(rows(found, "The designs on four scales")) == 39


@pytest.mark.slow
def test_trials_of_fewer_tenders_are_told_beside_the_middle_line() -> None:
    assert "Each trial has 512 tenders. The trials have fewer tenders than the answer" in simulation_page(made_up())
    assert "fewer tenders" not in simulation_page(made_up(draws=512))


@pytest.mark.slow
def test_a_fact_without_a_default_shows_none() -> None:
    text = simulation_page(made_up(SPEC + "market: {types: {local: {facts: {values.hours: 30}}, national: {}}}\n"))
    (row,) = [e.text for e in tree(text).all("tr") if "local.facts.values.hours" in e.text]
    assert "default" not in row
    assert "stated by the user, who names no source" in row


@pytest.mark.slow
@pytest.mark.parametrize("shape", FORMATS)
def test_one_document_is_written_in_every_format(shape: str) -> None:
    written = FORMATS[shape].write(simulation_document(funnelled()))
    assert len(written) > 10_000
    assert shape == "docx" or b"Share of value won by small providers" in written


def test_the_page_lists_what_the_model_leaves_out() -> None:
    page = tree(simulation_page(made_up()))
    text = " ".join(page.text.split())
    for told in left_out():
        assert told in text
