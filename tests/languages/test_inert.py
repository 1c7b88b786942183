import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.languages.inert import cut, inert, is_safe, width


@pytest.mark.slow
@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    assert all(unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in inert(text))


@pytest.mark.slow
@given(st.text(st.characters(categories=("L", "M", "N", "P", "S"))))
def test_visible_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text
    assert all(map(is_safe, text))


@pytest.mark.slow
@given(st.text(), st.integers(1, 20))
def test_a_cut_text_never_takes_more_than_it_may(text: str, most: int) -> None:
    assert width(cut(text, most)) <= most


def test_bidi_and_control_characters_are_spelt_out() -> None:
    assert inert("\x1b[31m\u202eA\u2066\n\x9b\U000e0041") == r"\x1b[31m\u202eA\u2066\n\x9b\U000e0041"


def test_a_long_name_ends_in_an_ellipsis() -> None:
    assert cut("Harbour House Trust", 10) == "Harbour H…"
    assert cut("漢字漢字", 5) == "漢字…"
    assert cut("short", 5) == "short"
