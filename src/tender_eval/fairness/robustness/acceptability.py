"""Rank acceptability: with what share of random weights a bid comes first, second, and so on.

SMAA-2: Lahdelma and Salminen, Operations Research 49 (2001) 444-454. Draws are worked through in chunks, so that
memory does not grow with their number, and the same seed gives the same figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.random import Generator

from tender_eval.engine.evaluating.batch import CHUNK
from tender_eval.fairness.findings.notes import NobodyInSome, Note, TurnedAwayBySome
from tender_eval.fairness.findings.results import Acceptability
from tender_eval.fairness.findings.samples import CONCENTRATION
from tender_eval.fairness.robustness.disagreement import mark_draws
from tender_eval.fairness.scenarios.random_weights import AroundPublished, Sampler, bands_of
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import shown
from tender_eval.model.numeric import Array

DRAWS = 10_000
MARK_DRAWS = 500  # of the marks, for the confidence in each bid's central weights

Bands = Mapping[str, tuple[Fraction, Fraction]]


def acceptability(scenario: Scenario, draws: int = DRAWS, seed: int = 1, bands: Bands | None = None) -> Acceptability:
    """Rank acceptability over random points at the scored criteria, which add up to what the scheme has.

    Bids that tie share their ranks equally, and bids that are turned away at some weights share the last ones there, so
    that the shares of every bid and of every rank add up to one; shares are of the draws in which anybody is ranked.
    The central weights of a bid are the mean of those at which it comes first; the confidence is the share of draws of
    the marks (`panel_disagreement`) in which it does so at its central weights. Bids that are in at no weights are left
    out.

    Args:
        bands: the least and most points of criteria or groups, by id.

    Raises:
        Refused: TE071 or TE023 for bands that name no criterion or leave no weights; or the bids cannot be
            evaluated.
    """
    if not scenario.plan.leaves:  # a rule that goes by the price alone: there are no weights to draw
        return Acceptability(draws, dict(bands or {}), {}, {}, {}, 0.0, ())
    found, central = _counted(scenario, sampler(scenario, bands or {}), draws, np.random.default_rng([seed, 1]))
    confidence = _confidence(scenario, central, seed)
    return replace(found, bands=dict(bands or {}), central_weights=central, confidence=confidence)


def near_acceptability(
    scenario: Scenario, draws: int = DRAWS, seed: int = 1, concentration: int = CONCENTRATION
) -> Acceptability | None:
    """The same over points around the published ones (`AroundPublished`); None where none are published.

    Raises:
        Refused: the bids cannot be evaluated.
    """
    published = tuple(leaf.points for leaf in scenario.plan.leaves)
    if sum(published) <= 0:
        return None
    around = AroundPublished(published, concentration)
    found, _ = _counted(scenario, around, draws, np.random.default_rng([seed, 6]))
    return replace(found, concentration=concentration)


def _counted(
    scenario: Scenario, wanted: Sampler | AroundPublished, draws: int, rng: Generator
) -> tuple[Acceptability, dict[str, dict[str, float]]]:
    """The shares over so many draws, and the central weights."""
    count = _RankCounts(len(scenario.bids.bids), wanted.weights)
    leaves, batches = [leaf.id for leaf in scenario.plan.leaves], scenario.batches
    for start in range(0, draws, CHUNK):
        weights = wanted.draw(rng, min(CHUNK, draws - start))
        count.add(batches.evaluate(dict(zip(leaves, weights, strict=True))).ranks, weights)
    ids = [bid.id for bid in scenario.bids.bids]
    ranked = draws - count.nobody
    rows = _from_the_first(count, ids)
    shares = count.shares(rows, ranked)
    central = {
        ids[row]: dict(zip(leaves, (count.central[row] / count.first[row]).tolist(), strict=True))
        for row in rows
        if count.first[row] > 0
    }
    error = float(np.sqrt(shares * (1 - shares) / ranked).max()) if rows else 0.0
    ranks = {ids[row]: tuple(share) for row, share in zip(rows, shares.tolist(), strict=True)}
    return Acceptability(ranked, {}, ranks, {}, {}, error, _notes(count, rows, draws)), central


def _from_the_first(count: _RankCounts, ids: list[str]) -> list[int]:
    """The rows of the bids that were ever ranked, by how often they come first, then second and so on."""
    rows = sorted(count.ever, key=lambda row: ids[row])
    shares = dict(zip(rows, count.shares(rows, 1).tolist(), strict=True))
    return sorted(rows, key=lambda row: shares[row], reverse=True)


def _notes(count: _RankCounts, rows: list[int], draws: int) -> tuple[Note, ...]:
    """What must be known of the shares where weights turn bids away."""
    some = (TurnedAwayBySome(),) if count.turned_away(rows) else ()
    return (*some, NobodyInSome(count.nobody, draws)) if count.nobody else some


def sampler(scenario: Scenario, bands: Bands) -> Sampler:
    """The sampler of the points at the scored criteria within bands.

    Raises:
        Refused: TE071 for a band of no criterion, TE023 for bands that leave no weights.
    """
    problems = Problems()
    plan = scenario.plan
    nodes = [node.id for node in plan.nodes]
    for name in bands:
        if name not in nodes:
            problems.add("TE071", None, f'a band is given for "{name}", no criterion', did_you_mean(name, nodes))
    problems.refuse()
    total = sum((leaf.points for leaf in plan.leaves), Fraction(0))
    wanted = Sampler(len(plan.leaves), total, bands_of(plan, bands))
    if bands and wanted.start is None:
        hint = f"let them hold weights that add up to {shown(total)}"
        problems.add("TE023", None, "no weights lie within the bands", hint)
    problems.refuse()
    return wanted


class _RankCounts:
    """What is kept of the draws: places by bid, and the sum of the weights that gave it the first."""

    def __init__(self, bids: int, weights: int) -> None:
        self.central = np.zeros((bids, weights))
        self._places = np.zeros((bids, bids + 1))
        self._out = np.zeros((bids, bids + 1))  # by how many were ranked when the bid was not

    @property
    def first(self) -> Array:
        """In how many draws each bid comes first ``(bids,)``."""
        return self._places[:, 1]

    def add(self, ranks: Array, weights: Array) -> None:
        """Count draws: ``ranks`` ``(bids, draws)``, 0 for a bid that is out; ``weights`` ``(leaves, draws)``."""
        bids = len(ranks)
        ranked: Array = (ranks > 0).sum(axis=0, dtype=np.int32)
        level = ranks.sum(axis=0, dtype=np.int32) * 2 != ranked * (ranked + 1)
        first = (ranks == 1).astype(np.float64)
        tied = bool(level.any())
        if tied:
            first[:, level] /= np.maximum(first[:, level].sum(axis=0), 1)
            self._share(ranks[:, level])
        self.central += first @ weights.T
        for row, own in enumerate(ranks[:, ~level] if tied else ranks):
            self._places[row] += np.bincount(own, minlength=bids + 1)
        for out in np.flatnonzero(~ranks.all(axis=1)):
            self._out[out] += np.bincount(ranked[ranks[out] == 0], minlength=bids + 1)

    def _share(self, ranks: Array) -> None:
        """Draws in which bids tie: those that do have an equal part in each of the places that they take up."""
        for row, own in enumerate(ranks):
            size = (ranks == own).sum(axis=0)
            for place in range(1, len(ranks) + 1):
                takes = (own > 0) & (own <= place) & (place < own + size)
                self._places[row, place] += (takes / size).sum()

    @property
    def nobody(self) -> int:
        """In how many draws no bid is ranked."""
        return int(self._out[:, 0].max(initial=0))

    def turned_away(self, rows: list[int]) -> bool:
        """Whether any of these bids is not ranked in a draw in which another is."""
        return bool(self._out[rows, 1:].any())

    @property
    def ever(self) -> list[int]:
        """The rows of the bids that were ranked in any draw."""
        return [row for row, places in enumerate(self._places[:, 1:]) if places.any()]

    def shares(self, rows: list[int], draws: int) -> Array:
        """The share of so many draws in which anybody is ranked, ``(rows, places)``.

        Bids that are out share the places that the ranked ones leave.
        """
        n = len(rows)
        found = self._places[rows, 1 : n + 1].copy()
        for ranked in range(1, n):
            found[:, ranked:] += self._out[rows, ranked][:, None] / (n - ranked)
        return np.asarray(found / max(draws, 1))


def _confidence(scenario: Scenario, central: Mapping[str, Mapping[str, float]], seed: int) -> dict[str, float]:
    columns = mark_draws(scenario, np.random.default_rng([seed, 3]), MARK_DRAWS)
    found = {}
    names, some = list(central), CHUNK // MARK_DRAWS
    for bids in (names[n : n + some] for n in range(0, len(names), some)):
        again = {name: np.tile(column, len(bids)) for name, column in columns.items()}
        weights = {leaf: np.repeat([central[b][leaf] for b in bids], MARK_DRAWS) for leaf in central[bids[0]]}
        first = scenario.batch(again, weights=weights).ranks == 1
        shared = first / np.maximum(first.sum(axis=0), 1)
        for n, bid in enumerate(bids):
            own = shared[scenario.rows[bid], n * MARK_DRAWS : (n + 1) * MARK_DRAWS]
            found[bid] = float(own.mean())
    return found
