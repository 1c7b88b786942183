"""A value has one way to be written, and what is written otherwise is told as such."""

from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval.base.canonical import NotCanonical, canonical


def test_keys_are_sorted_by_utf_16() -> None:
    assert canonical({"\ufb33": "a", "\U0001f600": "b"}) == '{"\U0001f600":"b","\ufb33":"a"}'.encode()


def test_half_a_surrogate_pair_cannot_be_written() -> None:
    for value in ("\ud800", {"\ud800": "x"}):
        with pytest.raises(NotCanonical):
            canonical(value)


TOLD_APART = 'ab"\\/\b\f\n\r\t\x00\x1f\x7f\x80£\u2028\ud7ff\ue000\ufb33\uffff\U00010000\U0001f600'
TEXT = st.text(st.sampled_from(TOLD_APART))
VALUES = st.recursive(
    st.none() | st.booleans() | TEXT | st.text(),
    lambda inside: st.lists(inside) | st.lists(inside).map(tuple) | st.dictionaries(TEXT | st.text(), inside),
)


@pytest.mark.slow
@settings(max_examples=50)
@given(VALUES)
def test_it_is_what_the_reference_writes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.slow
@pytest.mark.parametrize("character", ["".join(map(chr, [*range(0xD800), *range(0xE000, 0x10000)])), "\U0010ffff"])
def test_every_character_is_written_as_the_reference_does(character: str) -> None:
    for value in (character, {character: character}, dict.fromkeys(character, "")):
        assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_what_is_no_such_value_cannot_be_written() -> None:
    with pytest.raises(NotCanonical, match="bytes"):
        canonical({"x": b"y"})  # type: ignore[dict-item]
