"""Time-stamps over a head, of a real authority: `openssl ts` on loopback."""

import base64
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import rfc3161_client
from forging import rechained
from time_authority import OPENSSL, made, openssl, reply, serving

from tender_eval import Refused
from tender_eval.audit import verify_record as second
from tender_eval.audit.anchors import Reply, ask, certificates, request_for
from tender_eval.audit.chain import Draft, read_chain
from tender_eval.audit.checks import FAILED
from tender_eval.audit.store import append
from tender_eval.audit.verify import Verification, verify, verify_bytes
from tender_eval.audit.writing import anchor, enter
from tender_eval.base.canonical import Data
from tender_eval.case.acts import Entry
from tender_eval.cli.times import now
from tender_eval.plugins.catalogue import Catalogue

Make = Callable[..., Path]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(OPENSSL is None, reason="openssl is not installed")]


@pytest.fixture(scope="module")
def vale(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("authorities") / "vale", "Vale Time")


@pytest.fixture(scope="module")
def moor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("authorities") / "moor", "Moor Time")


def entries(path: Path) -> tuple[Entry, ...]:
    return read_chain(path.read_bytes()).entries


@pytest.fixture
def anchored(recorded: Make, catalogue: Catalogue, vale: Path, moor: Path) -> Path:
    """A record over whose head two authorities gave a time-stamp."""
    path = recorded()
    with serving(vale) as one, serving(moor) as two:
        anchor(path, [ask(url, request_for(entries(path))) for url in (one, two)], catalogue, now())
    return path


def roots(*folders: Path) -> list[Path]:
    return [folder / "ca.pem" for folder in folders]


def verdicts(found: Verification) -> tuple[bool | None, bool | None, bool]:
    return found.consistent, found.anchored, found.holds


def test_it_is_anchored_by_an_authority_that_is_trusted_and_by_no_other(
    anchored: Path, catalogue: Catalogue, vale: Path, moor: Path, tmp_path: Path
) -> None:
    other = made(tmp_path / "other", "Vale Time")
    assert verdicts(verify(anchored, catalogue)) == (True, None, True)
    for trusted in ([vale], [moor], [vale, moor], [other, moor]):
        assert verdicts(verify(anchored, catalogue, authorities=roots(*trusted))) == (True, True, True)
    found = verify(anchored, catalogue, authorities=roots(other))
    assert verdicts(found) == (True, False, False)
    assert "no given certificate stands behind it" in str(found.checks)


def test_openssl_says_the_same_of_what_is_kept(anchored: Path, vale: Path) -> None:
    body = next(entry.body for entry in entries(anchored) if entry.kind == "anchor")
    (vale / "kept.tsr").write_bytes(base64.b64decode(str(body["response"])))
    openssl("ts", "-verify", "-digest", str(body["head"]), "-in", "kept.tsr", "-CAfile", "ca.pem", folder=vale)


def test_what_is_entered_after_is_not_anchored(anchored: Path, catalogue: Catalogue, vale: Path) -> None:
    enter(anchored, "clarify", {"text": "Award to birch"}, catalogue, now())
    found = verify(anchored, catalogue, authorities=roots(vale))
    assert verdicts(found) == (True, False, False)
    assert "entered since, for which it does not stand: clarify (24)" in str(found.checks)


def test_a_reply_can_be_brought_later_and_stands_for_what_it_is_over(
    recorded: Make, catalogue: Catalogue, vale: Path
) -> None:
    path = recorded()
    brought = Reply("reply.tsr", reply(vale, request_for(entries(path)).as_bytes()))
    enter(path, "clarify", {"text": "x"}, catalogue, now())
    anchor(path, [brought], catalogue, now())
    assert verdicts(verify(path, catalogue, authorities=roots(vale))) == (True, False, False)


@pytest.mark.parametrize("change", [
    lambda e: e[-1]["body"].update(head="0" * 64),
    lambda e: e[-1]["body"].update(head=e[3]["hash"]),
    lambda e: e[-1]["body"].update(response="AAAA"),
    lambda e: e[-1]["body"].update(response="*"),
    lambda e: e[-1]["body"].update(note="x"),
    lambda e: e[0].update(at="2026-05-02T08:00:00Z"),
])  # fmt: skip
def test_a_time_stamp_of_something_else_is_a_fault(
    anchored: Path, catalogue: Catalogue, vale: Path, moor: Path, change: Callable[[list[dict[str, Any]]], None]
) -> None:
    trusted = certificates(roots(vale, moor))
    found = verify_bytes(rechained(anchored.read_bytes(), change), catalogue, authorities=trusted)
    assert (found.consistent, found.holds) == (False, False)


def test_a_time_stamp_that_was_tampered_with_anchors_nothing(anchored: Path, catalogue: Catalogue, vale: Path) -> None:
    def flipped(entries: list[dict[str, Any]]) -> None:
        del entries[-1]  # the other authority's
        data = bytearray(base64.b64decode(entries[-1]["body"]["response"]))
        data[-1] ^= 1
        entries[-1]["body"]["response"] = base64.b64encode(bytes(data)).decode("ascii")

    found = verify_bytes(rechained(anchored.read_bytes(), flipped), catalogue, authorities=certificates(roots(vale)))
    assert (found.anchored, found.holds) == (False, False)


def times(found: Verification) -> list[str]:
    return [check.words.partition(", ")[0] for check in found.checks if (check.name, check.outcome) == ("time", FAILED)]


def test_no_entry_is_dated_after_a_time_stamp_over_it_nor_before_one_that_was_there(
    anchored: Path, catalogue: Catalogue, vale: Path
) -> None:
    """Else a late bid is in time: whoever enters it dates it back, and the order alone tells nothing."""
    enter(anchored, "clarify", {"text": "x"}, catalogue, now())
    data, stamp = anchored.read_bytes(), next(e for e in entries(anchored) if e.kind == "anchor")
    assert (verify_bytes(data, catalogue).consistent, times(verify_bytes(data, catalogue))) == (True, [])
    moment = datetime.fromisoformat(stamp.at)
    last = len(entries(anchored)) - 1

    def dated(numbers: Iterable[int], by: timedelta) -> Verification:
        at = (moment + by).isoformat()
        return verify_bytes(rechained(data, lambda e: [e[n].update(at=at) for n in numbers]), catalogue)  # type: ignore

    early, late, same = timedelta(hours=-1), timedelta(hours=1), timedelta(minutes=4)
    after = range(stamp.number, last + 1)
    for numbers, by, told in (
        (after, early, [f"entry {stamp.number} is dated {(moment + early).isoformat()}"]),
        (after, -same, []),
        (range(last, last + 1), late, []),
    ):
        found = dated(numbers, by)
        assert times(found)[:1] == [one.format((moment + by).isoformat()) for one in told], (numbers, by)
        assert found.consistent is not bool(told)


def test_a_time_stamp_of_another_time_than_the_entries_is_not_kept(
    recorded: Make, catalogue: Catalogue, vale: Path
) -> None:
    path = recorded()
    stamp = Reply("reply.tsr", reply(vale, request_for(entries(path)).as_bytes()))
    before = path.read_bytes()
    with pytest.raises(Refused, match=r"entry 22 is dated .* before the time-stamp of"):
        anchor(path, [stamp], catalogue, "2026-05-03T09:30:00Z")
    enter(path, "clarify", {"text": "x"}, catalogue, "2090-01-01T00:00:00Z")
    stamp = Reply("reply.tsr", reply(vale, request_for(entries(path)).as_bytes()))
    with pytest.raises(Refused, match=r"entry 22 is dated 2090.* after a time-stamp that was given for it") as e:
        anchor(path, [stamp], catalogue, "2090-01-01T00:00:00Z")
    assert "leave --at out" in e.value.diagnostics[0].hint
    assert path.read_bytes().startswith(before)
    kept: dict[str, Data] = {"head": entries(path)[-1].hash, "authority": "Vale Time"}
    kept["response"] = base64.b64encode(stamp.data).decode("ascii")
    append(path, "2090-01-01T00:00:00Z", lambda _: [Draft("anchor", kept)])  # as somebody would who writes it by hand
    found = verify(path, catalogue, authorities=roots(vale))
    assert times(found) == ["entry 22 is dated 2090-01-01T00:00:00+00:00"]
    assert verdicts(found) == (False, True, False)


def test_the_second_verifier_reads_the_time_and_the_hash_as_the_first(anchored: Path) -> None:
    for entry in (e for e in entries(anchored) if e.kind == "anchor"):
        data = base64.b64decode(str(entry.body["response"]))
        first = rfc3161_client.decode_timestamp_response(data).tst_info
        assert second.read_stamp(data) == (first.message_imprint.message, first.gen_time)
        for n in range(0, len(data), 7):
            for other in (data[:n], data + b"0", data[:n] + bytes([data[n] ^ 0x81]) + data[n + 1 :]):
                with suppress(second.Bad, ValueError):
                    second.read_stamp(other)


def test_what_is_no_time_stamp_of_this_record_is_not_kept(
    recorded: Make, catalogue: Catalogue, vale: Path, tmp_path: Path
) -> None:
    path, other = recorded(), recorded("other.jsonl", stage="quality")
    before = path.read_bytes()
    for data, says in (
        (b"hello", "is no time-stamp"),
        (b"", "is no time-stamp"),
        (reply(vale, request_for(entries(other)).as_bytes()), "of no entry of this record"),
    ):
        with pytest.raises(Refused, match=says) as refused:
            anchor(path, [Reply("reply.tsr", data)], catalogue, now())
        assert [d.code for d in refused.value.diagnostics] == ["TE098"]
    with serving(vale) as url:
        (vale / "kept").write_bytes(reply(vale, request_for(entries(path)).as_bytes()))
        try:
            with pytest.raises(Refused, match="not to this request"):
                ask(url, request_for(entries(path)))
        finally:
            (vale / "kept").unlink()
    for url in ("ftp://time.example", "http://127.0.0.1:1/"):
        with pytest.raises(Refused, match="TE098"):
            ask(url, request_for(entries(path)))
    (tmp_path / "no.pem").write_text("hello", encoding="utf-8")
    with pytest.raises(Refused, match="no certificate in PEM"):
        certificates([tmp_path / "no.pem"])
    assert path.read_bytes() == before
