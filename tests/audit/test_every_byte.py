"""Every single-byte change of the record of a real evaluation is found: all bytes, by the chain alone.

A record is checked line after line, each from the end of the chain before it, and the check stops at the first
fault. So for a change in one line it is enough to go on from the sound chain before that line: that is what a
check of the whole record would do. The few whole checks in between hold this up.
"""

from pathlib import Path

import pytest

from tender_eval.audit.chain import Fault, Link, read_chain, seal, unseal_all
from tender_eval.audit.verify import verify_bytes
from tender_eval.audit.writing import first_entries
from tender_eval.case.fold import at_one_sitting as begin
from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def lines() -> list[bytes]:
    """The record of a shipped case, of the one that has the shortest."""
    from tender_eval.engine.catalogue import load_catalogue

    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    scheme = Source("scheme.yaml", (ROOT / "schemes/unit-prices-public-works.yaml").read_bytes())
    bids = Source("bids.yaml", (ROOT / "fixtures/unit-prices-public-works.bids.yaml").read_bytes())
    link, found = Link(), []
    for draft in first_entries(scheme, bids, catalogue, begin(scheme, bids, catalogue)):
        line, link = seal(draft, "2026-05-02T09:30:00Z", link, b"key")
        found.append(line)
    return found


def is_found(rest: bytes, link: Link) -> bool:
    """Whether a check that has come to ``link`` and reads on finds a fault, or a torn end."""
    whole, _, torn = rest.rpartition(b"\n")
    if torn:
        return True
    return any(isinstance(e, Fault) for e in unseal_all((line + b"\n" for line in whole.split(b"\n")), link))


@pytest.mark.slow
def test_every_byte_flipped_is_found(lines: list[bytes]) -> None:
    """One bit of each byte, another from byte to byte."""
    link, missed, tried = Link(), [], 0
    for n, line in enumerate(lines):
        after = lines[n + 1] if n + 1 < len(lines) else b""
        for at in range(len(line)):
            changed = bytearray(line)
            changed[at] ^= 1 << (at + n) % 8
            tried += 1
            if not is_found(bytes(changed) + after, link):
                missed.append((n, at))
        (entry,) = unseal_all([line], link)
        assert not isinstance(entry, Fault)
        link = Link(n + 1, entry.hash)
    assert missed == []
    assert tried == sum(map(len, lines)) > 10_000


@pytest.mark.slow
def test_every_value_of_every_byte_of_an_entry_is_found(lines: list[bytes]) -> None:
    at_line = lines.index(min(lines, key=len))
    before = read_chain(b"".join(lines[:at_line])).entries
    line, link = lines[at_line], Link(len(before), before[-1].hash)
    missed = [
        (at, value)
        for at in range(len(line))
        for value in range(256)
        if value != line[at] and not is_found(line[:at] + bytes([value]) + line[at + 1 :], link)
    ]
    assert missed == []


@pytest.mark.slow
def test_every_byte_left_out_or_doubled_is_found(lines: list[bytes]) -> None:
    link = Link()
    for n, line in enumerate(lines):
        after = lines[n + 1] if n + 1 < len(lines) else b""
        for at in range(len(line)):
            assert is_found(line[:at] + line[at + 1 :] + after, link)
            assert is_found(line[:at] + line[at : at + 1] + line[at:] + after, link)
        (entry,) = unseal_all([line], link)
        link = Link(n + 1, entry.hash)  # type: ignore[union-attr]


@pytest.mark.slow
def test_a_check_of_the_whole_record_says_the_same(lines: list[bytes], catalogue: Catalogue) -> None:
    whole = b"".join(lines)
    assert read_chain(whole).fault is None
    assert verify_bytes(whole, catalogue).holds
    starts = [sum(map(len, lines[:n])) for n in range(len(lines))]
    for n, start in enumerate(starts):
        at = start + len(lines[n]) // 2
        changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        found = verify_bytes(changed, catalogue)
        assert not found.holds
        assert found.fault
        assert found.fault.number == n


@pytest.mark.slow
def test_the_whole_record_cut_anywhere_is_not_consistent(lines: list[bytes], catalogue: Catalogue) -> None:
    whole = b"".join(lines)
    ends = {sum(map(len, lines[:n])) for n in range(len(lines))}
    for cut in [*ends, *(end + 1 for end in ends), len(whole) - 1]:
        assert not verify_bytes(whole[:cut], catalogue).holds
