"""What a scheme must say of computed marks, and what it may not: each at its place."""

from __future__ import annotations

from typing import Any

import pytest
from inline import CATALOGUE, leaf, refusal, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.files.schemes.dump import scheme_data

BENT = [{"mark": mark, "score": f"{share}%"} for mark, share in enumerate((0, 20, 50, 80, 100))]
EVEN = [{"mark": mark, "score": f"{share}%"} for mark, share in enumerate((0, 50, 100))]


def stated(panel: dict[str, Any], scale: Any = EVEN) -> dict[str, Any]:
    return scheme(leaf("q", 100, "mark", scale="s"), scales={"s": scale}, panel=panel)


def refused(panel: dict[str, Any], scale: Any = EVEN) -> tuple[str, str]:
    def load() -> None:
        compile_scheme(scheme_from_data(stated(panel, scale)), CATALOGUE)

    (found,) = refusal(load)
    return found.code, found.message


def test_old_schemes_agree_their_marks() -> None:
    for panel in ({"divergence": 2}, {"marks": "agreed"}):
        assert not scheme_from_data(stated(panel)).panel.computed
    assert not scheme_from_data(scheme(leaf("q", 100, "ratio_to_lowest"))).panel.computed


def test_what_the_statistic_is_of_must_be_said_where_it_changes_awards() -> None:
    code, message = refused({"marks": "mean"}, BENT)
    assert code == "TE027"
    assert "0 and 2 come to 20%, or to 25%" in message
    compile_scheme(scheme_from_data(stated({"marks": "mean"})), CATALOGUE)
    for of in ("marks", "shares"):
        compile_scheme(scheme_from_data(stated({"marks": "mean", "of": of}, BENT)), CATALOGUE)


@pytest.mark.parametrize(
    ("panel", "code", "told"),
    [
        ({}, "TE011", "says nothing"),
        ({"marks": "agreed", "of": "marks"}, "TE028", "of is said of a computed mark"),
        (
            {"marks": "mean", "refuse": ["stock", "outside"]},
            "TE028",
            "refuse names outside, which is said of an agreed",
        ),
        ({"rounding": {"places": 1, "mode": "half_up"}}, "TE028", "rounding is said of a computed mark"),
        ({"for_all_lots": ["r"]}, "TE021", 'for_all_lots names "r", which is no criterion that a panel marks'),
        ({"marks": "trimmed_mean"}, "TE027", "how many marks it leaves out"),
        ({"marks": "mean", "trim": 1}, "TE028", "trim is said of a trimmed mean"),
        ({"marks": "trimmed_mean", "trim": 1, "least": 2}, "TE028", "nothing is left"),
        ({"marks": "weighted_mean"}, "TE027", "how much whose mark counts"),
        ({"marks": "mean", "weights": {"legal": 1}}, "TE028", "weights are said of a weighted mean"),
        ({"marks": "weighted_mean", "weights": {"legal": 0}}, "TE015", "above 0"),
        ({"marks": "mode"}, "TE016", "mode"),
        ({"marks": "mean", "least": 0}, "TE015", "whole number"),
    ],
)
def test_what_does_not_fit_together_is_refused(panel: dict[str, Any], code: str, told: str) -> None:
    found = refused(panel)
    assert found[0] == code
    assert told in found[1]


def test_a_rounded_mark_never_lies_beyond_the_scale() -> None:
    scale = [{"mark": 0, "score": "0%"}, {"mark": "4.5", "score": "100%"}]
    rounding = {"places": 0, "mode": "half_up"}
    assert refused({"marks": "mean", "rounding": rounding}, scale) == (
        "TE028",
        '4.5, at the end of scale "s", would be rounded to 5',
    )
    assert refused({"marks": "mean", "rounding": {"places": 0, "mode": "down"}}, scale)[0] == "TE028"


def test_marks_that_cannot_be_averaged_are_refused() -> None:
    level = [{"mark": 0, "score": "0%"}, {"mark": 1, "score": "0%"}, {"mark": 2, "score": "100%"}]
    assert "earn the same" in refused({"marks": "mean", "of": "shares"}, level)[1]
    codes = [{"mark": 2, "score": "0%"}, {"mark": 1, "score": "50%"}, {"mark": 3, "score": "100%"}]
    assert "in no order of their worth" in refused({"marks": "median", "of": "marks"}, codes)[1]
    unmarked = scheme(leaf("price", 100, "ratio_to_lowest"), panel={"marks": "mean"})
    (found,) = refusal(lambda: compile_scheme(scheme_from_data(unmarked), CATALOGUE))
    assert found.code == "TE028"
    assert "nothing is scored by a mark" in found.message


@pytest.mark.parametrize(
    "panel",
    [
        {"refuse": ["outside", "other_bid"], "for_all_lots": ["q"]},
        {"marks": "trimmed_mean", "of": "shares", "trim": 1, "least": 4, "divergence": 2},
        {"marks": "median", "of": "marks", "rounding": {"places": 2, "mode": "half_even"}},
        {"marks": "weighted_mean", "of": "shares", "weights": {"legal": "2.5", "practitioner": 1}},
        {"divergence": 2},
    ],
)
def test_it_is_written_back_as_it_was(panel: dict[str, Any]) -> None:
    read = scheme_from_data(stated(panel, BENT))
    assert scheme_from_data(scheme_data(read)) == read
