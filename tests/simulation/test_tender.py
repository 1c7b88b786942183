"""All ten steps together: repeatable, lawful, and awarded as the exact engine would."""

from __future__ import annotations

import pickle
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import design, figures, made, settings, shipped_scheme, standard_types, weighted

from tender_eval.lots.run import run_mechanism
from tender_eval.model.bids import Bid, Bids, Figure, Mark, Member, Tender
from tender_eval.model.diagnostics import Refused
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.mechanism import Contest
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.prepared import PreparedDesign
from tender_eval.simulation.spec.records import Design, Provider
from tender_eval.simulation.tender import FirstTenders, run_first_tenders, run_second_tenders, simulate


def played(prepared: PreparedDesign, draws: int, seed: int = 3) -> FirstTenders:
    model = prepared.model()
    drawn = draw_market(Streams(SeedSequence(seed)), model.draws_needed, draws)
    return run_first_tenders(model, prepared.solutions[0], drawn)


def same(a: Any, b: Any) -> bool:
    return list(a) == list(b) and all(np.array_equal(a[n], b[n], equal_nan=True) for n in a)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_also_after_a_journey() -> None:
    prepared = made(design(2))
    (once,), (second_bids,) = (figures(p, draws=1500) for p in (prepared, prepared))
    assert same(once, second_bids)
    travelled = pickle.loads(pickle.dumps(prepared))
    assert same(once, figures(travelled, draws=1500)[0])
    assert pickle.loads(pickle.dumps(prepared)) is travelled  # compiled once in each process
    assert not same(once, figures(prepared, draws=1500, seed=8)[0])


@pytest.mark.slow
def test_a_design_has_the_same_figures_whatever_it_is_compared_with() -> None:
    one, two = made(design(1)), made(design(2))
    alone, (together, _) = figures(one, draws=700)[0], figures(one, two, draws=700)
    assert same(alone, together)


@pytest.mark.slow
def test_designs_meet_the_same_providers() -> None:
    """What does not depend on lots is the same in every draw."""
    cheap, dear = figures(made(design(1)), made(design(1, authority_per_bid=5000.0)), draws=500)
    assert all(np.array_equal(cheap[n], dear[n], equal_nan=True) for n in cheap if n not in ("authority_cost", "cost"))
    one, eight = figures(made(design(1)), made(design(8)), draws=500)
    assert (one["eligible.national"] <= eight["eligible.national"]).all()


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 1])
@pytest.mark.parametrize("mechanism", ["lot_order", "largest_lead"])
def test_nobody_wins_what_it_did_not_bid_for(mechanism: str, limit: int) -> None:
    prepared = made(design(4, mechanism=mechanism, lots_awarded=limit, lots_tendered=3))
    model = prepared.model()
    drawn = draw_market(Streams(SeedSequence(3)), model.draws_needed, 800)
    done = run_first_tenders(model, prepared.solutions[0], drawn)
    (history,) = run_second_tenders(model, prepared.solutions[0].policies, [done.first_round(drawn)])
    bids, second_bids = history.bids, history.second_bids
    entered = bids.entered if second_bids is None else bids.entered | second_bids
    lot, draws = np.nonzero(bids.winner >= 0)
    assert entered[bids.winner[lot, draws], lot, draws].all()
    assert (done.first.entered <= done.bidders.candidate).all()
    assert (done.first.entered.sum(axis=1) <= 3).all()
    won = bids.winner[None] == np.arange(len(entered))[:, None, None]
    if limit:
        assert (won.sum(axis=1) <= limit).all()
    load = won.sum(axis=1) * 4e6 / 4 / 4
    assert (load <= done.bidders.capacity * (1 + 1e-9)).all()


@pytest.mark.slow
def test_prices_lie_between_cost_and_ceiling() -> None:
    done = played(made(design(4)), 500)
    where = done.where
    price = done.bidding.money / 1e6
    assert (price <= 1 + 1e-12).all()
    assert (price >= done.bidders.cost[where.provider, where.lot, where.draw] - 0.02).all()


def bid_of(prepared: PreparedDesign, done: FirstTenders, n: int) -> Bid:
    """One simulated bid as a bidder and a panel would have stated it."""
    model, where = prepared.model(), done.where
    provider, lot, drawn = int(where.provider[n]), int(where.lot[n]), int(where.draw[n])
    kind = prepared.types[model.market.kind[provider]]
    leads = bool(done.bidders.leads[provider, drawn])
    size = len(model.lots.areas[lot])
    covered = 0
    if done.bidders.code is not None:
        covered = int(done.bidders.code[provider, lot, drawn]) % (model.codes.areas + 1)
    facts = {
        "annual_income": Figure(Fraction(float(done.bidders.income[provider, drawn]))),
        "size": Figure(kind.size),
        "by_and_for": Figure(kind.by_and_for),
        "areas": Figure(tuple(f"area {a}" for a in range(covered)) or ("elsewhere",)),
        "years_in_area": Figure(Fraction(kind.facts["supplier.years_in_area"])),
        "networks": Figure(tuple(f"network {x}" for x in range(int(kind.facts["supplier.networks_count"])))),
    }
    members = []
    for m in range(1, 4 if leads else 1):
        theirs = list(range(covered * m, min(covered * (m + 1), size)))
        own = dict(facts)
        own["areas"] = Figure(tuple(f"area {a}" for a in theirs) or facts["areas"].value)
        own["networks"] = Figure(tuple(f"{name} of {m}" for name in facts["networks"].value))  # type: ignore[union-attr]
        part = (f"part {m}",)
        members.append(Member(f"partner {m}", share=Fraction(1, 4), confirmed=True, facts=own, pathways=part))
    figures_ = {f"supplier.{name}": figure for name, figure in facts.items()}
    money = Fraction(float(done.bidding.money[n]))
    if model.scheme.scheme.price is None:
        figures_["price"] = Figure(money)
    else:
        price = model.scheme.scheme.price
        payments = sum(price.years if c.paid == "per_year" else 1 for c in price.components)  # all of them equal
        figures_ |= {f"prices.{c.id}": Figure(money / payments) for c in price.components}
    for condition in model.scheme.scheme.conditions:
        if condition.reads.startswith("declarations."):
            asked = condition.one_of[0] if condition.one_of else condition.must_be
            figures_[condition.reads] = Figure(asked)
    marks = {
        name.removeprefix("marks."): Mark(Figure(Fraction(float(column[n]))))
        for name, column in done.bidding.marks.items()
    }
    return Bid(str(provider), str(provider), figures_, marks, tuple(members))


def capacities(prepared: PreparedDesign, done: FirstTenders, drawn: int) -> np.ndarray[Any, Any] | None:
    """What the scheme lets each provider win, from its own share and the incomes, in fractions."""
    limits = prepared.design.scheme.award.lots
    if limits is None or limits.capacity is None:
        return None
    pooling = np.where(done.bidders.leads[:, drawn], prepared.design.settings.consortium_income, 1.0)
    incomes = zip(done.bidders.income[:, drawn], pooling, strict=True)
    return exact_array([limits.capacity.amount * Fraction(float(i)) * Fraction(float(p)) for i, p in incomes])


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 1])
@pytest.mark.parametrize(
    ("name", "draws", "changed"),
    [
        ("light-touch-60-40", 12, {}),
        ("level-playing-field", 12, {"turnover_multiple": 0.5}),
        ("victim-services-cpqp", 8, {"years": 5.0}),
        ("consortium-lead-provider", 8, {"years": 5.0}),
        ("restricted-two-stage", 8, {}),
        ("lots-largest-lead", 12, {"mechanism": "largest_lead", "lots_tendered": 3, "capacity_share": 0.8}),
    ],
)
def test_the_award_is_that_of_the_exact_engine_one_by_one(
    name: str, draws: int, changed: dict[str, Any], limit: int
) -> None:
    settings_ = {"lots_awarded": limit, "timetable_days": 60.0, "consortium_share": 0.6} | changed
    prepared = made(design(4, shipped_scheme(name), **settings_))
    model = prepared.model()
    done = played(prepared, draws)
    providers, lots = len(model.market.kind), len(model.lots.areas)
    joint = awarded = 0
    for drawn in range(draws):
        figure = np.full((providers, lots), Fraction(0), dtype=object)
        ranks = np.zeros((providers, lots), dtype=np.int64)
        for lot in range(lots):
            here = np.flatnonzero((done.where.lot == lot) & (done.where.draw == drawn))
            tender = Tender(
                figures={
                    "annual_value": Figure(Fraction(float(model.lots.annual[lot]))),
                    "areas": Figure(tuple(f"area {a}" for a in range(len(model.lots.areas[lot])))),
                }
            )
            bids = Bids(tuple(bid_of(prepared, done, n) for n in here), tender)
            joint += sum(bool(b.members) for b in bids.bids)
            for result in model.scheme.evaluate(bids).bids if len(here) else ():
                ranks[int(result.id), lot] = result.rank or 0
                figure[int(result.id), lot] = result.figure or Fraction(0)
        best = model.scheme.plan.rule.rule.item.best
        values = exact_array([Fraction(float(v)) for v in model.lots.annual])
        contest = Contest(figure, ranks > 0, ranks, best, values, limit, capacities(prepared, done, drawn))
        exact = run_mechanism(model.awarding.mechanism, model.awarding.params, contest)
        assert not exact.undecided.any()
        assert exact.winner.tolist() == done.first.winner[:, drawn].tolist()
        awarded += int((exact.winner >= 0).sum())
    assert awarded > draws
    assert joint or name in ("light-touch-60-40", "lots-largest-lead", "restricted-two-stage")


@pytest.mark.slow
def test_unequal_lots_and_areas() -> None:
    uneven = Design("uneven", ((0, 1, 2, 3, 4), (5,), (6, 7)), settings(), weighted(60))
    prepared = made(uneven, weights=[0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.15, 0.05])
    assert len(prepared.solutions[0].policies) == 3
    assert prepared.solutions[0].equilibrium.converged
    done = played(prepared, 600)
    entered = done.first.entered
    small = prepared.model().market.small
    assert entered[small][:, 0].mean() < entered[small][:, 1].mean()  # fewer can carry the large lot
    load = (entered * prepared.model().lots.annual[:, None]).sum(axis=1)
    assert (load <= done.bidders.capacity * (1 + 1e-9)).all()


@pytest.mark.slow
def test_real_providers_bid_with_what_is_known_of_them() -> None:
    known = tuple(Provider(f"p{n}", "national", income=5e7, quality=0.5 + 0.05 * n, days=5.0) for n in range(6))
    (found,) = figures(made(design(1, weighted(60)), providers=known), draws=200)
    assert (found["ready.national"] == 6).all()
    assert (found["eligible.local"] == 0).all()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"mechanism": "lot_ordr"}, 'there is no mechanism "lot_ordr"'),
        ({"mechanism": "independent", "lots_awarded": 1}, "looks at no limit"),
    ],
)
def test_mechanisms_that_cannot_be_used_are_refused(changed: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told):
        made(design(2, **changed))


@pytest.mark.slow
def test_settings_that_are_off_by_default_do_something_when_on() -> None:
    base = made(design(4, weighted(60)))
    for changed in ({"common_cost_sd": 0.1}, {"incumbent_cost": 0.1}, {"tupe_cost": 0.05}):
        less, more = figures(base, made(design(4, weighted(60), **changed)), draws=400)
        assert abs((more["price_ratio"] - less["price_ratio"]).mean()) > 0.0005, changed


@pytest.mark.slow
def test_types_of_a_design_stand_in_for_the_markets() -> None:
    anywhere = tuple(replace(t, away_cost=0.0) for t in standard_types())
    changed = replace(design(8), types=anywhere)
    assert made(changed).types == anywhere
    a, b = figures(made(design(8)), made(changed), draws=300)
    assert b["small_bidders"].mean() > a["small_bidders"].mean() + 0.3


@pytest.mark.slow
def test_simulate_counts_the_tenders_asked_for() -> None:
    (found,) = simulate([made(design(2, weighted(60)))], SeedSequence(1), 1030)
    assert {len(column) for column in found.values()} == {1030}
