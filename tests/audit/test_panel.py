"""The panel in a record: its file with its digest, and what its people declared, proved again with the rest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from acting import AT, CATALOGUE, MARKED, PANEL, PEOPLE, SCHEME
from forging import rechained

from tender_eval.audit.chain import read_chain
from tender_eval.audit.verify import verify_bytes
from tender_eval.audit.writing import enter, open_case
from tender_eval.base.canonical import digest
from tender_eval.case.phases import Phase
from tender_eval.files.source import Source
from tender_eval.report.record.entries import entries_text

Entries = list[dict[str, Any]]


@pytest.fixture
def record(tmp_path: Path) -> bytes:
    """A case in which everybody declared, one was recused, and the marks were locked."""
    path, panel = tmp_path / "r.jsonl", Source("panel.yaml", PANEL.encode())
    scheme, bids = Source("scheme.yaml", SCHEME.encode()), Source("bids.yaml", MARKED.encode())
    open_case(path, scheme, bids, CATALOGUE, AT, panel)
    for person in PEOPLE:
        enter(path, "declare_interest", {"person": person, "none": "true"}, CATALOGUE, AT)
    said = {"person": "bob", "supplier": "Fern Trust", "reason": "He sat on its board."}
    enter(path, "recuse", said, CATALOGUE, AT)
    enter(path, "lock", {}, CATALOGUE, AT)
    return path.read_bytes()


@pytest.mark.slow
def test_a_record_holds_its_panel_and_proves_what_was_set_aside(record: bytes) -> None:
    found = verify_bytes(record, CATALOGUE)
    assert found.consistent
    assert found.case is not None
    assert found.case.phase() == Phase.MARKS_LOCKED
    assert list(found.case.bids.bids[0].marks["care"].individual) == ["ann"]
    genesis, published, *_ = read_chain(record).entries
    assert genesis.body["panel_sha256"] == digest(PANEL.encode())
    told = entries_text((published, *(e for e in found.case.entries if e.kind == "recuse")))
    assert f"panel: panel.yaml, sha256 {digest(PANEL.encode())}" in told
    assert "mark set aside: care of bid low" in told


def _drop_panel(entries: Entries) -> None:
    del entries[1]["body"]["panel"]


def _drop_digest(entries: Entries) -> None:
    del entries[0]["body"]["panel_sha256"]


def _keep_marks(entries: Entries) -> None:
    del next(e for e in entries if e["kind"] == "recuse")["body"]["marks_set_aside"]


def _drop_declaration(entries: Entries) -> None:
    del entries[3]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "field"),
    [
        (_drop_panel, "body.panel"),
        (_drop_digest, "body.panel_sha256"),
        (_keep_marks, "body.marks_set_aside"),
        (_drop_declaration, "body"),
    ],
)
def test_a_record_without_a_part_of_it_is_not_proved(
    record: bytes, change: Callable[[Entries], None], field: str
) -> None:
    found = verify_bytes(rechained(record, change), CATALOGUE)
    assert found.consistent is False
    assert found.fault is not None
    assert found.fault.field == field
