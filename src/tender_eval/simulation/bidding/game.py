"""The equilibrium of a design: a sample of its tenders as a game, its scheme as what scores the bids."""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array
from tender_eval.simulation.bidding.equilibrium import Equilibrium, solve
from tender_eval.simulation.bidding.lot_kind import LotKind, Reference, Scores
from tender_eval.simulation.bidding.lot_state import Game
from tender_eval.simulation.bidding.pricing import Grid, Policy
from tender_eval.simulation.market.providers import DrawsNeeded, MarketDraws, Streams, draw_market
from tender_eval.simulation.tendering import marking, scoring
from tender_eval.simulation.tendering.bidders import enter, potential_bidders
from tender_eval.simulation.tendering.design import DesignModel

SAMPLE = 200_000  # cells (providers x lots x tenders), about
FEWEST, MOST = 256, 4096
FINE = (31, 16)  # points of quality, and outcomes of the evaluators' marking that a bidder reckons with
COARSE = (21, 8)  # where the tables have many groups of bidders
MANY = 2
MIXING, MINDS = 90, 91  # streams of their own
KEPT = 16  # samples, of some two megabytes at most: those of a trial of the sensitivity, all of which have the same
OWN_SEED = 0x10F5  # so that the tenders of the solution are not those of the simulation


def solve_design(
    model: DesignModel, seed: int, sample: int = SAMPLE, solve_number: int = 0
) -> tuple[tuple[Policy, ...], Array | None, Equilibrium, Array]:
    """The policies by kind of lot, the row of each code in them (None: rows are kinds), how well they hold, and how
    often the bids of each kind of provider win.

    Args:
        sample: cells (providers x lots x tenders) of the sample, about.
        solve_number: each has a sample of its own.
    """
    providers, lots = len(model.market.kind), len(model.lots.areas)
    tenders = int(np.clip(sample // max(providers * lots, 1), FEWEST, MOST))
    drawn = _sample(seed, solve_number, model.draws_needed.of_bidders(), tenders)
    bidders = potential_bidders(model, drawn)
    shape = bidders.candidate.shape
    lookup: Array | None = None
    if model.inputs.tables and bidders.code is not None:
        found = bidders.code[bidders.candidate]
        lookup, codes = _rows(model, np.unique(found if found.size else bidders.code))
        row = lookup.take(bidders.code)
    else:
        row = np.broadcast_to(model.market.kind[:, None, None], shape)
        codes = model.codes.code(np.array(0), np.arange(len(model.types)), np.array(0), np.array(0))
    told_apart = model.inputs.incomes or any(q.offsets.any() for q in model.inputs.questions)
    kinds_of_rows = model.codes.kind_of(codes)
    scored, groups = _groups(model, codes, bool(told_apart))
    qualities, outcomes = FINE if len(scored) <= MANY else COARSE
    added = model.effort.quality if model.effort else 0.0
    grid = _qualities(model, bidders.quality[bidders.candidate], qualities, added)
    markings = _markings(model, outcomes)
    game = Game(
        candidate=bidders.candidate,
        cost=bidders.cost,
        quality=bidders.quality,
        row=np.ascontiguousarray(row),
        kinds=kinds_of_rows,
        groups=groups,
        counts=model.market.counts,
        lots=tuple(
            LotKind(np.flatnonzero(model.lots.kind == n), grid, scores_of(model, lot, scored, codes, grid, markings))
            for n, lot in enumerate(model.lots.kinds)
        ),
        enter=lambda surplus: enter(model, bidders, surplus),
        relative=relative(model),
        given=model.settings.prices_given or model.grants is not None,
        places=model.places,
        others=bidders.others,
        most_others=model.most_others,
        saved=model.saved,
        most=bidders.most,
        effort=model.effort,
    )
    policies, state, win_rates = solve(game, _streams(seed, solve_number)(MINDS))
    return policies, lookup, state, win_rates


def _streams(seed: int, solve_number: int) -> Streams:
    return Streams(SeedSequence([OWN_SEED, seed, solve_number]))


@lru_cache(maxsize=KEPT)
def _sample(seed: int, solve_number: int, needed: DrawsNeeded, tenders: int) -> MarketDraws:
    """The tenders on which beliefs are solved: the same for all trials of a seed, one after the other.

    Nothing may write into them.
    """
    drawn = _even(draw_market(_streams(seed, solve_number), needed, tenders))
    for values in drawn:
        if isinstance(values, np.ndarray):
            values.flags.writeable = False
    return drawn


def _even(drawn: MarketDraws) -> MarketDraws:
    """The draws with every provider's as even as so many can be: in their order, at the quantiles of the normal.

    A Latin hypercube again. Of plain draws so few would have mean costs a thousandth off, and prices with them.
    """
    quantiles = _quantiles(drawn.cost.shape[-1])

    def even(values: Array) -> Array:
        out = np.empty(values.shape)
        np.put_along_axis(out, values.argsort(axis=-1), np.broadcast_to(quantiles, values.shape), axis=-1)
        return out

    return drawn._replace(
        cost=even(drawn.cost),
        quality=even(drawn.quality),
        income=even(drawn.income),
        days=even(drawn.days),
        area_cost=None if drawn.area_cost is None else even(drawn.area_cost),
        common=None if drawn.common is None else even(drawn.common),
        asked=None if drawn.asked is None else even(drawn.asked),
    )


@lru_cache(maxsize=64)
def _quantiles(number: int) -> Array:
    """So many quantiles of the normal distribution, evenly spread."""
    return np.array([NormalDist().inv_cdf((n + 0.5) / number) for n in range(number)])


def relative(model: DesignModel) -> bool:
    """Whether the scheme compares bids with each other, so that a score depends on who else bids."""
    plan = model.scheme.plan
    compares = plan.rule.rule.item.relative(plan.rule.params) or plan.compares
    return compares or (plan.scheme.shortlist is not None and plan.scheme.shortlist.top is not None)


def _rows(model: DesignModel, used: Array) -> tuple[Array, Array]:
    """The row of every code, and a code of each row: one for each kind of provider and set of facts in the sample.

    A code that the sample does not have goes with the nearest one of its kind.
    """
    every = np.arange(model.codes.number)
    kinds = model.codes.kind_of(every)
    facts = np.column_stack([kinds, *model.inputs.tables.values()])
    _, same = np.unique(facts, axis=0, return_inverse=True)
    _, first = np.unique(same[used], return_index=True)
    codes = used[np.sort(first)]
    rows = np.empty(len(every), dtype=np.intp)
    for code in every:
        fits = np.flatnonzero(same[codes] == same[code])
        if not fits.size:
            fits = np.flatnonzero(kinds[codes] == kinds[code])
        among = fits if fits.size else np.arange(len(codes))
        rows[code] = among[np.abs(codes[among] - code).argmin()]
    return rows, codes


def _groups(model: DesignModel, codes: Array, told_apart: bool) -> tuple[Array, Array]:
    """A code of each group that scores alike, and the group of each row: those of whom the scheme reads the same."""
    if told_apart:
        return codes, np.arange(len(codes))
    if not model.inputs.tables:
        return codes[:1], np.zeros(len(codes), dtype=np.intp)
    facts = np.column_stack([table[codes] for table in model.inputs.tables.values()])
    _, first, groups = np.unique(facts, axis=0, return_index=True, return_inverse=True)
    return codes[first], groups.reshape(-1)


def _qualities(model: DesignModel, quality: Array, number: int, added: float) -> Grid:
    """The qualities of the tables; ``added`` is what effort can add."""
    if not model.inputs.questions or not quality.size or np.ptp(quality) + added < 1e-9:
        middle = float(quality.mean()) if quality.size else 0.5
        return Grid(middle, middle, 1)
    return Grid(float(quality.min()), min(float(quality.max()) + added, 1.0), number)


def _markings(model: DesignModel, number: int) -> Array:
    """Equally likely outcomes of marking, ``(outcomes, questions)``, the same for every design.

    A Latin hypercube: every question by itself has all quantiles of the normal distribution, put together at random
    (McKay, Beckman and Conover, Technometrics 21, 1979). Drawn freely, so few would move prices by a percent.
    """
    questions = len(model.inputs.questions)
    if not (questions and model.spread):
        return np.zeros((1, questions))
    quantiles = _quantiles(number)
    mixed = Streams(SeedSequence(OWN_SEED))(MIXING)
    return np.stack([mixed.permutation(quantiles) for _ in range(questions)], axis=1)


def scores_of(model: DesignModel, lot: int, scored: Array, codes: Array, grid: Grid, markings: Array) -> Scores:
    """How bids for a lot score beside reference bids, by the scheme itself."""
    value, annual = float(model.lots.value[lot]), float(model.lots.annual[lot])
    best = model.scheme.plan.rule.rule.item.best
    compares = relative(model)
    states = (len(scored), grid.number, len(markings))
    given = _given(model, scored, grid, markings)
    alike = np.broadcast_to(np.arange(len(scored))[:, None, None], states).ravel()
    told_apart = np.column_stack([alike, *given.values()])
    _, first, same = np.unique(told_apart, axis=0, return_index=True, return_inverse=True)
    own = {column: marks[first] for column, marks in given.items()}
    own_code = scored[alike[first]]
    incomes = np.array([t.income for t in model.types])

    def scores(prices: Array, reference: Reference) -> Array:
        cells = len(first) * len(prices)
        others = len(reference.prices) if compares else 0
        code = np.concatenate([np.repeat(own_code, len(prices)), np.full(others * cells, codes[reference.row])])
        asked = np.concatenate([np.tile(prices, len(first)), np.repeat(reference.prices[:others], cells)])
        beside = _reference_marks(model, int(codes[reference.row]), reference.quality)
        marks = {
            column: np.concatenate([np.repeat(marks, len(prices)), np.full(others * cells, beside[column])])
            for column, marks in own.items()
        }
        income = incomes[model.codes.kind_of(code)]
        joint = code // (model.codes.areas + 1) % 2
        bids = scoring.BidFigures(
            money=asked * value,
            marks=marks,
            code=code,
            income=income,
            pooled=income * np.where(joint, model.settings.consortium_income, 1.0),
            annual=np.full(len(code), annual),
        )
        rows = 1 + others
        packed = scoring.PackedBids(np.arange(rows * cells), rows, cells, np.ones((rows, cells), dtype=np.bool_))
        figures = scoring.score(model.scheme, model.inputs, bids, packed).figures
        # Beside reference bids only the lead over them counts: under a formula that compares, undercutting the
        # lowest price helps by lowering the scores of the others.
        found = figures[0]
        if others:
            bidders = ~np.isnan(figures[1:])
            mean = np.where(bidders, figures[1:], 0.0).sum(axis=0) / np.maximum(bidders.sum(axis=0), 1)
            found = found - mean
        signed = found if best == "highest" else -found
        return np.where(np.isnan(signed), -np.inf, signed).reshape(len(first), len(prices))

    return Scores(same.reshape(states), scores)


def _given(model: DesignModel, scored: Array, grid: Grid, markings: Array) -> dict[str, Array]:
    """The marks of bids of every group, quality and outcome of marking by question, flat."""
    kind = model.codes.kind_of(scored)[:, None, None]
    shape = (len(scored), grid.number, len(markings))
    found = {}
    for n, question in enumerate(model.inputs.questions):
        quality = np.broadcast_to(grid.points[None, :, None] + question.offsets[kind], shape)
        noise = np.broadcast_to(markings[:, n], shape)
        found[question.column] = marking.marks(question, quality.ravel(), noise.ravel(), model.spread)
    return found


def _reference_marks(model: DesignModel, code: int, quality: float) -> dict[str, float]:
    """The marks of a reference bid by question, without noise."""
    kind = model.codes.kind_of(np.array(code))
    none = np.zeros(1)
    return {
        q.column: float(marking.marks(q, quality + q.offsets[[kind]], none, model.spread)[0])
        for q in model.inputs.questions
    }
