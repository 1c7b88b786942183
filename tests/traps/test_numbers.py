"""Thousands separators, currency signs and the like are named with what to write; none is guessed away."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from inline import bids, refusal, told

from tender_eval import Diagnostic, bids_from_data, load_bids

Write = Callable[[str, str | bytes], str]
HEAD = "format: tender-eval/bids/1\nbids:\n- id: a\n  price: "


def priced(write: Write, written: str) -> Diagnostic:
    (said,) = refusal(load_bids, write("bids.yaml", HEAD + written + "\n"))
    assert str(said.where) == "bids.yaml:4:10"
    return said


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("1,000", "1000"),
        ("12,345,678.90", "12345678.90"),
        ("1 000", "1000"),
        ("1 234 567", "1234567"),
        ("1'000", "1000"),
        ("-1,000", "-1000"),
        ("1\u00a0000", "1000"),
        ("1\u202f000,", None),
        ("1\u202f000", "1000"),
        ('"1_000"', "1000"),
    ],
)
def test_a_thousands_separator(write: Write, written: str, instead: str | None) -> None:
    said = priced(write, written)
    if instead is None:
        assert said.code in ("TE013", "TE014")
    else:
        assert said.code == "TE014"
        assert said.message.endswith("has a thousands separator")
        assert said.hint == f"write {instead}"


@pytest.mark.parametrize("written", ["12,50", "0,5", "1,00", "10000,5"])
def test_a_comma_that_may_be_either(write: Write, written: str) -> None:
    said = priced(write, written)
    assert said.code == "TE014"
    assert said.message == f'"{written}" has a comma'
    assert said.hint == "write a point before decimals, and nothing between thousands"


@pytest.mark.parametrize(
    "written", ["£1000", "1000 GBP", "€ 12.50", "$5", "GBP 1,000", "₴499", "1000£", "£1,000.00", "UAH 5", "12 EUR"]
)
def test_a_currency_sign(write: Write, written: str) -> None:
    said = priced(write, written)
    assert said.code == "TE014"
    assert said.message == f'"{written}" has a currency sign'
    assert said.hint.startswith("write ")
    assert "the scheme names the currency" in said.hint


@pytest.mark.parametrize("written", ["2026-05-02", "02/05/2026", "2.5.26"])
def test_a_date(write: Write, written: str) -> None:
    assert (priced(write, written).code, priced(write, written).message) == (
        "TE014",
        f'"{written}" is a date, not a number',
    )


@pytest.mark.parametrize(
    "written",
    ["1.000,50", "1.000.000", "1,00,000", "kr 100", "5k", "1.2m", "10 000 000 000,5", "ten", "TBC", '"-"', "1/0"],
)
def test_whatever_else_is_no_number(write: Write, written: str) -> None:
    assert priced(write, written).code in ("TE013", "TE014")


def test_a_separator_inside_braces_is_named_too(write: Write) -> None:
    head = "format: tender-eval/bids/1\nbids:\n"
    for written, places in (
        ("1,000", ["bids.yaml:3:20 TE014"]),
        ("1,000.50", ["bids.yaml:3:20 TE014"]),
        ("1,234,567", ["bids.yaml:3:20 TE014", "bids.yaml:3:24 TE014"]),
    ):
        path = write("bids.yaml", head + f"- {{id: a, price: {written}}}\n")
        said = refusal(load_bids, path)
        assert told(said) == places
        assert said[0].hint == "write numbers without thousands separators"


@pytest.mark.parametrize(
    ("cell", "code"), [('"1,000"', "TE014"), ("£1000", "TE014"), ("1 000", "TE014"), ("n/a", "TE013")]
)
def test_in_a_table_they_are_named_at_their_field(write: Write, cell: str, code: str) -> None:
    path = write("bids.csv", f"id,price\na,100\nb,{cell}\n")
    assert told(refusal(load_bids, path)) == [f"bids.csv:3:3 {code}"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("35", Fraction(35)),
        ("12.50", Fraction(25, 2)),
        ("1/3", Fraction(1, 3)),
        ("35%", Fraction(7, 20)),
        ("35 %", Fraction(7, 20)),
        ("-0.5", Fraction(-1, 2)),
        ("+5", Fraction(5)),
        ("1.5e3", Fraction(1500)),
        ("0.1", Fraction(1, 10)),
        (" 7 ", Fraction(7)),
    ],
)
def test_what_is_a_number_is_held_exactly(written: str, value: Fraction) -> None:
    found = bids_from_data(bids({"a": {"values": {"rate": written}}})).bids[0].figures["values.rate"].value
    assert found == value
    assert isinstance(found, Fraction)
