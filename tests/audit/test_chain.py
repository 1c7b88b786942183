import json
from itertools import pairwise
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.audit.chain import Draft, Fault, Link, read_chain, seal, unseal
from tender_eval.audit.commitments.commitment import parts_digest
from tender_eval.base.canonical import NotCanonical, digest, parse
from tender_eval.case.acts import Entry

AT = "2026-05-02T09:30:00Z"
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
BODIES = st.dictionaries(WORDS, VALUES, max_size=3)
DRAFTS = st.lists(st.builds(Draft, WORDS, BODIES, st.none() | BODIES), min_size=1, max_size=5)
# Without a key the entries are those of format 1, which have no salts and commit no parts.
KEYS = st.sampled_from([b"", b"key"])


def lines_of(drafts: list[Draft], key: bytes = b"") -> list[bytes]:
    link, lines = Link(), []
    for draft in drafts:
        line, link = seal(draft, AT, link, key)
        lines.append(line)
    return lines


@pytest.mark.slow
@given(DRAFTS, KEYS)
def test_what_is_sealed_is_read_back(drafts: list[Draft], key: bytes) -> None:
    chain = read_chain(b"".join(lines_of(drafts, key)))
    assert chain.fault is None
    assert chain.torn == b""
    assert [(e.number, e.kind, e.at, e.body, e.parts, bool(e.salt)) for e in chain.entries] == [
        (n, d.kind, AT, d.body, d.parts if key else None, bool(key)) for n, d in enumerate(drafts)
    ]


def outline(entry: dict[str, Any]) -> dict[str, Any]:
    """What an entry is hashed by, made as docs/records.md says it."""
    said = {name: value for name, value in entry.items() if name not in ("hash", "salt")}
    if "salt" in entry:
        salt = bytes.fromhex(entry["salt"])
        said["body"] = digest(b"tender-eval/body/1\n" + salt + rfc8785.dumps(entry["body"]))
        if "parts" in entry:
            said["parts"] = parts_digest(salt, entry["parts"])
    return said


@pytest.mark.slow
@given(DRAFTS, KEYS)
def test_a_line_is_what_the_format_says(drafts: list[Draft], key: bytes) -> None:
    lines = lines_of(drafts, key)
    read = [json.loads(line) for line in lines]
    for line, entry in zip(lines, read, strict=True):
        assert line == rfc8785.dumps(entry) + b"\n"
        assert entry["hash"] == digest(rfc8785.dumps(outline(entry)))
    assert read[0]["prev"] == "0" * 64
    assert all(after["prev"] == before["hash"] for before, after in pairwise(read))


@pytest.mark.slow
@given(DRAFTS, KEYS, st.data())
def test_any_byte_put_in_changed_or_taken_out_is_found(drafts: list[Draft], key: bytes, data: st.DataObject) -> None:
    whole = b"".join(lines_of(drafts, key))
    at = data.draw(st.integers(0, len(whole) - 1))
    byte = bytes([data.draw(st.integers(0, 255).filter(lambda b: b != whole[at]))])
    for changed in (whole[:at] + byte + whole[at + 1 :], whole[:at] + byte + whole[at:], whole[:at] + whole[at + 1 :]):
        chain = read_chain(changed)
        # A byte put in front of an equal one leaves the same bytes.
        assert changed == whole or chain.fault or chain.torn or len(chain.entries) < len(drafts)


@pytest.mark.slow
@given(DRAFTS.filter(lambda d: len(d) > 1), KEYS, st.data())
def test_lines_moved_repeated_or_left_out_are_found(drafts: list[Draft], key: bytes, data: st.DataObject) -> None:
    lines = lines_of(drafts, key)
    at = data.draw(st.integers(0, len(lines) - 2))
    swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    repeated = [*lines[: at + 1], *lines[at:]]
    left_out = [*lines[:at], *lines[at + 1 :]]
    for changed, first in ((swapped, at), (repeated, at + 1), (left_out, at)):
        fault = read_chain(b"".join(changed)).fault
        assert fault
        assert (fault.number, fault.field) == (first, "n")


@pytest.mark.slow
@given(DRAFTS, KEYS, st.integers(0, 10_000))
def test_of_a_record_cut_short_the_whole_entries_are_read(drafts: list[Draft], key: bytes, cut: int) -> None:
    lines = lines_of(drafts, key)
    whole = b"".join(lines)
    chain = read_chain(whole[: cut % len(whole)])
    assert chain.fault is None
    assert b"".join(lines[: len(chain.entries)]) + chain.torn == whole[: cut % len(whole)]


def changed(**fields: Any) -> Fault:
    line, _ = seal(Draft("note", {"text": "x"}), AT, Link())
    entry = json.loads(line) | fields
    found = unseal(rfc8785.dumps({k: v for k, v in entry.items() if v is not None}) + b"\n", Link())
    assert isinstance(found, Fault)
    return found


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"n": "1"}, "n", 'it is numbered "1" where 0 is due'),
        ({"n": ["0"]}, "n", "it is numbered"),
        ({"prev": "1" * 64}, "prev", "it follows 111111111111..."),
        ({"hash": "1" * 64}, "hash", "its hash is 111111111111..."),
        ({"body": {"text": "y"}}, "hash", "but its content has"),
        ({"kind": "other"}, "hash", "but its content has"),
        ({"at": "2026-05-02T09:30:01Z"}, "hash", "but its content has"),
        ({"extra": "x"}, "line", "its fields are at, body, extra, hash"),
        ({"hash": None}, "line", "its fields are at, body, kind"),
        ({"body": "text"}, "line", "body a mapping"),
        ({"kind": True}, "line", "must be text"),
    ],
)
def test_the_field_at_fault_is_named(fields: dict[str, Any], field: str, words: str) -> None:
    fault = changed(**fields)
    assert (fault.number, fault.field) == (0, field)
    assert words in fault.message


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda line: line.replace(b'"at":', b'"at" :'), "not written in the canonical way"),
        (lambda line: line.replace(b"\n", b" \n"), "not written in the canonical way"),
        (lambda line: line.replace(b"\n", b"\r\n"), "not written in the canonical way"),
        (lambda line: line.replace(b'"x"', b'"\\u0078"'), "not written in the canonical way"),
        (lambda line: line.replace(b'"x"', b"1"), "the number 1 is not in quotes"),
        (lambda line: line.replace(b'"x"', b"1.5e3"), "is not in quotes"),
        (lambda line: line.replace(b'"x"', b"NaN"), "is not in quotes"),
        (lambda line: line.replace(b'"text":"x"', b'"text":"x","text":"x"'), "a key stands twice"),
        (lambda line: line.replace(b'"x"', b'"\xff"'), "it is not JSON"),
        (lambda line: line.replace(b'"x"', b'"\\ud800"'), "surrogate"),
        (lambda line: line.replace(b'"x"', b"[" * 100_000 + b"]" * 100_000), "nested too deep"),
        (lambda _: b"[]\n", "it is no mapping"),
        (lambda _: b"\n", "it is not JSON"),
    ],
)
def test_other_ways_of_writing_the_same_are_refused(spoil: Any, words: str) -> None:
    line, _ = seal(Draft("note", {"text": "x"}), AT, Link())
    found = unseal(spoil(line), Link())
    assert isinstance(found, Fault)
    assert words in found.message or "non-UTF-8" in found.message


def test_a_sound_line_is_an_entry() -> None:
    line, link = seal(Draft("note", {"text": "£ \u202e 💷"}), AT, Link())
    assert unseal(line, Link()) == Entry(0, "note", AT, {"text": "£ \u202e 💷"}, link.head)


def test_an_empty_record_has_no_entries() -> None:
    assert read_chain(b"").entries == ()
    with pytest.raises(NotCanonical):
        parse(b"")


@pytest.mark.parametrize(
    "other", [b"id,price\na,10\n", b"abc", b"format: tender-eval/scheme/1\n", b'{"a": "b"}\n', b"\xff\n"]
)
def test_a_file_that_is_no_record_is_told_as_such(other: bytes) -> None:
    fault = read_chain(other).fault
    assert fault
    assert (fault.field, fault.told) == ("file", "this is not a record: no line of it is an entry of one")
    assert "evaluate --record" in fault.mend


@pytest.mark.slow
@given(DRAFTS, KEYS)
def test_changed_line_ends_are_told_as_such_and_as_a_fault(drafts: list[Draft], key: bytes) -> None:
    lines = lines_of(drafts, key)
    for at in range(len(lines)):  # all of them, or some
        changed = b"".join(line.replace(b"\n", b"\r\n") if n >= at else line for n, line in enumerate(lines))
        fault = read_chain(changed).fault
        assert fault
        assert fault.field == "file"
        assert fault.told.startswith("its line ends were changed from LF to CR LF, so it is not the file")


@pytest.mark.slow
@given(DRAFTS.filter(lambda d: len(d) > 1), KEYS, st.data())
def test_an_entry_at_fault_is_named_whatever_the_line_ends(
    drafts: list[Draft], key: bytes, data: st.DataObject
) -> None:
    lines = lines_of(drafts, key)
    at = data.draw(st.integers(0, len(lines) - 1))
    lines[at] = lines[at].replace(AT.encode(), AT.encode().replace(b"2026", b"2027"))
    plain = read_chain(b"".join(lines)).fault
    assert plain
    assert (plain.number, plain.field) == (at, "hash")
    other = read_chain(b"".join(lines).replace(b"\n", b"\r\n")).fault
    assert other
    assert (other.number, other.field) == (at, "hash")
    assert other.message == f"{plain.message}; its line ends were changed to CR LF beside that"


def test_a_record_whose_first_entry_was_spoilt_is_still_a_record() -> None:
    one, two = lines_of([Draft("note", {"text": "x"}), Draft("note", {"text": "y"})])
    for spoilt in (b"x" + one[1:], one[:20] + one[25:], b"\xff" + one):
        fault = read_chain(spoilt + two).fault
        assert fault
        assert fault.number == 0
        assert fault.field in ("line", "hash"), "the rest of it is a record's"
