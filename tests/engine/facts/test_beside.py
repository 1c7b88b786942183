"""Money beside the price: shown, scored where a criterion names it, and never netted from the price."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, evaluate, figures, leaf, refusal, scheme, scores

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages import steps
from tender_eval.languages.results import texts
from tender_eval.model.explanation.proof import fault_of

NIGHTS = {"id": "nights", "of": "values.nights", "each": 90}
OWN = {"id": "own"}
PRICE = leaf("price", 100, "ratio_to_lowest")
FUNDERS = [{"id": "pcc", "share": "60%"}, {"id": "nhs", "share": "2/5", "most": 1000}]


def compiled(*criteria: dict[str, Any], **rest: Any) -> Any:
    return compile_scheme(scheme_from_data(scheme(*criteria, **rest)), CATALOGUE)


def beside(stated: dict[str, Any], bid: dict[str, Any]) -> dict[str, str]:
    """The amounts beside the price of a bid, by what they are called."""
    found = evaluate(stated, {"a": bid}).bid("a")
    assert found is not None
    return {steps.label(step.label): str(step.value) for step in found.beside}


def flags(stated: dict[str, Any], bid: dict[str, Any]) -> str:
    found = evaluate(stated, {"a": bid}).bid("a")
    assert found is not None
    return texts(found.flags)


def test_what_stands_beside_the_price_changes_no_figure() -> None:
    bids = {"a": {"price": 2000, "values": {"nights": 900}, "costs": {"staff": 9000}}, "b": {"price": 1000}}
    plain = evaluate(scheme(PRICE), bids)
    full = scheme(PRICE, benefits=[NIGHTS, OWN], funders=FUNDERS, full_cost={"costs": {"staff": "once"}})
    assert figures(evaluate(full, bids)) == figures(plain)


def test_a_benefit_is_worked_out_or_stated_and_they_are_added_up() -> None:
    stated = scheme(PRICE, benefits=[NIGHTS, OWN])
    own = {"amount": 500, "source": "Evaluation of 2025"}
    bid = {"price": 2000, "values": {"nights": 3}, "benefits": {"own": own}}
    assert beside(stated, bid) == {"benefits.nights": "270", "benefits.own": "500", "benefits": "770"}
    assert flags(stated, bid) == ""
    assert flags(stated, bid | {"benefits": {"own": 500}}) == "no source is stated for benefits.own"


def test_a_benefit_counts_where_a_criterion_names_it_alone_or_all_together() -> None:
    for field, best in (("benefits.nights", Fraction(1)), ("benefits", Fraction(270, 400))):
        saved = leaf("saved", 40, {"name": "ratio_to_highest", "field": field})
        stated = scheme(saved, PRICE | {"weight": 60}, benefits=[NIGHTS, OWN])
        bids = {
            "a": {"price": 2000, "values": {"nights": 3}, "benefits": {"own": 0}},
            "b": {"price": 1000, "values": {"nights": 1}, "benefits": {"own": 310}},
        }
        assert scores(evaluate(stated, bids), "saved")["a"] == best


def test_a_benefit_that_is_scored_must_be_stated() -> None:
    saved = leaf("saved", 40, {"name": "ratio_to_highest", "field": "benefits"})
    stated = scheme(saved, PRICE | {"weight": 60}, benefits=[NIGHTS, OWN])
    said = refusal(evaluate, stated, {"a": {"price": 2000}})
    assert sorted(d.message for d in said) == [
        'bid "a" lacks benefits.own, of which the scheme makes benefits',
        'bid "a" lacks values.nights, of which the scheme makes benefits',
    ]


@pytest.mark.parametrize(
    ("rest", "code", "said"),
    [
        ({"rule": {"name": "lowest_price", "price": "benefits"}}, "TE028", "against the price"),
        (
            {"price": {"adjust": [{"id": "x", "when": "benefits at least 9", "by": "-5%"}]}},
            "TE028",
            "changes the price",
        ),
        ({"benefits": [NIGHTS | {"of": "price"}]}, "TE028", "worked out of price"),
        ({"benefits": [NIGHTS | {"of": "costs.staff"}]}, "TE031", "costs.staff"),
        ({"benefits": [{"id": "nights", "of": "values.nights"}]}, "TE027", "what one unit saves"),
        ({"benefits": [{"id": "nights", "each": 9}]}, "TE027", "of what"),
        ({"benefits": [OWN, OWN]}, "TE020", "two benefit entries"),
        ({"funders": [{"id": "a", "share": "60%"}, {"id": "b", "share": "30%"}]}, "TE022", "60% + 30% = 90%"),
        ({"funders": FUNDERS, "payment": "received"}, "TE028", "the bidders pay"),
        ({"full_cost": {"costs": {"staff": "per_year"}}}, "TE027", "years are not stated"),
        ({"full_cost": {"costs": {"staff": "year_4"}, "years": 3}}, "TE015", "year_4"),
        ({"full_cost": {"costs": {}}}, "TE018", "no line"),
        ({"full_cost": {"costs": {"a": "once"}, "other_funding": {"a": "once"}}}, "TE020", "two cost entries"),
        (
            {"price": {"components": {"all": "once"}}, "full_cost": {"costs": {"staff": "once"}, "years": 2}},
            "TE028",
            "those of price",
        ),
    ],
)
def test_what_nets_or_contradicts_is_refused(rest: dict[str, Any], code: str, said: str) -> None:
    found = refusal(lambda: compiled(PRICE, **({"benefits": [NIGHTS, OWN]} | rest)))
    assert any(d.code == code and said in d.message for d in found), found


def test_a_formula_of_price_and_benefits_is_refused_and_one_of_benefits_alone_is_not() -> None:
    nets = leaf("price", 100, {"name": "formula", "expression": "min(1, 1 / max(1, price - benefits.nights))"})
    assert "against the price" in refusal(lambda: compiled(nets, benefits=[NIGHTS]))[0].message
    alone = leaf("saved", 100, {"name": "formula", "expression": "min(1, max(0, benefits.nights / 100000))"})
    assert compiled(alone, benefits=[NIGHTS])


def test_a_benefit_that_the_scheme_does_not_list_is_refused_where_it_is_read_and_where_it_is_stated() -> None:
    saved = leaf("saved", 100, {"name": "ratio_to_highest", "field": "benefits.night"})
    (said,) = refusal(lambda: compiled(saved, benefits=[NIGHTS]))
    assert (said.code, said.hint) == ("TE031", 'did you mean "benefits.nights"?')
    placed = {"a": {"price": 1, "benefits": {"night": 3}}}
    assert figures(evaluate(scheme(PRICE), placed)) == {"a": 100}, "where no benefit is listed, none is asked about"


def test_funders_pay_shares_of_what_is_asked_for_and_not_of_what_is_compared() -> None:
    price = {
        "components": {"yearly": "per_year"}, "years": 3, "discount_rate": "5%",
        "adjust": [{"id": "all", "by": "-10%"}],
    }  # fmt: skip
    found = beside(scheme(PRICE, price=price, funders=FUNDERS), {"prices": {"yearly": 1000}})
    assert found == {"price asked for": "3000", "paid by pcc": "1800", "paid by nhs": "1200"}


def test_a_share_beyond_the_money_of_a_funder_is_flagged() -> None:
    stated = scheme(PRICE, funders=FUNDERS)
    assert flags(stated, {"price": 2500}) == ""
    assert flags(stated, {"price": "2500.01"}) == "nhs would pay 1000.004, and has 1000"


def test_a_price_below_the_full_cost_is_flagged_unless_other_funding_meets_it() -> None:
    full = {"costs": {"staff": "per_year", "set_up": "once"}, "other_funding": {"grant": "per_year"}, "years": 2}
    stated = scheme(PRICE, full_cost=full)
    costs = {"staff": 1000, "set_up": 200}
    assert flags(stated, {"price": 2200, "costs": costs}) == ""
    assert "2199 does not meet the full cost 2200" in flags(stated, {"price": 2199, "costs": costs})
    assert flags(stated, {"price": 1600, "costs": costs | {"grant": 300}}) == ""
    assert "does not state costs.set_up" in flags(stated, {"price": 2200, "costs": {"staff": 1}})
    assert evaluate(stated, {"a": {"price": 1, "costs": costs}}).winner == ("a",), "a flag rejects nobody"


AMOUNTS = st.integers(0, 10**6).map(lambda n: Fraction(n, 100))


@pytest.mark.slow
@given(
    st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=2, max_size=4),
    st.integers(1, 6),
    st.fractions(Fraction(1, 9), Fraction(8, 9), max_denominator=40),
)
def test_every_amount_is_as_in_closed_form_in_both_arithmetics_and_its_working_comes_to_it(
    bids: list[tuple[Fraction, Fraction, Fraction]], years: int, share: Fraction
) -> None:
    saved = leaf("saved", 100, {"name": "linear_between_bids", "field": "benefits", "best": "highest"})
    stated = scheme(
        saved, benefits=[NIGHTS, OWN], price={"components": {"yearly": "per_year", "once": "once"}, "years": years},
        funders=[{"id": "a", "share": str(share)}, {"id": "b", "share": str(1 - share)}],
        full_cost={"costs": {"staff": "per_year", "rent": "once"}, "other_funding": {"grant": "per_year"}},
    )  # fmt: skip
    by_id = {
        f"b{n}": {
            "prices": {"yearly": str(x), "once": str(y)}, "values": {"nights": str(z)},
            "benefits": {"own": {"amount": str(x), "source": "-"}},
            "costs": {"staff": str(y), "rent": str(x), "grant": str(z)},
        }
        for n, (x, y, z) in enumerate((float(a), float(b), float(c)) for a, b, c in bids)
    }  # fmt: skip
    found = evaluate(stated, by_id)
    for n, (x, y, z) in enumerate(bids):
        bid = found.bid(f"b{n}")
        assert bid is not None
        asked = years * x + y
        assert {steps.label(step.label): step.value for step in bid.beside} == {
            "benefits.nights": 90 * z, "benefits.own": x, "benefits": 90 * z + x, "price asked for": asked,
            "paid by a": asked * share, "paid by b": asked * (1 - share), "full cost": years * y + x - years * z,
        }  # fmt: skip
        for step in (part for top in (bid.step, *bid.beside) for part in top.walk()):
            if isinstance(step.value, Fraction) and steps.working(step):
                assert fault_of(steps.working(step), step.value, steps.formula(step)) == ""
    columns = {
        "values.nights": np.array([float(z) for _, _, z in bids]),
        "benefits.own": np.array([float(x) for x, _, _ in bids]),
        "prices.yearly": np.ones(len(bids)),
        "prices.once": np.ones(len(bids)),
    }
    batch = compile_scheme(scheme_from_data(stated), CATALOGUE).evaluate_batch(columns)
    exact = [float(figures(found)[f"b{n}"] or 0) for n in range(len(bids))]
    assert batch.figures[:, 0] == pytest.approx(exact)


def test_a_scheme_with_all_of_it_is_written_back_as_it_was_read() -> None:
    stated = scheme(
        PRICE, benefits=[NIGHTS | {"title": "Nights", "source": {"document": "D"}}, OWN], funders=FUNDERS,
        full_cost={"costs": {"staff": "per_year"}, "other_funding": {"grant": "once"}, "years": 2},
        dates={"start": "2026-06-01"}, durations=["lead"],
    )  # fmt: skip
    read = scheme_from_data(stated)
    assert scheme_from_data(scheme_data(read)) == read
