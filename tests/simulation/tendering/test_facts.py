"""What a scheme reads of simulated bids, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, leaf, scheme
from simulated import SCALE, design, figures, made, mean, one_type, shipped_scheme, standard_types

from tender_eval import scheme_from_data
from tender_eval.engine.rules.grants import GrantsWithinPot
from tender_eval.model.diagnostics import Refused
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.rule import Allocation, AwardRule, RuleParams
from tender_eval.simulation.prepared import prepare
from tender_eval.simulation.tendering.codes import Codes, fact

PRICE = leaf("price", 40, "ratio_to_lowest")


def reading(*criteria: Any, **rest: Any) -> Any:
    """A scheme with a price for the rest of the points."""
    return scheme_from_data(scheme(*criteria, scales=SCALE, award={"on_rejection": "recompute"}, **rest))


def formula(column: str, points: int = 60) -> dict[str, Any]:
    scorer = {"name": "formula", "expression": f"{column} / 100", "below_zero": "clamp", "above_one": "clamp"}
    return leaf("figure", points, scorer)


@pytest.mark.parametrize(
    ("column", "alone", "joint"),
    [
        ("supplier.by_and_for", 1.0, 1.0),
        ("supplier.is_small", 1.0, 1.0),
        ("supplier.areas_covered", 0.25, 0.25),
        ("consortium.areas_covered", 0.25, 1.0),
        ("consortium.members", 0.0, 3.0),
        ("consortium.confirmed_share", 0.0, 0.75),
        ("consortium.pathways", 0.0, 3.0),
        ("consortium.share.small+local", 1.0, 1.0),
        ("supplier.years_in_area", 12.0, 12.0),
        ("pooled.years_in_area", 12.0, 48.0),
        ("consortium.networks_count", 4.0, 16.0),
        ("declarations.anything", 1.0, 1.0),
        ("values.hours", None, None),
    ],
)
def test_facts_alone_and_with_three_partners_like_the_lead(
    column: str, alone: float | None, joint: float | None
) -> None:
    kind = one_type(
        1, by_and_for=True, size="micro", facts={"supplier.years_in_area": 12.0, "supplier.networks_count": 4.0}
    )
    assert fact(kind, column, False, 1, 4, 4.0) == alone
    assert fact(kind, column, True, 1, 4, 4.0) == joint


def test_what_is_stated_of_a_type_comes_first_and_of_consortia_only_for_them() -> None:
    kind = one_type(1, facts={"consortium.members": 2.0, "supplier.by_and_for": 1.0})
    assert fact(kind, "consortium.members", False, 0, 1, 4.0) == 0
    assert fact(kind, "consortium.members", True, 0, 1, 4.0) == 2
    assert fact(kind, "consortium.confirmed_share", True, 0, 1, 4.0) == pytest.approx(2 / 3)
    assert fact(kind, "supplier.by_and_for", False, 0, 1, 4.0) == 1
    assert fact(kind, "consortium.share.local", False, 0, 1, 4.0) == 0


def test_codes_tell_bids_apart() -> None:
    codes = Codes((1, 4), 3, 4)
    every = list(codes.every())
    assert len(every) == codes.number
    for n, (size, kind, joint, covered) in enumerate(every):
        if covered < size:
            code = codes.code(np.array(codes.sizes.index(size)), np.array(kind), np.array(joint), np.array(covered))
            assert code == n
        assert codes.kind_of(np.array(n)) == kind


def test_a_fact_that_nobody_states_is_refused_where_the_scheme_reads_it() -> None:
    with pytest.raises(Refused) as refused:
        made(design(of=reading(formula("values.hours"), PRICE)), [one_type(3)])
    (problem,) = refused.value.diagnostics
    assert problem.code == "TE052"
    assert "values.hours, which is not known of any" in problem.message
    assert "market: {types: {any: {facts: {values.hours: 1}}}}" in problem.hint


def test_every_missing_fact_is_told_at_once_at_its_place() -> None:
    condition = {"id": "c", "title": "C", "reads": "values.beds", "at_least": 5}
    of = reading(formula("values.hours"), PRICE, conditions=[condition])
    with pytest.raises(Refused) as refused:
        made(design(of=of))
    assert len({d.message for d in refused.value.diagnostics}) == len(refused.value.diagnostics) == 2
    assert {d.code for d in refused.value.diagnostics} == {"TE052"}


def test_money_that_is_shared_out_in_another_way_is_refused() -> None:
    """Only how `grants_within_pot` does it is known."""

    class Evenly(GrantsWithinPot):
        """Everybody gets the same."""

        name = "evenly"
        Params = RuleParams

        def reads(self, params: Any) -> tuple[Any, ...]:
            return ()

        def allocate(self, ranks: Any, tally: Any, params: Any, steps: Any) -> Allocation:
            return Allocation(ranks * 0, False)

    brought = Registered("evenly", PluginInfo("theirs", "theirs", "1"), Evenly, AwardRule)
    catalogue = CATALOGUE._replace(rules={**CATALOGUE.rules, "evenly": brought})
    of = scheme_from_data(scheme(leaf("q", 100, "mark", scale="zero_to_five"), rule="evenly", scales=SCALE))
    with pytest.raises(Refused, match="shares out money in a way that is not simulated"):
        prepare(design(of=of), [one_type(3)], (), [1.0] * 8, catalogue, 1)


@pytest.mark.slow
def test_stated_facts_are_scored() -> None:
    few, many = (one_type(4, name=n, facts={"values.hours": h}) for n, h in (("few", 20.0), ("many", 80.0)))
    (found,) = figures(made(design(of=reading(formula("values.hours"), PRICE), timetable_days=1e3), [few, many]))
    assert mean(found["winning.many"]) > 5 * mean(found["winning.few"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("condition", "facts", "left"),
    [
        ({"reads": "supplier.by_and_for", "must_be": True}, {}, {"by_and_for"}),
        ({"reads": "supplier.size", "one_of": ["micro", "small"]}, {}, {"by_and_for", "local"}),
        ({"reads": "supplier.size", "must_be": "large"}, {}, {"national"}),
        ({"reads": "supplier.legal_form", "must_be": "charity"}, {"conditions.c": 1.0}, {"local"}),
        ({"reads": "supplier.annual_income", "at_least": "1000% of annual_value"}, {}, {"national"}),
        ({"reads": "supplier.annual_income", "at_most": 30000000}, {}, {"by_and_for", "local", "regional"}),
    ],
)
def test_conditions_of_the_scheme_decide_who_may_bid(condition: Any, facts: Any, left: set[str]) -> None:
    types = standard_types(income_sigma=0.0, days=1.0)
    if facts:
        types = tuple(replace(t, facts={**t.facts, "conditions.c": float(t.name in left)}) for t in types)
    of = reading(leaf("price", 100, "ratio_to_lowest"), conditions=[{"id": "c", "title": "c", **condition}])
    plain = {"value": 160_000.0, "turnover_multiple": 0.0, "capacity_share": 100.0, "consortium_share": 0.0}
    if "at_least" in condition:
        plain["value"] = 8e6
    (found,) = figures(made(design(1, of, **plain), types), draws=50)
    assert {t.name for t in types if found[f"eligible.{t.name}"].any()} == left


def test_pooled_income_counts_for_a_consortium() -> None:
    condition = {"id": "c", "title": "c", "reads": "supplier.annual_income", "at_least": 500000, "pooled": True}
    of = reading(leaf("price", 100, "ratio_to_lowest"), conditions=[condition])
    small = [one_type(5, income=200_000.0)]
    plain = {"value": 100_000.0, "turnover_multiple": 0.0, "timetable_days": 60.0}
    with_, without = figures(
        made(design(1, of, **plain), small), made(design(1, of, **plain, consortium_share=0.0), small), draws=400
    )
    assert mean(without["eligible.any"]) == 0
    assert mean(with_["eligible.any"]) == pytest.approx(0.3 * 5, abs=0.2)
    assert mean(with_["consortium_bid_share"]) == 1


def test_text_that_is_not_drawn_is_refused() -> None:
    condition = {"id": "c", "title": "c", "reads": "supplier.legal_form", "must_be": "charity"}
    of = reading(leaf("price", 100, "ratio_to_lowest"), conditions=[condition])
    with pytest.raises(Refused, match=r"supplier\.legal_form, which is not drawn") as refused:
        made(design(of=of))
    assert "conditions.c" in refused.value.diagnostics[0].hint


def test_the_price_is_made_over_the_years_of_the_contract() -> None:
    with pytest.raises(Refused, match="over 4 years, the contract runs 3"):
        made(design(of=shipped_scheme("level-playing-field"), years=3.0))


SMALL = {"id": "small", "when": "supplier.size is micro or small", "by": "-20%"}
TWO_SIZES = [one_type(4, name="small", size="small"), one_type(4, name="large", size="large")]


@pytest.mark.slow
def test_adjustments_are_for_those_of_whom_it_is_known() -> None:
    of = reading(leaf("price", 100, "ratio_to_lowest"), price={"adjust": [SMALL]})
    found = made(design(of=of), TWO_SIZES).model()
    assert found.inputs.prices == {"price.unadjusted": 1.0}
    kinds = found.codes.kind_of(np.arange(found.codes.number))
    assert [{*found.inputs.tables["adjust.small"][kinds == kind]} for kind in (0, 1)] == [{1.0}, {0.0}]


@pytest.mark.slow
def test_who_has_a_preference_that_is_not_known_is_stated_in_the_spec() -> None:
    local = {"id": "local", "when": "supplier.legal_form is charity", "by": "-5%"}
    of = reading(leaf("price", 100, "ratio_to_lowest"), price={"adjust": [local]})
    with pytest.raises(Refused, match=r"told by supplier\.legal_form") as refused:
        made(design(of=of), TWO_SIZES)
    assert "facts: {adjust.local: 1}" in refused.value.diagnostics[0].hint
    stated = [replace(TWO_SIZES[0], facts={"adjust.local": 1.0}), TWO_SIZES[1]]
    found = made(design(of=of), stated).model()
    assert {*found.inputs.tables["adjust.local"]} == {0.0, 1.0}


@pytest.mark.slow
def test_a_share_of_a_component_is_of_what_it_comes_to() -> None:
    price = {"components": {"goods": "once", "freight": "per_year"}, "years": 4}
    price["adjust"] = [{"id": "foreign", "when": "supplier.size is large", "by": "15%", "of": "prices.goods"}]
    of = reading(leaf("price", 100, "ratio_to_lowest"), price=price)
    found = made(design(of=of), TWO_SIZES).model().inputs.prices
    assert found == {"price.unadjusted": pytest.approx(1.0), "adjust.of.prices.goods": pytest.approx(0.2)}


@pytest.mark.slow
def test_whom_a_preference_is_for_wins_more() -> None:
    """The bidders know of it: they bid against the prices that are compared."""
    for adjust, wins in (([], (0.4, 0.6)), ([SMALL], (0.9, 1.0))):
        of = reading(leaf("price", 100, "ratio_to_lowest"), **({"price": {"adjust": adjust}} if adjust else {}))
        (found,) = figures(made(design(of=of, timetable_days=1e3), TWO_SIZES), draws=200)
        assert wins[0] < mean(found["winning.small"]) <= wins[1]


@pytest.mark.slow
def test_components_add_up_to_the_price() -> None:
    components = {"annual": "per_year", "once": "once"}
    of = reading(leaf("price", 100, "ratio_to_lowest"), price={"components": components, "years": 4})
    readings = made(design(of=of)).model().inputs
    assert readings.prices == {"price": pytest.approx(1.0)}
    stated = standard_types(facts={"prices.once": 0.04})
    late = reading(
        leaf("price", 50, "ratio_to_lowest"),
        leaf("start", 50, {"name": "ratio_to_lowest", "field": "prices.once"}),
        price={"components": components, "years": 4, "discount_rate": "10%"},
    )
    found = made(design(of=late), stated).model().inputs.prices
    assert found["prices.once"] == pytest.approx(0.04)
    assert found["price"] == pytest.approx(0.04 + 0.24 * (1 + 1 / 1.1 + 1 / 1.21 + 1 / 1.331))


@pytest.mark.slow
def test_a_type_can_be_better_at_one_question() -> None:
    facts = {"marks.delivery": 0.95}
    types = [one_type(4, name="plain"), one_type(4, name="strong", facts=facts)]
    questions = [leaf(name, 30, "mark", scale="zero_to_five") for name in ("delivery", "people")]
    (found,) = figures(made(design(of=reading(*questions, PRICE), timetable_days=1e3), types), draws=600)
    assert mean(found["winning.strong"]) > 1.5 * mean(found["winning.plain"])
