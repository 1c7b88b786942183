"""Rank reversal: whether a bid that comes, goes or is turned away changes the order of two others.

Independence of irrelevant bids: what the authority thinks of A and B should not turn on C. Every change is
searched in batch and confirmed in exact arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import permutations
from typing import NamedTuple

import numpy as np

from tender_eval.engine.evaluating.ranking import Ranks
from tender_eval.fairness.findings.notes import NotRemoved
from tender_eval.fairness.findings.ploys import Dummy
from tender_eval.fairness.findings.results import Order, Reversal
from tender_eval.fairness.scenarios.draws import rank_draws
from tender_eval.fairness.scenarios.dummies import SHARES, DummySpec, columns_with_dummies, dummies, dummy_bid
from tender_eval.fairness.scenarios.scenario import STAYS_ADMITTED, Scenario, evaluation_if_possible
from tender_eval.model.bids import Bid
from tender_eval.model.numeric import Mask

UNRANKED = 10**6
"""The rank of a bid that is not ranked: behind all that are."""


class RankReversals(NamedTuple):
    """What was found, and what could not be tried."""

    reversals: tuple[Reversal, ...]
    notes: tuple[NotRemoved, ...] = ()


def rank_reversals(scenario: Scenario) -> RankReversals:
    """Every change of order among the others when a bid is removed, turned away or added.

    Each admitted bid is removed, and turned away after admission (``on_rejection`` says what it still does); one
    that people took out already is removed alone, where it still counts in the scores of the others.
    Dummies are added: copies of bids, and bids with hardly any marks from a price that nobody could keep to one
    that nobody would pay; of those that swap the same two, the least odd is listed.
    """
    if not scenario.order:
        return RankReversals(())
    untried: list[str] = []
    removed = [*_by_removing_bids(scenario, "remove", scenario.without, untried)]
    rejected = [*_by_removing_bids(scenario, "reject", scenario.with_rejected, untried)]
    notes = (NotRemoved(tuple(dict.fromkeys(untried))),) if untried else ()
    return RankReversals((*removed, *rejected, *_by_adding_dummies(scenario)), notes)


def _by_removing_bids(
    scenario: Scenario, change: str, changed: Callable[[str], Scenario], untried: list[str]
) -> Iterator[Reversal]:
    there = scenario.present if change == "remove" else scenario.competing
    gone = [bid for bid, row in scenario.rows.items() if there[row]]
    rows = [scenario.rows[bid] for bid in gone]
    present = np.repeat(scenario.present[:, None], len(gone), axis=1)
    columns, scheme = dict(scenario.columns), scenario.scheme
    if change == "remove":
        present[rows, range(len(gone))] = False
    else:
        stays = np.ones(present.shape)
        stays[rows, range(len(gone))] = 0.0
        columns[STAYS_ADMITTED], scheme = stays, scenario.scheme_that_can_reject
    found = rank_draws(scheme, columns, present, scenario.bids)
    for n, bid in enumerate(gone):
        if found.refused[n] or _order_may_differ(scenario, found.ranks[:, n], bid) or scenario.plan.shortlist_by:
            after = changed(bid)
            if evaluation_if_possible(after) is None:
                untried.append(bid)
                continue
            yield from reversals_between(scenario, after, change, bid)


def _order_may_differ(scenario: Scenario, ranks: Ranks, but: str = "") -> bool:
    """Whether a draw, in which what is nearly equal counts as a tie, may order the others otherwise."""
    others = [bid for bid in scenario.rows if bid != but]
    before = np.array([scenario.ranks.get(bid, UNRANKED) for bid in others])
    after = np.array([ranks[scenario.rows[bid]] or UNRANKED for bid in others])
    return bool((np.sign(before[:, None] - before) != np.sign(after[:, None] - after)).any())


def _by_adding_dummies(scenario: Scenario) -> Iterator[Reversal]:
    """For each two that a dummy swaps, the least odd dummy that does."""
    choice = dummies(scenario, (*least_admitted(scenario), *SHARES))
    swaps = _swaps(scenario, choice)
    exact: dict[int, dict[tuple[str, str], Reversal]] = {}
    for pair in permutations(scenario.rows, 2):
        for n in swaps.get(pair, ()):
            if n not in exact:
                exact[n] = {r.pair: r for r in _with_dummy(scenario, choice[n])}
            if pair in exact[n]:
                yield exact[n][pair]
                break


def _swaps(scenario: Scenario, choice: tuple[DummySpec, ...]) -> Mapping[tuple[str, str], list[int]]:
    """The dummies that may put the second of two before the first, the least odd first."""
    if not choice:
        return {}
    ranks = (
        rank_draws(
            scenario.scheme,
            columns_with_dummies(scenario, choice),
            present_with_dummy(scenario, len(choice)),
            scenario.bids,
        )
        .ranks[:-1]
        .astype(np.int64)
    )
    ranks[ranks == 0] = UNRANKED
    found: dict[tuple[str, str], list[int]] = {}
    for a, b in permutations(scenario.rows, 2):
        if min(scenario.ranks.get(a, UNRANKED), scenario.ranks.get(b, UNRANKED)) < UNRANKED:
            was = scenario.ranks.get(a, UNRANKED) - scenario.ranks.get(b, UNRANKED)
            now = ranks[scenario.rows[a]] - ranks[scenario.rows[b]]
            if was <= 0 and (maybe := np.flatnonzero((now > 0) | ((now == 0) & (was < 0)))).size:
                found[a, b] = maybe.tolist()
    return found


def present_with_dummy(scenario: Scenario, draws: int) -> Mask:
    """The mask ``(bids + 1, draws)`` of the bids and a dummy."""
    return np.repeat(np.append(scenario.present, True)[:, None], draws, axis=1)


def _with_dummy(scenario: Scenario, spec: DummySpec) -> Iterator[Reversal]:
    bid: Bid = dummy_bid(scenario, spec)
    after = scenario.with_bid(bid)
    if evaluation_if_possible(after) is not None:
        yield from reversals_between(scenario, after, "add", bid.id, spec.finding(bid.id))


def reversals_between(
    before: Scenario, after: Scenario, change: str, bid: str, dummy: Dummy | None = None
) -> Iterator[Reversal]:
    """Every two of the others whose exact order differs, by their order before.

    A bid that is not ranked counts as behind all that are.
    """
    others = sorted((b for b in before.rows if b != bid), key=lambda b: (before.ranks.get(b, UNRANKED), b))
    first, then = _leaders(before, bid), _leaders(after, bid)
    for a, b in permutations(others, 2):
        was = before.ranks.get(a, UNRANKED) - before.ranks.get(b, UNRANKED)
        now = after.ranks.get(a, UNRANKED) - after.ranks.get(b, UNRANKED)
        if was <= 0 < now and before.ranks.get(a, UNRANKED) < UNRANKED:
            level = "ahead" if was < 0 else "level"
            yield Reversal(change, bid, (a, b), before.order, after.order, first, then, dummy, level)


def _leaders(scenario: Scenario, but: str) -> Order:
    """Those of the others who come first: as many as are awarded, and all who tie with the last of them.

    Where a rule shares out money, whoever gets some.
    """
    if any(bid.award is not None for bid in scenario.evaluation.bids):
        return tuple(bid for bid in scenario.winner if bid != but)
    others = [(rank, bid) for bid, rank in scenario.ranks.items() if bid != but]
    return tuple(bid for rank, bid in others if sum(r < rank for r, _ in others) < scenario.plan.scheme.award.suppliers)


def least_admitted(scenario: Scenario) -> tuple[Fraction, ...]:
    """The smallest share of full marks with which the minimums let a dummy in; none where they never do."""
    price = _median_price(scenario)
    shares = tuple(Fraction(n, 20) for n in range(21))
    for some in (shares[:1], shares[1:]):  # where no minimum is, the first is in, and no other need be made up
        choice = tuple(DummySpec((), price, share) for share in some)
        found = rank_draws(
            scenario.scheme,
            columns_with_dummies(scenario, choice),
            present_with_dummy(scenario, len(choice)),
            scenario.bids,
        )
        if admitted := [share for share, rank in zip(some, found.ranks[-1], strict=True) if rank]:
            return (admitted[0],)
    return ()


def _median_price(scenario: Scenario) -> Fraction | None:
    """The price in the middle of those of the bids that compete."""
    prices = sorted(
        p for b, row in scenario.rows.items() if scenario.competing[row] and (p := scenario.price_of(b)) is not None
    )
    return prices[len(prices) // 2] if prices else None
