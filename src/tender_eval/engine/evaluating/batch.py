"""Many evaluations in one call: the same scorers, gates and rules in float64 over ``(bids, draws)``.

Draws are worked through in chunks that stay in the processor's cache, so memory beyond columns and results
does not grow with the number of draws.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tender_eval.engine.evaluating.batch_conditions import condition_met
from tender_eval.engine.evaluating.batch_low_prices import batch_low_prices, figures_of_low_prices
from tender_eval.engine.evaluating.bid_columns import BatchColumns
from tender_eval.engine.evaluating.domains import all_inside, outside
from tender_eval.engine.evaluating.ranking import Ranks, batch_ranks, level_with_best, whole_for
from tender_eval.engine.facts.batch_prices import adjust_price, figures_of_price, make_money
from tender_eval.engine.facts.beside import figures_of_benefits
from tender_eval.engine.facts.panel_marks import made_of, make_marks
from tender_eval.engine.facts.reading import NO_ROLES
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.engine.scoring.arithmetic import batch_figures
from tender_eval.engine.scoring.guarded import fault, guarded
from tender_eval.engine.scoring.held_batch import HeldBatch
from tender_eval.engine.scoring.kernel import below_minimum, run, shortlisted
from tender_eval.engine.scoring.outcome import Outcome
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.extras import notebook
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.table import Reads, Steps

if TYPE_CHECKING:
    from pandas import DataFrame

CHUNK = 10_000  # draws at a time: 8 bids x 10,000 draws x 8 bytes is 0.6 megabytes a column
KEPT_BY_MALLOC = 15 * 2**18  # numbers: 31 MB, a little less than the largest block that glibc goes by


@dataclass(frozen=True, slots=True, repr=False)
class BatchResult:
    """The outcome of every draw; all arrays ``(bids, draws)``.

    Attributes:
        points: total points of the root criteria; NaN for a bid that is not ranked.
        figures: what the rule ranks by; NaN for a bid that is not ranked.
        ranks: competition ranks from 1; 0 for a bid that is not ranked.
        rejected: bids that were there but failed a condition, a shortlist, a minimum or the rule.
        criteria: points by criterion, for those that were asked for.
        awards: money by bid, for rules that share out money; else None.
        low_prices: the ranked bids whose price is looked into as abnormally low, where that was asked for; else None.
        ids: of the bids, where the columns were made of bids; else none.
    """

    points: Array
    figures: Array
    ranks: Ranks
    rejected: Mask
    criteria: Mapping[str, Array] = field(default_factory=dict)
    awards: Array | None = None
    low_prices: Mask | None = None
    ids: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return "<BatchResult of {:,} bids in {:,} draws>".format(*self.ranks.shape)

    def to_frame(self) -> DataFrame:
        """The draws as a frame of pandas, a row each; its columns are ``figure`` and ``bid``.

        ``frame["ranks"]["alder"]`` are the ranks of one bid, ``(frame["ranks"] == 1).mean()`` the shares of draws in
        which bids come first. Figures are ``points``, ``figures``, ``points.<criterion>`` for what was kept and
        ``awards``, then ``ranks``, ``rejected`` and ``low_prices``, each as its array is; bids go by id, or by row
        where the columns were not made of bids. What the arrays hold is copied once.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        return notebook().batch_frame(self)


class Batches:
    """Columns to evaluate under one set of weights after the other; see `CompiledScheme.batches`.

    Of columns that are the same in every draw, the scores of scorers that look at one bid alone, and whether a
    reader may see them, are worked out once for all: no column may change between one evaluation and the next.
    """

    def __init__(
        self, plan: Plan, columns: Mapping[str, Array], present: Mask | None = None, keep: Collection[str] = (),
        low_prices: bool = False, roles: Mapping[str, str] = NO_ROLES, removed: Mask | None = None,
    ) -> None:  # fmt: skip
        self.ids: tuple[str, ...] = ()
        if isinstance(columns, BatchColumns):  # which say themselves what cannot be evaluated, and who is out
            self.ids = columns.ids
            present = columns.present if present is None else present
            removed = columns.removed if removed is None else removed
        self.plan = plan
        self.roles = roles
        self.low = plan.scheme.abnormally_low if low_prices else None
        self.keep = tuple(keep)
        self._problems = Problems()
        self.columns = {name: _two_dimensional(name, c, self._problems) for name, c in columns.items()}
        self.bids = max((len(c) for c in self.columns.values()), default=0)
        self.present = self._mask(present)
        self.removed = self._mask(removed if removed is not None and removed.any() else None)
        self.first_stage = plan.shortlist_reads()
        self.second_stage = [pair for pair in plan.reads() if pair not in self.first_stage]
        self.settled: dict[str, Array] = {}
        self.held: set[str] = set()
        self.inside: set[Reads] = set()
        self.scales = scales_of_marks(plan)
        self.computed = made_of(sorted(plan.marks_read()), self.columns) if plan.scheme.panel.computed else {}
        """The marks that are computed of those of people here, not given, each with the columns of these."""
        self.read = frozenset(reads.column for _, reads in plan.reads())
        self._check()
        for _, reads in plan.reads():
            if reads.column not in self.columns and reads.default is not None:
                self.columns[reads.column] = np.full((self.bids, 1), float(reads.default))

    def evaluate(self, weights: Mapping[str, Array] | None = None) -> BatchResult:
        """Evaluate every draw under these weights; see `CompiledScheme.evaluate_batch`."""
        by_leaf = {name: np.atleast_1d(np.asarray(w)) for name, w in (weights or {}).items()}
        job = _Job(self, by_leaf, self._draws(by_leaf))
        np.empty(KEPT_BY_MALLOC)  # once freed, glibc no longer gives a chunk's memory back, to fetch it page by page
        for start in range(0, job.draws, CHUNK):
            job.work(slice(start, min(start + CHUNK, job.draws)))
        return job.result()

    def _mask(self, present: Mask | None) -> Mask | None:
        if present is None:
            return None
        if present.dtype != np.bool_ or present.ndim not in (1, 2) or len(present) != self.bids:
            self._problems.add("TE012", None, "present is no boolean mask of shape (bids, draws)")
            return None
        return present if present.ndim == 2 else present[:, None]

    def _check(self) -> None:
        problems = self._problems
        for name in sorted({r.column for r in self._needed()} - set(self.columns)):
            message = f'the batch lacks the column "{name}", which the scheme reads'
            problems.add("TE052", None, message, did_you_mean(name, self.columns))
        people = [column.rpartition(".")[2] for columns in self.computed.values() for column in columns]
        for who in dict.fromkeys(people):
            if self.plan.scheme.panel.weight(self.roles.get(who, "")) is None:
                problems.add(
                    "TE537", None, f'the role of "{who}" has no weight', "give roles, each with a weight in the scheme"
                )
        nodes = [node.id for node in self.plan.nodes]
        for name in set(self.keep) - set(nodes):
            problems.add("TE071", None, f'keep names "{name}", which is no criterion', did_you_mean(name, nodes))

    def _draws(self, weights: Mapping[str, Array]) -> int:
        """How many draws there are; every problem of columns and weights is told at once."""
        problems = Problems()
        problems.extend(self._problems)
        lengths = {c.shape[1] for c in self.columns.values()} | {len(w) for w in weights.values()}
        lengths |= set() if self.present is None else {self.present.shape[1]}
        draws = max(lengths, default=1)
        if any(len(c) != self.bids for c in self.columns.values()) or lengths - {1, draws}:
            shapes = ", ".join(f"{n} {c.shape}" for n, c in self.columns.items())
            problems.add("TE012", None, f"the columns do not fit together: {shapes}", "shape each (bids, draws)")
        leaves = [leaf.id for leaf in self.plan.leaves]
        for name in set(weights) - set(leaves):
            message = f'a weight is given for "{name}", no scored criterion'
            problems.add("TE071", None, message, did_you_mean(name, leaves))
        for name, weight in weights.items():
            if weight.dtype.kind not in "fiu" or not (weight.min(initial=0) >= 0 and weight.max(initial=0) < np.inf):
                problems.add("TE023", None, f'the weights of "{name}" are not all numbers from zero', "correct them")
        problems.refuse()
        return draws

    def _needed(self) -> list[Reads]:
        scheme = self.plan.scheme
        made = {f"marks.{name}" for name in self.computed} | ({"price"} if self.makes_price else set())
        needed: list[Reads] = []
        for reads in (r for _, r in self.plan.reads() if r.column not in made):
            of = figures_of_benefits(reads.column, scheme, self.columns)
            needed += [reads] if of == (reads.column,) else map(Reads, of)
        if self.makes_price and scheme.price:
            needed += figures_of_price(scheme.price, self.columns)
        if self.low is not None:
            needed += figures_of_low_prices(scheme, self.low, self.makes_price)
        outright = {c.id for c in scheme.conditions if f"conditions.{c.id}" in self.columns}
        needed += [Reads(c.column) for c in scheme.conditions if c.id not in outright]
        return [r for r in needed if r.default is None or r.column in self.columns]

    @property
    def makes_price(self) -> bool:
        """Whether the price is made of its components here, not given."""
        model = self.plan.scheme.price
        return (
            model is not None
            and bool(self.plan.scheme.price_columns or model.adjustments)
            and "price" not in self.columns
        )


class _Job:
    def __init__(self, of: Batches, weights: Mapping[str, Array], draws: int) -> None:
        self.of, self.plan = of, of.plan
        self.weights, self.draws = weights, draws
        shape = (of.bids, draws)
        self._figures = np.empty(shape)
        self._points = np.empty(shape)
        self._ranks = np.empty(shape, dtype=whole_for(of.bids))
        self._rejected = np.zeros(shape, dtype=np.bool_)
        self._kept: dict[str, Array] = {name: np.empty(shape) for name in of.keep}
        self._wanted = (*of.keep, *(tie.criterion for tie in of.plan.ties if tie.criterion))
        self._awards: Array | None = None
        self._low = None if of.low is None else np.zeros(shape, dtype=np.bool_)

    def work(self, draws: slice) -> None:
        """Evaluate one chunk and keep its results."""
        plan = self.plan
        here = {n: c if c.shape[1] == 1 else c[:, draws] for n, c in self.of.columns.items()}
        width = draws.stop - draws.start
        there, present = np.ones((self.of.bids, width), dtype=np.bool_), self.of.present
        if present is not None:
            there = np.broadcast_to(present if present.shape[1] == 1 else present[:, draws], there.shape)
        removed = self.of.removed
        if removed is not None and plan.recomputes:  # as if they had not bid: nothing of them is asked for here
            there, removed = there & ~removed, None
        here = {n: c if c.dtype == np.float64 else c.astype(np.float64) for n, c in here.items()}
        make_money(plan.scheme, here, self.of.read)
        self._check_given(here, there)
        make_marks(self.of.computed, plan.scheme.panel, self.of.scales, here, self.of.roles)
        weights = {n: w if len(w) == 1 else w[draws] for n, w in self.weights.items()}
        arithmetic = HeldBatch(weights, self.of.settled, self.of.held)
        with np.errstate(all="ignore"):  # what stands in the cells of absent bids is nobody's concern
            eligible = there & self._conditions(here) if plan.scheme.conditions else there
            self._check_domains(self.of.first_stage, here, eligible)
            through = shortlisted(plan, arithmetic, here, eligible, removed) if plan.shortlist_by else eligible
            if plan.adjusts_prices and self.of.makes_price:
                basis = through
                if plan.compares_prices and plan.recomputes:
                    basis = basis & ~below_minimum(plan, arithmetic, here, through, {})
                adjust_price(plan.scheme, here, basis)
            self._check_domains(self.of.second_stage, here, through)
            outcome = run(plan, arithmetic, here, eligible, self._wanted, removed=removed)
            self._store(draws, outcome, here, there)
            if self.of.low is not None and self._low is not None:
                self._low[:, draws] = batch_low_prices(self.of.low, here, outcome.present, through)

    def _check_given(self, here: Mapping[str, Array], there: Mask) -> None:
        """Refuse marks of people that are none of the scale."""
        problems = Problems()
        for who, reads in self.plan.reads():
            for column in self.of.computed.get(reads.column.removeprefix("marks."), ()):
                given = here[column]
                bad = outside(given, reads._replace(between=False)) & ~np.isnan(given) & there
                if bad.any():
                    worst = np.broadcast_to(given, bad.shape)[bad][0]
                    message = f'the column "{column}" holds {worst}, which is no mark of {who}'
                    problems.add("TE053", None, message, "correct the column; NaN says that somebody gave no mark")
        problems.refuse()

    def _check_domains(self, wanted: Iterable[tuple[str, Reads]], here: Mapping[str, Array], there: Mask) -> None:
        """Refuse values of the bids that are in which their readers may not see."""
        problems = Problems()
        for who, reads in wanted:
            column = here[reads.column]
            if column.shape[1] == 1 and reads in self.of.inside:
                continue
            if all_inside(column, reads):
                if column.shape[1] == 1:
                    self.of.inside.add(reads)
            elif (outside(column, reads) & there).any():
                bad = outside(column, reads) & there
                worst = np.broadcast_to(column, bad.shape)[bad][0]
                message = f'the column "{reads.column}" holds {worst}, which {who} cannot score'
                problems.add("TE054", None, message, "correct the column, or mask the bid with present")
        problems.refuse()

    def _conditions(self, here: Mapping[str, Array]) -> Mask:
        met = np.ones((self.of.bids, 1), dtype=np.bool_)
        for condition in self.plan.scheme.conditions:
            met = met & condition_met(condition, here)
        return met

    def _store(self, draws: slice, outcome: Outcome, here: Mapping[str, Array], there: Mask) -> None:
        plan, present = self.plan, outcome.present
        figures = outcome.figures
        level = level_with_best(figures, plan, present)
        ranks = batch_ranks(level, plan.rule.rule.item.best, present, self._tie_keys(outcome, here))
        self._points[:, draws] = outcome.tally.points(plan.roots) if outcome.tally and plan.roots else 0.0
        self._figures[:, draws] = figures
        if not present.all():
            absent = ~present
            np.copyto(self._figures[:, draws], np.nan, where=absent)
            np.copyto(self._points[:, draws], np.nan, where=absent)
            np.logical_and(there, absent, out=self._rejected[:, draws])
        self._ranks[:, draws] = ranks
        for name, kept in self._kept.items():
            kept[:, draws] = outcome.points[name]
        self._allocate(draws, outcome, ranks)
        outcome.tally = None  # it refers back to the kernel: let go, so that the chunk's arrays are freed at once

    def _tie_keys(self, outcome: Outcome, here: Mapping[str, Array]) -> list[Callable[[NDArray[np.intp]], Array]]:
        def key(values: Array, sign: float) -> Callable[[NDArray[np.intp]], Array]:
            wide = np.broadcast_to(values, outcome.present.shape)
            return lambda chosen: wide[:, chosen] * sign

        found = [
            key(
                outcome.points[t.criterion] if t.criterion else here[t.column],
                -1.0 if t.best == "highest" else 1.0,
            )
            for t in self.plan.ties
        ]
        if self.plan.figure_decides_last:
            found.append(key(outcome.figures, -1.0 if self.plan.rule.rule.item.best == "highest" else 1.0))
        return found

    def _allocate(self, draws: slice, outcome: Outcome, ranks: Ranks) -> None:
        rule, tally = self.plan.rule, outcome.tally
        if tally is None:
            return
        found = guarded(rule, lambda: rule.rule.item.allocate(ranks, tally, rule.floats, Steps()))
        if found is None:
            return
        if not isinstance(found, Allocation):
            raise fault(rule, "TE046", f"a {type(found).__name__}, not an allocation")
        if self._awards is None:
            self._awards = np.zeros((self.of.bids, self.draws))
        amounts = np.broadcast_to(batch_figures(rule, found.amounts, outcome.present), outcome.present.shape)
        if not np.isfinite(amounts[outcome.present]).all():
            raise fault(rule, "TE046", "an amount that is no number")
        self._awards[:, draws] = amounts

    def result(self) -> BatchResult:
        """What was kept."""
        return BatchResult(
            self._points, self._figures, self._ranks, self._rejected, self._kept, self._awards, self._low, self.of.ids
        )


def _two_dimensional(name: str, column: Array, problems: Problems) -> Array:
    found = np.asarray(column)
    if found.dtype.kind not in "fiub" or found.ndim not in (1, 2) or not len(found):
        message = f'the column "{name}" is {found.dtype} of shape {found.shape}'
        problems.add("TE012", None, message, "give numbers of shape (bids, draws)")
        return np.zeros((1, 1))
    return found if found.ndim == 2 else found[:, None]
