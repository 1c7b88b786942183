"""What each renderer gives in each phase is what docs/case.md says, and none names a winner that the state has not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from any_acts import acted
from html_tree import tree
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from phases import AT, NAMES, PHASES, TOTALS, record_in

from tender_eval.audit.verify import read_case, read_state
from tender_eval.case.case import Case
from tender_eval.case.next import next_acts
from tender_eval.documents.model import Document
from tender_eval.documents.terminal import document_text
from tender_eval.documents.writers import FORMATS
from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.diagnostics import Refused
from tender_eval.report.case.status import status_document
from tender_eval.report.decision.document import decision_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.json.case import case_json
from tender_eval.report.letters.document import summaries
from tender_eval.report.notices.award_notice import award_notice
from tender_eval.report.notices.contract_details import contract_details
from tender_eval.report.notices.parts import Stated
from tender_eval.report.notices.schedule import schedule
from tender_eval.report.ocds.outcome import outcome_of
from tender_eval.report.ocds.release import Publisher, ocds_release
from tender_eval.report.workbook.report import xlsx_report

DOCS = Path(__file__).parents[2] / "docs" / "case.md"
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
GIVEN, DRAFT, REFUSED = "yes", "draft", "no"
RECORD = "my case.jsonl"


def winner_of(names: Iterable[str]) -> re.Pattern[str]:
    """How a winner is named, wherever one is."""
    any_of = "|".join(names)
    return re.compile(
        rf"Winners?: (?!none|undecided)|Funded: (?!none)|now to (?!nobody)|({any_of}) (wins|comes first)"
        rf"|(?i:awarded to) ({any_of})|[Ss]uccessful tender,? of ({any_of})"
        "|[Yy]our tender (was|is|would be) successful"
    )


WINNER = winner_of(NAMES.values())
RANK = re.compile(r"\branks?(ed)? [1-9]")


def _report(form: str) -> Callable[[Case, bool], str]:
    return lambda case, draft: _text(FORMATS[form].write(report_document(case, record=RECORD)), form)


def _text(data: bytes, form: str) -> str:
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as word:
            return " ".join(re.sub("<[^>]*>", " ", word.read("word/document.xml").decode()).split())
    return tree(data.decode()).text if form == "html" else " ".join(data.decode().split())


def _decision(form: str) -> Callable[[Case, bool], str]:
    return lambda case, draft: _text(FORMATS[form].write(decision_document(case, RECORD)), form)


def _summaries(form: str) -> Callable[[Case, bool], str]:
    def made(case: Case, draft: bool) -> str:
        documents = summaries(case, draft=draft, record=RECORD)
        assert set(documents) == {bid.id for bid in case.bids.bids}, "one letter to each"
        return "\n".join(_text(FORMATS[form].write(document), form) for document in documents.values())

    return made


def _release(*, losers: bool) -> Callable[[Case, bool], str]:
    def made(case: Case, draft: bool) -> str:
        outcome = outcome_of(case, AT, draft=draft, record=RECORD)
        return ocds_release(case, "ocds-x-1", AT, Publisher("Council"), outcome, losers=losers)

    return made


def _workbook(case: Case, draft: bool) -> str:
    """Every text, value and formula of its sheets, each on a line."""
    with zipfile.ZipFile(io.BytesIO(xlsx_report(case, RECORD))) as book:
        parts = [book.read(name).decode() for name in book.namelist() if re.match("xl/(worksheets|sharedStr)", name)]
    return "\n".join(unescape(text) for part in parts for text in re.findall(">([^<]+)<", part))


def _sheet(document: Document) -> str:
    return _text(FORMATS["markdown"].write(document), "markdown")


def _status(case: Case, draft: bool) -> str:
    return document_text(status_document(case, RECORD))


RENDERERS: Mapping[str, Mapping[str, Callable[[Case, bool], str]]] = {
    "report": {form: _report(form) for form in ("html", "docx", "markdown", "text")},
    "decision paper": {form: _decision(form) for form in ("html", "docx", "markdown")},
    "workbook": {"xlsx": _workbook},
    "summaries": {form: _summaries(form) for form in ("html", "docx", "markdown")},
    "OCDS release": {"json of all": _release(losers=True), "json of who is awarded": _release(losers=False)},
    "field sheets": {
        "uk6": lambda case, draft: _sheet(award_notice(case, Stated(), draft=draft, record=RECORD)),
        "uk7": lambda case, draft: _sheet(contract_details(case, Stated(), draft=draft, record=RECORD)),
        "kpis": lambda case, draft: _sheet(schedule(case, draft=draft, record=RECORD)),
    },
    "`case status`": {"text": _status, "json": lambda case, draft: case_json(case)},
}
"""By the heads of the table in docs/case.md, every format that each is written in."""


ONE_OF_EACH = ("markdown", "xlsx", "json of all", "uk6", "uk7", "kpis", "json")


@cache
def table() -> Mapping[str, Mapping[str, str]]:
    """By phase and head, what docs/case.md says."""
    lines = [line.strip("| ").split(" | ") for line in DOCS.read_text(encoding="utf-8").splitlines() if "|" in line]
    start = next(n for n, line in enumerate(lines) if line[0] == "in the phase")
    heads = lines[start][1:]
    rows = lines[start + 2 : start + 2 + len(PHASES)]
    return {row[0]: dict(zip(heads, row[1:], strict=True)) for row in rows}


@cache
def case_in(phase: str, lots: bool) -> Case:
    with TemporaryDirectory() as folder:
        path = record_in(phase, Path(folder), lots=lots)
        read = read_case if phase not in ("published", "received", "marking") else read_state
        return read(path, CATALOGUE)


def test_the_table_has_every_phase_and_every_renderer() -> None:
    assert set(table()) == set(PHASES)
    assert all(set(row) == set(RENDERERS) for row in table().values())


@pytest.mark.slow
@pytest.mark.parametrize("lots", [False, True], ids=["whole", "lots"])
@pytest.mark.parametrize("phase", PHASES)
def test_each_renderer_gives_what_the_table_says(phase: str, lots: bool) -> None:
    """With lots in one format of each, for every format is written from the same document."""
    case = case_in(phase, lots)
    for head, formats in RENDERERS.items():
        for form, render in ((form, render) for form, render in formats.items() if not lots or form in ONE_OF_EACH):
            said = table()[phase][head]
            if said == GIVEN:
                check(case, render(case, False), f"{head} as {form}")
                continue
            with pytest.raises(Refused) as refused:
                render(case, False)
            (told,) = refused.value.diagnostics
            assert str(case.phase()).replace("_", " ") in told.message
            for step in next_acts(case.state):
                assert step.typed(RECORD) in told.hint
            if said == DRAFT:
                check(case, render(case, True), f"{head} as {form}, a draft")


def check(case: Case, text: str, what: str) -> None:
    """No winner, rank or total stands in a text that the state does not have."""
    winners = {bid for lot in case.state.lots for bid in case.awarded(lot)}
    if what.startswith("OCDS"):
        (release,) = json.loads(text)["releases"]
        assert {bid for award in release.get("awards", ()) for bid in award["relatedBids"]} == {
            f"{bid}/{lot}" if lot else bid for lot in case.state.lots for bid in case.awarded(lot)
        }, what
        assert ("DRAFT" in text) == what.endswith("draft"), what
        if not winners:
            assert not any(name in text for name in NAMES.values()) or "json of all" in what, what
        if not any(map(case.evaluated, case.state.lots)):
            assert "bids" not in release, what
            assert "numberOfTenderers" not in release["tender"], what
        return
    if what.startswith("field sheets"):
        assert {bid for bid, name in NAMES.items() if name in text} == winners, "those that lost are withheld"
        assert ("DRAFT" in text) == what.endswith("draft"), what
        return
    if what.endswith("json"):
        data = json.loads(text)
        assert data["winner"] == ([] if case.state.lots != ("",) else list(case.awarded(""))), what
        assert {bid for lot in data["lots"].values() for bid in lot["winner"]} | set(data["winner"]) == winners
        return
    named = WINNER.search(text)
    assert bool(named) == bool(winners) or what.startswith("`case"), (what, named)
    assert winners or not named, (what, named)
    if not case.phase().evaluated:
        assert not RANK.search(text), what
        assert not any(total in text for total in TOTALS.values()), what
    decided = re.search(r"(?i)\bdecided on\b|\bawarded to\b", text)
    assert not decided or case.phase().decided, (what, decided)


SHORT: Mapping[str, Callable[[Case, bool], str]] = {
    "report": _report("markdown"),
    "decision paper": _decision("markdown"),
    "summaries": _summaries("markdown"),
    "OCDS": _release(losers=True),
    **RENDERERS["field sheets"],
    "workbook": _workbook,
    "`case status`": _status,
    "`case status` json": lambda case, draft: case_json(case),
}


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_renderer_names_a_winner_that_the_state_has_not_after_any_acts(data: st.DataObject) -> None:
    """Every renderer, after acts that were drawn; what is refused says what comes first, or that nothing does."""
    case = acted(data, 8).case
    winners = {bid for lot in case.state.lots for bid in case.awarded(lot)}
    pattern = winner_of({bid.name for bid in case.bids.bids})
    for what, render in SHORT.items():
        try:
            text = render(case, True)
        except Refused as e:
            hints = [told.hint for told in e.diagnostics]
        else:
            hints = []
        if hints:
            assert all("next: " in hint for hint in hints), (what, hints)
            continue
        if what.startswith("OCDS"):
            (release,) = json.loads(text)["releases"]
            named = {bid.partition("/")[0] for award in release.get("awards", ()) for bid in award["relatedBids"]}
        elif what in RENDERERS["field sheets"]:
            named = {bid.id for bid in case.bids.bids if bid.name in text}
            assert named == winners or len({bid.name for bid in case.bids.bids}) < len(case.bids.bids), what
            continue
        elif what.endswith("json"):
            found = json.loads(text)
            acts = [said for act in found["acts"] for said in (act.get("before", {}), act.get("after", {}))]
            lots = [one for said in acts for one in (said.get("lots", {"": said})).values()]
            named = {*found["winner"], *(bid for lot in found["lots"].values() for bid in lot["winner"])}
            assert winners or not any(one.get("winner") for one in lots) or nobody_left(case), what
        else:
            assert winners or not pattern.search(text), (what, pattern.search(text))
            continue
        assert named == winners, what


def nobody_left(case: Case) -> bool:
    """Whether nobody is awarded because nobody can be: then who would have been before is told."""
    return any(case.phase(lot) == "evaluated" and not case.awarded(lot) for lot in case.state.lots)


@pytest.mark.slow
@pytest.mark.parametrize("lots", [False, True], ids=["whole", "lots"])
def test_who_is_awarded_is_named_once_it_is_decided(lots: bool) -> None:
    for phase in ("decided", "closed"):
        text = RENDERERS["report"]["markdown"](case_in(phase, lots), False)
        assert f"Winner: {NAMES['a']}" in text
        assert "This was decided on 11 May 2026" in text
    said = "It was decided on 11 May 2026 that nobody is awarded: The funding is gone."
    assert said in RENDERERS["report"]["markdown"](case_in("decided without award", lots), False)
    for phase in ("decided without award", "decided without evaluation", "decided without bids"):
        assert said in RENDERERS["decision paper"]["markdown"](case_in(phase, lots), False)


@pytest.mark.slow
def test_what_is_open_and_what_was_set_aside_is_told() -> None:
    told = RENDERERS["report"]["markdown"](case_in("undecided by matter", False), False)
    assert f"Open: m1: a query, bid {NAMES['a']} (entry " in told
    assert "How is that price possible?" in told
    told = RENDERERS["report"]["markdown"](case_in("set_aside", False), False)
    assert "What was evaluated and decided holds no longer since 11 May 2026: The court ordered it." in told
