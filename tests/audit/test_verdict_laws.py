"""A law: no verdict becomes true when an entry is changed, dropped, added or signed again by another."""

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from forging import rechained
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval import Refused
from tender_eval.audit.chain import Link, read_chain
from tender_eval.audit.signatures import signature
from tender_eval.audit.verify import Verification, verify_bytes
from tender_eval.audit.writing import enter, record, sign
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.policy import Person, Policy, Signers
from tender_eval.files.source import Source

AT, LATER = "2026-05-02T09:30:00+01:00", "2026-05-03T09:30:00+01:00"
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
KEYS = {
    name: Ed25519PrivateKey.from_private_bytes(bytes([n] * 32)) for n, name in enumerate(("chair", "money", "else"))
}
PEOPLE = tuple(Person(name, name, KEYS[name].public_key().public_bytes_raw()) for name in ("chair", "money"))
POLICIES = (
    Policy(PEOPLE, {"decide": Signers(("chair", "money"), 2)}),
    Policy(PEOPLE, {"decide": Signers(("chair", "money"), 1), "correct": Signers(("money",), 1)}),
)
ACTS: dict[str, dict[str, str]] = {
    "decide": {}, "clarify": {"text": "x"}, "evaluate": {}, "set_aside": {"reason": "x"},
    "correct": {"bid": "alder", "field": "marks.reach", "old": "3", "new": "5", "reason": "x"},
}  # fmt: skip
STEPS = st.lists(st.sampled_from([*ACTS, "chair", "money", "else"]), max_size=4)
ENDS = st.sampled_from([[], ["decide", "chair", "money"], ["evaluate", "decide", "money", "chair"]])
"""How an honest record ends: as it happens, or approved by whom the policies name."""
OTHERS = st.lists(st.sampled_from([*ACTS, "else"]), min_size=1, max_size=4)
"""What somebody can add who has no key that a policy names: with those keys it would be an approval."""


def take(path: Path, step: str) -> None:
    """An act entered or a signature made; what is not due is left out."""
    try:
        if step in ACTS:
            enter(path, step, ACTS[step], CATALOGUE, LATER)
        else:
            sign(path, KEYS[step], step, CATALOGUE, LATER)
    except Refused:
        return


def signed_again(data: bytes, number: int) -> bytes:
    """The record with a signature replaced by another's in the same name, and all that follows sealed anew."""
    entries = read_chain(data).entries
    draft = signature(KEYS["else"], str(entries[number].body["signer"]), entries[number].at,
                      Link(number, entries[number - 1].hash))  # fmt: skip
    return rechained(data, lambda found: found[number].update(body=dict(draft.body)))


def changed(value: Any, draw: Callable[[Any], Any]) -> None:
    """One text somewhere in a body is another."""
    names = [n for n, part in (value.items() if isinstance(value, dict) else enumerate(value)) if part not in ({}, [])]
    if not names:
        return
    name = draw(st.sampled_from(names))
    if isinstance(value[name], dict | list):
        changed(value[name], draw)
    else:
        value[name] = draw(st.sampled_from(["", "1", "alder", base64.b64encode(b"x").decode()]))


def forged(path: Path, data: st.DataObject) -> bytes:
    """The record after an attack."""
    whole, draw = path.read_bytes(), data.draw
    count = len(whole.splitlines())
    match draw(st.sampled_from(["change", "drop", "cut", "add", "copy", "sign"])):
        case "change":
            number = draw(st.integers(0, count - 1))
            return rechained(whole, lambda entries: changed(entries[number]["body"], draw))
        case "drop":
            number = draw(st.integers(0, count - 1))
            return rechained(whole, lambda entries: entries.__delitem__(number))
        case "cut":
            return b"".join(whole.splitlines(keepends=True)[: draw(st.integers(0, count - 1))])
        case "add":
            for step in draw(OTHERS):
                take(path, step)
            return path.read_bytes()
        case "copy":
            taken, at = draw(st.integers(0, count - 1)), draw(st.integers(0, count))
            return rechained(whole, lambda entries: entries.insert(at, json.loads(json.dumps(entries[taken]))))
        case _:
            signatures = [e.number for e in read_chain(whole).entries if e.kind == "signature"]
            return signed_again(whole, draw(st.sampled_from(signatures))) if signatures else whole


@pytest.mark.slow
@settings(
    max_examples=14, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(data=st.data())
def test_no_verdict_becomes_true(
    tmp_path_factory: pytest.TempPathFactory, scheme_text: str, whole_bids: str, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("law") / "record.jsonl"
    record(path, Source("scheme.yaml", scheme_text.encode()), Source("bids.yaml", whole_bids.encode()), CATALOGUE, AT)
    for step in [*data.draw(STEPS), *data.draw(ENDS)]:
        take(path, step)
    policy = data.draw(st.sampled_from(POLICIES))
    head = read_chain(path.read_bytes()).entries[-1].hash

    def verified(found: bytes) -> Verification:
        return verify_bytes(found, CATALOGUE, head, (), policy)

    before = path.read_bytes()
    honest = verified(before)
    assert (honest.consistent, honest.anchored) == (True, True)
    after = forged(path, data)
    found = verified(after)
    for name in ("consistent", "anchored", "approved", "holds"):
        assert getattr(found, name) is not True or getattr(honest, name) is True, name
    if after != before:
        only_signed = read_chain(after).entries[: len(read_chain(before).entries)] == read_chain(before).entries
        assert not found.holds or only_signed
