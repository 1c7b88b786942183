"""JSON is told apart from what is none as RFC 8259 has it, in words of our own and within bounds."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.base import json_scan
from tender_eval.base.bounds import place
from tender_eval.base.json_scan import first_json_fault
from tender_eval.base.limits import DEEPEST, LONGEST_KEY
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_json
from tender_eval.model.diagnostics import Problems

PIECES = (
    '"a"', '"a": ', "1", "-2.5e3", "01", "1.", "[", "]", "{", "}", ",", ":", " ", "\n", "\t", "true", "nul", "null",
    '"', "\\", '"\\n"', '"\\x"', '"\\ud83d\\ude00"', "NaN", "'a'", "//", "é", "\x0b", "+1", "truefalse", "1a",
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_json_is_what_the_standard_library_takes(text: str) -> None:
    assert (first_json_fault(text) is None) == is_json(text)


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(VALUES, st.sampled_from((None, 1)), st.booleans(), st.data())
def test_a_sign_left_out_is_told_as_the_standard_library_would(
    value: object, indent: int | None, plain: bool, data: st.DataObject
) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=plain)
    assert first_json_fault(text) is None
    at = data.draw(st.integers(0, len(text) - 1))
    cut = text[:at] + text[at + 1 :]
    assert (first_json_fault(cut) is None) == is_json(cut)


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ('{"a": 1 "b": 2}', (1, 9), 'a comma or "}" is missing before this'),
        ('{"a": 1,}', (1, 9), "a key in double quotes is missing before this"),
        ("[1, 2,]", (1, 7), "a value is missing before this"),
        ("[\n  1\n  2]", (3, 3), 'a comma or "]" is missing before this'),
        ('{"a" 1}', (1, 6), "a colon is missing before this"),
        ("{a: 1}", (1, 2), "neither text in double quotes, nor a number, true, false or null"),
        ("{'a': 1}", (1, 2), "neither text in double quotes, nor a number, true, false or null"),
        ("[,]", (1, 2), 'a value or "]" is missing before this'),
        ("{1: 2}", (1, 2), 'a key in double quotes or "}" is missing before this'),
        ('["a', (1, 2), "this text in quotes is not closed, or has a line break, tab or code that JSON lacks"),
        ("[1] 2", (1, 5), "something follows here though the value has ended"),
        ("[1", (1, 3), "the file ends before its value does"),
        ("", (1, 1), "the file ends before its value does"),
    ],
)
def test_a_slip_is_named_at_its_place(text: str, where: tuple[int, int], said: str) -> None:
    fault = first_json_fault(text)
    assert fault
    assert (place(text, fault.at), fault.message) == (where, f"this is not JSON: {said}")


@pytest.mark.parametrize(("unit", "column"), [("[", 41), ('{"a":', 201), ('[{"a":', 121)])
def test_depth_is_bounded(unit: str, column: int) -> None:
    fault = first_json_fault(unit * 1000)
    assert fault
    assert (fault.code, fault.at + 1, fault.message) == ("TE004", column, f"nested deeper than {DEEPEST} levels")
    assert first_json_fault('["' + "[" * 1000 + '"]') is None


def test_keys_and_entries_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert first_json_fault('{"%s": 1}' % ("k" * (LONGEST_KEY - 2))) is None
    fault = first_json_fault('{"%s": 1}' % ("k" * LONGEST_KEY))
    assert fault
    assert (fault.code, fault.at) == ("TE004", 1)
    monkeypatch.setattr(json_scan, "MOST_ENTRIES", 10)
    fault = first_json_fault("[" + "1, " * 20 + "1]")
    assert fault
    assert "keys and items" in fault.message


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_text_of_json_is_kept_to_the_character(sign: str) -> None:
    """What YAML takes for a line break is a character in JSON."""
    problems = Problems()
    text = json.dumps({"name": f"A {sign} B{sign}C"}, ensure_ascii=False)
    read = parse_json(Source("bids.json", text.encode()), problems)
    assert not len(problems)
    assert read == json.loads(text)
