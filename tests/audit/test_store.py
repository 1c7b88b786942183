import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tender_eval import Refused
from tender_eval.audit import store
from tender_eval.audit.chain import Draft, read_chain
from tender_eval.audit.store import acknowledged, append, create
from tender_eval.audit.verify import read_case, verify
from tender_eval.audit.writing import enter, repair
from tender_eval.base import lock
from tender_eval.base.lock import locked
from tender_eval.plugins.catalogue import Catalogue

Make = Callable[..., Path]
AT, LATER = "2026-05-02T09:30:00+01:00", "2026-05-03T09:30:00+01:00"
FIRST = [Draft("genesis", {}), Draft("inputs", {}), Draft("score", {"x": "1"}), Draft("evaluated", {})]
NOTE = Draft("decision", {"text": "x"})


def codes(call: Callable[..., object], *args: object) -> list[str]:
    with pytest.raises(Refused) as e:
        call(*args)
    return [d.code for d in e.value.diagnostics]


def kinds(path: Path) -> list[str]:
    return [e.kind for e in read_chain(path.read_bytes()).entries]


@pytest.fixture
def made(tmp_path: Path) -> Path:
    path = tmp_path / "record.jsonl"
    create(path, FIRST, AT)
    return path


def test_a_new_record_stands_alone_in_its_folder(made: Path) -> None:
    assert kinds(made) == ["genesis", "inputs", "score", "evaluated"]
    assert list(made.parent.iterdir()) == [made]


def test_no_file_is_ever_overwritten(made: Path) -> None:
    before = made.read_bytes()
    assert codes(create, made, FIRST, AT) == ["TE091"]
    assert made.read_bytes() == before
    assert list(made.parent.iterdir()) == [made]


def test_of_two_who_create_at_once_one_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "record.jsonl"
    monkeypatch.setattr(Path, "exists", lambda _: False)  # the other came between looking and writing
    create(path, FIRST, AT)
    assert codes(create, path, FIRST, AT) == ["TE091"]


def test_where_the_file_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    path = tmp_path / "record.jsonl"
    monkeypatch.setattr(os, "link", refuse)
    create(path, FIRST, AT)
    assert kinds(path) == ["genesis", "inputs", "score", "evaluated"]
    monkeypatch.setattr(Path, "exists", lambda _: False)
    assert codes(create, path, FIRST, AT) == ["TE091"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    assert codes(create, tmp_path / "none" / "record.jsonl", FIRST, AT) == ["TE090"]
    assert codes(append, tmp_path / "none.jsonl", AT, lambda _: [NOTE]) == ["TE001"]


def test_text_that_cannot_stand_in_a_record(made: Path) -> None:
    before = made.read_bytes()
    assert codes(append, made, AT, lambda _: [Draft("decision", {"text": "\udc80"})]) == ["TE085"]
    assert made.read_bytes() == before


TIMES = ["", "now", "2026-05-02", "2026-05-02T09:30:00", "2026-02-30T09:30:00Z", "٢٠٢٦-05-02T09:30:00Z"]


@pytest.mark.parametrize("at", TIMES)
def test_times_are_rfc_3339(made: Path, at: str) -> None:
    assert codes(create, made.with_name("new"), FIRST, at) == ["TE094"]
    assert codes(append, made, at, lambda _: [NOTE]) == ["TE094"]


def test_time_does_not_run_back(made: Path) -> None:
    assert codes(append, made, "2026-05-02T08:29:59Z", lambda _: [NOTE]) == ["TE094"]
    append(made, "2026-05-02T08:30:00Z", lambda _: [NOTE])  # the same moment in another zone
    append(made, LATER, lambda _: [NOTE])
    assert kinds(made)[-2:] == ["decision", "decision"]


def test_appending_is_given_what_is_there_and_keeps_it(made: Path) -> None:
    before = made.read_bytes()
    seen: list[int] = []

    def make(entries: tuple[object, ...]) -> Iterator[Draft]:
        seen.append(len(entries))
        yield NOTE

    written = append(made, LATER, make)
    assert seen == [4]
    assert made.read_bytes().startswith(before)
    assert (written.entries, written.head, written.repaired) == (5, read_chain(made.read_bytes()).entries[-1].hash, "")


def test_nothing_is_appended_to_a_broken_chain(made: Path) -> None:
    data = made.read_bytes()
    made.write_bytes(data.replace(b'"x":"1"', b'"x":"2"'))
    with pytest.raises(Refused) as e:
        append(made, LATER, lambda _: [NOTE])
    (told,) = e.value.diagnostics
    assert (told.code, told.where and told.where.line) == ("TE092", 3)
    assert "entry 2, hash" in told.message


def test_one_writer_at_a_time(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 0.1)
    descriptor = os.open(made, os.O_RDWR)
    try:
        with locked(descriptor):
            assert codes(append, made, LATER, lambda _: [NOTE]) == ["TE093"]
    finally:
        os.close(descriptor)
    append(made, LATER, lambda _: [NOTE])


def test_a_second_writer_waits(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 600)  # whoever waits for others on a busy machine
    errors: list[BaseException] = []

    def write() -> None:
        try:
            for _ in range(10):
                append(made, LATER, lambda _: [NOTE])
        except BaseException as e:  # handed to the test
            errors.append(e)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert kinds(made).count("decision") == 30
    assert read_chain(made.read_bytes()).fault is None


@pytest.mark.parametrize("tail", [b"{", b'{"at":"2026-05-03T09:30:00+01:00"', b"\x00" * 100, b"\xff"])
def test_a_torn_end_is_cut_off_and_that_is_entered(made: Path, tail: bytes) -> None:
    before = made.read_bytes()
    made.write_bytes(before + tail)
    found = acknowledged("r", made.read_bytes())
    assert (len(found.entries), found.tail) == (4, tail)
    written = append(made, LATER, lambda _: [NOTE])
    assert made.read_bytes().startswith(before)
    assert kinds(made)[-2:] == ["decision", "repaired"]
    assert written.repaired == f"{len(tail)} bytes of an entry that was never finished"
    assert read_chain(made.read_bytes()).entries[-1].body["bytes"] == str(len(tail))


def test_an_evaluation_that_was_never_finished_is_cut_off_as_a_whole(made: Path) -> None:
    before = made.read_bytes()
    group = [Draft("correction", {}), Draft("score", {}), Draft("score", {}), Draft("evaluated", {})]
    append(made, LATER, lambda _: group)
    lines = made.read_bytes().splitlines(keepends=True)
    for kept in (5, 6, 7):
        for torn in (b"", b'{"at'):
            made.write_bytes(b"".join(lines[:kept]) + torn)
            assert len(acknowledged("r", made.read_bytes()).entries) == 4
            append(made, LATER, lambda _: [NOTE])
            assert made.read_bytes().startswith(before)
            assert kinds(made)[4:] == ["decision", "repaired"]
    made.write_bytes(b"".join(lines))
    assert len(acknowledged("r", made.read_bytes()).entries) == 8


def test_a_record_without_its_first_evaluation_is_none(made: Path) -> None:
    lines = made.read_bytes().splitlines(keepends=True)
    for kept in range(4):
        made.write_bytes(b"".join(lines[:kept]))
        assert codes(append, made, LATER, lambda _: [NOTE]) == ["TE092"]


def test_a_full_disk_leaves_the_record_as_it_was(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.read_bytes()
    real = os.write

    def half(descriptor: int, data: bytes) -> int:
        if len(data) <= 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(descriptor, data[:100])

    monkeypatch.setattr(os, "write", half)
    assert codes(append, made, LATER, lambda _: [NOTE]) == ["TE090"]
    assert made.read_bytes() == before
    assert codes(create, made.with_name("new"), FIRST, AT) == ["TE090"]
    assert list(made.parent.iterdir()) == [made]


def test_short_writes_are_gone_on_with(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:7]))
    append(made, LATER, lambda _: [NOTE])
    assert read_chain(made.read_bytes()).fault is None
    assert kinds(made)[-1] == "decision"


def test_where_folders_cannot_be_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    folder = tmp_path.stat().st_ino

    def picky(descriptor: int) -> None:
        if os.fstat(descriptor).st_ino == folder:
            raise OSError(errno.EINVAL, "Invalid argument")
        real(descriptor)

    monkeypatch.setattr(store.os, "fsync", picky)
    create(tmp_path / "record.jsonl", FIRST, AT)
    assert kinds(tmp_path / "record.jsonl")[0] == "genesis"


@pytest.mark.slow
def test_a_repaired_record_is_consistent_and_tells_of_the_repair(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    enter(path, "clarify", {"text": "Award to birch"}, catalogue, LATER)
    whole = path.read_bytes()
    path.write_bytes(whole[:-20])
    assert not verify(path, catalogue).holds
    repair(path, LATER)
    assert verify(path, catalogue).holds
    case = read_case(path, catalogue)
    assert [e.kind for e in case.entries[-2:]] == ["evaluated", "repaired"]
    before = path.read_bytes()
    assert repair(path, LATER).repaired == ""
    assert path.read_bytes() == before
