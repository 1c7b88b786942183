"""Formulas as data."""

from __future__ import annotations

import pytest

from tender_eval.model.explanation.formulas import notation


def test_a_word_that_is_no_term_is_named() -> None:
    with pytest.raises(ValueError, match="'midrange' is no Term"):
        notation("figure / midrange")
