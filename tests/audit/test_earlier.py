"""Records that tender-eval 0.1.0 made, one of every kind: they read, and are consistent. Made by its command line."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forging import rechained

from tender_eval import Refused, load_catalogue
from tender_eval.audit.chain import Draft, Link, read_chain, seal
from tender_eval.audit.checks import FAILED, HELD, NOTED
from tender_eval.audit.verify import Verification, read_case, read_state, verify, verify_bytes
from tender_eval.case.fold import opened
from tender_eval.case.inputs import file_of
from tender_eval.case.phases import Phase
from tender_eval.documents.markdown import document_markdown
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.letters.document import summaries
from tender_eval.report.letters.gaps import gaps
from tender_eval.report.record.entries import entries_text

RECORDS = {path.stem: path for path in sorted((Path(__file__).parent / "records-0.1.0").glob("*.jsonl"))}
UNDECIDED = {"lots"}
QUALITY = {"quality"}
BEFORE = "0.0.9"


def test_there_is_one_of_every_kind() -> None:
    kinds = {entry.kind for path in RECORDS.values() for entry in read_chain(path.read_bytes()).entries}
    assert kinds >= {
        "genesis", "inputs", "conditions", "score", "rejection", "ranking", "ties", "award", "flags", "across_lots",
        "evaluated", "marks_locked", "price_opened", "prices", "clarification", "abnormally_low_query",
        "abnormally_low_answer", "correction", "decision", "signature", "repaired",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
def test_it_is_consistent(name: str, catalogue: Catalogue) -> None:
    found = verify(RECORDS[name], catalogue)
    assert found.holds, found.checks


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
def test_it_reads_as_evaluated_and_a_decision_in_it_is_a_remark(name: str, catalogue: Catalogue) -> None:
    case = read_case(RECORDS[name], catalogue)
    expected = Phase.MARKS_LOCKED if name in QUALITY else Phase.EVALUATED
    assert case.phase() == expected
    assert not any(map(case.decided, case.state.lots))
    assert not case.matters


@pytest.mark.slow
def test_a_correction_reads_as_the_act_that_it_would_be_now(catalogue: Catalogue) -> None:
    (told,) = read_case(RECORDS["entered"], catalogue).corrections
    assert (told.act.kind, told.act.said("field"), told.act.said("new")) == ("correct", "marks.delivery", "5")
    assert (told.before["winner"], told.after["winner"]) == (["birch"], ["birch"])


@pytest.mark.slow
@pytest.mark.parametrize("name", RECORDS)
def test_the_wording_of_another_version_is_not_compared_but_every_figure_is(name: str, catalogue: Catalogue) -> None:
    """As a record of 0.1.0 looks to a version that says things in other words."""
    entries = read_chain(RECORDS[name].read_bytes()).entries
    other = {"genesis": aged, "repaired": dict}  # what was repaired is said in fixed words
    older = [Draft(e.kind, other.get(e.kind, reworded)(e.body)) for e in entries]
    lock = ""
    link, lines = Link(), list[bytes]()
    for entry, draft in zip(entries, older, strict=True):
        if draft.kind == "signature":
            continue
        again = {"lock": lock} if draft.kind == "price_opened" else {}
        line, link = seal(Draft(draft.kind, {**draft.body, **again}), entry.at, link)
        lock = link.head if draft.kind == "marks_locked" else lock
        lines.append(line)
    found = verify_bytes(b"".join(lines), catalogue)
    assert found.fault is None, found.fault
    wrong = b"".join(lines).replace(b'"points":"', b'"points":"1', 1)
    assert not verify_bytes(wrong, catalogue).holds


def aged(body: object) -> dict[str, object]:
    assert isinstance(body, dict)
    environment = body["environment"]
    distributions = {name: {**found, "version": BEFORE} for name, found in environment["distributions"].items()}
    return {**body, "environment": {**environment, "distributions": distributions}}


def reworded(value: object, key: str = "") -> object:
    """The same with other words in whatever is put in words."""
    if isinstance(value, dict):
        return {name: reworded(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [reworded(inner, key) for inner in value]
    if key == "by" and isinstance(value, str):  # named with the version that the record says it was made with
        return value.replace("(tender-eval 0.1.0)", f"(tender-eval {BEFORE})")
    words = ("label", "formula", "working", "text", "reasons", "flags", "notices")
    return f"{value}, in other words" if key in words and isinstance(value, str) else value


# What this version reads otherwise: made by the code that counted bids and took any text for a law, sealed as 0.1.0.

OTHERWISE = Path(__file__).parent / "records-0.1.0" / "read-otherwise"


def checks(name: str, catalogue: Catalogue) -> tuple[bool, dict[str, tuple[str, str]]]:
    found = verify(OTHERWISE / f"{name}.jsonl", catalogue)
    return found.consistent is True, {check.name: (check.outcome, check.words) for check in found.checks}


@pytest.mark.slow
def test_a_law_that_is_no_word_any_more_is_told_and_every_figure_is_proved(catalogue: Catalogue) -> None:
    proved, told = checks("unknown-law", catalogue)
    assert proved
    assert told["recomputation"][0] == HELD
    assert told["law"] == (
        NOTED,
        "the scheme names Public Contracts Regulations 2006, which this version does not know: no figure hangs on it",
    )
    case = read_case(OTHERWISE / "unknown-law.jsonl", catalogue)
    assert (case.phase(), case.awarded("")) == (Phase.EVALUATED, ("a",))
    assert [line for line in gaps(case, ["a", "b"]) if "which this version does not know" in line]
    assert "provided under" not in document_markdown(summaries(case, draft=True)["a"])


def test_a_scheme_that_is_not_of_a_record_may_name_no_such_law() -> None:
    entry = read_chain((OTHERWISE / "unknown-law.jsonl").read_bytes()).entries[1]
    with pytest.raises(Refused, match="TE016"):
        opened(file_of(entry.body["scheme"]), load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}))


@pytest.mark.slow
def test_an_award_whose_limits_counted_bids_is_told_and_never_proved(catalogue: Catalogue) -> None:
    path = OTHERWISE / "limits-by-bid.jsonl"
    proved, told = checks("limits-by-bid", catalogue)
    assert not proved
    assert {told[name][0] for name in ("chain", "digests", "recomputation")} == {HELD}
    assert "11 entries are the same" in told["recomputation"][1]
    outcome, words = told["award"]
    assert outcome == FAILED
    assert (
        "it says alder-south, but recomputing gives birch: its limits counted bids, and a limit is on suppliers"
        in words
    )
    with pytest.raises(Refused, match="its limits counted bids"):
        read_case(path, catalogue)
    case = read_state(path, catalogue)
    assert (case.awarded("north"), case.awarded("south")) == (("alder-north",), ("birch",)), "as it would be now"
    assert "alder-south" in entries_text(case.entries), "what was recorded is shown"


@pytest.mark.slow
def test_an_award_that_no_way_of_counting_gives_is_a_fault_like_any_other(catalogue: Catalogue) -> None:
    forged = (
        (OTHERWISE / "limits-by-bid.jsonl")
        .read_bytes()
        .replace(b'{"bid":"alder-south","figure":"100","lot":"south"}', b'{"bid":"birch","figure":"1","lot":"south"}')
    )
    link, lines = Link(), list[bytes]()
    for line in forged.splitlines():
        data = json.loads(line)
        made, link = seal(Draft(data["kind"], data["body"]), data["at"], link)
        lines.append(made)
    found = verify_bytes(b"".join(lines), catalogue)
    (fault,) = [check for check in found.checks if check.outcome == FAILED]
    assert fault.name == "recomputation"
    assert "counted bids" not in fault.words


def second_bids(change: Callable[[str, str], tuple[str, str]], catalogue: Catalogue, **changed: Any) -> Verification:
    """The record of two bids of one supplier as 0.1.0 would have made it of other files."""

    def change_files(entries: list[dict[str, Any]]) -> None:
        inputs = entries[1]["body"]
        texts = change(*(base64.b64decode(inputs[name]["base64"]).decode() for name in ("scheme", "bids")))
        for name, text in zip(("scheme", "bids"), texts, strict=True):
            digest = hashlib.sha256(text.encode()).hexdigest()
            inputs[name] |= {"base64": base64.b64encode(text.encode()).decode(), "sha256": digest}
            entries[0]["body"][f"{name}_sha256"] = digest
        for entry in entries:
            entry["body"] |= changed.get(entry["kind"], {})

    return verify_bytes(rechained((OTHERWISE / "two-bids-of-one.jsonl").read_bytes(), change_files), catalogue)


TOLD = (
    'bid "a2" is a second bid of Alder House, beside bid "a1": tender-eval 0.1.0 counted bids where suppliers count now'
)


@pytest.mark.slow
def test_of_two_bids_of_one_supplier_the_figures_are_proved(catalogue: Catalogue) -> None:
    found = second_bids(lambda scheme, bids: (scheme.replace(", suppliers: 2", ""), bids), catalogue, award=ALONE)
    assert found.consistent
    told = {check.name: (check.outcome, check.words) for check in found.checks}
    assert told["suppliers"] == (NOTED, TOLD)
    assert told["recomputation"][0] == HELD
    assert found.case
    assert found.case.awarded("") == ("a1",)
    assert not second_bids(lambda *files: files, catalogue, award=ALONE).consistent, "there are two places"


ALONE = {"winner": ["a1"]}


@pytest.mark.slow
def test_two_places_of_one_supplier_are_told_and_never_proved(catalogue: Catalogue) -> None:
    proved, told = checks("two-bids-of-one", catalogue)
    assert not proved
    assert told["chain"][0] == told["recomputation"][0] == HELD
    outcome, words = told["award"]
    assert outcome == FAILED
    assert "its places counted bids, and a supplier has one" in words
    assert told["suppliers"] == (NOTED, TOLD)
    with pytest.raises(Refused, match="its places counted bids"):
        read_case(OTHERWISE / "two-bids-of-one.jsonl", catalogue)
    assert read_state(OTHERWISE / "two-bids-of-one.jsonl", catalogue).awarded("") == ("a1", "b"), "as it would be now"


@pytest.mark.slow
def test_what_this_version_tells_of_files_and_that_one_did_not_is_no_fault(catalogue: Catalogue) -> None:
    """That two names are nearly the same was told by no 0.1.0."""
    other = "{id: a2, supplier: {name: Alder Hause}"
    bids = [
        {"bid": "a1", "name": "Alder House"},
        {"bid": "a2", "name": "Alder Hause"},
        {"bid": "b", "name": "Birch Trust"},
    ]
    entries = read_chain((OTHERWISE / "two-bids-of-one.jsonl").read_bytes()).entries
    (ranking,) = (e.body["bids"] for e in entries if e.kind == "ranking")
    assert isinstance(ranking, list)
    named = [{**ranked, **one} for ranked, one in zip(ranking, bids, strict=True)]
    found = second_bids(
        lambda scheme, bids: (scheme, bids.replace("{id: a2, supplier: {name: Alder House}", other)),
        catalogue,
        ranking={"bids": named},
    )
    assert found.consistent, found.checks
    assert found.case
    assert "TE50" in "".join(d.code for d in found.case.evaluations[""].diagnostics)
