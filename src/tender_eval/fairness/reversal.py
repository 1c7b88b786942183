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

from tender_eval.engine.ranking import Ranks
from tender_eval.fairness.findings.analyses import Dummy, Order, Reversal
from tender_eval.fairness.findings.notes import NotRemoved
from tender_eval.fairness.scenarios.draws import ranked
from tender_eval.fairness.scenarios.dummies import SHARES, Figured, added, dummies, dummy_bid
from tender_eval.fairness.scenarios.scenario import STAYS, Trial, tried
from tender_eval.model.bids import Bid
from tender_eval.model.numeric import Mask

OUT = 10**6
"""The rank of a bid that is not ranked: behind all that are."""


class Found(NamedTuple):
    """What was found, and what could not be tried."""

    reversals: tuple[Reversal, ...]
    notes: tuple[NotRemoved, ...] = ()


def rank_reversals(trial: Trial) -> Found:
    """Every change of order among the others when a bid is removed, turned away or added.

    Each admitted bid is removed, and turned away after admission (``on_rejection`` says what it still does).
    Dummies are added: copies of bids, and bids with hardly any marks from a price that nobody could keep to one
    that nobody would pay; of those that swap the same two, the least odd is listed.
    """
    if not trial.order:
        return Found(())
    untried: list[str] = []
    removed = [*_removed(trial, "remove", trial.without, untried)]
    rejected = [*_removed(trial, "reject", trial.rejecting, untried)]
    notes = (NotRemoved(tuple(dict.fromkeys(untried))),) if untried else ()
    return Found((*removed, *rejected, *_added(trial)), notes)


def _removed(trial: Trial, change: str, changed: Callable[[str], Trial], untried: list[str]) -> Iterator[Reversal]:
    gone = [bid for bid, row in trial.rows.items() if trial.present[row]]
    rows = [trial.rows[bid] for bid in gone]
    present = np.repeat(trial.present[:, None], len(gone), axis=1)
    columns, scheme = dict(trial.columns), trial.scheme
    if change == "remove":
        present[rows, range(len(gone))] = False
    else:
        stays = np.ones(present.shape)
        stays[rows, range(len(gone))] = 0.0
        columns[STAYS], scheme = stays, trial.rejectable
    found = ranked(scheme, columns, present)
    for n, bid in enumerate(gone):
        if found.refused[n] or _differs(trial, found.ranks[:, n], bid) or trial.plan.shortlist_by:
            after = changed(bid)
            if tried(after) is None:
                untried.append(bid)
                continue
            yield from reversals_between(trial, after, change, bid)


def _differs(trial: Trial, ranks: Ranks, but: str = "") -> bool:
    """Whether a draw, in which what is nearly equal counts as a tie, may order the others otherwise."""
    others = [bid for bid in trial.rows if bid != but]
    before = np.array([trial.ranks.get(bid, OUT) for bid in others])
    after = np.array([ranks[trial.rows[bid]] or OUT for bid in others])
    return bool((np.sign(before[:, None] - before) != np.sign(after[:, None] - after)).any())


def _added(trial: Trial) -> Iterator[Reversal]:
    """For each two that a dummy swaps, the least odd dummy that does."""
    choice = dummies(trial, (*least_admitted(trial), *SHARES))
    swaps = _swaps(trial, choice)
    exact: dict[int, dict[tuple[str, str], Reversal]] = {}
    for pair in permutations(trial.rows, 2):
        for n in swaps.get(pair, ()):
            if n not in exact:
                exact[n] = {r.pair: r for r in _with_dummy(trial, choice[n])}
            if pair in exact[n]:
                yield exact[n][pair]
                break


def _swaps(trial: Trial, choice: tuple[Figured, ...]) -> Mapping[tuple[str, str], list[int]]:
    """The dummies that may put the second of two before the first, the least odd first."""
    if not choice:
        return {}
    ranks = ranked(trial.scheme, added(trial, choice), with_one_more(trial, len(choice))).ranks[:-1].astype(np.int64)
    ranks[ranks == 0] = OUT
    found: dict[tuple[str, str], list[int]] = {}
    for a, b in permutations(trial.rows, 2):
        if min(trial.ranks.get(a, OUT), trial.ranks.get(b, OUT)) < OUT:
            was = trial.ranks.get(a, OUT) - trial.ranks.get(b, OUT)
            now = ranks[trial.rows[a]] - ranks[trial.rows[b]]
            if was <= 0 and (maybe := np.flatnonzero((now > 0) | ((now == 0) & (was < 0)))).size:
                found[a, b] = maybe.tolist()
    return found


def with_one_more(trial: Trial, draws: int) -> Mask:
    """The mask ``(bids + 1, draws)`` of the bids and a dummy."""
    return np.repeat(np.append(trial.present, True)[:, None], draws, axis=1)


def _with_dummy(trial: Trial, figured: Figured) -> Iterator[Reversal]:
    bid: Bid = dummy_bid(trial, figured)
    after = trial.with_bid(bid)
    if tried(after) is not None:
        yield from reversals_between(trial, after, "add", bid.id, figured.record(bid.id))


def reversals_between(
    before: Trial, after: Trial, change: str, bid: str, dummy: Dummy | None = None
) -> Iterator[Reversal]:
    """Every two of the others whose exact order differs, by their order before.

    A bid that is not ranked counts as behind all that are.
    """
    others = sorted((b for b in before.rows if b != bid), key=lambda b: (before.ranks.get(b, OUT), b))
    first, then = _leaders(before, bid), _leaders(after, bid)
    for a, b in permutations(others, 2):
        was = before.ranks.get(a, OUT) - before.ranks.get(b, OUT)
        now = after.ranks.get(a, OUT) - after.ranks.get(b, OUT)
        if was <= 0 < now and before.ranks.get(a, OUT) < OUT:
            level = "ahead" if was < 0 else "level"
            yield Reversal(change, bid, (a, b), before.order, after.order, first, then, dummy, level)


def _leaders(trial: Trial, but: str) -> Order:
    """Those of the others who come first: as many as are awarded, and all who tie with the last of them.

    Where a rule shares out money, whoever gets some.
    """
    if any(bid.award is not None for bid in trial.evaluation.bids):
        return tuple(bid for bid in trial.winner if bid != but)
    others = [(rank, bid) for bid, rank in trial.ranks.items() if bid != but]
    return tuple(bid for rank, bid in others if sum(r < rank for r, _ in others) < trial.plan.scheme.award.suppliers)


def least_admitted(trial: Trial) -> tuple[Fraction, ...]:
    """The smallest share of full marks with which the minimums let a dummy in; none where they never do."""
    price = _middle(trial)
    shares = tuple(Fraction(n, 20) for n in range(21))
    choice = tuple(Figured((), price, share) for share in shares)
    found = ranked(trial.scheme, added(trial, choice), with_one_more(trial, len(choice)))
    return next(((share,) for share, rank in zip(shares, found.ranks[-1], strict=True) if rank), ())


def _middle(trial: Trial) -> Fraction | None:
    """The price in the middle of those of the bids that take part."""
    prices = sorted(p for b, row in trial.rows.items() if trial.present[row] and (p := trial.price_of(b)) is not None)
    return prices[len(prices) // 2] if prices else None
