"""The test kit for award mechanisms: every promise of one, tried on contests with ties, gaps and limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from fractions import Fraction
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.evaluating.ranking import exact_ranks
from tender_eval.files.load import locate
from tender_eval.files.validate import validate
from tender_eval.lots.run import run_mechanism
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism, Offers, Quota
from tender_eval.plugins.never_float import makes_float, never_float
from tender_eval.plugins.scorer import in_floats
from tender_eval.plugins.table import each
from tender_eval.testing.kit.checks import UNDER_TEST, Check, made, watched
from tender_eval.testing.kit.prepared import objects

CONTESTS = 60
"""How many contests a mechanism is tried on with each of its examples."""


def checks(mechanism: type[Mechanism], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a mechanism, one check each."""
    tried = _Tried(mechanism)
    promises = [
        tried.states_examples, tried.awards_lots, tried.awards_the_same_again_in_any_order, tried.arithmetics_agree,
        tried.makes_no_floats, tried.leaves_what_it_is_given, tried.does_nothing_else,
    ]  # fmt: skip
    return made(mechanism, *promises)


def answers(mechanism: type[Mechanism]) -> list[str]:
    """Who wins which lot in each of the contests, with each example."""
    tried = _Tried(mechanism)
    return [
        f"winners {found.winner.tolist()}, undecided {found.undecided.tolist()} in contest {n}"
        for params, _ in tried.stated()
        for n, found in enumerate(tried.mechanism.award(contest, params) for contest in tried.contests())
    ]


class _Tried:
    """A mechanism under test."""

    def __init__(self, mechanism: type[Mechanism]) -> None:
        self.kind, self.mechanism = mechanism, mechanism()
        self.registered: Registered[Mechanism] = Registered(mechanism.name, UNDER_TEST, mechanism, Mechanism)  # type: ignore[type-abstract]

    def contests(self) -> Iterator[Contest]:
        """Contests in exact arithmetic, small ones first; without limits where it looks at none."""
        drawn = Random(11)  # noqa: S311 - nothing is kept secret by it
        for number in range(CONTESTS):
            yield contest(drawn, 1 + number % 5, 1 + number % 4, self.mechanism)

    def stated(self) -> Iterator[tuple[Any, Any]]:
        """The parameters of each example, exact and in floats.

        Raises:
            Refused: no scheme can state it.
        """
        where = Location("example")
        for example in self.mechanism.examples:
            problems = Problems()
            params = validate(self.kind.Params, locate(dict(example), where, problems), where, problems)
            problems.refuse()
            yield params, in_floats(params)

    def states_examples(self) -> None:
        """It states examples, and a scheme can state each of them."""
        assert self.mechanism.examples, "states no examples: nothing that it promises can be tried"
        assert list(self.stated())

    def awards_lots(self) -> None:
        """It awards lots, to bids that stand, within every limit, and none that it calls undecided."""
        won = [found.winner for _, found in self._awarded()]
        assert any((winner >= 0).any() for winner in won), "awards no lot at all"

    def awards_the_same_again_in_any_order(self) -> None:
        """The same bids win the same lots when it is asked once more, and when they come in another order."""
        for _ in self._awarded():  # held to it by each run
            pass

    def _awarded(self) -> Iterator[tuple[Contest, LotAwards]]:
        for params, _ in self.stated():
            for one in self.contests():
                yield one, run_mechanism(self.registered, params, one)

    def arithmetics_agree(self) -> None:
        """Batches come to the exact awards; none has divisors."""
        for params, floats in self.stated():
            for one in (one for one in self.contests() if one.divisors is None):
                exact = run_mechanism(self.registered, params, one)
                batch = run_mechanism(self.registered, floats, _in_floats(one))
                assert batch.winner[:, 0].tolist() == exact.winner.tolist(), (
                    f"awards {batch.winner[:, 0].tolist()} in batches, {exact.winner.tolist()} exactly, in {_told(one)}"
                )
                assert batch.undecided[:, 0].tolist() == exact.undecided.tolist(), (
                    f"leaves other lots undecided in batches than exactly, in {_told(one)}"
                )

    def makes_no_floats(self) -> None:
        """No award goes through a float."""
        for params, _ in self.stated():
            for one in self.contests():
                strict = one._replace(
                    figures=np.vectorize(never_float, otypes=[object])(one.figures),
                    values=each(one.values, never_float),
                    capacity=None if one.capacity is None else each(one.capacity, never_float),
                )
                award = partial(self.mechanism.award, strict, deepcopy(params))
                assert not makes_float(award), f"makes floats of exact figures, in {_told(one)}"

    def leaves_what_it_is_given(self) -> None:
        """Figures, ranks, limits and parameters are as they were before."""
        for params, _ in self.stated():
            for one in self.contests():
                before, own = deepcopy(one), deepcopy(params)
                self.mechanism.award(one, params)
                assert params == own, f"writes to its parameters, in {_told(before)}"
                for name, was in before._asdict().items():
                    assert _same(getattr(one, name), was), f"writes to {name}, in {_told(before)}"

    def does_nothing_else(self) -> None:
        """It touches no file, network, clock, chance, environment, thread or caller, and prints nothing."""
        for params, _ in self.stated():
            for number, one in enumerate(self.contests()):
                if number < 12:
                    watched(self.kind, partial(self.mechanism.award, one, params))


def _same(now: Any, was: Any) -> bool:
    """Whether a part of a contest is as it was."""
    if isinstance(was, tuple):
        return len(now) == len(was) and all(map(_same, now, was))
    return bool((now == was).all()) if isinstance(was, np.ndarray) else bool(now == was)


def contest(drawn: Random, bids: int, lots: int, mechanism: Mechanism) -> Contest:
    """A contest with ties and bids that do not stand for every lot, and with whatever the mechanism is to see.

    That is any of the limits where it honours them, minimums where it meets these, divisors where it adds figures up,
    what bids prefer, and packages and discounts where it takes them.
    """
    offered = [_Row(bid) for bid in range(bids)]
    if mechanism.takes_packages and lots > 1 and drawn.random() < 0.5:
        offered += [_offer(drawn, bid, lots) for bid in range(bids) if drawn.random() < 0.5]
    figures = [[Fraction(drawn.randint(0, 6), drawn.choice((1, 2, 3))) for _ in range(lots)] for _ in offered]
    gaps = drawn.choice((0.0, 0.3))
    shape = len(offered), lots
    there = [[not row.lots or lot in row.lots for lot in range(lots)] for row in offered]
    standing = np.array([[s and drawn.random() >= gaps for s in row] for row in there], dtype=np.bool_)
    best = drawn.choice(("highest", "lowest"))
    cells = np.empty(shape, dtype=object)
    ranks = np.zeros(shape, dtype=np.int64)
    for lot in range(lots):
        cells[:, lot] = [row[lot] for row in figures]
        keys = [[-f if best == "highest" else f] for f in cells[:, lot]]
        ranks[:, lot] = exact_ranks(keys, standing[:, lot])
    of_bid = np.array([row.bid for row in offered])
    made = Contest(
        cells, standing, ranks, best,  # type: ignore[arg-type]
        objects([Fraction(drawn.randint(1, 3)) for _ in range(lots)]),
        suppliers=None if len(offered) == bids else np.eye(bids, dtype=np.bool_)[of_bid],
    )  # fmt: skip
    if len(offered) > bids:
        made = made._replace(offers=_as_offers(offered, np.array(there, dtype=np.bool_)))
    if mechanism.honours_limits:
        made = _limited(drawn, made, of_bid, bids, mechanism.meets_minimums)
    if mechanism.totals and drawn.random() < 0.2:
        below = np.empty(shape, dtype=object)
        below[...] = [[Fraction(drawn.randint(1, 4)) for _ in range(lots)] for _ in offered]
        made = made._replace(divisors=below)
    return made


class _Row(NamedTuple):
    """A bid, or an offer of it for several lots: its place, for how many lots it is at the least, and for which."""

    bid: int
    place: int = 0
    least: int = 1
    lots: tuple[int, ...] = ()
    discount: bool = False


def _offer(drawn: Random, bid: int, lots: int) -> _Row:
    """A package, or a discount from some number of lots on."""
    some = tuple(sorted(drawn.sample(range(lots), drawn.randint(2, lots))))
    discount = drawn.random() < 0.5
    return _Row(bid, 1, drawn.randint(2, len(some)) if discount else len(some), some, discount)


def _as_offers(rows: Sequence[_Row], lots: Mask) -> Offers:
    bid, place, least = (np.array([row[n] for row in rows]) for n in range(3))
    return Offers(bid, place, least, lots, np.array([row.discount for row in rows], dtype=np.bool_))


def _limited(drawn: Random, made: Contest, of_bid: Array, bids: int, minimums: bool) -> Contest:
    """The same with some limits; what is of a bid is of its offers too."""
    lots = made.standing.shape[1]

    def some(likely: float) -> bool:
        return drawn.random() < likely

    most_lots, capped = drawn.choice((0, 1, 2)), some(0.4)
    capacity = objects([Fraction(drawn.randint(1, 6)) for _ in range(bids)])[of_bid] if capped else None
    order = tuple(drawn.sample(range(lots), lots)) if some(0.5) else ()
    quotas = []
    for _ in range(drawn.choice((0, 0, 1))):
        who = np.array([some(0.5) for _ in range(bids)], dtype=np.bool_)[of_bid]
        quotas.append(Quota(who, drawn.randint(1, 2), 1 if minimums and some(0.2) else 0))
    preferences = np.array([[*drawn.sample(range(lots + 1), lots)] for _ in range(bids)])[of_bid] if some(0.3) else None
    behind = made.suppliers
    if some(0.3):  # a supplier that stands behind two bids
        shared = np.eye(bids, dtype=np.bool_)
        shared[-1] |= shared[0]
        behind = shared[of_bid]
    return made._replace(
        most_lots=most_lots, capacity=capacity, order=order, suppliers=behind, preferences=preferences,
        most_value=Fraction(drawn.randint(1, 8)) if some(0.2) else None,
        most_suppliers=drawn.randint(1, 3) if some(0.2) else 0,
        fewest_suppliers=1 if minimums and some(0.2) else 0,
        quotas=tuple(quotas),
    )  # fmt: skip


def _in_floats(one: Contest) -> Contest:
    """An exact contest as the one draw of a batch."""
    return one._replace(
        figures=np.where(one.standing, one.figures.astype(np.float64), np.nan)[..., None],
        standing=one.standing[..., None],
        ranks=one.ranks[..., None],
        values=one.values.astype(np.float64)[:, None],
        capacity=None if one.capacity is None else one.capacity.astype(np.float64)[:, None],
        most_value=None if one.most_value is None else np.array([float(one.most_value)]),
    )


def _told(one: Contest) -> str:
    """A contest as it stands in a message."""
    rows: Sequence[str] = [
        ", ".join(str(f) if s else "-" for f, s in zip(figures, stands, strict=True))
        for figures, stands in zip(one.figures.tolist(), one.standing.tolist(), strict=True)
    ]
    limits = f", at most {one.most_lots} lots each" if one.most_lots else ""
    return f"a contest in which the {one.best} wins each lot, by bid: {'; '.join(rows)}{limits}"
