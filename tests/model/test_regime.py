"""The record of a scheme's regime: words of one vocabulary, and nothing where nothing is stated."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from tender_eval.model.regime import UNSTATED, Authority, Law, Nation, Procedure, Regime
from tender_eval.model.scheme import Award, Call, Scheme


def test_nothing_is_taken_for_granted() -> None:
    assert all(getattr(UNSTATED, f.name) in (None, "", (), False) for f in fields(Regime))
    assert Scheme(id="s", title="S", criteria=(), award=Award(Call("highest_score"))).regime == UNSTATED


def test_what_is_stated_does_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        UNSTATED.law = Law.GRANT  # type: ignore[misc]


@pytest.mark.parametrize("words", [Nation, Law, Authority, Procedure])
def test_words_are_written_in_lower_case(words: type[Nation | Law | Authority | Procedure]) -> None:
    assert all(word == word.lower() and " " not in word for word in words)
