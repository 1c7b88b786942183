"""Adjustments of the evaluated price: against closed forms, in both arithmetics, and as published."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import CATALOGUE, bids, evaluate, figures, leaf, refusal, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.evaluating.preparation import prepare
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages import steps
from tender_eval.model.diagnostics import Problems
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.explanation.proof import fault_of

SMALL = {"id": "small", "when": "supplier.size is micro or small", "by": "-5%"}


def adjusting(*adjust: dict[str, Any], **price: Any) -> dict[str, Any]:
    return scheme(leaf("price", 100, "ratio_to_lowest"), rule="lowest_price", price={"adjust": list(adjust), **price})


def bid(size: str, price: object, **facts: Any) -> dict[str, Any]:
    return {"supplier": {"name": f"{size} at {price}", "size": size}, "price": price, **facts}


def test_small_business_preference_of_california() -> None:
    """5% of the lowest responsible bid, and nothing is paid less.

    Source: CalPERS, Small Business Preference Policy: bids of $19,879 (certified), $19,250 (not certified) and $18,975
    (not small); $948.75 is taken off the certified bid, which equals $18,930.25 and is awarded.
    """
    stated = adjusting(SMALL | {"of": "lowest_other", "unless_lowest": "qualifies", "cap": 50000})
    offered = {"a": bid("small", 19879), "b": bid("large", 19250), "c": bid("large", 18975)}
    result = evaluate(stated, offered)
    assert figures(result) == {"a": Fraction("18930.25"), "c": 18975, "b": 19250}
    assert result.winner == ("a",)


def test_it_lapses_where_a_small_business_is_the_lowest_already() -> None:
    """2 CCR 1896.8 with State Contracting Manual 1204: not applied when the lowest bidder is eligible for it."""
    offered = {"a": bid("small", 19879), "b": bid("small", 18000), "c": bid("large", 18975)}
    lapsing = adjusting(SMALL | {"of": "lowest_other", "unless_lowest": "qualifies"})
    assert figures(evaluate(lapsing, offered)) == {"b": 18000, "c": 18975, "a": 19879}
    always = adjusting(SMALL | {"of": "lowest_other"})
    assert figures(evaluate(always, offered)) == {
        "b": 18000 - Fraction("948.75"),
        "a": Fraction("18930.25"),
        "c": 18975,
    }


def test_domestic_preference_of_the_asian_development_bank() -> None:
    """15% of one component, added to the bids of imported goods.

    Source: Asian Development Bank, Bid Evaluation: Domestic Preference (slides, supply contract). Bidder X, group A:
    33,456,725 after adjustment for scope, evaluated 37,785,339; bidder Y, group C: 34,213,305 and 35,396,322, plus 15%
    of the former, 5,131,996 as printed, makes 40,528,318.
    """
    stated = adjusting(
        {"id": "domestic", "when": "declarations.group_a is not true", "by": "15%", "of": "prices.goods"},
        components={"goods": "once", "other": "once"},
    )
    stated["rounding"] = {"places": 0, "mode": "half_up", "at": ["price"]}
    offered = {
        "x": {"declarations": {"group_a": True}, "prices": {"goods": 33456725, "other": 4328614}},
        "y": {"declarations": {"group_a": False}, "prices": {"goods": 34213305, "other": 1183017}},
    }
    result = evaluate(stated, offered)
    assert figures(result) == {"x": 37785339, "y": 40528318}
    assert result.winner == ("x",)


def test_hubzone_price_evaluation_preference() -> None:
    """A factor of the lowest, for one group of bidders, and only where the lowest is a large business.

    Source: 13 CFR 126.613(a)(2) example 1: $98 of a HUBZone concern, $95 of another small business, $93 of a large one;
    the HUBZone concern is not more than 10% higher than the otherwise lowest, and displaces it. Equal prices go to it.
    """
    hubzone = {"id": "hubzone", "when": "declarations.hubzone is true", "by": "-10%", "of": "lowest",
               "unless_lowest": "supplier.size is not large"}  # fmt: skip
    stated = adjusting(hubzone)
    stated["award"]["ties"] = [{"highest": "declarations.hubzone"}]

    def offered(hub: object, small: int) -> dict[str, Any]:
        return {
            "hub": bid("small", hub, declarations={"hubzone": True}),
            "small": bid("small", small, declarations={"hubzone": False}),
            "large": bid("large", 93, declarations={"hubzone": False}),
        }

    assert evaluate(stated, offered(98, 95)).winner == ("hub",)
    assert evaluate(stated, offered("102.3", 95)).winner == ("hub",), "exactly 10% higher is not more than that"
    assert evaluate(stated, offered("102.31", 95)).winner == ("large",)
    assert evaluate(stated, offered(92, 91)).winner == ("small",), "the lowest is a small business: it lapses"


def test_a_percentage_taken_off_is_not_one_that_is_multiplied_through() -> None:
    local = {"id": "local", "when": "supplier.areas is north", "by": "-3%"}
    both = bid("small", 100) | {"supplier": {"name": "any", "size": "small", "areas": ["north"]}}
    for together, price in (("added", 92), ("in_turn", Fraction("92.15"))):
        assert figures(evaluate(adjusting(SMALL, local, together=together), {"a": both})) == {"a": price}
    capped = adjusting(SMALL, local, together="added", cap_together=6)
    assert figures(evaluate(capped, {"a": both})) == {"a": 94}


LED = "supplier.by_and_for is true"
_ADJUSTMENT = st.fixed_dictionaries(
    {"by": st.sampled_from(["-5%", "-12.5%", "20%", "-300", "150"])},
    optional={
        "when": st.sampled_from(
            [
                "supplier.size is small",
                ["supplier.size is not large", "values.km at most 60"],
                "supplier.by_and_for is true",
            ]
        ),
        "cap": st.sampled_from([100, "12.5"]),
        "of": st.sampled_from(["price", "lowest", "lowest_other"]),
        "unless_lowest": st.sampled_from(["qualifies", "supplier.size is large"]),
    },
)


def drawn(given_: list[dict[str, Any]], together: str, on_rejection: str) -> dict[str, Any]:
    adjust = []
    for n, one in enumerate(given_):
        made = {"id": f"a{n}", **one}
        if not str(made["by"]).endswith("%"):
            made.pop("of", None)
        if "when" not in made and made.get("unless_lowest") == "qualifies":
            made.pop("unless_lowest")
        if "when" not in made and made.get("of") == "lowest_other":
            made.pop("of")
        adjust.append(made)
    return scheme(
        leaf("quality", 40, {"name": "mark", "out_of": 10}, minimum="50%"),
        leaf("price", 60, "ratio_to_lowest"),
        award={"on_rejection": on_rejection},
        price={"adjust": adjust} | ({"together": together} if len(adjust) > 1 else {}),
    )


@settings(max_examples=15)
@given(
    st.lists(_ADJUSTMENT, min_size=1, max_size=3),
    st.lists(
        st.tuples(st.sampled_from(["small", "large"]), st.integers(900, 1100), st.booleans(), st.integers(0, 100),
                  st.integers(3, 9)),
        min_size=1, max_size=5,
    ),
    st.sampled_from(["added", "in_turn"]),
    st.sampled_from(["recompute", "keep_order"]),
)  # fmt: skip
@pytest.mark.slow
def test_both_arithmetics_and_the_steps_agree_on_every_adjustment(
    adjust: list[dict[str, Any]], offered: list[tuple[str, int, bool, int, int]], together: str, on_rejection: str
) -> None:
    stated = drawn(adjust, together, on_rejection)
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    assert scheme_from_data(scheme_data(compiled.scheme)) == compiled.scheme
    by_id = {
        f"b{n}": {"supplier": {"name": f"b{n}", "size": size, "by_and_for": led}, "price": price,
                  "values": {"km": km}, "marks": {"quality": mark}}
        for n, (size, price, led, km, mark) in enumerate(offered)
    }  # fmt: skip
    made = bids_from_data(bids(by_id))
    exact = compiled.evaluate(made)
    columns = prepare(compiled.plan, made, Problems()).columns.arrays
    batch = compiled.evaluate_batch({n: c.astype(np.float64) for n, c in columns.items() if n != "price"})
    for row, one in enumerate(made.bids):
        result = next(b for b in exact.bids if b.id == one.id)
        assert batch.ranks[row, 0] == (result.rank or 0)
        if result.figure is not None:
            assert batch.figures[row, 0] == pytest.approx(float(result.figure))
        for step in result.step.walk():
            if isinstance(step.value, Fraction) and steps.working(step):
                assert fault_of(steps.working(step), step.value, steps.formula(step)) == ""


def test_the_lowest_is_found_among_those_who_are_still_in() -> None:
    """Under recompute a bid below a minimum no longer counts, under keep_order it does."""
    preference = {"id": "small", "when": "supplier.size is small", "by": "-10%", "of": "lowest"}
    offered = {
        "poor": bid("large", 500, marks={"quality": 1}),
        "fair": bid("large", 1000, marks={"quality": 9}),
        "small": bid("small", 1080, marks={"quality": 9}),
    }
    for on_rejection, price in (("recompute", 980), ("keep_order", 1030)):
        result = evaluate(drawn([preference], "added", on_rejection), offered)
        small = next(b for b in result.bids if b.id == "small")
        read = next(s for s in small.step.walk() if s.label == Column("price"))
        assert read.value == price


@pytest.mark.parametrize(
    ("adjust", "price", "code", "said"),
    [
        ([SMALL, SMALL | {"id": "two"}], {}, "TE027", "not said whether of one price"),
        ([SMALL], {"together": "added"}, "TE028", "there are not two"),
        ([SMALL, SMALL | {"id": "two", "by": "5%"}], {"together": "added", "cap_together": 9}, "TE028", "all lower"),
        ([SMALL | {"by": "0%"}], {}, "TE015", "by nothing"),
        ([SMALL | {"by": "-100%"}], {}, "TE015", "leaves nothing"),
        ([SMALL | {"by": "-1/2"}], {}, "TE014", "is a fraction"),
        ([SMALL | {"by": "-50", "of": "lowest"}], {}, "TE028", "is an amount"),
        ([SMALL | {"when": "supplier.size is smal"}], {}, "TE016", "is not a size"),
        ([SMALL | {"when": "supplier.size = small"}], {}, "TE012", "no test of a figure"),
        ([SMALL | {"when": []}], {}, "TE018", "nothing is listed"),
        ([{"id": "all", "by": "-5%", "of": "lowest_other"}], {}, "TE028", "of the others"),
        ([{"id": "all", "by": "-5%", "unless_lowest": "qualifies"}], {}, "TE028", "always qualifies"),
        ([SMALL | {"of": "prices.goods"}], {}, "TE021", "of which the price is not made"),
        ([{"per": "lot combination", "by": "-5%"}], {}, "TE010", "combination of lots cannot be said"),
        ([SMALL, SMALL], {"together": "added"}, "TE020", 'two price entries have the id "small"'),
    ],
)
def test_what_is_not_said_or_cannot_be_is_refused(
    adjust: list[dict[str, Any]], price: dict[str, Any], code: str, said: str
) -> None:
    (found,) = refusal(scheme_from_data, adjusting(*adjust, **price))
    assert (found.code, said in found.message) == (code, True), found


def test_a_test_of_no_fact_and_a_lowest_price_that_goes_in_a_circle_are_refused() -> None:
    (found,) = refusal(
        lambda: compile_scheme(scheme_from_data(adjusting(SMALL | {"when": "supplier.sise is small"})), CATALOGUE)
    )
    assert (found.code, found.hint) == ("TE031", 'did you mean "supplier.size"?')
    circle = scheme(
        leaf("price", 100, "ratio_to_lowest", minimum="50%"), award={"on_rejection": "recompute"},
        price={"adjust": [SMALL | {"of": "lowest"}]},
    )  # fmt: skip
    (found,) = refusal(compile_scheme, scheme_from_data(circle), CATALOGUE)
    assert found.code == "TE028"
    circle["award"]["on_rejection"] = "keep_order"
    assert evaluate(circle, {"a": bid("small", 100)}).winner == ("a",)


def test_a_bid_must_state_what_decides_whether_its_price_is_adjusted() -> None:
    (found,) = refusal(evaluate, adjusting(SMALL), {"a": {"supplier": {"name": "A"}, "price": 5}})
    assert found.message == 'bid "a" has no supplier.size, which the adjustment "small" of the price reads'
    asked = adjusting(SMALL | {"when": "declarations.local is true"})
    (found,) = refusal(evaluate, asked, {"a": {"declarations": {"local": "yes"}, "price": 5}})
    assert (found.code, found.hint) == ("TE017", "write true or false")


def test_conditions_read_the_price_that_is_paid() -> None:
    stated = adjusting(SMALL)
    stated["conditions"] = [{"id": "budget", "reads": "price", "at_most": 97}]
    result = evaluate(stated, {"a": bid("small", 100), "b": bid("large", 97)})
    assert {b.id: b.status for b in result.bids} == {"a": "rejected", "b": "ranked"}


def test_batches_adjust_by_a_component_as_exact_runs_do() -> None:
    stated = adjusting(
        {"id": "foreign", "when": "values.domestic_share at most 30%", "by": "15%", "of": "prices.goods", "cap": 14},
        components={"goods": "per_year", "freight": "once"}, years=2, discount_rate="10%",
    )  # fmt: skip
    compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
    columns = {"prices.goods": [40, 60], "prices.freight": [9, 1], "values.domestic_share": [0.5, 0.3]}
    batch = compiled.evaluate_batch({name: np.array(column, dtype=np.float64) for name, column in columns.items()})
    offered = {
        name: {"prices": {"goods": goods, "freight": freight}, "values": {"domestic_share": share}}
        for name, goods, freight, share in (("a", 40, 9, "50%"), ("b", 60, 1, "30%"))
    }
    exact = figures(evaluate(stated, offered))
    assert batch.figures[:, 0] == pytest.approx([float(exact["a"] or 0), float(exact["b"] or 0)])
    assert exact["b"] == 60 * (1 + Fraction(10, 11)) + 1 + 14
