"""The marks that count beside the individual ones."""

from __future__ import annotations

from fractions import Fraction

from panels import marked, one_mark

from tender_eval.fairness.reliability.agreed import against_means, beside, resting
from tender_eval.fairness.reliability.given import panel_marks

PANEL = panel_marks(
    marked({
        "a": [one_mark(5, 2, 2, 3), one_mark(3, 3, 3, 3)],
        "b": [one_mark(2, 2, 4, 3), one_mark(4, 4)],
    })
)  # fmt: skip
MARKS = beside(PANEL)


def test_gaps_are_counted_where_two_or_more_marked() -> None:
    first, second, whole = against_means(MARKS)
    assert (first.marks, first.higher, first.lower, first.outside) == (2, 1, 1, 1)
    assert first.gap == (Fraction(5) - Fraction(7, 3) + 2 - 3) / 2 / 5
    assert first.furthest == ("a", "c0", 5, Fraction(7, 3))
    assert (second.marks, second.higher, second.lower) == (1, 0, 0)
    assert (whole.criterion, whole.marks, whole.outside) == ("", 3, 1)


def test_a_mark_rests_on_who_alone_holds_it_within_what_was_given() -> None:
    """b was agreed at 2 at c0, as p0 alone gave; the 5 that nobody gave rests on nobody."""
    assert resting(MARKS, PANEL.people) == {"p0": 1, "p1": 0, "p2": 0}
