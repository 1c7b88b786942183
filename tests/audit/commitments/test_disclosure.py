"""What a bidder is given of a record: it proves its own part, and learns nothing of the others."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from forging import rechained

from tender_eval import Refused
from tender_eval.audit.chain import Draft, Link, read_chain, seal
from tender_eval.audit.commitments.commitment import body_digest, parts_digest
from tender_eval.audit.commitments.disclosure import disclose
from tender_eval.audit.commitments.outline import hashes, outlines
from tender_eval.audit.commitments.part_check import PartCheck, check_part
from tender_eval.audit.commitments.parts import RECEIVING, RESULTS
from tender_eval.audit.verify import read_case, verify_bytes
from tender_eval.audit.verify_record import check_given
from tender_eval.audit.writing import enter
from tender_eval.base.canonical import canonical
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.json.redacted import redacted_data

Make = Callable[..., Path]
LATER = "2026-05-03T09:30:00+01:00"
OLD = Path(__file__).parents[1] / "records-0.1.0" / "whole.jsonl"


@pytest.fixture
def decided(recorded: Make, catalogue: Catalogue) -> Path:
    path = recorded()
    enter(path, "decide", {}, catalogue, LATER)
    return path


def disclosed(path: Path, catalogue: Catalogue, bid: str = "alder") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(disclose(read_case(path, catalogue), bid, "record.jsonl").data)
    return found


def checked(data: dict[str, Any], head: str = "") -> PartCheck:
    return check_part(canonical(data), head or str(data["head"]))


@pytest.mark.slow
def test_a_bidder_proves_its_own_part(decided: Path, catalogue: Catalogue) -> None:
    data = disclosed(decided, catalogue)
    found = checked(data)
    assert found.holds
    assert [part.kind for part in found.parts] == ["inputs", "evaluated", "decide"]
    first, _, last = (json.loads(canonical(part.part)) for part in found.parts)
    assert first["stated"] == {"price": "12000", "declarations.safeguarding_policy": True}
    assert "results" not in first
    result = last["results"][""]
    assert (result["standing"], result["rank"], result["awarded"]) == ("ranked", "2", False)
    assert result["marks"]["delivery"] == {"agreed": "5", "reason": "Names who does what"}
    assert result["criteria"]["price"] == {"points": "33.33", "available": "40.00"}


@pytest.mark.slow
def test_any_head_since_is_known_and_no_other(decided: Path, catalogue: Catalogue) -> None:
    data, entries = disclosed(decided, catalogue), read_chain(decided.read_bytes()).entries
    assert [e.hash for e in entries] == hashes(data["outlines"])
    assert checked(data, f" {entries[-1].hash.upper()} ").holds
    enter(decided, "clarify", {"text": "x"}, catalogue, LATER)
    assert checked(disclosed(decided, catalogue), entries[-1].hash).holds
    assert not checked(data, "0" * 64).holds


def test_nothing_of_the_others_is_in_it(decided: Path, catalogue: Catalogue) -> None:
    text, entries = json.dumps(disclosed(decided, catalogue)), read_chain(decided.read_bytes()).entries
    assert not [word for word in ("birch", "Birch", "cedar", "10000", "9000", "e1") if f'"{word}"' in text]
    assert not [e.number for e in entries if e.salt in text]


@pytest.mark.slow
def test_the_figure_of_another_cannot_be_tried_out(decided: Path, catalogue: Catalogue) -> None:
    """Every price near its own is tried for birch: with the salt of its part one fits, without it none does."""
    entry = read_chain(decided.read_bytes()).entries[1]
    assert entry.parts
    of_alder = next(p for p in disclosed(decided, catalogue)["parts"] if p["n"] == "1")
    salt, part = bytes.fromhex(entry.salt), json.loads(canonical(entry.parts["birch"]))
    known, prefix = set(of_alder["path"]), b"\x00tender-eval/part/1\n"
    own = bytes.fromhex(disclosed(decided, catalogue, "birch")["parts"][0]["salt"])

    def fitting(guessed: bytes) -> list[int]:
        found = []
        for price in range(9_900, 10_100):
            part["stated"]["price"] = str(price)
            tried = sha256(prefix + guessed + canonical(part)).hexdigest()
            found += [price] if tried in known or tried == of_birch else []
        return found

    of_birch = sha256(prefix + own + canonical(entry.parts["birch"])).hexdigest()
    assert fitting(own) == [10_000]
    assert fitting(b"") == fitting(bytes(32)) == fitting(bytes.fromhex(of_alder["salt"])) == fitting(salt) == []


def test_the_body_of_an_entry_cannot_be_tried_out(decided: Path) -> None:
    """Whoever has the outlines and guesses every word of an entry still cannot tell whether it is right."""
    entries = read_chain(decided.read_bytes()).entries
    for entry, outline in zip(entries, outlines(entries), strict=True):
        assert outline["body"] != sha256(canonical(dict(entry.body))).hexdigest()  # type: ignore[arg-type]
        assert outline["body"] == body_digest(bytes.fromhex(entry.salt), canonical(dict(entry.body)))  # type: ignore[arg-type]


@pytest.mark.slow
def test_no_salt_is_used_twice(decided: Path, recorded: Make, catalogue: Catalogue) -> None:
    paths = (decided, recorded("other.jsonl"))
    found = [e.salt for path in paths for e in read_chain(path.read_bytes()).entries]
    for bid in ("alder", "birch", "cedar"):
        found += [part["salt"] for part in disclosed(decided, catalogue, bid)["parts"]]
    assert len(set(found)) == len(found)


def test_one_key_gives_another_salt_for_whatever_else_is_said() -> None:
    key, lines = b"k" * 32, []
    for body in ({"text": "x"}, {"text": "y"}):
        for link in (Link(), Link(1, "1" * 64)):
            for parts in (None, {"a": "1"}):
                lines.append(json.loads(seal(Draft("note", body, parts), LATER, link, key)[0]))
    assert len({line["salt"] for line in lines}) == len(lines) == 8


@pytest.mark.slow
def test_how_it_came_out_is_told_once_it_is_decided(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    found = disclose(read_case(path, catalogue), "alder", "r")
    assert (found.parts, found.kept_back) == (1, True)
    assert b"results" not in found.data
    enter(path, "decide", {}, catalogue, LATER)
    found = disclose(read_case(path, catalogue), "alder", "r")
    assert (found.parts, found.kept_back) == (3, False)
    enter(path, "set_aside", {"reason": "challenged"}, catalogue, LATER)
    assert b"results" not in disclose(read_case(path, catalogue), "alder", "r").data


@pytest.mark.slow
def test_a_head_stands_for_no_part_that_was_entered_after(decided: Path, catalogue: Catalogue) -> None:
    """With the head of an evaluation that is published, whoever has the file could commit any other outcome behind."""
    data, entries = disclosed(decided, catalogue), read_chain(decided.read_bytes()).entries
    part = data["parts"][-1]
    part["part"]["results"][""] |= {"rank": "3", "total": "1.00"}
    part |= {"path": [], "position": "0", "size": "1"}
    salted = b"tender-eval/part/1\n" + bytes.fromhex(part["salt"]) + canonical(part["part"])
    data["outlines"][-1]["parts"] = {"root": sha256(b"\0" + salted).hexdigest(), "size": "1"}
    data["head"] = hashes(data["outlines"])[-1]
    assert checked(data).holds  # of a record with this head it is a part
    for head in (entries[-2].hash, entries[2].hash):
        found = checked(data, head)
        assert not found.holds
        assert len(entries) - 1 not in [one.number for one in found.parts]
        assert "came after the entry with this head" in str(found.checks)
        assert not all(one.holds for one in check_given(canonical(data), head))


@pytest.mark.slow
def test_what_the_file_does_not_show_is_told(decided: Path, catalogue: Catalogue) -> None:
    data = disclosed(decided, catalogue)
    assert "shows nothing" not in str(checked(data).checks)
    last = data["parts"].pop()
    found = checked(data)
    assert found.holds
    assert f"the file shows nothing: {last['n']}; " in str(found.checks)
    assert f"of what these entries commit: {last['n']}; " in str(check_given(canonical(data), data["head"]))


CHANGES: tuple[tuple[Callable[[dict[str, Any]], Any], str], ...] = (
    (lambda d: d["parts"][0]["part"]["stated"].update(price="11999"), "does not commit this part"),
    (lambda d: d["parts"][2]["part"]["results"][""].update(awarded=True), "does not commit this part"),
    (lambda d: d["parts"][0].update(salt="0" * 64), "does not commit this part"),
    (lambda d: d["parts"][0].update(n="3"), "does not commit this part"),
    (lambda d: d["parts"][0].update(n="99"), "does not say where it stands"),
    (lambda d: d["parts"][0].update(size="4"), "does not commit this part"),
    (lambda d: d["parts"][0].update(size="9" * 18, position="9" * 17), "does not commit this part"),
    (lambda d: d["parts"][0].update(position="-1"), "does not say where it stands"),
    (lambda d: d["parts"][0]["path"].pop(), "does not commit this part"),
    (lambda d: d["parts"][0]["path"].append("0" * 64), "does not commit this part"),
    (lambda d: d["parts"][0].update(path=["x"]), "has no whole proof"),
    (lambda d: d["parts"][0].update(more="x"), "does not have the fields of one"),
    (lambda d: d["parts"].clear(), "holds no part"),
    (lambda d: d.update(bid="birch"), "is of another bid"),
    (lambda d: d.update(bid=[]), "bid must be text"),
    (lambda d: d.update(format="x"), "does not have the fields of one"),
    (lambda d: d.update(outlines=[]), "there are no outlines"),
    (lambda d: d["parts"].append(d["parts"][0]), "one of each"),
    (lambda d: d["parts"].reverse(), "one of each"),
    (lambda d: d["parts"][0].update(n="-4"), "does not say where it stands"),
    (lambda d: d["parts"][0].update(n=" 1"), "does not say where it stands"),
    (lambda d: d["parts"][0].update(n="01"), "does not say where it stands"),
    (lambda d: d["parts"][0].update(size="٣"), "does not say where it stands"),
    (lambda d: d.update(head="0" * 64), "head that the file states"),
    (lambda d: d["outlines"].pop(0), "does not follow the one before"),
    (lambda d: d["outlines"][1].update(at="2026-05-01T00:00:00Z"), "does not follow the one before"),
    (lambda d: d["outlines"][1].update(body={"text": "x"}), "does not have the fields of one"),
    (lambda d: d["outlines"][1].update(body="\ud800"), "does not have the fields of one"),
    (lambda d: d["outlines"][-1].update(parts={"root": "0" * 64, "size": "3"}), "no entry has this hash"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_what_is_changed_in_it_is_found(
    decided: Path, catalogue: Catalogue, change: Callable[[dict[str, Any]], Any], words: str
) -> None:
    data = disclosed(decided, catalogue)
    head = data["head"]
    change(data)
    found = check_part(json.dumps(data).encode(), head)
    assert not found.holds
    assert words in str(found.checks)
    assert not all(one.holds for one in check_given(json.dumps(data).encode(), head))


def test_a_redacted_record_that_shows_an_entry_as_something_else_is_found(decided: Path, catalogue: Catalogue) -> None:
    whole = redacted_data(read_case(decided, catalogue))

    def holds(**said: object) -> bool:
        data = json.loads(json.dumps(whole))
        data["entries"][1].update(said)
        return all(one.holds for one in check_given(json.dumps(data).encode(), whole["head"]))

    assert holds()
    for said in ({"kind": "decide"}, {"at": LATER}, {"hash": "0" * 64}, {"n": 2}):
        assert not holds(**said), said


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"{}", b'{"a":1}', b"[" * 100_000])
def test_what_is_no_disclosure_is_told(data: bytes) -> None:
    found = check_part(data, "0" * 64)
    assert not found.holds
    assert found.checks[0].words.startswith("this is not what audit disclose wrote")


def test_a_record_of_format_1_commits_no_parts_and_tells_no_hashes(catalogue: Catalogue) -> None:
    """What stands in its short entries could be tried out against their hashes, each from the one before."""
    case = read_case(OLD, catalogue)
    with pytest.raises(Refused) as e:
        disclose(case, case.bids.bids[0].id, "old.jsonl")
    assert [d.code for d in e.value.diagnostics] == ["TE099"]
    found = redacted_data(case)
    assert not [entry for entry in found["entries"] if {"hash", "outline"} & set(entry)]
    assert "hashes of entries" in found["withheld"][-1]


def test_what_anybody_is_given_proves_the_chain(decided: Path, catalogue: Catalogue) -> None:
    found = redacted_data(read_case(decided, catalogue))
    assert hashes([entry["outline"] for entry in found["entries"]]) == [entry["hash"] for entry in found["entries"]]
    assert found["entries"][-1]["hash"] == found["head"]
    text = json.dumps(found)
    assert not [e.number for e in read_chain(decided.read_bytes()).entries if e.salt in text]


@pytest.mark.slow
def test_an_unknown_bid_is_told(decided: Path, catalogue: Catalogue) -> None:
    with pytest.raises(Refused) as e:
        disclose(read_case(decided, catalogue), "aldre", "r")
    assert [(d.code, d.hint) for d in e.value.diagnostics] == [("TE070", 'did you mean "alder"?')]


def test_the_outline_is_what_the_hash_is_of(decided: Path) -> None:
    for line in map(json.loads, decided.read_bytes().splitlines()):
        salt = bytes.fromhex(line.pop("salt"))
        own = line.pop("hash")
        line["body"] = body_digest(salt, canonical(line["body"]))
        if "parts" in line:
            line["parts"] = parts_digest(salt, line["parts"])
        assert own == sha256(canonical(line)).hexdigest()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("inputs", lambda parts: parts["birch"]["stated"].update(price="9999")),
        ("evaluated", lambda parts: parts["alder"]["results"][""].update(rank="9")),
        ("decide", lambda parts: parts["alder"]["results"][""].update(awarded=True)),
        ("decide", lambda parts: parts.pop("cedar")),
        ("decide", lambda parts: parts.update(elm=parts["cedar"])),
    ],
)
def test_other_parts_than_those_of_the_bids_are_found(
    decided: Path, catalogue: Catalogue, kind: str, change: Callable[[dict[str, Any]], Any]
) -> None:
    data = rechained(decided.read_bytes(), lambda e: change(next(x for x in e if x["kind"] == kind)["parts"]))
    found = verify_bytes(data, catalogue)
    assert found.fault
    assert found.fault.field.startswith("parts")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["inputs", "evaluated", "decide"])
def test_parts_that_are_left_out_are_missed(decided: Path, catalogue: Catalogue, kind: str) -> None:
    data = rechained(decided.read_bytes(), lambda e: next(x for x in e if x["kind"] == kind).pop("parts"))
    found = verify_bytes(data, catalogue)
    assert found.fault
    assert (found.fault.field, found.fault.message) == ("parts", "it must commit the part of each bid")


def test_parts_where_none_are_due_are_refused(decided: Path, catalogue: Catalogue) -> None:
    data = rechained(decided.read_bytes(), lambda e: e[0].update(parts={"alder": {}}))
    found = verify_bytes(data, catalogue)
    assert found.fault
    assert found.fault.message == "an entry of kind genesis commits no parts"


def test_salts_stand_in_all_entries_or_in_none(decided: Path) -> None:
    lines = decided.read_bytes().splitlines(keepends=True)
    for first, second in ((b"", b"key"), (b"key", b"")):
        one, link = seal(Draft("note", {}), LATER, Link(), first)
        two, _ = seal(Draft("note", {}), LATER, link, second)
        fault = read_chain(one + two).fault
        assert fault
        assert (fault.number, fault.field) == (1, "salt")
    assert read_chain(b"".join(lines)).fault is None


def test_the_kinds_that_commit_parts_are_those_of_the_format() -> None:
    page = (Path(__file__).parents[3] / "docs" / "records.md").read_text(encoding="utf-8")
    for kinds in (RECEIVING, RESULTS):
        assert ", ".join(f"`{kind}`" for kind in kinds) in page
