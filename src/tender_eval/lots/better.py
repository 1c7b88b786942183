"""Whether all lots together could be awarded better, within the same limits, than one after another."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tender_eval.plugins.mechanism import Contest, LotAwards


@dataclass(frozen=True, slots=True)
class Going:
    """A lot that would go another way: by which bid it is held and to which it would go, empty for nobody."""

    lot: str
    held: str
    best: str


@dataclass(frozen=True, slots=True)
class Better:
    """An award that gives away more lots, or as many at a better total; proved to be the best that there is.

    Attributes:
        lots, total: of the award as it is: how many lots, and their figures together (`Contest.divisors`).
        best_lots, best_total: of the best award.
        goes: the lots that would go another way.
    """

    lots: int
    best_lots: int
    total: Fraction
    best_total: Fraction
    goes: tuple[Going, ...]


@dataclass(frozen=True, slots=True)
class Unproved:
    """What the best award is was not proved within the steps that the search may take."""

    bound: Fraction


def better_award(
    contest: Contest, awards: LotAwards, lots: tuple[str, ...], bids: tuple[str, ...]
) -> Better | Unproved | None:
    """The best award, each lot counting the same, where it is better than these; None where it is not."""
    from tender_eval.lots.optimum.awards import best_awards, choices_of, total_of
    from tender_eval.lots.optimum.exactly import in_fractions
    from tender_eval.lots.optimum.search import NotProved

    exact, near = in_fractions(contest)
    weights = (Fraction(1),) * len(lots)
    won = choices_of(awards)
    total = total_of(exact, weights, won)
    try:
        best = best_awards(exact, weights, near)
    except NotProved as e:
        return Unproved(e.bound)
    gain = best.total - total if contest.best == "highest" else total - best.total
    if best.lots == len(won) and gain <= near:
        return None
    called = (*bids, "")  # the last one by row -1, which is nobody
    rows = zip(lots, awards.winner.tolist(), best.one, strict=True)
    goes = tuple(Going(lot, called[held], called[other]) for lot, held, other in rows if held != other)
    return Better(len(won), best.lots, total, best.total, goes)
