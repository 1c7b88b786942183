"""A schedule of quantities: rates, the totals that bids state, and which of them counts."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, evaluate, figures, leaf, refusal, scheme

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.engine.facts.price import factor
from tender_eval.languages import steps
from tender_eval.languages.results import texts
from tender_eval.model.explanation.flags import TotalDiffers
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.proof import fault_of

LINES = [
    {"id": "night", "title": "A bed for a night", "quantity": 1200, "unit": "night"},
    {"id": "call", "quantity": "350", "unit": "call"},
]


def scheduled(**price: Any) -> dict[str, Any]:
    stated = {"schedule": LINES, "prevails": "unit"} | price
    return scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price", price=stated)


def flags(stated: dict[str, Any], **bid: Any) -> list[TotalDiffers]:
    other = {"rates": {"night": 1, "call": 1}, "totals": {"night": 1200, "call": 350}}
    found = next(b for b in evaluate(stated, {"a": bid, "other": other}).bids if b.id == "a")
    return [flag for flag in found.flags if isinstance(flag, TotalDiffers)]


@pytest.mark.slow
@given(
    st.lists(st.tuples(st.integers(1, 900), st.integers(-50, 900)), min_size=1, max_size=6),
    st.integers(1, 6),
    st.sampled_from(["0%", "3.5%", "1/7"]),
    st.sampled_from(["start_of_year", "end_of_year"]),
)
def test_a_schedule_is_the_sum_of_quantities_times_rates_each_as_it_is_paid(
    lines: list[tuple[int, int]], years: int, rate: str, payments: str
) -> None:
    """Against the annuity in closed form, in both arithmetics; and every working comes to its value."""
    schedule = [
        {"id": f"l{n}", "quantity": quantity, "paid": ("once", "per_year", f"year_{years}")[n % 3]}
        for n, (quantity, _) in enumerate(lines)
    ]
    stated = scheduled(schedule=schedule, years=years, discount_rate=rate, payments=payments)
    rates = {f"l{n}": price for n, (_, price) in enumerate(lines)}
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    growth = 1 + compiled.scheme.price.discount_rate if compiled.scheme.price else Fraction(1)
    late = payments == "end_of_year"
    annuity = Fraction(years) if growth == 1 else (1 - growth**-years) / (growth - 1) * (1 if late else growth)
    counts = (Fraction(1), annuity, 1 / growth ** (years - 1 + late))
    expected = sum((quantity * price * counts[n % 3] for n, (quantity, price) in enumerate(lines)), Fraction(0))
    if expected <= 0:
        return  # a price that cannot be scored
    result = evaluate(stated, {"a": {"rates": rates}})
    assert figures(result) == {"a": expected}
    for step in result.bids[0].step.walk():
        if isinstance(step.value, Fraction) and steps.working(step):
            assert fault_of(steps.working(step), step.value, steps.formula(step)) == ""
    columns = {f"rates.{name}": np.array([float(price)]) for name, price in rates.items()}
    assert compiled.evaluate_batch(columns).figures[0, 0] == pytest.approx(float(expected))


def test_totals_that_agree_to_the_coin_are_not_told() -> None:
    agreeing = {"rates": {"night": "0.0333", "call": 2}, "totals": {"night": "39.96", "call": "700.004"}}
    assert flags(scheduled(), **agreeing) == []


def test_where_they_differ_the_rate_or_the_total_counts_as_the_scheme_says() -> None:
    bid = {"rates": {"night": 40, "call": 10}, "totals": {"night": 47000, "call": 3500}}
    other = {"rates": {"night": 50, "call": 10}, "totals": {"night": 60000, "call": 3500}}
    for prevails, price in (("unit", 51500), ("total", 50500)):
        stated = scheduled(prevails=prevails)
        assert figures(evaluate(stated, {"a": bid, "b": other})) == {"a": price, "b": 63500}
        assert flags(stated, **bid) == [TotalDiffers("night", Fraction(47000), Fraction(48000), prevails, moved=False)]


def test_a_total_stands_where_only_the_point_of_the_rate_is_misplaced() -> None:
    """World Bank, ITB 31.1: the line item total governs, and the unit price is corrected."""
    bid = {"rates": {"night": "400", "call": 10}, "totals": {"night": 48000, "call": 3500}}
    strict, lenient = scheduled(), scheduled(misplaced_point=True)
    assert figures(evaluate(strict, {"a": bid})) == {"a": 480000 + 3500}
    result = evaluate(lenient, {"a": bid})
    assert figures(result) == {"a": 51500}
    assert texts(result.bids[0].flags) == (
        "totals.night: the bid states 48000, its rate times the quantity is 480000: the rate's decimal point is "
        "misplaced, and 48000 counts"
    )
    corrected = next(s for s in result.bids[0].step.walk() if s.label == Column("rates.night") and s.value == 40)
    assert [(s.label, s.value) for s in corrected.inputs] == [
        (Column("rates.night"), 400), (Column("totals.night"), 48000)
    ]  # fmt: skip
    near = {"rates": {"night": 400, "call": 10}, "totals": {"night": 48001, "call": 3500}}
    assert figures(evaluate(lenient, {"a": near})) == {"a": 483500}, "not by a power of ten"


def test_a_price_beside_the_schedule_is_checked_and_never_counts() -> None:
    bid = {"price": 50000, "rates": {"night": 40, "call": 10}}
    assert figures(evaluate(scheduled(), {"a": bid})) == {"a": 51500}
    assert flags(scheduled(), **bid) == [TotalDiffers("", Fraction(50000), Fraction(51500), "unit", moved=False)]
    assert flags(scheduled(), **bid | {"price": 51500}) == []


def test_vintage_construction_v_alaska() -> None:
    """Unit prices prevail over the total that was added up wrongly, and the award turns.

    Source: Vintage Construction v State of Alaska, DOT&PF, 713 P.2d 1213 (Alaska 1986): bids of $2,334,904.50 and
    $2,536,607, of which the latter was $249,900 more than the sum of the extended unit prices. The pay items themselves
    are not in the judgment: all of them are one line here.
    """
    stated = scheduled(schedule=[{"id": "items", "quantity": 1, "unit": "all pay items"}])
    bids = {
        "vintage": {"rates": {"items": "2334904.50"}, "price": "2334904.50"},
        "aic": {"rates": {"items": 2536607 - 249900}, "price": 2536607},
    }
    result = evaluate(stated, bids)
    assert result.winner == ("aic",)
    assert figures(result) == {"aic": 2286707, "vintage": Fraction("2334904.50")}
    assert [bool(b.flags) for b in result.bids] == [True, False]


@pytest.mark.parametrize(
    ("price", "code", "said"),
    [
        ({"prevails": None}, "TE027", "prevails is not stated"),
        ({"prevails": "total", "misplaced_point": "true"}, "TE028", "exception to prevails: unit"),
        ({"schedule": [], "components": {"a": "once"}}, "TE028", "there is none"),
        ({"schedule": []}, "TE011", "made of nothing"),
        ({"schedule": [*LINES, LINES[0]]}, "TE020", 'two price entries have the id "night"'),
        ({"schedule": [LINES[0] | {"quantity": "0"}]}, "TE015", "must be above 0"),
        ({"schedule": [LINES[0] | {"quantity": "10%"}]}, "TE014", "is a share"),
        ({"schedule": [LINES[0] | {"paid": "year_2"}]}, "TE015", "the years are 1"),
    ],
)
def test_what_can_change_an_award_is_stated(price: dict[str, Any], code: str, said: str) -> None:
    stated = scheduled()
    stated["price"] = {k: v for k, v in (stated["price"] | price).items() if v is not None}
    (found,) = refusal(scheme_from_data, stated)
    assert (found.code, said in found.message) == (code, True), found


def test_a_line_without_its_rate_is_named() -> None:
    (found,) = refusal(evaluate, scheduled(), {"a": {"price": 5, "rates": {"night": 40}}})
    assert found.message == 'bid "a" lacks rates.call, of which the scheme makes the price'
    assert factor(compile_scheme(scheme_from_data(scheduled()), CATALOGUE).scheme.price.components[0],  # type: ignore[union-attr]
                  compile_scheme(scheme_from_data(scheduled()), CATALOGUE).scheme.price) == 1200  # type: ignore[arg-type]  # fmt: skip
