"""A pot that is shared out: what is asked is drawn as stated, and given as the exact rule gives it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import design, figures, made, mean, shipped_scheme, standard_types

from tender_eval.model.bids import Bid, Bids, Figure, Mark
from tender_eval.model.diagnostics import Refused
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.spec.lot_rule import with_rule
from tender_eval.simulation.spec.records import Design
from tender_eval.simulation.tender import FirstTenders, run_first_tenders
from tender_eval.simulation.tendering.grants import Grants

POT = 30_000.0


def pots(lots: int = 1, **changed: Any) -> Design:
    return design(lots, shipped_scheme("small-grants-pot"), **({"value": POT} | changed))


def test_the_pot_is_the_value_of_all_lots_unless_the_spec_states_one() -> None:
    found = pots(value=1.0)
    assert with_rule(found.settings, found.scheme, ()).value == POT
    assert with_rule(found.settings, found.scheme, ("value",)).value == 1.0


def test_sums_asked_are_as_stated_and_never_above_the_most() -> None:
    drawn = np.random.default_rng(3).standard_normal(20_000)
    grants = Grants(1 / 6, 0.8, 0.4)
    asked = grants.asked(drawn)
    assert asked.max() == pytest.approx(1 / 6)
    assert np.median(asked) == pytest.approx(0.8 / 6, rel=0.02)
    assert np.log(asked[asked < 0.1]).std() > 0.1
    assert grants.enough_for == int(1 / asked.mean()) == 7
    assert Grants(1.0, 1.0, 0.0).enough_for == 1


@pytest.mark.slow
def test_each_is_given_what_the_exact_rule_gives() -> None:
    prepared = made(pots(2))
    model = prepared.model()
    done: FirstTenders = run_first_tenders(
        model, prepared.solutions[0], draw_market(Streams(SeedSequence(3)), model.draws_needed, 6)
    )
    where, places = done.where, len(done.first.winner) // 2
    some = 0
    for lot, drawn in np.ndindex(2, 6):
        bids = []
        for n in np.flatnonzero((where.lot == lot) & (where.draw == drawn)):
            asked = Fraction(float(done.bidding.money[n]))
            kind = prepared.types[model.market.kind[where.provider[n]]]
            networks = tuple(f"network {x}" for x in range(int(kind.facts["supplier.networks_count"])))
            own = {
                "values.asked_for": Figure(asked), "values.least": Figure(asked / 2),
                "values.other_income": Figure(asked),
                "supplier.by_and_for": Figure(kind.by_and_for), "supplier.networks": Figure(networks),
                "declarations.safeguarding_policy": Figure(True), "declarations.governance": Figure(True),
            }  # fmt: skip
            marks = {q: Mark(Figure(Fraction(float(done.bidding.marks[f"marks.{q}"][n])))) for q in ("reach", "access")}
            bids.append(Bid(str(where.provider[n]), str(where.provider[n]), own, marks))
        exact = {b.id: b.award for b in model.scheme.evaluate(Bids(tuple(bids))).bids if b.award}
        here = slice(lot * places, (lot + 1) * places)
        winner, given = done.first.winner[here, drawn], done.first.price[here, drawn] * POT / 2
        found = {str(w): g for w, g in zip(winner, given, strict=True) if w >= 0}
        assert set(found) == set(exact)
        assert all(found[name] == pytest.approx(float(amount)) for name, amount in exact.items())
        some += len(found)
    assert some > 12


@pytest.mark.slow
def test_what_is_given_never_passes_the_pot_and_larger_sums_reach_fewer() -> None:
    both = figures(made(pots(grant_asked=0.5)), made(pots(grant_asked=1.0)), draws=400)
    for found in both:
        assert (found["price_ratio"] <= 1 + 1e-12).all()
        assert found["price"] == pytest.approx(POT * found["price_ratio"])
        assert not found["unserved"].any()
    winners = [sum(mean(found[f"winning.{t.name}"]) for t in standard_types()) for found in both]
    assert winners[0] > winners[1] + 1
    (none,) = figures(made(pots(bid_cost_fixed=6000.0)), draws=100)
    assert not none["bids_per_lot"].any()  # an application that costs more than can be given


def test_pots_of_different_sizes_and_limits_are_refused() -> None:
    with pytest.raises(Refused, match="not of equal value"):
        made(replace(pots(2), partition=((0,), (1, 2, 3, 4, 5, 6, 7))))
    with pytest.raises(Refused, match="not simulated where a pot is shared out"):
        made(pots(2, lots_awarded=1))
