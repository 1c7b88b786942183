"""Records that tender-eval 0.1.0 made, one of every kind: they read, and are consistent. Made by its command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender_eval.audit.chain import Draft, Link, read_chain, seal
from tender_eval.audit.verify import read_case, verify, verify_bytes
from tender_eval.case.phases import Phase
from tender_eval.plugins.catalogue import Catalogue

RECORDS = {path.stem: path for path in sorted((Path(__file__).parent / "records-0.1.0").glob("*.jsonl"))}
UNDECIDED = {"lots"}
QUALITY = {"quality"}


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
    older = [Draft(e.kind, reworded(e.body) if e.number else aged(e.body)) for e in entries]
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
    distributions = {name: {**found, "version": "0.0.9"} for name, found in environment["distributions"].items()}
    return {**body, "environment": {**environment, "distributions": distributions}}


def reworded(value: object, key: str = "") -> object:
    """The same with other words in whatever is put in words."""
    if isinstance(value, dict):
        return {name: reworded(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [reworded(inner, key) for inner in value]
    words = ("label", "formula", "working", "text", "reasons", "flags", "notices")
    return f"{value}, in other words" if key in words and isinstance(value, str) else value
