"""The reader of workings: it agrees with Python's own arithmetic, and tells what is false or unreadable."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.model.explanation.proof import Unreadable, evaluated, fault_of
from tender_eval.model.explanation.workings import filled, joined, noted, number, parts_of, percentage

F = Fraction


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 - (300 - 100) / (100 * 50 / 100)", F(-3)),
        ("max(0, min(1, 50% - (300 - 200) / 200))", F(0)),
        ("0.8 x 40", F(32)),
        ("2 ** 3 ** 2", F(512)),
        ("-2 ** 2", F(-4)),
        ("(-2)**2", F(4)),
        ("(1 - (1 + 25%) ** -2) / 25%", F(36, 25)),
        ("abs(1 - 3) / 2/3", F(1, 3)),
        ("if_(1 == 2, 1 / 0, 5)", F(5)),
        ("if_(3 >= 3, max(1, 2), 1 / (1 - 1))", F(2)),
        ("if_(1/3 != 2/6, 1, 1e2)", F(100)),
    ],
)
def test_expressions(text: str, value: Fraction) -> None:
    assert evaluated(text) == (value, value)


@pytest.mark.parametrize(
    "text",
    [
        "", "1 +", "figure / 2", "1 / 0", "log(0)", "if_(1, 2, 3)", "1 2", "max()", "(1", "1 ^ 2", "0 ** -1", "rank(2)",
        "root(-1)", "log(-1...)", "0 ** -0.5", "(-2) ** 0.5", "if_(1 == 1, 1 / 0, 2)",
    ],
)  # fmt: skip
def test_what_is_no_expression(text: str) -> None:
    with pytest.raises(Unreadable):
        evaluated(text)


@pytest.mark.parametrize(
    "text",
    [
        "1e999999999", "1e-999999999", "1e" + "9" * 5_000, "9" * 5_000, "2 ** 99999999.5", "2 ** 9999999999",
        "-2 ** 9999999", "(-2) ** 9999999", "((2 ** 9999) ** 9999) ** 9999", " x ".join(["2 ** 9999"] * 1_000),
        "(" * 5_000 + "1" + ")" * 5_000, "-" * 5_000 + "1", "max(" * 2_000 + "1" + ")" * 2_000, "2 ** " * 2_000 + "2",
        "1 / 2 ** 99999 + 1", "1" + " + 1" * 10_000, "if_(1 < 2, " * 1_000 + "1" + ", 2)" * 1_000,
    ],
)  # fmt: skip
def test_a_working_that_is_too_large_is_told_in_few_words(text: str) -> None:
    """A third party writes them: none may take hours, or end in a traceback."""
    assert 0 < len(fault_of(text, F(1))) < 400


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        "(1 / 3 + 0.1) ** 9999 + 1", "1 + " + " x ".join(["1.00000001/1.00000003"] * 800),
        "1 + 0.5 ** 99999999999", "max(1, 1e-400) ** 400",
    ],
)  # fmt: skip
def test_long_fractions_are_rounded_outwards(text: str) -> None:
    found = evaluated(text)
    assert found.low < found.high < found.low + F(1, 10**36)
    assert fault_of(text, found.low) == ""
    assert "comes to " in fault_of(text, F(3))


def test_what_it_comes_to_is_told_however_large() -> None:
    assert fault_of("2 ** 3000", F(1)) == '"2 ** 3000" comes to a number of more than 300 digits, not to 1'
    assert fault_of("-10 ** 400 x 1", F(1)).endswith("comes to a number of more than 300 digits, not to 1")


@pytest.mark.parametrize(
    "working",
    [
        "if_(5.57... == 5.57..., 1, (5.57... - 5) / (5.57... - 5.57...))",
        "if_(5.57... == 5.57..., 1, log(5.57... - 5.57...))",
        "if_(5.57... == 5.57..., 1, 1 / 0)",
        "(2.5... - 2.5...) ** -1",
        "2 ** (1 / (1.5... - 1.5...))",
        "(3 / (1.5... - 1.5...)) ** 90",
        "if_(1 < 2, 1, if_(3 < 4, 1 / 0, 2))",
    ],
)
def test_what_the_digits_shown_leave_open_is_not_held_against_it(working: str) -> None:
    """Two equal prices without end are shown cut off alike; the score is that of equal prices."""
    assert fault_of(working, F(1)) == ""
    assert fault_of("1 x 1", F(2))


def test_roots_logarithms_and_cut_numbers_are_intervals() -> None:
    for text, value in (("log(2) x 2", "1.3862943611"), ("root(2)", "1.4142135623"), ("2 ** 0.5", "1.4142135623")):
        low, high = evaluated(text)
        assert F(value) < low < high < F(value) + F(1, 10**10)
        assert high - low < F(1, 10**30)
    assert evaluated("0.333...") == (F(332, 1000), F(334, 1000))


@pytest.mark.parametrize(
    ("working", "value", "formula", "wrong"),
    [
        ("200 = 400 / 2; 50% - (300 - 200) / 200", F(0), "", ""),
        ("200 = 400 / 3; 1", F(1), "", '"200 = 400 / 3" is false: it comes to 400/3'),
        ("4 / 2; 1", F(1), "", '"4 / 2" stands before another step, but does not say what it gives ("figure = ...")'),
        ("2/3 x 40", F(27), "score x points available, rounded half_up to 0 places", ""),
        ("2/3 x 40", F(27), "score x points available", '"2/3 x 40" comes to 80/3, not to 27'),
        ("0.6, for 3 (good, or better; 1 / 0)", F(3, 5), "", '"0.6, for 3 (good, or better" stands before'),
        ("0.6, for 3 (good, or better)", F(3, 5), "", ""),
        ("0.333..., of a third", F(1, 3), "", ""),
        ("the better of two", F(1, 3), "", '"the better of two" is no expression'),
        ("", F(1, 3), "words alone", ""),
    ],
)
def test_what_is_wrong_with_a_working(working: str, value: Fraction, formula: str, wrong: str) -> None:
    found = fault_of(working, value, formula)
    assert found.startswith(wrong)
    assert bool(found) == bool(wrong)


NUMBERS = st.one_of(
    st.fractions(-50, 50, max_denominator=40),
    st.fractions(-(10**15), 10**15),
    st.decimals(-1, 1, places=14).map(Fraction),
)


@pytest.mark.slow
@given(NUMBERS)
def test_a_written_number_is_the_number(value: Fraction) -> None:
    for text in (number(value), percentage(value)):
        low, high = evaluated(text)
        assert low <= value <= high
        assert low == high == value or "..." in text


@pytest.mark.slow
@given(
    st.lists(NUMBERS, min_size=2, max_size=4), st.lists(st.sampled_from(["+", "-", "*", "/"]), min_size=3, max_size=3)
)
def test_numbers_keep_their_brackets_wherever_they_stand(values: list[Fraction], signs: list[str]) -> None:
    names = ["a", "a_b", "c.d-e", "[c.d]"][: len(values)]
    formula = names[0] + "".join(f" {sign} {name}" for sign, name in zip(signs, names[1:], strict=False))
    given_by = dict(zip((name.strip("[]") for name in names), values, strict=True))
    expected = values[0]
    parts = parts_of(formula, tuple(given_by))
    text = filled(parts, [given_by[name.strip("[]")] for name in parts[1::2]])
    terms: list[Fraction] = [expected]
    for sign, value in zip(signs, values[1:], strict=False):
        if sign == "/" and not value:
            return
        match sign:
            case "+" | "-":
                terms.append(value if sign == "+" else -value)
            case _:
                terms[-1] = terms[-1] * value if sign == "*" else terms[-1] / value
    low, high = evaluated(text)
    assert low <= sum(terms) <= high


def test_text_in_quotes_and_notes_stay_as_they_are() -> None:
    parts = parts_of('price / lowest, by "the lowest price"', ("price", "lowest"))
    assert filled(parts, [F(3), F(1, 3)]) == '3 / (1/3), by "the lowest price"'
    assert noted("max(1, 2), the larger, as it is") == ("max(1, 2)", "the larger, as it is")
    assert joined("-", ["100%", "1/3"]) == "100% - 1/3"
