"""Every kind of entry forged in every way that leaves the chain whole: the two verifiers say the same of it.

What `conftest.py` holds them to is seen here for each kind: the second finds nothing that the first does not.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from forging import rechained

from tender_eval.audit.chain import read_chain
from tender_eval.audit.verify import verify_bytes
from tender_eval.audit.verify_record import check_record
from tender_eval.audit.writing import enter, open_case, open_prices, sign
from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue

AT, LATER = "2026-05-02T09:30:00+01:00", "2026-05-03T09:30:00+01:00"
PRICES = Source(
    "prices.yaml", b"format: tender-eval/bids/1\nbids:\n  - {id: alder, price: 12000}\n  - {id: birch, price: 10000}\n"
)
KINDS = (
    "genesis", "scheme", "receive", "lock", "conditions", "score", "rejection", "flags", "marks_locked",
    "price_opened", "open_prices", "evaluate", "ranking", "ties", "award", "evaluated", "correct", "decide",
    "signature",
)  # fmt: skip
Entries = list[dict[str, Any]]


def _changed(body: dict[str, Any]) -> None:
    """The first text, however deep, is another; a body without one says more."""
    for name, value in body.items():
        if isinstance(value, dict) and value:
            return _changed(value)
        if isinstance(value, str):
            body[name] = value + "1"
            return None
    body["text"] = "x"
    return None


ATTACKS: dict[str, Callable[[Entries, int], Any]] = {
    "changed": lambda entries, n: _changed(entries[n]["body"]),
    "dropped": lambda entries, n: entries.pop(n),
    "twice": lambda entries, n: entries.insert(n, entries[n]),
    "later": lambda entries, n: entries.append(entries.pop(n)),
    "dated back": lambda entries, n: entries[n].update(at="2026-05-01T09:30:00Z") if n else entries[n].update(at="x"),
    "salted as the first": lambda entries, n: entries[n].update(salt=entries[0 if n else 1]["salt"]),
    "with parts": lambda entries, n: entries[n].update(parts={"alder": {"bid": "birch"}}),
}


@pytest.fixture
def whole(tmp_path: Path, scheme_text: str, quality_bids: str, catalogue: Catalogue) -> bytes:
    path = tmp_path / "record.jsonl"
    scheme, bids = Source("scheme.yaml", scheme_text.encode()), Source("bids.yaml", quality_bids.encode())
    open_case(path, scheme, bids, catalogue, AT)
    enter(path, "lock", {}, catalogue, AT)
    open_prices(path, "prices.yaml", ("Ann", "Bob"), lambda: PRICES, catalogue, LATER)
    said = {"bid": "alder", "field": "marks.reach", "old": "3", "new": "4", "reason": "misread"}
    acts: list[tuple[str, dict[str, str]]] = [("evaluate", {}), ("correct", said), ("decide", {})]
    for kind, body in acts:
        enter(path, kind, body, catalogue, LATER)
    sign(path, Ed25519PrivateKey.from_private_bytes(bytes([1] * 32)), "Chair", catalogue, LATER)
    return path.read_bytes()


@pytest.mark.slow
def test_both_verifiers_say_the_same_of_every_kind_and_every_way_to_forge(whole: bytes, catalogue: Catalogue) -> None:
    entries = read_chain(whole).entries
    assert {entry.kind for entry in entries} == set(KINDS)
    assert verify_bytes(whole, catalogue).consistent is True
    assert all(one.holds for one in check_record(whole))
    ways = list(ATTACKS)
    for n, kind in enumerate(KINDS):
        number = next(entry.number for entry in entries if entry.kind == kind)
        for name in {"changed", ways[n % len(ways)]}:  # every kind and every way; all pairs held, and take too long
            attack = ATTACKS[name]
            forged = rechained(whole, lambda e, attack=attack, number=number: attack(e, number))  # type: ignore[misc]
            found = verify_bytes(forged, catalogue)  # that the second agrees is seen to whenever anything is verified
            if forged != whole and (kind, name) != ("signature", "dropped"):  # without the last, nobody signed
                assert found.consistent is False, (kind, name, found.checks)
