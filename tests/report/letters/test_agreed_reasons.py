"""What a panel agreed as a reason is what letters say, word for word; notes and people's own reasons stay in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from acting import AT, CATALOGUE
from desks import BIDS, PANEL, PEOPLE, SCHEME, given

from tender_eval.audit.commitments.disclosure import disclose
from tender_eval.audit.verify import read_case
from tender_eval.audit.writing import enter, open_case
from tender_eval.case.case import Case
from tender_eval.documents.terminal import document_text
from tender_eval.files.source import Source
from tender_eval.report.json.redacted import redacted_json
from tender_eval.report.letters.document import summaries
from tender_eval.report.ocds.outcome import outcome_of
from tender_eval.report.ocds.release import Publisher, ocds_release

pytestmark = pytest.mark.slow

KEYS = [(bid, criterion) for bid in ("alder", "birch", "cedar") for criterion in ("care", "voice")]
AGREED = {key: f"Part {n}: *each* worker is named; £{n}0,000 is spent & shown [sic]" for n, key in enumerate(KEYS, 2)}
OWN, NOTED, NOTED_AT_MEETING = "own words of one person", "noted by one person", "noted at the meeting"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose marks a panel gave and agreed, with notes, and that is decided."""
    path = tmp_path_factory.mktemp("panel") / "r.jsonl"
    files = (("scheme.yaml", SCHEME), ("bids.csv", BIDS), ("panel.yaml", PANEL))
    scheme, bids, panel = (Source(name, text.encode()) for name, text in files)
    open_case(path, scheme, bids, CATALOGUE, AT, panel)
    for person in PEOPLE:
        enter(path, "declare_interest", {"person": person, "none": "true"}, CATALOGUE, AT)
    for person, criteria in (("ann", ("care", "voice")), ("bob", ("care", "voice")), ("cat", ("voice",))):
        marks = [given(b, c, "4", OWN, note=NOTED) for b, c in KEYS if c in criteria]
        enter(path, "submit_marks", {"person": person, "marks": marks}, CATALOGUE, AT)
    marks = [given(b, c, "4", AGREED[b, c], note=NOTED_AT_MEETING) for b, c in KEYS]
    enter(path, "agree", {"marks": marks, "present": ["ann", "bob", "cat"]}, CATALOGUE, AT)
    for kind in ("lock", "evaluate", "decide"):
        enter(path, kind, {"made_by": ["Dee Dunn"]}, CATALOGUE, AT)
    return path


@pytest.fixture(scope="module")
def case(record: Path) -> Case:
    return read_case(record, CATALOGUE)


def test_letters_say_the_agreed_reasons_word_for_word(case: Case) -> None:
    letters = {bid: flat(document_text(made)) for bid, made in summaries(case).items()}
    assert set(letters) == {"alder", "birch", "cedar"}
    for (bid, _), reason in AGREED.items():
        assert reason in letters[bid]


def test_notes_and_individual_reasons_leave_the_panel_by_no_way(case: Case, record: Path) -> None:
    kept = record.read_text(encoding="utf-8")
    assert all(words in kept for words in (OWN, NOTED, NOTED_AT_MEETING))
    outcome = outcome_of(case, AT, draft=False, record="r.jsonl")
    served = {f"letter to {bid}": flat(document_text(made)) for bid, made in summaries(case).items()}
    served |= {f"part of {bid.id}": disclose(case, bid.id, "r.jsonl").data.decode() for bid in case.bids.bids}
    served["release"] = ocds_release(case, "ocds-x-1", AT, Publisher("Council"), outcome, losers=True)
    served["redacted"] = redacted_json(case)
    for what, text in served.items():
        assert not [words for words in (OWN, NOTED, NOTED_AT_MEETING) if words in text], what


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())
