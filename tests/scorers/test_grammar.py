"""What a published formula may say, and what is said of one that cannot be read."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tender_eval.plugins.expression.tree import Chain, Choice, Figure, Function, Negative, Number, OverBids, Power
from tender_eval.scorers.formula_tokens import DEEPEST, LONGEST, MOST_PARTS
from tender_eval.scorers.grammar import parse


def tree(text):
    root, faults = parse(text)
    assert faults == ()
    return root


def only_fault(text):
    root, faults = parse(text)
    assert root is None
    (fault,) = faults
    return fault


def told(node):
    """The tree with every bracket written."""
    match node:
        case Number(value=value):
            return str(value)
        case Figure(column=column):
            return column
        case Negative(of=of):
            return f"(-{told(of)})"
        case Power(base=base, exponent=exponent):
            return f"({told(base)} ** {told(exponent)})"
        case Chain(first=first, rest=rest):
            text = told(first)
            for sign, part in rest:
                text = f"({text} {sign} {told(part)})"
            return text
        case Function(function=function, of=several):
            return f"{function}({', '.join(told(n) for n in several)})"
        case OverBids(function=function, of=of):
            return f"{function}({told(of) if of else ''})"
        case Choice():
            comparison = f"{told(node.test.left)} {node.test.sign} {told(node.test.right)}"
            return f"if_({comparison}, {told(node.then)}, {told(node.otherwise)})"


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1 - 2 - 3", "((1 - 2) - 3)"),
        ("1 + 2 * 3", "(1 + (2 * 3))"),
        ("8 / 2 / 2", "((8 / 2) / 2)"),
        ("2 ** 3 ** 2", "(2 ** (3 ** 2))"),
        ("-2 ** 2", "(-(2 ** 2))"),
        ("2 ** -1", "(2 ** (-1))"),
        ("- -2", "2"),
        ("3 - -2", "(3 - (-2))"),
        ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("50%", "1/2"),
        ("0.1 + 1e3", "(1/10 + 1000)"),
        ("lowest / price", "(lowest(price) / price)"),
        ("mean(values.a / values.b)", "mean((values.a / values.b))"),
        ("count + count()", "(count() + count())"),
        ("min(1, max(0, abs(price), 2))", "min(1, max(0, abs(price), 2))"),
        ("if_(price <= 3, 1, 0)", "if_(price <= 3, 1, 0)"),
        ("[marks.local-links] - marks.local", "(marks.local-links - marks.local)"),
        ("[consortium.share.small+local]", "consortium.share.small+local"),
        ("supplier.annual_income\n  / 2", "(supplier.annual_income / 2)"),
    ],
)
def test_how_a_formula_is_read(text, meaning):
    assert told(tree(text)) == meaning


def test_lowest_and_the_like_are_of_the_field_that_is_scored():
    root, _ = parse("lowest / values.cost", "values.cost")
    assert told(root) == "(lowest(values.cost) / values.cost)"


@pytest.mark.parametrize(
    ("text", "at", "said", "hint"),
    [
        ("lowset / price", 0, '"lowset" is no figure', 'did you mean "lowest"?'),
        ("1 - Price", 4, '"Price" is no figure', 'did you mean "price"?'),
        ("value.accepted", 0, '"value.accepted" is no figure', 'did you mean "values.accepted"?'),
        ("values", 0, '"values" is no figure', "write values.<name>, such as values.accepted"),
        ("marks.local-links", 12, '"links" is no figure', "[marks.local-links]"),
        ("price ^ 2", 6, '"^" is not part', "write ** for a power"),
        ("price × 2", 6, '"×" is not part', "write * to multiply"),
        ("if_(price = 2, 1, 0)", 10, '"=" is not part', "write == to compare"),
        ("£5", 0, '"£" is not part', "without a currency sign"),
        (".5", 0, '"." is not part', "write 0.5"),
        ("5. + 1", 0, '"5." is not a number', "write 40, 0.4 or 40%"),
        ("2x", 0, '"2x" is not a number', "write 40, 0.4 or 40%"),
        ("012", 0, '"012" begins with a zero', "drop the zero"),
        ("min(10,500, price)", 4, '"10,500" could be one number or two', "a space after a comma"),
        ("iff(1 < 2, 1, 2)", 0, 'no function "iff"', 'did you mean "if_"?'),
        ("exp(price)", 0, 'no function "exp"', "known here: abs"),
        ("__import__('os')", 11, "is not part of a formula", "use + - * /"),
        ("price.__class__(1)", 0, 'no function "price.__class__"', "known here"),
        ("price < 2", 6, "a comparison stands only in if_", "write if_(a < b"),
        ("if_(price, 1, 0)", 9, "if_ begins with a comparison", "write if_(a < b"),
        ("if_(1 < 2 < 3, 1, 0)", 10, "a comparison stands only in if_", "write if_(a < b"),
        ("if_(1 < 2, 1)", 12, '"," before the last part of if_', "use + - * /"),
        ("min", 0, '"min" lacks its brackets', "write min(a, b)"),
        ("min(price)", 0, "min compares at least two parts", "lowest(a)"),
        ("abs(1, 2)", 0, "abs takes one part, not 2", "write abs(a)"),
        ("count(price)", 0, "count takes nothing, not 1", "write count()"),
        ("(1 + 2", 6, "the formula ends too early", "use + - * /"),
        ("1 +", 3, "the formula ends too early", "use + - * /"),
        ("1 2", 2, "the formula should end here", "use + - * /"),
        ("1)", 1, "the formula should end here", "use + - * /"),
        ("", 0, "the formula is empty", "use + - * /"),
        ("[price", 0, "this [ is not closed", "[marks.local-links]"),
        ("[marks.]", 0, '"marks." is no figure', "write marks.<name>"),
        ("(" * 40, 30, "more than 30 deep", "work out parts"),
        ("2" + "**2" * 40, 88, "more than 30 powers", "use + - * /"),
        ("1" * 61, 0, "is not a number", "write plain digits"),
        ("1+" * 251 + "1", MOST_PARTS, "503 numbers, names and signs, more than 500", "work out parts"),
    ],
)
def test_what_is_said_of_a_formula_that_cannot_be_read(text, at, said, hint):
    fault = only_fault(text)
    assert fault.at == at
    assert said in fault.message
    assert hint in fault.hint


def test_limits_are_reached_before_they_are_passed():
    """A formula of exactly the length, and exactly as deep, as is allowed is read; one more of either is not."""
    longest = "1+" * (MOST_PARTS // 2 - 1) + "1" + " " * (LONGEST - MOST_PARTS + 1)
    assert len(longest) == LONGEST
    assert parse(longest)[1] == ()
    assert "characters" in only_fault(longest + "1").message
    deepest = "(" * (DEEPEST - 1) + "1" + ")" * (DEEPEST - 1)
    assert parse(deepest)[1] == ()
    assert "deep" in only_fault(f"({deepest})").message
    powers = "1" + "**1" * (DEEPEST - 1)
    assert parse(powers)[1] == ()
    assert "powers" in only_fault(f"{powers}**1").message


def test_every_unknown_name_is_told_at_once():
    root, faults = parse("foo + price * bar + 1 +")
    assert root is None
    assert [f.at for f in faults] == [0, 14, 23]


PIECES = st.one_of(
    st.sampled_from(["price", "lowest", "count", "values.a", "[values.b-c]", "foo", "1", "0", "50%", "2.5"]),
    st.sampled_from(["mean(", "min(", "abs(", "if_(", "(", ")", ",", "+", "-", "*", "/", "**", "<", "<=", "=="]),
    st.sampled_from([".", "[", "]", "^", "1e9", "é", "\x00", "\n", "10,000", "'x'", ";", "=", "lambda"]),
)


@pytest.mark.slow
@given(
    st.one_of(
        st.text(max_size=80),
        st.lists(PIECES, max_size=40).map(" ".join),
        st.lists(PIECES, max_size=40).map("".join),
    )
)
@example("-" * 499 + "1")
@example("min(" * 120)
@example("٣")
def test_any_text_is_read_or_told_of_and_nothing_else_happens(text):
    root, faults = parse(text)
    assert (root is None) == bool(faults)
    for fault in faults:
        assert 0 <= fault.at <= len(text)
        assert fault.message
    if root is not None:
        assert told(root)


@pytest.mark.slow
@given(st.fractions(min_value=0, max_denominator=10**6).map(lambda x: Fraction(round(x * 1000), 1000)))
def test_numbers_are_exact(number):
    text = f"{number.numerator // number.denominator}.{int(number * 1000) % 1000:03}"
    assert tree(text).value == number
