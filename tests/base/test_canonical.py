"""A value has one way to be written, and what is written otherwise is told as such."""

import pytest

from tender_eval.base.canonical import NotCanonical, canonical


def test_keys_are_sorted_by_utf_16() -> None:
    assert canonical({"\ufb33": "a", "\U0001f600": "b"}) == '{"\U0001f600":"b","\ufb33":"a"}'.encode()


def test_half_a_surrogate_pair_cannot_be_written() -> None:
    for value in ("\ud800", {"\ud800": "x"}):
        with pytest.raises(NotCanonical):
            canonical(value)
