"""How kinds of providers fare: small, local, led by and for their community, and consortia.

Selection rates are compared as in the four-fifths rule (29 CFR 1607.4(D)): a rate below four fifths of that of the
others is a sign to look further, and is no finding of discrimination. The rule itself asks for differences that are
statistically significant, so each ratio comes with an exact test of chance. From one award there is no ratio: whoever
wins it, every group but the winner's was awarded nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

import numpy as np

from tender_eval.engine.facts.reading import read
from tender_eval.fairness.findings.results import GroupImpact, Order
from tender_eval.fairness.findings.samples import GroupSample
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.fairness.statistics.exact_test import Stratum, chance
from tender_eval.model.bids import Bid, Tender, bid_of
from tender_eval.model.evaluation import first_offers
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Array

SLACK = 1e-9  # points, that floats may differ by where nothing does
ERRORS = 3  # standard errors, up to which a gap in points between made-up tenders is put down to chance
LEVEL = Fraction(1, 20)  # over all groups together (Bonferroni): how likely at the most chance calls one of them low

Belongs = Callable[[Bid, Tender], bool | None]
"""Whether a bid belongs to a group; None where the bid or the tender does not say."""


def _small(bid: Bid, tender: Tender) -> bool | None:
    found = read(bid, "supplier.is_small", tender)
    return None if isinstance(found, Missing) else found.value is True


def _local(bid: Bid, tender: Tender) -> bool | None:
    found = read(bid, "supplier.areas_covered", tender)
    return None if isinstance(found, Missing) else bool(found.value)


def _by_and_for(bid: Bid, tender: Tender) -> bool | None:
    found = read(bid, "supplier.by_and_for", tender)
    return None if isinstance(found, Missing) else found.value is True


def _consortium(bid: Bid, tender: Tender) -> bool | None:
    return bool(bid.members)


GROUPS: dict[str, Belongs] = {
    "small": _small,  # micro and small providers
    "local": _local,  # that already work in an area of the tender
    "by_and_for": _by_and_for,  # led by and for the community that they serve
    "consortium": _consortium,
}


def group_impact(scenario: Scenario, further: Sequence[Scenario] = ()) -> tuple[GroupImpact, ...]:
    """The impact on each group of which some bids are known to be; others that do not say are left out of it.

    Rates and points are means over the bids as they stand, points over those that are ranked; bids that tie for an
    award each count as awarded. With ``further`` tenders under the same scheme, as when bids are made up, they are
    over all of these.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    tenders = [scenario, *further]
    outcomes = [_outcome(one, one.winner) for one in tenders]
    found = _impacts(tenders, outcomes, _awards(tenders))
    return tuple(_with_significance(impact, *of) if further else impact for impact, of in found)


def lot_group_impact(lots: Sequence[Scenario], winners: Sequence[Order]) -> tuple[GroupImpact, ...]:
    """The impact over the lots of a tender as they are awarded: a bid counts in each lot that it stands for.

    The test takes each lot to be drawn by itself, whatever limits tie them together.

    Args:
        winners: of each lot.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    outcomes = [_outcome(lot, won) for lot, won in zip(lots, winners, strict=True)]
    found = _impacts(lots, outcomes, sum(len(won) for won in winners))
    return tuple(replace(impact, sample=replace(impact.sample, tenders=1, lots=len(lots))) for impact, _ in found)


def _impacts(
    tenders: Sequence[Scenario], outcomes: list[_Outcome], awards: int
) -> list[tuple[GroupImpact, tuple[_GroupRates, _GroupRates]]]:
    """Each group of which there are bids, with the rates of its bids and of the others."""
    found = []
    for group, belongs in GROUPS.items():
        known = [[belongs(bid, one.bids.tender) for bid in _standing(one)] for one in tenders]
        inside = _pooled(outcomes, [np.array([b is True for b in row], dtype=np.bool_) for row in known])
        others = _pooled(outcomes, [np.array([b is False for b in row], dtype=np.bool_) for row in known])
        silent = sum(b is None for row in known for b in row)
        if inside.bids:
            impact = _impact(group, inside, others, _sample(tenders, silent))
            strata = [_stratum(outcome, row) for outcome, row in zip(outcomes, known, strict=True)]
            found.append((_with_ratio(impact, strata) if awards > 1 else impact, (inside, others)))
    return found


def _awards(tenders: Sequence[Scenario]) -> int:
    """How many awards were decided on."""
    return sum(len(one.winner) if one.evaluation.shares_money else one.plan.scheme.award.suppliers for one in tenders)


def _standing(scenario: Scenario) -> list[Bid]:
    """The bids that people did not take out: of the others nobody can say how the scheme treats them.

    What a bid offers for several lots is that bid: its first row stands for all of them.
    """
    return [*first_offers(bid for bid in scenario.bids.bids if bid.removed is None).values()]


class _Outcome(NamedTuple):
    """By bid that stands: whether it wins and is turned away, and its points by leaf; NaN where it is not ranked."""

    won: Array
    rejected: Array
    points: dict[str, Array]


def _outcome(scenario: Scenario, winners: Order) -> _Outcome:
    results = {bid.id: bid for bid in scenario.evaluation.bids}
    rows = [results[bid.id] for bid in _standing(scenario)]
    points = {
        leaf.id: np.array([float(c.points) if b.rank and (c := b.criterion(leaf.id)) else np.nan for b in rows])
        for leaf in scenario.plan.leaves
    }
    of_bids = {bid_of(winner) for winner in winners}
    won = np.array([float(bid_of(b.id) in of_bids) for b in rows])
    return _Outcome(won, np.array([float(b.rank is None) for b in rows]), points)


class _GroupRates(NamedTuple):
    """A group or the others: how many bids, their rates, and by leaf their mean points and the variance of the mean."""

    bids: int
    selected: float | None
    rejected: float | None
    points: dict[str, float]
    variance: dict[str, float]


def _pooled(outcomes: list[_Outcome], members: list[Array]) -> _GroupRates:
    won = np.concatenate([o.won[m] for o, m in zip(outcomes, members, strict=True)])
    rejected = np.concatenate([o.rejected[m] for o, m in zip(outcomes, members, strict=True)])
    points, variance = {}, {}
    for name in outcomes[0].points:
        own = np.concatenate([o.points[name][m] for o, m in zip(outcomes, members, strict=True)])
        if (scored := own[~np.isnan(own)]).size:
            points[name] = float(scored.mean())
            variance[name] = float(scored.var(ddof=1)) / scored.size if scored.size > 1 else np.inf
    if not won.size:
        return _GroupRates(0, None, None, {}, {})
    return _GroupRates(len(won), float(won.mean()), float(rejected.mean()), points, variance)


def _impact(group: str, inside: _GroupRates, others: _GroupRates, basis: GroupSample) -> GroupImpact:
    gaps = {name: inside.points[name] - others.points[name] for name in inside.points if name in others.points}
    worst = min(gaps, key=lambda name: gaps[name], default="")
    return GroupImpact(
        group, inside.bids, others.bids, inside.selected, others.selected, None,
        inside.rejected, others.rejected, gaps, worst if gaps and gaps[worst] < -SLACK else "", basis,
    )  # fmt: skip


def _with_significance(impact: GroupImpact, inside: _GroupRates, others: _GroupRates) -> GroupImpact:
    """A gap that is no larger than chance makes it over a limited number of made-up tenders is left out."""
    large = {
        name: gap
        for name, gap in impact.gaps.items()
        if gap < -ERRORS * sqrt(inside.variance[name] + others.variance[name]) - SLACK
    }
    return replace(impact, widest_gap=min(large, key=lambda name: large[name], default=""))


def _stratum(outcome: _Outcome, row: list[bool | None]) -> Stratum:
    """A tender as it is tested: its awards are drawn among the bids that say whether they belong."""
    told = np.array([b is not None for b in row], dtype=np.bool_)
    group = np.array([b is True for b in row], dtype=np.bool_)
    return Stratum(int(told.sum()), int(group.sum()), int(outcome.won[told].sum()), int(outcome.won[group].sum()))


def _with_ratio(impact: GroupImpact, strata: Sequence[Stratum]) -> GroupImpact:
    if impact.selected is None or not impact.selected_others:
        return impact
    likely = chance(strata)
    ratio = impact.selected / impact.selected_others
    return replace(impact, ratio=ratio, chance=float(likely), by_chance=likely * len(GROUPS) > LEVEL)


def _sample(tenders: Sequence[Scenario], silent: int) -> GroupSample:
    return GroupSample(sum(len(_standing(one)) for one in tenders), len(tenders), unknown=silent)
