"""Dates and durations as figures: days from a day that the scheme states."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, bids, evaluate, leaf, refusal, scheme, scores

from tender_eval import bids_from_data, compile_scheme, load_bids, scheme_from_data
from tender_eval.languages import steps
from tender_eval.languages.results import texts
from tender_eval.model.explanation.formulas import Column

EARLY = leaf("early", 100, {"name": "fixed_band", "field": "values.start", "full_at": 0, "zero_at": 100})
DAY: dict[str, Any] = {"dates": {"start": "2026-06-01"}}
DATED = scheme(EARLY, **DAY)


@given(st.dates(date(2026, 6, 1), date(2026, 9, 9)))
def test_a_date_counts_in_days_from_the_stated_day(day: date) -> None:
    found = evaluate(DATED, {"a": {"values": {"start": day.isoformat()}}})
    assert scores(found, "early") == {"a": 1 - Fraction((day - date(2026, 6, 1)).days, 100)}


def test_a_date_before_the_day_is_below_zero_and_told_with_its_place() -> None:
    points = [{"value": -30, "score": "100%"}, {"value": 100, "score": "0%"}]
    stated = scheme(leaf("early", 100, {"name": "piecewise", "field": "values.start", "points": points}), **DAY)
    found = evaluate(stated, {"a": {"values": {"start": "2026-05-30"}}, "b": {"values": {"start": "2028-02-29"}}})
    assert scores(found, "early") == {"a": Fraction(102, 130), "b": 0}
    (read,) = [s for s in found.bids[0].step.walk() if s.label == Column("values.start") and s.how]
    assert (read.value, steps.formula(read), read.inputs[0].value) == (-2, "days from 2026-06-01", "2026-05-30")


@pytest.mark.parametrize(("stated", "days"), [("42 days", 42), ("6 weeks", 42), ("1 week", 7), ("1.5 weeks", "21/2")])
def test_a_duration_counts_in_days(stated: str, days: object) -> None:
    quick = leaf("quick", 100, {"name": "formula", "expression": "min(1, values.lead / 100)"})
    found = evaluate(scheme(quick, durations=["lead"]), {"a": {"values": {"lead": stated}}})
    assert scores(found, "quick") == {"a": Fraction(str(days)) / 100}


@pytest.mark.parametrize(
    ("rest", "value", "mend"),
    [
        ({"dates": {"start": "2026-06-01"}}, 14, "2026-09-01"),
        ({"dates": {"start": "2026-06-01"}}, "6 weeks", "2026-09-01"),
        ({"durations": ["start"]}, 14, "42 days"),
        ({"durations": ["start"]}, "2026-09-01", "42 days"),
    ],
)
def test_the_other_kind_is_refused_once_and_the_mend_is_right(
    rest: dict[str, Any], value: object, mend: str, tmp_path: Path
) -> None:
    stated = compile_scheme(scheme_from_data(scheme(EARLY, **rest)), CATALOGUE)
    file = tmp_path / "bids.yaml"
    text = f"format: tender-eval/bids/1\nbids: [{{id: a, values: {{start: {value}}}}}]\n"
    file.write_text(text, encoding="utf-8")
    (said,) = refusal(stated.evaluate, load_bids(file))
    assert (said.code, str(said.where).rpartition("bids.yaml")[2]) == ("TE012", ":2:32")
    assert mend in said.hint
    file.write_text(text.replace(str(value), mend), encoding="utf-8")
    stated.evaluate(load_bids(file))


def test_a_date_where_the_scheme_counts_no_days_is_no_number() -> None:
    (said,) = refusal(evaluate, scheme(EARLY), {"a": {"values": {"start": "2026-09-01"}}})
    assert (said.code, "dates: {start: 2026-09-01}" in said.hint) == ("TE013", True)


def test_no_such_day_and_other_ways_to_write_one_are_refused() -> None:
    for wrong in ("2026-02-30", "01/09/2026", "2026-9-1"):
        assert refusal(bids_from_data, bids({"a": {"values": {"start": wrong}}}))[0].code in ("TE014", "TE016")


@pytest.mark.parametrize("wrong", ["1 April 2027", "Apr 1, 2027", "1/4/2027", "01.04.2027", "2027-13-01"])
def test_a_day_that_is_written_otherwise_is_told_how(wrong: str) -> None:
    (said,) = refusal(bids_from_data, bids({"a": {"values": {"start": wrong}}}))
    assert (said.code, said.message, said.hint) == ("TE016", f'"{wrong}" is no day', "write it like 2026-05-02")


@pytest.mark.parametrize("wrong", ["1 month", "six weeks", "3 days and 2 hours"])
def test_a_time_that_is_written_otherwise_is_told_how(wrong: str) -> None:
    (said,) = refusal(bids_from_data, bids({"a": {"values": {"first_contact": wrong}}}))
    assert (said.code, said.hint) == ("TE016", "write it like 42 days or 6 weeks")


def test_a_condition_tells_days() -> None:
    late = {"id": "in_time", "title": "In time", "reads": "values.start", "at_most": 0}
    stated = scheme(EARLY, dates={"start": "2026-06-01"}, conditions=[late])
    day = (date(2026, 6, 1) + timedelta(days=91)).isoformat()
    found = evaluate(stated, {"a": {"values": {"start": day}}})
    assert "values.start is 91 days from 2026-06-01, must be at most 0" in texts(found.bids[0].reasons)
