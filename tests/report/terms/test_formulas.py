"""Formulas and workings are read by their notation: numbers are grouped; names and texts of others are not."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worked import worked

from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Rounded
from tender_eval.model.explanation.labels import CommonFigure
from tender_eval.model.explanation.workings import pieces
from tender_eval.report.terms.formulas import formula, formulas, workings

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
NAMES = st.from_regex(r"[a-z]{1,8}(_[0-9]{1,5}|-[0-9]{4}|_[a-z]{1,5}){0,2}", fullmatch=True).filter(
    lambda name: name != "x"
)  # which is the sign for times
IDS = st.from_regex(r"[0-9]{0,4}[a-z]{1,4}([_-]?[0-9]{4})?", fullmatch=True)


@pytest.mark.slow
@given(ANY_TEXT)
def test_the_pieces_of_any_text_are_the_text(text: str) -> None:
    assert "".join(piece.text for piece in pieces(text)) == text


@pytest.mark.slow
@given(NAMES, st.integers(0, 10**12))
def test_the_figures_of_a_name_are_never_grouped(name: str, number: int) -> None:
    told = formula(f"0.4 * values.{name} / {number} + share of {name} x band of {name}")
    said = name.replace("_", " ")
    assert told == f"0.4 × {said.replace('-', ' ')} / {number:,} + share of {said} × band of {said}"


@pytest.mark.slow
@given(IDS)
def test_an_id_that_begins_with_figures_is_a_name(name: str) -> None:
    assert formula(f"likelihood of {name} x 1000") == f"likelihood of {name.replace('_', ' ')} × 1,000"


@pytest.mark.slow
@given(ANY_TEXT.filter(lambda text: ")" not in text[:-1] and '"' not in text))
def test_the_title_of_a_mark_stands_as_it_is(title: str) -> None:
    assert formula(f"0.6, for 3000 ({title})") == f"0.6, for 3000 ({title})"
    noted = formula(f'1200 / 3000, source: "{title}", 5000 of 6000')
    assert noted == f'1,200 / 3,000, source: "{title}", 5000 of 6000'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("max(0, 1 - (2000 - 1000000) / (33333.3... x 50))", "max(0, 1 - (2,000 - 1,000,000) / (33,333.3... × 50))"),
        ("10000/3 - (-100000)", "10,000/3 - (-100,000)"),
        ("figure ** 2000", "figure to the power of 2,000"),
        ("if_(price >= 1000, 5000%, 0)", "if (price >= 1,000, 5,000%, 0)"),
        ("min(asked, 5000) x 1, held at the cap 5000", "min(asked, 5,000) × 1, held at the cap 5000"),
        ("1 - x / 1500, as in National TOMs 2022", "1 - × / 1,500, as in National TOMs 2022"),
        ("as the TOMs 2022 say", "as the TOMs 2022 say"),
        ("supplier.annual_income is 285000", "annual income is 285,000"),
        ("1e5 x price", "1e5 × price"),
    ],
)  # fmt: skip
def test_numbers_are_grouped(text: str, said: str) -> None:
    assert formula(text) == said


MEAN = ("mean = total / bids", {"mean": 2000, "total": 4000, "bids": 2})


@pytest.mark.slow
@given(st.fractions(min_value=1, max_value=10**9))
def test_a_working_ends_with_its_value(value: Fraction) -> None:
    told = workings(Step(CommonFigure.SCORE, value, worked(MEAN, ("mean x 2, held", {"mean": 2000}))))
    assert told[0] == "2,000 = 4,000 / 2"
    assert re.fullmatch(r"2,000 × 2 = [\d,.]+, held", told[1])


def test_a_working_that_is_its_value_is_told_once() -> None:
    assert workings(Step(CommonFigure.SCORE, Fraction(1500), worked(("points", {"points": 1500})))) == ("1,500",)
    assert workings(Step(CommonFigure.SCORE, Fraction(1500))) == ()
    assert workings(Step(CommonFigure.LIMIT, None, worked(("price is figure", {"figure": 1500})))) == (
        "price is 1,500",
    )


def test_titles_stand_for_the_names_of_criteria_and_are_not_read() -> None:
    step = Step(
        CommonFigure.SCORE,
        Fraction(3),
        worked(("toms_2022 + 2023", {"toms_2022": 1, "2023": 2}), rounded=Rounded("half_up", 2)),
    )
    titles = {"toms_2022": "“National TOMs 2022 x 5000”", "2023": "“a_b 2023”"}
    assert formulas(step, titles) == ("“National TOMs 2022 x 5000” + “a_b 2023”, rounded half up to 2 places",)


@given(ANY_TEXT.filter(lambda text: not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(\.\.\.)?", text)))
def test_what_a_bid_states_stands_as_it_is(stated: str) -> None:
    assert formula(f"supplier.legal_form is {stated}") == f"legal form is {stated}"


def test_a_number_that_is_held_against_a_limit_is_grouped() -> None:
    assert formula("pooled supplier.annual_income is 120000") == "pooled annual income is 120,000"
    assert formula("price is 33333.333333...") == "price is 33,333.333333..."
