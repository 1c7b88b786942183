"""What an entry may say, kind by kind: whatever else stands in one is found, though every hash was made anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forging import rechained

from tender_eval.audit.earlier import KINDS
from tender_eval.audit.entries import CLOSING, FINDINGS
from tender_eval.audit.replay import ENVIRONMENT, PRICE_READ
from tender_eval.audit.schema import FORMS, misfit
from tender_eval.audit.verify import verify, verify_bytes
from tender_eval.audit.writing import enter
from tender_eval.case.acts import ACTS, Entry
from tender_eval.plugins.catalogue import Catalogue

Make = Callable[..., Path]
Entries = list[dict[str, Any]]
LATER = "2026-05-03T09:30:00+01:00"
CUT = {"bytes": "12", "sha256": "0" * 64, "text": "cut off: 12 bytes of an entry that was never finished"}


def test_every_kind_has_a_form() -> None:
    known = {
        *ACTS,
        *KINDS,
        *FINDINGS,
        *CLOSING,
        PRICE_READ,
        ENVIRONMENT,
        "genesis",
        "inputs",
        "scheme",
        "prices",
        "price_opened",
    }
    assert known | {"signature", "anchor", "repaired"} == set(FORMS)


@pytest.mark.parametrize("body", [
    {}, {**CUT, "note": "all is well"}, {**CUT, "bytes": 12}, {**CUT, "sha256": "x"},
    {**CUT, "text": "cut off: the award"}, {**CUT, "text": CUT["text"] + ", as the chair asked"},
])  # fmt: skip
def test_what_was_repaired_is_said_as_a_repair_says_it(body: dict[str, Any]) -> None:
    assert misfit(Entry(3, "repaired", "", CUT, "")) is None
    assert misfit(Entry(3, "repaired", "", body, ""))


@pytest.mark.slow
@pytest.mark.parametrize("change", [
    lambda e: e[0]["body"].update(note="checked by the auditor"),
    lambda e: e[0]["body"]["environment"].update(note="x"),
    lambda e: e[0]["body"]["environment"]["distributions"]["tender-eval"].update(note="x"),
    lambda e: e[1]["body"].update(note="x"),
    lambda e: e[1]["body"]["bids"].update(note="x"),
    lambda e: e[-1]["body"].update(note="x"),
    lambda e: e[-1]["body"].update(made_by={"name": "A. Chair"}),
    lambda e: e[-1]["body"].update(text=["x"]),
    lambda e: e[-1]["body"].update(before={"winner": ["cedar"]}),
    lambda e: e.append({**e[-1], "kind": "repaired", "body": {"text": "all is well"}}),
    lambda e: e.append({**e[-1], "kind": "verdict", "body": {}}),
    lambda e: e[-1]["body"].pop("text"),
])  # fmt: skip
def test_what_nobody_would_write_is_found(
    recorded: Make, catalogue: Catalogue, change: Callable[[Entries], None]
) -> None:
    path = recorded()
    enter(path, "clarify", {"text": "The date was moved."}, catalogue, LATER)
    data = path.read_bytes()
    assert verify_bytes(data, catalogue).consistent
    found = verify_bytes(rechained(data, change), catalogue)
    assert (found.consistent, found.holds) == (False, False)


def attributed(to: str, version: str) -> Callable[[Entries], None]:
    """All that was scored and ranked attributed to another plugin, which the first entry names or not."""

    def changed(entries: Entries) -> None:
        now = entries[0]["body"]["environment"]["distributions"]
        now[to] = {"version": version, "sha256": "0" * 64, "plugins": ["evil"]}

        def walk(value: Any) -> None:
            for name, part in value.items() if isinstance(value, dict) else enumerate(value):
                if name == "by" and "(" in part:
                    value[name] = part.partition(" (")[0] + f" ({to} {version})"
                elif isinstance(part, dict | list):
                    walk(part)

        for entry in entries[2:]:
            walk(entry["body"])

    return changed


@pytest.mark.slow
@pytest.mark.parametrize("named", [True, False])
def test_figures_that_are_attributed_to_another_plugin_are_found(
    recorded: Make, catalogue: Catalogue, named: bool
) -> None:
    def changed(entries: Entries) -> None:
        attributed("evil-scorer", "6.6.6")(entries)
        if not named:
            del entries[0]["body"]["environment"]["distributions"]["evil-scorer"]
            entries[0]["body"]["environment"]["distributions"]["tender-eval"]["version"] = "0.0.1"

    found = verify_bytes(rechained(recorded().read_bytes(), changed), catalogue)
    assert (found.consistent, found.holds) == (False, False)
    assert found.fault
    assert found.fault.field.endswith(".by")


@pytest.mark.slow
def test_another_version_of_ours_must_stand_in_what_is_attributed_to_it(recorded: Make, catalogue: Catalogue) -> None:
    def older(entries: Entries) -> None:
        attributed("tender-eval", "0.0.1")(entries)

    found = verify_bytes(rechained(recorded().read_bytes(), older), catalogue)
    assert found.consistent
    assert "what is put in words was not compared" in str(found.checks)

    def other(entries: Entries) -> None:
        attributed("tender-eval", "0.0.2")(entries)
        entries[0]["body"]["environment"]["distributions"]["tender-eval"]["version"] = "0.0.1"

    assert verify_bytes(rechained(recorded("b.jsonl").read_bytes(), other), catalogue).consistent is False


@pytest.mark.slow
def test_a_repair_that_happened_is_sound(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    with path.open("ab") as file:
        file.write(b'{"at":"2026')
    enter(path, "clarify", {"text": "x"}, catalogue, LATER)
    assert verify(path, catalogue).consistent
