"""A record that another version continues: it says so before the act, and each entry is held to what made it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forging import rechained

from tender_eval.audit.chain import read_chain
from tender_eval.audit.replay import ENVIRONMENT
from tender_eval.audit.verify import verify_bytes
from tender_eval.audit.writing import enter
from tender_eval.base.environment import environment
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.record.entries import entries_text

Make = Callable[..., Path]
Entries = list[dict[str, Any]]
LATER = "2026-05-03T09:30:00+01:00"


def own(entry: dict[str, Any]) -> dict[str, Any]:
    """What an entry says of tender-eval itself."""
    found: dict[str, Any] = entry["body"]["environment"]["distributions"]["tender-eval"]
    return found


def older(entries: Entries, version: str = "0.1.9") -> None:
    """As another version would have begun it, with its own words."""
    own(entries[0]).update(version=version, sha256="0" * 64)
    for entry in entries:
        for name in ("by", "working"):
            if isinstance(entry["body"].get(name), str):
                entry["body"][name] = entry["body"][name].replace("(tender-eval 0.2.0)", f"(tender-eval {version})")
        if entry["kind"] == "score":
            entry["body"]["working"]["label"] = "in other words"


@pytest.fixture
def continued(recorded: Make, catalogue: Catalogue) -> Path:
    path = recorded()
    path.write_bytes(rechained(path.read_bytes(), older))
    said = {"bid": "alder", "field": "marks.reach", "old": "3", "new": "4", "reason": "misread"}
    for kind, body in (("correct", said), ("decide", {})):
        enter(path, kind, body, catalogue, LATER)
    return path


@pytest.mark.slow
def test_what_continues_it_is_entered_once_before_the_act(continued: Path, catalogue: Catalogue) -> None:
    entries = read_chain(continued.read_bytes()).entries
    (said,) = [entry for entry in entries if entry.kind == ENVIRONMENT]
    assert said.body == {"environment": environment(catalogue)}
    assert entries[said.number + 1].kind == "correct"
    found = verify_bytes(continued.read_bytes(), catalogue)
    assert found.consistent is True, found.checks
    told = f"from entry {said.number} on it was continued by others: tender-eval was 0.1.9, now "
    assert told in str(found.checks)
    assert "tender-eval 0.2.0, files sha256" in entries_text([said])


def test_it_is_not_entered_where_nothing_is_other(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    enter(path, "decide", {}, catalogue, LATER)
    assert ENVIRONMENT not in [entry.kind for entry in read_chain(path.read_bytes()).entries]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "words"),
    [
        # words of the version that checks are compared, though the record was begun by another
        (lambda e, n: _last(e, "score")["body"]["working"].update(label="x"), "recomputing gives"),
        (
            lambda e, n: e[n]["body"]["environment"]["distributions"]["tender-eval"].update(version="9"),
            "(tender-eval 9)",
        ),
        (lambda e, n: e[n]["body"].update(note="x"), "an entry of kind environment does not say"),
        (lambda e, n: e[n].update(body={"environment": e[0]["body"]["environment"]}), "says nothing else"),
        (lambda e, n: e[n].update(body={"environment": "0.3"}), "it says no versions"),
        (lambda e, n: e.insert(n, e[n]), "says nothing else"),
    ],
)
def test_what_is_forged_of_it_is_found(
    continued: Path, catalogue: Catalogue, change: Callable[[Entries, int], Any], words: str
) -> None:
    number = next(e.number for e in read_chain(continued.read_bytes()).entries if e.kind == ENVIRONMENT)
    found = verify_bytes(rechained(continued.read_bytes(), lambda e: change(e, number)), catalogue)
    assert found.consistent is False
    assert found.fault
    assert words in found.fault.message


def _last(entries: Entries, kind: str) -> dict[str, Any]:
    return next(entry for entry in reversed(entries) if entry["kind"] == kind)
