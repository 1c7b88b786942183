"""The awards of all lots that are worth most together, and which lots equal ones leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, Protocol

from tender_eval.lots.optimum.by_diagram import InDiagram
from tender_eval.lots.optimum.by_search import InProgramme
from tender_eval.lots.optimum.choices import Choice, choices_in
from tender_eval.lots.optimum.diagram import diagram_of
from tender_eval.lots.optimum.limits_as_rows import rows_of
from tender_eval.lots.optimum.programme import Programme
from tender_eval.lots.optimum.worth import worth_of
from tender_eval.plugins.mechanism import Contest, LotAwards


class Best(NamedTuple):
    """An award that nothing within the limits betters.

    Attributes:
        winner: the bid of each lot, by row; -1 where nobody is awarded it.
        one: the same of one of the awards that are as good, with who has the undecided lots in it.
        undecided: the lots that go to others, or to nobody, in an award that is as good and that nothing sets behind.
        lots: how many lots are awarded.
        total: of the figures, each by its lot's weight; the sum of the dividends over that of the divisors where the
            contest has divisors, and nought where nothing is awarded.
        kept: whether any award keeps to the limits; awarding nothing does, unless something must be awarded.
    """

    winner: tuple[int, ...]
    one: tuple[int, ...]
    undecided: frozenset[int]
    lots: int
    total: Fraction
    kept: bool = True


class Ways(Protocol):
    """The awards that limits allow, with what each choice is worth; choices go by number."""

    def value(self, chosen: Iterable[int]) -> Fraction:
        """What is chosen is worth."""

    def most(self, start: frozenset[int] | None = None) -> frozenset[int] | None:
        """What is worth most; None where no award keeps to the limits. A search begins with what may be known."""

    def at_least(self, some: Iterable[int], least: Fraction) -> frozenset[int] | None:
        """An award with one of these choices, all of one lot, that is worth this or more; None where there is none."""

    def with_one_of(self, some: Iterable[int]) -> Ways:
        """The awards with one of these choices, all of one lot."""

    def differ(self, chosen: frozenset[int], least: Fraction) -> frozenset[int]:
        """The lots that do not go as chosen in every award that is worth this or more."""


def ways_in(contest: Contest, choices: Sequence[Choice]) -> Callable[[Sequence[Fraction]], Ways]:
    """The awards that the limits of a contest allow, by what each choice is worth: in a diagram, or by search."""
    diagram = diagram_of(contest, choices)
    if diagram is not None:
        return lambda worth: InDiagram(diagram, worth)
    rows = rows_of(contest, choices)
    behind = (Fraction(0),) * rows.behind
    return lambda worth: InProgramme(Programme((*worth, *behind), rows.rows), choices)


def best_awards(contest: Contest, weights: tuple[Fraction, ...], near: Fraction = Fraction(0)) -> Best:
    """The award of as many lots as can be awarded whose total is best, and of these the one that comes first.

    Of equal totals that comes first which gives the first lot, in the published order, to the bid of the better rank;
    then the second, and so on. Of offers of one bid that share a rank that comes first which it states first, its bid
    for the lot alone before all others. Nothing says which comes first of awards that have the same rank at every
    lot: each lot that differs between them is undecided.

    Args:
        contest: in exact arithmetic.
        weights: by lot, what its figures are multiplied by; 1 where the contest has divisors.
        near: totals that differ by no more than this are equal.

    Raises:
        NotProved: the search was given up.
    """
    lots = contest.standing.shape[1]
    choices = choices_in(contest)
    if not choices:
        return Best((-1,) * lots, (-1,) * lots, frozenset(), 0, Fraction(0))
    best = _best(contest, choices, ways_in(contest, choices), weights)
    if best is None:
        return Best((-1,) * lots, (-1,) * lots, frozenset(), 0, Fraction(0), kept=False)
    ways, chosen = best
    chosen, undecided = _first(contest, choices, ways, chosen, ways.value(chosen) - near)
    one, made = [-1] * lots, _made(choices, chosen)
    for bid, here in made:
        for lot in here:
            one[lot] = bid
    winner = tuple(-1 if lot in undecided else bid for lot, bid in enumerate(one))
    return Best(winner, tuple(one), undecided, _lots(made), total_of(contest, weights, made))


def best_with(contest: Contest, weights: tuple[Fraction, ...], lot: int, bid: int) -> tuple[int, Fraction] | None:
    """How many lots the best award with this bid at this lot awards, and its total; None where no limit allows it.

    Raises:
        NotProved: as `best_awards`.
    """
    choices = choices_in(contest)
    there = [n for n, choice in enumerate(choices) if choice.bid == bid and lot in choice.lots]
    if not there:  # a package that does not stand for all of its lots
        return None
    ways = ways_in(contest, choices)
    found = _best(contest, choices, lambda worth: ways(worth).with_one_of(there), weights)
    if found is None:
        return None
    made = _made(choices, found[1])
    return _lots(made), total_of(contest, weights, made)


def can_be_kept(contest: Contest, filled: Iterable[int]) -> bool:
    """Whether any award keeps to every limit of a contest and awards each of these lots.

    Raises:
        NotProved: as `best_awards`.
    """
    choices = choices_in(contest)
    ways = ways_in(contest, choices)((Fraction(0),) * len(choices))
    for lot in filled:
        some = [n for n, choice in enumerate(choices) if lot in choice.lots]
        if not some:
            return False
        ways = ways.with_one_of(some)
    return ways.most() is not None


def choices_of(awards: LotAwards) -> list[Choice]:
    """What was awarded, lot by lot in their order; undecided lots are not among it."""
    return [Choice(row, (lot,)) for lot, row in enumerate(awards.winner.tolist()) if row >= 0]


def total_of(contest: Contest, weights: tuple[Fraction, ...], chosen: Iterable[Choice]) -> Fraction:
    """The total of an award; see `Best`."""
    total, below = Fraction(0), Fraction(0)
    for bid, lot in ((bid, lot) for bid, lots in chosen for lot in lots):
        over = Fraction(1) if contest.divisors is None else contest.divisors[bid, lot]
        total += contest.figures[bid, lot] * over * weights[lot]
        below += over
    return total if contest.divisors is None else total / below if below else Fraction(0)


def _made(choices: tuple[Choice, ...], chosen: frozenset[int]) -> list[Choice]:
    """What is chosen of the choices; behind them stand those for suppliers and for discounts."""
    return [choices[n] for n in chosen if n < len(choices)]


def _lots(made: Iterable[Choice]) -> int:
    return sum(len(choice.lots) for choice in made)


def _best(
    contest: Contest,
    choices: tuple[Choice, ...],
    ways_at: Callable[[Sequence[Fraction]], Ways],
    weights: tuple[Fraction, ...],
) -> tuple[Ways, frozenset[int]] | None:
    """The ways among which the best total is worth most, and what is; None where nothing keeps to the limits."""
    sign = 1 if contest.best == "highest" else -1
    figures = tuple(tuple(sign * contest.figures[c.bid, lot] * weights[lot] for lot in c.lots) for c in choices)
    if contest.divisors is None:
        ways = ways_at(worth_of(choices, figures))
        only = ways.most()
        return None if only is None else (ways, only)
    over = tuple(tuple(contest.divisors[c.bid, lot] for lot in c.lots) for c in choices)
    quotient = Fraction(0)
    chosen = None
    while True:  # Dinkelbach (1967): with the best quotient so far as the price of a divisor, until nothing gains
        gains = tuple(
            tuple(f * o - sign * quotient * o for f, o in zip(*both, strict=True))
            for both in zip(figures, over, strict=True)
        )
        ways = ways_at(worth_of(choices, gains))
        found = ways.most(chosen)
        if found is None:
            return None
        if chosen is not None and ways.value(found) == ways.value(chosen):
            return ways, chosen
        chosen = found
        quotient = total_of(contest, weights, _made(choices, chosen))


def _first(
    contest: Contest, choices: tuple[Choice, ...], ways: Ways, chosen: frozenset[int], least: Fraction
) -> tuple[frozenset[int], frozenset[int]]:
    """Of the awards that are worth as much the one that comes first, and the lots that equal ones leave undecided."""
    differ, tied = ways.differ(chosen, least), False
    for lot in contest.lots:
        if lot not in differ:
            continue
        here = _by_rank(contest, choices, lot)
        last = max(here) + 1
        rank = _rank_at(lot, chosen, choices, contest) or last
        while better := [n for r, found in here.items() if r < rank for n in found]:
            found = ways.at_least(better, least)
            if found is None:
                break
            chosen = found
            rank = _rank_at(lot, chosen, choices, contest) or last
        level = here.get(rank, [])
        mine = [n for n in level if n in chosen]
        own = [n for n in level if mine and _bid(contest, choices[n]) == _bid(contest, choices[mine[0]])]
        others = [n for n in level if n not in own]
        if others and ways.at_least(others, least) is not None:
            ways, tied = ways.with_one_of(level), True
            continue
        for n in sorted(own, key=lambda n: _place(contest, choices[n])):
            if n in chosen:
                break
            found = ways.at_least([n], least)
            if found is not None:
                chosen, mine = found, [n]
                break
        if mine:
            ways = ways.with_one_of(mine)
    return chosen, ways.differ(chosen, least) if tied else frozenset()


def _bid(contest: Contest, choice: Choice) -> int:
    """The bid that a choice is an offer of."""
    return choice.bid if contest.offers is None else int(contest.offers.bid[choice.bid])


def _place(contest: Contest, choice: Choice) -> int:
    return 0 if contest.offers is None else int(contest.offers.place[choice.bid])


def _by_rank(contest: Contest, choices: tuple[Choice, ...], lot: int) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    for n, choice in enumerate(choices):
        if lot in choice.lots:
            found.setdefault(int(contest.ranks[choice.bid, lot]), []).append(n)
    return found


def _rank_at(lot: int, chosen: frozenset[int], choices: tuple[Choice, ...], contest: Contest) -> int:
    return next((int(contest.ranks[made.bid, lot]) for made in _made(choices, chosen) if lot in made.lots), 0)
