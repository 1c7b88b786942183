"""What a process killed at any write of any act leaves: the case as before or as after, which can be gone on with.

That a process really killed leaves this and no lock is in `test_kill`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from acting import BIDS, CATALOGUE, PRICES, SCHEME, source

from tender_eval.audit import store
from tender_eval.audit.verify import read_case, verify
from tender_eval.audit.writing import correct_file, enter, open_case, open_prices, repair
from tender_eval.case.acts import ACTS
from tender_eval.files.source import Source

AT = "2026-05-02T09:30:00Z"
CALLS = ("write", "fsync", "ftruncate")  # what changes the file
Step = Callable[[Path], object]


def opening(path: Path) -> object:
    return open_case(path, Source("scheme.yaml", SCHEME.encode()), None, CATALOGUE, AT)


def act(kind: str, **said: object) -> tuple[str, Step]:
    return kind, lambda path: enter(path, kind, said, CATALOGUE, AT)  # type: ignore[arg-type]


def prices(path: Path) -> object:
    return open_prices(path, "p.csv", ("Ann", "Bob"), lambda: Source("p.csv", PRICES.encode()), CATALOGUE, AT)


def mended(path: Path) -> object:
    file = Source("p.csv", PRICES.replace("300", "310").encode())
    return correct_file(path, file, "x", ("Ann", "Bob"), CATALOGUE, AT)


# In this order each is due. Prices are sealed, so that there is something to open.
STEPS: tuple[tuple[str, Step], ...] = (
    ("open", opening),
    act("amend_scheme", file=source("s.yaml", SCHEME.replace("Refuge services", "Refuges")), reason="x"),
    act("receive", file=source("b.yaml", BIDS["two_envelopes"])),
    act("lock"),
    ("open_prices", prices),
    act("evaluate"),
    act("query", bid="low", text="x", about="abnormally_low"),
    act("answer", matter="m1", text="x", outcome="not_accepted"),
    act("clarify", text="x"),
    act("close_matter", matter="m1", reason="x"),
    act("disregard", bid="low", clause="s.19", reason="x"),
    act("readmit", bid="low", reason="x"),
    act("exclude", bid="low", clause="s.26", reason="x"),
    act("correct", bid="top", field="price", old="500", new="550", reason="x"),
    ("correct_file", mended),
    act("decide"),
    act("close"),
    act("set_aside", reason="x"),
    act("withdraw", bid="mid"),
)
UNTRIED = dict.fromkeys(
    ("offer", "settle", "declare_interest", "recuse", "submit_marks", "agree", "change_panel"),
    "it writes as correct does",
)


def test_every_act_is_tried() -> None:
    assert {kind for kind, _ in STEPS} | set(UNTRIED) == {"open", *ACTS}


@contextmanager
def left_behind(path: Path) -> Iterator[list[bytes]]:
    """What the file holds at each call to the system that changes one, of a write half of what is written."""
    found: list[bytes] = []

    def hooked(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def seen(descriptor: int, *args: object) -> object:
            before = path.read_bytes() if path.exists() else b""
            if name == "write" and path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                before += bytes(args[0])[: len(bytes(args[0])) // 2]  # type: ignore[call-overload]
            found.append(before)
            return real(descriptor, *args)

        return seen

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, hooked(name))
        yield found


@pytest.mark.slow
def test_killed_at_every_write_of_every_act(tmp_path: Path) -> None:
    """Half of what is written reaches the file; none of it and all of it are what the calls before and after leave."""
    path, tried = tmp_path / "record.jsonl", tmp_path / "tried.jsonl"
    for kind, step in STEPS:
        before = store.acknowledged("r", path.read_bytes()).entries if path.exists() else ()
        with left_behind(path) as found:
            step(path)
        assert len(set(found)) > 1, f"{kind} writes"
        for data in dict.fromkeys(filter(None, found)):
            tried.write_bytes(data)
            hold(tried, len(before))
    assert verify(path, CATALOGUE).holds


def hold(path: Path, before: int) -> None:
    """What was acknowledged is there; repaired, the record is consistent and says how the case stands."""
    assert len(store.acknowledged("r", path.read_bytes()).entries) >= before
    repair(path, AT)
    assert read_case(path, CATALOGUE).phase(), "it is checked when it is read"
