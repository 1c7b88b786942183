"""The solver against theory: auctions whose equilibrium can be written down. Tolerance 0.005."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from scipy.integrate import simpson
from scipy.optimize import brentq
from scipy.stats import poisson
from simulated import design, figures, made, one_type, price_only, weighted

from tender_eval.simulation.bidding.equilibrium import Equilibrium, solve
from tender_eval.simulation.bidding.game import scores_of
from tender_eval.simulation.bidding.lot_kind import LotKind
from tender_eval.simulation.bidding.lot_state import Game
from tender_eval.simulation.bidding.pricing import Grid, Policy
from tender_eval.simulation.tendering.scoring import PackedBids

TOLERANCE = 0.005
PRICE_SCHEMES = {"rule": price_only(), "ratio": price_only("ratio_to_lowest")}


def evenly(number: int, rng: np.random.Generator) -> np.ndarray:
    """Costs from 0 to 1 in random order, as even as so many can be."""
    return rng.permutation((np.arange(number) + 0.5) / number)


def solved(bids: np.ndarray, scheme: str, providers: int) -> tuple[Policy, Equilibrium]:
    """The equilibrium of price auctions with so many bids each, under a scheme of the real engine."""
    model = made(design(of=PRICE_SCHEMES[scheme]), [one_type(3)]).model()
    rng = np.random.default_rng(5)
    candidate = np.arange(bids.max())[:, None, None] < bids
    cost = np.zeros(candidate.shape)
    cost[candidate] = evenly(int(bids.sum()), rng)
    flat, one = np.zeros(candidate.shape), np.zeros(1, dtype=np.intp)
    grid = Grid(0.5, 0.5, 1)
    game = Game(
        candidate=candidate,
        cost=cost,
        quality=flat,
        row=flat.astype(np.intp),
        kinds=one,
        groups=one,
        counts=np.array([providers]),
        lots=(LotKind(one, grid, scores_of(model, 0, one, one, grid, np.zeros((1, 0)))),),
        enter=lambda surplus: surplus > -np.inf,
        relative=scheme == "ratio",
        lowest=1e-3,
    )
    (policy,), state, _ = solve(game, rng)
    assert state.converged
    return policy, state


def known(n: int, scheme: str = "rule") -> Policy:
    return solved(np.full((1, 40_000 // n), n), scheme, n)[0]


def poisson_entry(m: float, tenders: int = 20_000) -> Policy:
    """So many bids expected; so many who might have come that one more or less makes no difference."""
    bids = poisson.ppf((np.arange(tenders) + 0.5) / tenders, m).astype(int)
    return solved(np.random.default_rng(1).permutation(bids)[None], "rule", 10**9)[0]


@pytest.mark.slow
@pytest.mark.parametrize("scheme", PRICE_SCHEMES)
@pytest.mark.parametrize("n", [2, 3, 5, 8])
def test_known_rivals_shade_their_price_by_one_over_their_number(n: int, scheme: str) -> None:
    policy = known(n, scheme)
    cost = policy.cost.points
    assert policy.price[0, 0] == pytest.approx(cost + (1 - cost) / n, abs=TOLERANCE)


@pytest.mark.slow
@pytest.mark.parametrize("n", [2, 5])
def test_the_winning_price_is_the_second_lowest_cost_on_average(n: int) -> None:
    policy = known(n)
    cost = np.random.default_rng(2).random((n, 60_000))
    zero = np.zeros(cost.size, dtype=np.intp)
    price = policy.prices(policy.place(zero, zero + 0.5, cost.ravel())).reshape(cost.shape)
    scheme = made(design(of=PRICE_SCHEMES["rule"]), [one_type(n)]).model().scheme
    won = scheme.evaluate_batch({"price": price}).ranks == 1
    assert price[won].mean() == pytest.approx(2 / (n + 1), abs=TOLERANCE)


@pytest.mark.slow
@pytest.mark.parametrize("m", [0.5, 2.0, 6.0])
def test_poisson_rivals(m: float) -> None:
    policy = poisson_entry(m)
    cost = policy.cost.points
    assert policy.price[0, 0] == pytest.approx(cost + (1 - np.exp(-m * (1 - cost))) / m, abs=TOLERANCE)


@pytest.mark.slow
@pytest.mark.parametrize(("share", "m"), [(0.005, 14.1), (0.01, 10.0), (0.02, 7.05), (0.05, 4.31), (0.10, 2.76)])
def test_free_entry_when_costs_are_learned_after_entering(share: float, m: float) -> None:
    """Bidders come until what they expect to gain is the cost of a bid, ``share`` of the lot's value."""

    def too_much(middle: float) -> float:
        policy = poisson_entry(middle, 6000)
        return float(simpson(policy.surplus[0, 0], x=policy.cost.points)) - share

    found = brentq(too_much, 1.0, 30.0, xtol=0.005)
    exactly = brentq(lambda x: (1 - exp(-x)) / x**2 - exp(-x) / x - share, 0.5, 40.0)
    assert float(f"{exactly:.3g}") == pytest.approx(m, abs=0.011)  # as the figures are printed
    assert found == pytest.approx(exactly, rel=TOLERANCE)


def test_halving_a_lot_cuts_the_bids_by_about_the_root_of_two() -> None:
    def bids(share: float) -> float:
        m = np.linspace(1, 30, 30_000)
        return float(m[np.abs((1 - np.exp(-m)) / m**2 - np.exp(-m) / m - share).argmin()])

    assert bids(0.01) / bids(0.02) == pytest.approx(np.sqrt(2), abs=0.02)


def test_cost_families_win_in_proportion_to_their_exponents() -> None:
    """Costs of 1 - (1 - F) ** a: the lowest cost is that of i with probability a_i over the sum."""
    exponents = np.array([1.0, 2.0, 4.0])
    draws = 200_000
    price = 1 - np.random.default_rng(3).random((3, draws)) ** (1 / exponents[:, None])
    model = made(design(of=PRICE_SCHEMES["ratio"]), [one_type(3)]).model()
    packed = PackedBids(np.arange(price.size), 3, draws, np.ones(price.shape, dtype=np.bool_))
    won = model.scheme.evaluate_batch({"price": packed.lay(price.ravel() + 1e-9, 1.0)}, packed.present).ranks == 1
    assert won.mean(axis=1) == pytest.approx(exponents / exponents.sum(), abs=TOLERANCE)


@pytest.mark.slow
def test_identical_types_win_in_proportion_to_their_numbers() -> None:
    types = [one_type(2, name="few"), one_type(5, name="many")]
    plain = made(design(areas=1, of=weighted(60)), types)
    (found,) = figures(plain, draws=60_000)
    few, many = found["winning.few"].mean(), found["winning.many"].mean()
    assert few / (few + many) == pytest.approx(2 / 7, abs=TOLERANCE)


@pytest.mark.slow
def test_when_bids_cost_nothing_every_eligible_provider_bids_whose_cost_is_under_the_ceiling() -> None:
    free = design(2, weighted(60), bid_cost_fixed=0.0, bid_cost_share=0.0, timetable_days=1000.0)
    (found,) = figures(made(free), draws=500)
    for kind in ("by_and_for", "local", "regional", "national"):
        assert (found[f"bidding.{kind}"] <= found[f"ready.{kind}"]).all()
    cheap = design(2, weighted(60), bid_cost_fixed=0.0, bid_cost_share=0.0, timetable_days=1000.0, cost_mean=0.3)
    (found,) = figures(made(cheap), draws=500)
    for kind in ("by_and_for", "local", "regional", "national"):
        assert (found[f"bidding.{kind}"] == found[f"ready.{kind}"]).all()


@pytest.mark.slow
def test_with_one_lot_one_provider_has_everything() -> None:
    (found,) = figures(made(design(1)), draws=500)
    awarded = ~np.isnan(found["hhi"])
    assert awarded.any()
    assert (found["hhi"][awarded] == 10_000).all()
