"""The equilibrium of designs: it holds, it is said where it does not, and it depends on the scheme."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.random import SeedSequence
from simulated import (
    SCALE,
    design,
    figures,
    leaf,
    made,
    mean,
    one_type,
    price_only,
    scheme,
    scheme_from_data,
    shipped_scheme,
    weighted,
)

from tender_eval.simulation.bidding import equilibrium
from tender_eval.simulation.bidding.game import _sample, relative, scores_of
from tender_eval.simulation.bidding.lot_kind import Reference
from tender_eval.simulation.bidding.pricing import Grid
from tender_eval.simulation.market.providers import Streams, draw_market
from tender_eval.simulation.prepared import PreparedDesign
from tender_eval.simulation.tender import run_first_tenders


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "years"), [("light-touch-60-40", 4.0), ("level-playing-field", 4.0), ("victim-services-cpqp", 5.0)]
)
@pytest.mark.parametrize("lots", [1, 8])
def test_shipped_schemes_settle(name: str, years: float, lots: int) -> None:
    found = made(design(lots, shipped_scheme(name), years=years)).solutions[0].equilibrium
    assert found.converged
    assert 0 <= found.residual < 0.001
    assert found.bids_per_lot > 3


def expected_and_won(prepared: PreparedDesign) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What each bid expected to win with, whether it won, and its surplus; play at draws of another seed."""
    model, (policy,) = prepared.model(), prepared.solutions[0].policies
    done = run_first_tenders(
        model,
        prepared.solutions[0],
        draw_market(Streams(SeedSequence(9)), model.draws_needed, 3000),
    )
    where = done.where
    there = (where.provider, where.lot, where.draw)
    cost, price = done.bidders.cost[there], done.bidding.money / model.lots.value[where.lot]
    cells = policy.place(model.market.kind[where.provider], done.bidders.quality[there], cost)
    won = done.first.winner[where.lot, where.draw] == where.provider
    return policy.surpluses(cells) / np.maximum(price - cost, 1e-9), won, price - cost


@pytest.mark.slow
@pytest.mark.parametrize(
    "of", [weighted(60), weighted(60, "50%"), weighted(30, scorer="linear_between_bids"), price_only()]
)
def test_bidders_win_about_as_often_as_they_expect(of: object) -> None:
    """Beliefs come from the scheme, over the rivals that there are."""
    expected, won, _ = expected_and_won(made(design(1, of)))  # type: ignore[arg-type]
    assert abs(expected.mean() - won.mean()) < 0.02
    edges = np.quantile(expected, [0, 0.25, 0.5, 0.75, 1])
    for low, high in itertools.pairwise(edges):
        some = (expected >= low) & (expected <= high)
        assert abs(expected[some].mean() - won[some].mean()) < 0.08


@pytest.mark.slow
def test_what_does_not_settle_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(equilibrium, "MOST_ROUNDS", 2)
    found = made(design(1)).solutions[0].equilibrium
    assert not found.converged
    assert found.iterations == 2
    assert np.isfinite(found.residual)


def test_a_single_provider_asks_for_the_ceiling() -> None:
    (found,) = figures(made(design(1, price_only("ratio_to_lowest"), areas=1), [one_type(1)]), draws=300)
    assert mean(found["price_ratio"][found["bids_per_lot"] == 1]) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.slow
def test_who_cannot_meet_a_minimum_does_not_bid() -> None:
    poor = [one_type(4, name="poor", quality=0.2), one_type(4, name="good", quality=0.8)]
    (found,) = figures(made(design(1, weighted(60, "60%"), areas=1, timetable_days=1e3), poor), draws=500)
    assert mean(found["bidding.poor"]) < 0.05
    assert mean(found["bidding.good"]) > 2


@pytest.mark.slow
def test_better_providers_ask_for_more() -> None:
    policy = made(design(1, weighted(60))).solutions[0].policies[0]
    row, cost = np.zeros(2, dtype=np.intp), np.full(2, 0.75)
    low, high = policy.prices(policy.place(row, np.array([0.65, 0.85]), cost))
    assert high > low + 0.003  # of bids that hardly ever win the price settles last


def test_who_change_their_mind_are_fewer_where_entry_swings_and_never_more_than_half() -> None:
    share = equilibrium.DAMPING
    for swung in (True, False, True, False, True, False):
        before, share = share, equilibrium._next_share(share, swung)
        assert (share < before) is swung
    assert share < equilibrium.DAMPING * 0.7  # one way and the other in turn slows down
    for _ in range(40):
        share = equilibrium._next_share(share, False)
    assert share == equilibrium.DAMPING
    for _ in range(40):
        share = equilibrium._next_share(share, True)
    assert share == equilibrium.SLOWEST


@pytest.mark.slow
@pytest.mark.parametrize("lots", [1, 4])
def test_steps_lead_to_the_same_play_however_long_they_are(lots: int, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = made(design(lots, weighted(60)))
    monkeypatch.setattr(equilibrium, "PRICE_STEP", 0.4)
    monkeypatch.setattr(equilibrium, "FASTER", 1.0)
    slow = made(design(lots, weighted(60)))
    (a, b) = (p.solutions[0].equilibrium for p in (quick, slow))
    assert a.iterations < b.iterations
    assert a.bids_per_lot == pytest.approx(b.bids_per_lot, abs=0.05)
    first, second = figures(quick, slow, draws=800)
    assert mean(first["price_ratio"]) == pytest.approx(mean(second["price_ratio"]), abs=0.003)
    assert mean(first["small_win_share"]) == pytest.approx(mean(second["small_win_share"]), abs=0.02)


def test_samples_are_drawn_once_and_nothing_writes_into_them() -> None:
    needed = made(design(1)).model().draws_needed
    one, two = (_sample(3, 1, needed.of_bidders(), 40) for _ in range(2))
    assert one is two
    with pytest.raises(ValueError, match="read-only"):
        one.cost[0, 0] = 1.0
    assert not np.array_equal(one.cost, _sample(3, 2, needed.of_bidders(), 40).cost)


@pytest.mark.slow
def test_prices_fall_with_the_weight_of_price() -> None:
    heavy, light = (made(design(1, weighted(quality))) for quality in (30, 70))
    a, b = figures(heavy, light, draws=600)
    assert mean(a["price_ratio"]) < mean(b["price_ratio"]) - 0.05


@pytest.mark.slow
@pytest.mark.parametrize("name", ["light-touch-60-40", "level-playing-field", "price-heavy-70-30"])
def test_every_quality_and_outcome_of_marking_has_the_scores_that_it_has_by_itself(name: str) -> None:
    """Those that come to the same marks are scored once; each must find its own again."""
    model = made(design(2, shipped_scheme(name))).model()
    codes = np.array([0, model.codes.number // 2, model.codes.number - 1])
    noise = np.random.default_rng(4).standard_normal((3, len(model.inputs.questions)))
    prices, beside = np.linspace(0.6, 1.0, 7), Reference((0.7, 0.8, 0.95), 0.6, 1)

    def scores(grid: Grid, markings: np.ndarray) -> np.ndarray:
        scores = scores_of(model, 0, codes, codes, grid, markings)
        return np.asarray(scores.of(prices, beside)[scores.marked])

    together = scores(Grid(0.4, 0.9, 6), noise)
    assert together.shape == (3, 6, 3, 7)
    for n, quality in enumerate(Grid(0.4, 0.9, 6).points):
        for outcome in range(3):
            alone = scores(Grid(quality, quality, 1), noise[[outcome]])
            assert np.array_equal(together[:, n, outcome], alone[:, 0, 0])


@pytest.mark.slow
def test_only_schemes_that_compare_bids_need_reference_bids() -> None:
    assert relative(made(design(1, weighted(60))).model())
    assert not relative(made(design(1, price_only())).model())
    assert not relative(made(design(1, shipped_scheme("victim-services-cpqp"), years=5.0)).model())


@pytest.mark.slow
def test_the_solution_does_not_hang_on_the_seed_of_its_sample() -> None:
    one, other = (made(design(2, weighted(60)), seed=seed) for seed in (1, 2))
    a, b = figures(one, other, draws=1000)
    assert mean(a["price_ratio"]) == pytest.approx(mean(b["price_ratio"]), abs=0.004)
    assert mean(a["bids_per_lot"]) == pytest.approx(mean(b["bids_per_lot"]), abs=0.1)


@pytest.mark.slow
def test_a_published_budget_is_a_ceiling() -> None:
    rule = {"name": "highest_quality_within_budget", "budget": 880_000}
    questions = [leaf(name, 50, "mark", scale="zero_to_five") for name in ("delivery", "people")]
    of = scheme_from_data(scheme(*questions, rule=rule, scales=SCALE))
    prepared = made(design(1, of, areas=1, value=1e6, timetable_days=1e3), [one_type(6)])
    assert prepared.solutions[0].equilibrium.converged
    assert prepared.solutions[0].policies[0].ceiling == pytest.approx(0.88, abs=1e-4)
    assert prepared.solutions[0].policies[0].ceiling <= 0.88
    (found,) = figures(prepared, draws=500)
    bid = found["bids_per_lot"] > 0
    assert found["price_ratio"][bid] == pytest.approx(0.88, abs=0.001)  # nothing is gained by asking for less
    assert (found["unserved"][bid] == 0).all()


@pytest.mark.slow
def test_price_bands_are_found() -> None:
    """A formula with jumps: bidders ask for nearly what a band allows, and the solver says how nearly."""
    bands = {"name": "formula", "expression": "if_(price < 850001, 1, if_(price < 950001, 1/2, 0))"}
    prepared = made(design(1, weighted(60, scorer=bands), areas=1, value=1e6, timetable_days=1e3), [one_type(5)])
    model = prepared.model()
    done = run_first_tenders(
        model, prepared.solutions[0], draw_market(Streams(SeedSequence(9)), model.draws_needed, 1000)
    )
    price = done.bidding.money / 1e6
    at_a_band = (np.abs(price[:, None] - [0.85, 0.95, 1.0]) < 0.02).any(axis=1)
    assert at_a_band.mean() > 0.8
    assert prepared.solutions[0].equilibrium.residual < 0.02


@pytest.mark.slow
def test_where_the_price_is_given_nothing_but_quality_is_competed_in() -> None:
    """Every bid is at the ceiling, and the best answer to the questions wins."""
    free, given = (made(design(2, weighted(60), prices_given=given)) for given in (False, True))
    assert given.solutions[0].equilibrium.converged
    assert given.solutions[0].equilibrium.residual == 0
    done = run_first_tenders(
        given.model(), given.solutions[0], draw_market(Streams(SeedSequence(9)), given.model().draws_needed, 300)
    )
    assert (done.bidding.money == given.model().lots.value[0]).all()
    marks = sum(done.bidding.marks.values())
    where = done.where
    for lot, draw in {*zip(where.lot.tolist(), where.draw.tolist(), strict=True)}:
        here = (where.lot == lot) & (where.draw == draw)
        winner = done.first.winner[lot, draw]
        assert marks[here & (where.provider == winner)] == marks[here].max()
    a, b = figures(free, given, draws=600)
    served = b["unserved"] == 0
    assert b["price_ratio"][served] == pytest.approx(1.0)
    assert mean(a["price_ratio"]) < 0.95
