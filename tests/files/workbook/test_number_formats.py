"""What a number format shows of a value."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.files.workbook.number_formats import BUILT_IN, hidden_text, is_date, sections, shown_as


@pytest.mark.slow
@given(st.decimals(min_value=0, max_value=10**6, places=3), st.integers(0, 4))
def test_what_is_shown_is_told_where_it_is_another_number(number: Decimal, places: int) -> None:
    ends_there = f"{number:f}".rstrip("0").partition(".")[2]
    assert bool(shown_as(f"{number:f}", "0." + "0" * places if places else "0")) == (len(ends_there) > places)


@pytest.mark.parametrize(
    ("number", "shows", "seen"),
    [
        ("-5", "0;0", "5"),
        ("-5", "0;-0", ""),
        ("-5", "#,##0_);(#,##0)", ""),
        ("-5", '0;"minus "0', "5"),
        ("-5", "[Red]0.0", ""),
        ("0", "0;0;", "nothing"),
        ("0", '0;0;"-"', ""),
        ("0", '0;0;"free"', '"free"'),
        ("7", "[>5]0;[<0]0.0;0.00", ""),
        ("7.5", "[>5]0;[<0]0.0;0.00", "8"),
        ("4.25", "[>5]0;[<0]0.0;0.00", ""),
        ("1234.5", '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\)', ""),
        ("3.14159", "0.0E+00", ""),
        ("5", "", "nothing"),
        ("5", ";;;", "nothing"),
        ("5", "@", ""),
        ("0.6", "0%", ""),
    ],
)
def test_sections_signs_and_literals(number: str, shows: str, seen: str) -> None:
    assert shown_as(number, shows) == seen


def test_what_a_workbook_shows_by_number_alone() -> None:
    assert [shown_as("2.5", BUILT_IN[n]) for n in (0, 1, 2, 3, 4, 37, 39, 44, 49)] == [
        "",
        "3",
        "",
        "3",
        "",
        "3",
        "",
        "",
        "",
    ]
    assert [is_date(BUILT_IN[n]) for n in (14, 22, 46, 30, 2, 42)] == [True, True, True, True, False, False]


@pytest.mark.slow
@given(st.text('0#?.,;[]<>=-()@"\\_*%/Ee+dmyhs Red5GenralAMP', max_size=24), st.decimals(-(10**12), 10**12, places=4))
def test_no_format_breaks_it(shows: str, number: Decimal) -> None:
    assert len(sections(shows)) <= 4
    shown_as(f"{number:f}", shows)
    hidden_text(shows)
    is_date(shows)
