"""People left out by the scheme's own rule for marks, and by nothing else."""

from __future__ import annotations

from panels import marked, one_mark

from tender_eval.fairness.reliability.leaving_out import winners_without

CLOSE = {"a": [one_mark(None, 5, 3, 3)], "b": [one_mark(None, 2, 4, 4)]}


def test_a_mean_is_computed_of_the_others_marks_without_rounding() -> None:
    """All: a 11/3, b 10/3. Without p1: a 4, b 3. Without p0: a 3, b 4. No mark of the scale lies there."""
    assert winners_without(marked(CLOSE, marks="mean")) == {"p0": ("b",), "p1": ("a",), "p2": ("a",)}


def test_thirds_that_a_scale_would_round_away_decide() -> None:
    by_bid = {"a": [one_mark(None, 0, 3, 3, 4)], "b": [one_mark(None, 5, 3, 3, 3)]}
    assert winners_without(marked(by_bid, marks="mean"))["p0"] == ("a",)  # 10/3 to 3


def test_a_median_is_computed_of_the_others_marks() -> None:
    assert winners_without(marked(CLOSE, marks="median"))["p1"] == ("a",)  # 4 to 3


def test_of_agreed_marks_no_rule_says_what_would_count() -> None:
    agreed = {"a": [one_mark(4, 5, 3)], "b": [one_mark(3, 2, 4)]}
    assert winners_without(marked(agreed)) == {"p0": None, "p1": None}


def test_nobody_wins_where_too_few_marks_are_left() -> None:
    assert winners_without(marked(CLOSE, marks="mean", least=3)) == {"p0": (), "p1": (), "p2": ()}


def test_somebody_with_whom_nobody_shared_a_mark_is_not_listed() -> None:
    by_bid = {"a": [one_mark(None, None, None, 4)], "b": [one_mark(None, 3, 4)]}
    assert set(winners_without(marked(by_bid, marks="mean"))) == {"p0", "p1"}
