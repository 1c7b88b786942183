"""How kinds of providers fare: small, local, led by and for their community, and consortia.

Selection rates are compared as in the four-fifths rule (29 CFR 1607.4(D)): a rate below four fifths of that of the
others is a sign to look further, and is no finding of discrimination. The rule itself asks for differences that are
statistically significant. Where tenders are made up, nothing but a limited number of them stands for all that could
be, so that a difference counts from three standard errors on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import sqrt
from typing import NamedTuple

import numpy as np

from tender_eval.engine.facts.reading import read
from tender_eval.fairness.findings.results import GroupImpact
from tender_eval.fairness.findings.samples import GroupSample
from tender_eval.fairness.robustness.disagreement import mark_draws, spread_of
from tender_eval.fairness.scenarios.reranking import awarded
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.bids import Bid, Tender
from tender_eval.model.missing import Missing
from tender_eval.model.numeric import Array

FEW = 10  # bids, below which rates are taken over draws of the marks too
DRAWS = 1_000
SLACK = 1e-9  # points, that floats may differ by where nothing does
ERRORS = 3  # standard errors, up to which a difference between made-up tenders is put down to chance

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


def group_impact(scenario: Scenario, seed: int = 1, further: Sequence[Scenario] = ()) -> tuple[GroupImpact, ...]:
    """The impact on each group of which some bids are known to be; others that do not say are left out of it.

    Rates and points are means over the bids as they stand, points over those that are ranked. Where there are fewer
    than ten bids, one award says little: rates are then over draws of the marks as `panel_disagreement` varies them,
    where anything is marked. With ``further`` tenders under the same scheme, as when bids are made up, they are over
    all of these.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    tenders = [scenario, *further]
    outcomes = [_outcome(one, seed, not further and len(_standing(scenario)) < FEW) for one in tenders]
    found = []
    for group, belongs in GROUPS.items():
        known = [[belongs(bid, one.bids.tender) for bid in _standing(one)] for one in tenders]
        inside = _pooled(outcomes, [np.array([b is True for b in row], dtype=np.bool_) for row in known])
        others = _pooled(outcomes, [np.array([b is False for b in row], dtype=np.bool_) for row in known])
        silent = sum(b is None for row in known for b in row)
        if inside.bids:
            impact = _impact(group, inside, others, _sample(tenders, outcomes[0].draws, silent))
            found.append(_with_significance(impact, inside, others, outcomes, known) if further else impact)
    return tuple(found)


def _standing(scenario: Scenario) -> list[Bid]:
    """The bids that people did not take out: of the others nobody can say how the scheme treats them."""
    return [bid for bid in scenario.bids.bids if bid.removed is None]


class _Outcome(NamedTuple):
    """By bid that stands: in what share of draws it wins and is turned away, and its mean points by leaf.

    Points are NaN for a bid that was never scored.
    """

    won: Array
    rejected: Array
    points: dict[str, Array]
    draws: int


def _outcome(scenario: Scenario, seed: int, varied: bool) -> _Outcome:
    leaves = [leaf.id for leaf in scenario.plan.leaves]
    columns = mark_draws(scenario, np.random.default_rng([seed, 5]), DRAWS) if varied else {}
    if not columns:
        return _outcome_as_evaluated(scenario, leaves)
    result = scenario.batch(columns, keep=leaves)
    rows = [scenario.rows[bid.id] for bid in _standing(scenario)]
    ranked = (result.ranks > 0)[rows]
    times = np.where(ranked.any(axis=1), ranked.sum(axis=1), np.nan)
    points = {name: np.where(ranked, result.criteria[name][rows], 0).sum(axis=1) / times for name in leaves}
    return _Outcome(awarded(scenario, result)[rows].mean(axis=1), 1 - ranked.mean(axis=1), points, DRAWS)


def _outcome_as_evaluated(scenario: Scenario, leaves: list[str]) -> _Outcome:
    results = {bid.id: bid for bid in scenario.evaluation.bids}
    rows = [results[bid.id] for bid in _standing(scenario)]
    points = {
        name: np.array([float(c.points) if b.rank and (c := b.criterion(name)) else np.nan for b in rows])
        for name in leaves
    }
    won = np.array([float(b.id in scenario.winner) for b in rows])
    return _Outcome(won, np.array([float(b.rank is None) for b in rows]), points, 1)


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
    ratio = None
    if inside.selected is not None and others.selected:
        ratio = inside.selected / others.selected
    return GroupImpact(
        group, inside.bids, others.bids, inside.selected, others.selected, ratio,
        inside.rejected, others.rejected, gaps, worst if gaps and gaps[worst] < -SLACK else "", basis,
    )  # fmt: skip


def _with_significance(
    impact: GroupImpact,
    inside: _GroupRates,
    others: _GroupRates,
    outcomes: list[_Outcome],
    known: list[list[bool | None]],
) -> GroupImpact:
    """What is no larger than chance makes it over a limited number of made-up tenders is marked, or left out."""
    large = {
        name: gap
        for name, gap in impact.gaps.items()
        if gap < -ERRORS * sqrt(inside.variance[name] + others.variance[name]) - SLACK
    }
    return replace(
        impact,
        widest_gap=min(large, key=lambda name: large[name], default=""),
        by_chance=_by_chance(outcomes, known),
    )


def _by_chance(outcomes: list[_Outcome], known: list[list[bool | None]]) -> bool:
    """Whether the awards of a group differ from what they would be were they drawn by lot in each tender.

    Each tender is a stratum, as in Mantel and Haenszel, Journal of the National Cancer Institute 22(4), 1959.
    """
    beyond = variance = 0.0
    for outcome, row in zip(outcomes, known, strict=True):
        told = np.array([b is not None for b in row], dtype=np.bool_)
        group = np.array([b is True for b in row], dtype=np.bool_)
        bids, members, awards = int(told.sum()), int(group.sum()), float(outcome.won[told].sum())
        if bids < 2:
            continue
        beyond += float(outcome.won[group].sum()) - awards * members / bids
        variance += awards * (bids - awards) * members * (bids - members) / (bids**2 * (bids - 1))
    return abs(beyond) <= ERRORS * sqrt(variance) + SLACK


def _sample(tenders: list[Scenario], draws: int, silent: int) -> GroupSample:
    bids = sum(len(_standing(one)) for one in tenders)
    return GroupSample(bids, len(tenders), draws, spread_of(tenders[0]) if draws > 1 else "assumed", silent)
