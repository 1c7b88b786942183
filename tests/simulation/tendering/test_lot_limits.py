"""Reserved lots, quotas and how many suppliers are awarded anything hold over both tenders of every draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from inline import leaf, scheme
from numpy.random import SeedSequence
from simulated import SCALE, design, made, standard_types

from tender_eval import scheme_from_data
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import Array
from tender_eval.model.scheme import Scheme
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.prepared import PreparedDesign
from tender_eval.simulation.spec.lot_rule import with_rule
from tender_eval.simulation.spec.records import Design, ProviderType
from tender_eval.simulation.tender import FirstTenders, run_first_tenders, run_second_tenders
from tender_eval.simulation.tendering.lot_limits import LotLimits

DRAWS = 150
FOR_SOME = [{"lots": ["a", "b"], "when": "supplier.by_and_for is true"}]
INCUMBENTS = {"id": "incumbents", "when": "declarations.incumbent is true", "at_most": 2}


def limited(mechanism: str = "lot_order", **limits: Any) -> Scheme:
    lots = {"mechanism": mechanism, **limits}
    questions = (leaf("quality", 60, "mark", scale="zero_to_five"), leaf("price", 40, "ratio_to_lowest"))
    return scheme_from_data(scheme(*questions, scales=SCALE, award={"lots": lots}, regime={"lots": 8}))


def cut(of: Scheme, lots: int = 8) -> Design:
    """So many equal lots, awarded as the scheme says."""
    found = design(lots, of)
    return replace(found, settings=with_rule(found.settings, of, ()))


def types(**facts: Mapping[str, float]) -> tuple[ProviderType, ...]:
    return tuple(replace(t, facts={**t.facts, **facts.get(t.name, {})}) for t in standard_types())


def awarded(prepared: PreparedDesign, draws: int = DRAWS) -> tuple[FirstTenders, Array]:
    """The first tenders, and who has each lot after both, ``(lots, draws)``."""
    model = prepared.model()
    drawn = draw_market(Streams(SeedSequence(3)), model.draws_needed, draws)
    first = run_first_tenders(model, prepared.solutions[0], drawn)
    (history,) = run_second_tenders(model, prepared.solutions[0].policies, [first.first_round(drawn)])
    return first, history.bids.winner


def held(winner: Array, providers: int) -> Array:
    return np.asarray((winner[None] == np.arange(providers)[:, None, None]).sum(axis=1))


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", ["lot_order", "largest_lead", "best_total"])
def test_reserved_lots_go_to_those_for_whom_they_are_and_nobody_else_bids(mechanism: str) -> None:
    prepared = made(cut(limited(mechanism, reserved=FOR_SOME, most_awarded=2)))
    first, winner = awarded(prepared)
    model = prepared.model()
    theirs = np.flatnonzero([model.types[k].by_and_for for k in model.market.kind])
    assert model.awarding.reserved == ((6, 7),)
    assert not np.delete(first.first.entered[:, 6:], theirs, axis=0).any()
    assert np.isin(winner[6:], [-1, *theirs]).all()
    assert np.isin(winner[6:], theirs).mean() > 0.3
    assert np.delete(first.first.entered[:, :6], theirs, axis=0).any()


@pytest.mark.slow
def test_who_may_bid_for_a_reserved_lot_asks_more_for_it() -> None:
    """Few are its rivals, so it is dearer there than at lots like it for which everybody bids."""
    first, _ = awarded(made(cut(limited(reserved=FOR_SOME))))
    price = np.full(first.first.entered.shape, np.nan)
    asked = first.bidding.money / 500_000
    price[first.where.provider, first.where.lot, first.where.draw] = asked
    theirs = price[:6]
    assert np.nanmean(theirs[:, 6:]) > np.nanmean(theirs[:, :6]) + 0.005


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", ["lot_order", "best_total"])
def test_no_more_lots_than_a_quota_allows_go_to_those_whom_it_is_on(mechanism: str) -> None:
    of = types(national={"declarations.incumbent": 1}, regional={"declarations.incumbent": 1})
    prepared = made(cut(limited(mechanism, quotas=[INCUMBENTS], most_awarded=2)), of)
    _, winner = awarded(prepared)
    model = prepared.model()
    who = np.array([model.types[k].name in ("national", "regional") for k in model.market.kind])
    number = held(winner, len(who))[who].sum(axis=0)
    assert number.max() == 2
    assert (winner >= 0).mean() > 0.8


@pytest.mark.slow
def test_whom_a_quota_on_income_is_on_differs_between_draws() -> None:
    small = {"id": "large", "when": "supplier.annual_income at least 2000000", "at_most": 3}
    prepared = made(cut(limited("best_total", quotas=[small], most_awarded=2)))
    first, winner = awarded(prepared)
    large = first.bidders.income >= 2_000_000
    assert np.ptp(large.sum(axis=0)) > 0
    assert (held(winner, len(large)) * large).sum(axis=0).max() == 3


@pytest.mark.slow
@pytest.mark.parametrize("mechanism", ["lot_order", "best_total"])
def test_no_more_suppliers_are_awarded_anything_than_may_be(mechanism: str) -> None:
    prepared = made(cut(limited(mechanism, most_suppliers=3)))
    _, winner = awarded(prepared, 24)
    suppliers = (held(winner, len(prepared.model().market.kind)) > 0).sum(axis=0)
    assert suppliers.max() == 3
    assert (winner >= 0).mean() > 0.5


@pytest.mark.slow
def test_so_many_suppliers_are_awarded_something_or_nobody_is() -> None:
    prepared = made(cut(limited("best_total", fewest_suppliers=3, most_awarded=2), 4))
    _, winner = awarded(prepared)
    suppliers = (held(winner, len(prepared.model().market.kind)) > 0).sum(axis=0)
    assert set(np.unique(suppliers)) <= {0, 3, 4}
    assert (suppliers >= 3).mean() > 0.5


@pytest.mark.slow
def test_nobody_is_awarded_more_than_the_share_of_the_value() -> None:
    """A quarter of eight lots are two of them, whoever could carry more."""
    first, winner = awarded(made(cut(limited(most_value="25%"))))
    assert held(winner, len(first.bidders.income)).max() == 2
    assert (first.first.entered.sum(axis=1) > 2).any()


def test_after_a_first_tender_the_limits_are_what_it_left() -> None:
    of = limited("best_total", quotas=[INCUMBENTS | {"at_least": 1}], most_suppliers=4)
    whole = made(cut(of), types(local={"declarations.incumbent": 1})).model().limits
    winner = np.array([[0, 0, -1], [1, 0, -1], [-1, -1, -1]])
    in_quotas = np.array([[[True] * 3, [True] * 3, [False] * 3]])
    left = {tuple(here): of for here, of in whole.left(winner, in_quotas, 3)}  # type: ignore[arg-type]
    of_each = {here: (of.most_suppliers, of.quotas[0].most, of.quotas[0].fewest) for here, of in left.items()}
    assert of_each == {(2,): (4, 2, 1), (1,): (3, 0, 0), (0,): (2, 0, 0)}
    closed = whole.closed(winner, in_quotas, 3)
    assert closed.tolist() == [[True, True, False], [True, True, False], [False, False, False]]


def test_who_declares_what_a_quota_asks_for_is_not_assumed() -> None:
    limits = made(cut(limited(quotas=[INCUMBENTS]))).model().limits
    assert limits.undeclared == ("declarations.incumbent",)
    assert not limits.quotas[0].members.table.any()
    stated = made(cut(limited(quotas=[INCUMBENTS])), types(local={"declarations.incumbent": 1})).model()
    assert stated.limits.undeclared == ()
    assert stated.limits.quotas[0].members.table.sum() * 4 == stated.codes.number


def faults(of: Scheme) -> list[str]:
    with pytest.raises(Refused) as e:
        made(cut(of))
    return [f"{d.code}: {d.message} ({d.hint})" for d in e.value.diagnostics]


def test_what_is_not_known_of_simulated_bids_is_refused_with_what_to_state() -> None:
    (unknown,) = faults(limited(reserved=[{"lots": ["a"], "when": "values.vans at least 2"}]))
    assert unknown.startswith("TE052: a reserved lot is for whom values.vans says, which is not known")
    assert "by_and_for: {facts: {values.vans: 1}}" in unknown
    (local,) = faults(limited(quotas=[{"id": "near", "when": "supplier.areas_covered at least 1", "at_most": 2}]))
    assert local.startswith('TE028: whom the quota "near" is on differs between lots of one bidder')
    (nobody,) = faults(limited("best_total", quotas=[INCUMBENTS | {"at_least": 1}]))
    assert nobody.startswith('TE052: the quota "incumbents" asks for lots for bidders of whom the market has none')


def test_figures_that_do_not_add_up_are_not_added_up() -> None:
    lots = {"mechanism": "best_total", "most_awarded": 1}
    quality = leaf("quality", 100, "mark", scale="zero_to_five")
    rule = {"name": "lowest_cost_per_quality_point", "quality": ["quality"]}
    of = scheme_from_data(scheme(quality, scales=SCALE, rule=rule, award={"lots": lots}))
    (told,) = faults(of)
    assert told.startswith('TE028: the mechanism "best_total" adds up figures of several lots')


def test_without_limits_nothing_is_left_to_ask() -> None:
    assert LotLimits().left(np.zeros((1, 2), dtype=np.intp), None, 2)[0][0] == slice(0, 2)
