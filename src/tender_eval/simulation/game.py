"""The equilibrium of a design: a sample of its tenders as a game, its scheme as what scores the bids."""

from __future__ import annotations

import numpy as np
from numpy.random import SeedSequence

from tender_eval.model.numeric import Array
from tender_eval.simulation import marking, scoring
from tender_eval.simulation.equilibrium import Equilibrium, Game, LotKind, Reference, Scores, solve
from tender_eval.simulation.field import enter, field_of
from tender_eval.simulation.market import Streams, draw
from tender_eval.simulation.model import Model
from tender_eval.simulation.pricing import Grid, Policy

SAMPLE = 200_000  # cells (providers x lots x tenders), about
FEWEST, MOST = 256, 4096
QUALITIES = 21
MARKINGS = 12  # outcomes of the evaluators' marking that a bidder reckons with
OWN_SEED = 0x10F5  # so that the tenders of the solution are not those of the simulation


def solved(model: Model, seed: int, sample: int = SAMPLE) -> tuple[tuple[Policy, ...], Array | None, Equilibrium]:
    """The policies by kind of lot, the row of each code in them (None: rows are kinds), and how well they hold."""
    providers, lots = len(model.market.kind), len(model.lots.areas)
    tenders = int(np.clip(sample // max(providers * lots, 1), FEWEST, MOST))
    streams = Streams(SeedSequence([OWN_SEED, seed]))
    there = field_of(model, draw(streams, model.wanted, tenders))
    shape = there.candidate.shape
    lookup: Array | None = None
    if model.readings.tables and there.code is not None:
        used = np.unique(there.code[there.candidate])
        if not used.size:
            used = np.unique(there.code)
        every = np.arange(model.codes.number)
        kinds = model.codes.kind_of(every)
        lookup = np.array([_nearest(int(code), kinds, used) for code in every])
        row, codes = lookup.take(there.code), used
    else:
        row = np.broadcast_to(model.market.kind[:, None, None], shape)
        codes = model.codes.code(np.array(0), np.arange(len(model.types)), np.array(0), np.array(0))
    told_apart = model.readings.incomes or any(q.offsets.any() for q in model.readings.questions)
    together = lookup is None and not told_apart
    kinds_of_rows = model.codes.kind_of(codes)
    scored = codes[:1] if together else codes
    markings = _markings(model, streams)
    rng = streams(99)
    game = Game(
        candidate=there.candidate,
        cost=there.cost,
        quality=there.quality,
        row=np.ascontiguousarray(row),
        kinds=kinds_of_rows,
        groups=np.zeros(len(codes), dtype=np.intp) if together else np.arange(len(codes)),
        counts=model.market.counts,
        lots=tuple(
            LotKind(np.flatnonzero(model.lots.kind == n), grid, scores_of(model, lot, scored, codes, grid, markings))
            for n, lot in enumerate(model.lots.kinds)
            for grid in (_qualities(model, there.quality[there.candidate]),)
        ),
        enter=lambda surplus: enter(model, there, surplus),
        relative=relative(model),
    )
    policies, state = solve(game, rng)
    return policies, lookup, state


def relative(model: Model) -> bool:
    """Whether the scheme compares bids with each other, so that a score depends on who else bids."""
    plan = model.scheme.plan
    compares = plan.rule.rule.item.relative(plan.rule.params) or not all(leaf.independent for leaf in plan.leaves)
    return compares or (plan.scheme.shortlist is not None and plan.scheme.shortlist.top is not None)


def _nearest(code: int, kinds: Array, used: Array) -> int:
    """The row of a code: its own, or where the sample does not have it that of the nearest of its kind."""
    same = np.flatnonzero(kinds[used] == kinds[code])
    among = same if same.size else np.arange(len(used))
    return int(among[np.abs(used[among] - code).argmin()])


def _qualities(model: Model, quality: Array) -> Grid:
    if not model.readings.questions or not quality.size or np.ptp(quality) < 1e-9:
        middle = float(quality.mean()) if quality.size else 0.5
        return Grid(middle, middle, 1)
    return Grid(float(quality.min()), float(quality.max()), QUALITIES)


def _markings(model: Model, streams: Streams) -> Array:
    """Equally likely outcomes of marking, ``(outcomes, questions)``, in opposite pairs."""
    if not (model.readings.questions and model.spread):
        return np.zeros((1, len(model.readings.questions)))
    half = streams(98).standard_normal((MARKINGS // 2, len(model.readings.questions)))
    return np.concatenate([half, -half])


def scores_of(model: Model, lot: int, scored: Array, codes: Array, grid: Grid, markings: Array) -> Scores:
    """How bids for a lot score beside reference bids, by the scheme itself."""
    value, annual = float(model.lots.value[lot]), float(model.lots.annual[lot])
    best = model.scheme.plan.rule.rule.item.best
    compares = relative(model)

    def scores(prices: Array, reference: Reference) -> Array:
        shape = (len(scored), grid.number, len(markings), len(prices))
        own_code = np.broadcast_to(scored[:, None, None, None], shape).ravel()
        quality = np.broadcast_to(grid.points[None, :, None, None], shape).ravel()
        price = np.broadcast_to(prices, shape).ravel()
        outcome = np.broadcast_to(np.arange(len(markings))[None, None, :, None], shape).ravel()
        cells = len(price)
        others = len(reference.prices) if compares else 0
        code = np.concatenate([own_code, np.full(others * cells, codes[reference.row])])
        kind = model.codes.kind_of(code)
        asked = np.concatenate([price, *(np.full(cells, p) for p in reference.prices[:others])])
        good = np.concatenate([quality, np.full(others * cells, reference.quality)])
        marks = {}
        for n, question in enumerate(model.readings.questions):
            noise = np.concatenate([markings[outcome, n], np.zeros(others * cells)])
            marks[question.column] = marking.marks(question, good + question.offsets[kind], noise, model.spread)
        income = np.array([t.income for t in model.types])[kind]
        joint = code // (model.codes.areas + 1) % 2
        bids = scoring.Bidding(
            money=asked * value,
            marks=marks,
            code=code,
            income=income,
            pooled=income * np.where(joint, model.settings.consortium_income, 1.0),
            annual=np.full(len(code), annual),
        )
        rows = 1 + others
        packed = scoring.Packed(np.arange(rows * cells), rows, cells, np.ones((rows, cells), dtype=np.bool_))
        figures = scoring.score(model.scheme, model.readings, bids, packed).figures
        # Beside reference bids only the lead over them counts: under a formula that compares, undercutting the
        # lowest price helps by lowering the scores of the others.
        found = figures[0]
        if others:
            there = ~np.isnan(figures[1:])
            mean = np.where(there, figures[1:], 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
            found = found - mean
        signed = found if best == "highest" else -found
        return np.where(np.isnan(signed), -np.inf, signed).reshape(shape)

    return scores
