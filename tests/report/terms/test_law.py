"""Clauses as they are cited, in a sentence and in brackets."""

from __future__ import annotations

import pytest

from tender_eval.model.clause import Clause
from tender_eval.report.terms.law import cited, cited_after


@pytest.mark.parametrize(
    ("section", "within", "after"),
    [
        ("s.50", "section 50 of the X", "X, section 50"),
        ("reg. 31(2) and (3)", "regulation 31(2) and (3) of the X", "X, regulation 31(2) and (3)"),
        ("Schedule 1", "X, Schedule 1", "X, Schedule 1"),
        ("", "X", "X"),
    ],
)
def test_a_clause(section: str, within: str, after: str) -> None:
    clause = Clause("X", section, True)
    assert (cited([clause]), cited_after(clause)) == (within, after)
