"""The working that scorers and rules record in exact runs, and the tree of steps that is made of it.

Nothing is worked out a second time here: the steps carry the figures that the kernel computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Leaf, Plan, PlanNode
from tender_eval.engine.scoring.arithmetic import RULE
from tender_eval.engine.scoring.outcome import Outcome
from tender_eval.model.evaluation import CriterionResult, Step
from tender_eval.model.explanation import workings
from tender_eval.model.explanation.formulas import (
    Derived,
    Formula,
    How,
    Line,
    Name,
    OwnWords,
    Rounded,
    Sum,
    Way,
    Worked,
    chained,
    named,
    notation,
    own_formula,
)
from tender_eval.model.explanation.labels import CommonFigure, FigureOfBid, RankedBy, ShownOnly, ranked_figure
from tender_eval.model.explanation.reasons import Note
from tender_eval.model.explanation.terms import Term
from tender_eval.model.numeric import Mask
from tender_eval.model.scheme import Rounding
from tender_eval.plugins.table import NO_NAMES, Steps, words_for

POINTS = notation("score x points_available")
SCALED = notation("earned x points_available / best")
ALLOCATION = "(allocation)"  # stands for the sharing out of money where workings are kept by criterion
EXTREMES: frozenset[Name] = frozenset(
    name for term in (Term.LOWEST, Term.HIGHEST, Term.BEST, Term.WORST) for name in (term, OwnWords(term.value))
)


class Working(NamedTuple):
    """A formula and the figures that it names, each by bid (one value where it is the same for all)."""

    formula: Formula
    figures: Mapping[Name, object]
    in_order: tuple[object, ...]  # the same in the order in which the formula names them
    position: Mapping[int, int]  # from a bid's row to its place among the bids that were in

    def line(self, row: int) -> Line:
        """The formula with the figures of one bid."""
        place = self.position[row]
        return Line(self.formula, tuple([f[place] if isinstance(f, np.ndarray) else f for f in self.in_order]))

    def extremes(self) -> dict[Name, Fraction]:
        """The figures named as in `EXTREMES` that are one number for all bids: some bid's own."""
        return {n: f for n, f in self.figures.items() if n in EXTREMES and isinstance(f, Fraction)}


def told(kept: Sequence[Working], row: int, rounded: Rounded | None = None) -> tuple[Worked | None, Note | None]:
    """The formulas that led to a figure of one bid, and the note that ends the last."""
    lines = tuple(working.line(row) for working in kept)
    return Worked(lines, rounded) if lines or rounded else None, _note(lines[-1]) if lines else None


def _note(last: Line) -> Note | None:
    ends = last.formula.remark is not None or not last.formula.parts[-1]
    return next((found for found in last.figures[-1:] if ends and isinstance(found, Note)), None)


def with_names(
    formula: str | Formula, named: Mapping[Name, object], figures: Mapping[str, object]
) -> tuple[Formula, Mapping[Name, object]]:
    """A formula and its figures by name; those of a text are named in its own words.

    Raises:
        TypeError: it is neither.
    """
    if isinstance(formula, Formula):
        return formula, {**named, **{Term(name): figure for name, figure in figures.items()}}
    if not isinstance(formula, str):
        raise TypeError(f"the formula of a working is {formula!r}, not text")
    parts = _parts(formula, tuple(figures))
    found: dict[Name, object] = {OwnWords(name): figure for name, figure in figures.items()}
    found |= {OwnWords(part): figures[part.strip("[]")] for part in parts[1::2]}
    return own_formula(parts), found


@lru_cache(maxsize=256)
def _parts(formula: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(workings.parts_of(formula, names))


class Recorder(Steps):
    """Keeps the working of one scorer's run over the bids that were in."""

    kept = True

    def __init__(self, present: Mask) -> None:
        self._position = {int(row): n for n, row in enumerate(np.flatnonzero(present))}
        self.workings: list[Working] = []

    def working(self, formula: str | Formula, named: Mapping[Name, object] = NO_NAMES, /, **figures: object) -> None:
        for name, figure in (*named.items(), *figures.items()):
            if isinstance(figure, np.ndarray) and figure.shape != (len(self._position),):
                raise ValueError(f"the working's figure {name} has shape {figure.shape}, not one for each bid")
        written, found = with_names(formula, named, figures)
        self.workings.append(Working(written, found, tuple(found[name] for name in written.names), self._position))

    def of(self, row: int) -> list[Working]:
        """The workings in which a bid took part."""
        return self.workings if row in self._position else []


class Notebook:
    """The recorders of a run: for each leaf and bid the last run in which the bid was in."""

    def __init__(self) -> None:
        self._runs: dict[str, list[Recorder]] = {}

    def open(self, of: str, present: Mask) -> Recorder:
        """A new recorder for a leaf, or for the award rule."""
        recorder = Recorder(present)
        self._runs.setdefault(of, []).append(recorder)
        return recorder

    def of(self, name: str, row: int) -> list[Working]:
        """The workings that hold for a bid."""
        return next((found for run in reversed(self._runs.get(name, [])) if (found := run.of(row))), [])


class TraceBuilder:
    """Makes the steps of each bid from an outcome, the workings and the readings."""

    def __init__(
        self,
        plan: Plan,
        outcome: Outcome,
        notebook: Notebook,
        readings: Mapping[tuple[str, str], Step],
        ids: tuple[str, ...],
    ) -> None:
        self._plan, self._outcome, self._notebook = plan, outcome, notebook
        self._readings, self._ids = readings, ids
        self._leaves = {leaf.id: leaf for leaf in plan.leaves}
        self._nodes = {node.id: node for node in plan.nodes}
        self._made: dict[tuple[str, int], Step] = {}
        self._owned: dict[tuple[str, int, Name], tuple[tuple[str, Step], ...]] = {}

    def criteria(self, row: int) -> tuple[CriterionResult, ...]:
        """The results of a bid at every criterion at which it was scored, parents before their parts."""
        found: list[CriterionResult] = []
        for node in self._plan.nodes:
            if not all(self._was_scored(leaf, row) for leaf in node.leaves):
                continue
            if node.id not in self._outcome.points:
                continue
            score = self._outcome.scores[node.id][row] if node.id in self._leaves else None
            points = self._outcome.points[node.id][row]
            found.append(
                CriterionResult(node.id, node.title, node.depth, node.points, score, points, self.step(node.id, row))
            )
        return tuple(found)

    def _was_scored(self, leaf: str, row: int) -> bool:
        scored = self._outcome.scored.get(leaf)
        return scored is not None and bool(scored[row])

    def step(self, node: str, row: int) -> Step:
        """The tree of one criterion for one bid."""
        if (node, row) not in self._made:
            leaf = self._leaves.get(node)
            self._made[node, row] = self._leaf(leaf, row) if leaf else self._group(node, row)
        return self._made[node, row]

    def _group(self, node: str, row: int) -> Step:
        found = self._nodes[node]
        parts = tuple(self.step(part, row) for part in found.parts)
        if scaled := self._scaling(found, row):
            terms = [OwnWords(word) for word in words_for(found.parts)]
            points = tuple(self._outcome.points[part][row] for part in found.parts)
            sum_of = Line(chained("+", map(named, terms)).coming_to(Term.EARNED), (scaled.figures[0], *points))
            how: How = Worked((sum_of, scaled), _rounded(found.rounding))
            return Step(OwnWords(found.title), self._outcome.points[node][row], how, inputs=parts)
        values = Sum(tuple(self._outcome.points[part][row] for part in found.parts))
        how = Derived(Way.SUM_OF_PARTS, shows=values, rounded=_rounded(found.rounding))
        return Step(OwnWords(found.title), self._outcome.points[node][row], how, inputs=parts)

    def _leaf(self, leaf: Leaf, row: int) -> Step:
        outcome = self._outcome
        score, points = outcome.scores[leaf.id][row], outcome.points[leaf.id][row]
        kept = self._notebook.of(leaf.id, row)
        method, note = told(kept, row, _rounded(leaf.rounding))
        inputs = [self._readings[key] for r in leaf.reads if (key := (self._ids[row], r.column)) in self._readings]
        inputs += self._others(leaf, kept, row)
        scored = Step(CommonFigure.SCORE, score, method, by=str(leaf.scorer), inputs=tuple(inputs), note=note)
        node = self._nodes[leaf.id]
        lines: tuple[Line, ...] = (Line(POINTS, (score, leaf.points)),)
        if last := self._scaling(node, row):
            lines = (Line(POINTS.coming_to(Term.EARNED), (last.figures[0], score, leaf.points)), last)
        how = Worked(lines, _rounded(node.rounding))
        return Step(OwnWords(leaf.title), points, how, where=leaf.where, inputs=(scored,))

    def _scaling(self, node: PlanNode, row: int) -> Line | None:
        """How the points of a bid are scaled to those of the best; None where they are not, or nobody has any."""
        found = self._outcome.scaled.get(node.id)
        if found is None or not found.who[row]:
            return None
        earned, best = found.earned[row], found.best[row]
        return Line(SCALED, (earned, node.points, best)) if best > 0 else Line(named(Term.EARNED), (earned,))

    def _others(self, leaf: Leaf, workings: list[Working], row: int) -> list[Step]:
        """Whose figure a shared one (such as the lowest) is, where it is some other bid's own."""
        if leaf.independent:
            return []
        owners = (self._owners(leaf, w, name, value) for w in workings for name, value in w.extremes().items())
        return [step for two in owners for step in [s for of, s in two if of != self._ids[row]][:1]]

    def _owners(self, leaf: Leaf, working: Working, name: Name, value: Fraction) -> tuple[tuple[str, Step], ...]:
        """The first two bids whose figure this is, each with the step that all the others share."""
        key = leaf.id, id(working.figures), name  # the notebook keeps the figures, so no other ones take their id
        if key not in self._owned:
            column = leaf.reads[0].column if leaf.reads else ""
            read = ((of, self._readings.get((of, column))) for of in self._ids)
            whose = ((of, step) for of, step in read if step is not None and step.value == value)
            steps = ((of, step._replace(label=FigureOfBid(name, step.label, of))) for of, step in whose)
            self._owned[key] = tuple(islice(steps, 2))
        return self._owned[key]

    def figure(self, row: int, value: Fraction) -> Step:
        """The tree of the figure that the award rule ranks by."""
        rule = self._plan.rule
        how, note = told(self._notebook.of(RULE, row), row, _rounded(self._outcome.rounding))
        counts = self._counting
        counting = [self.step(node, row) for node in counts if self._complete(node, row)]
        shown_only = [
            step._replace(label=ShownOnly(step.label))
            for root in self._plan.roots
            if root not in self._counted and self._complete(root, row)
            for step in [self.step(root, row)]
        ]
        inputs = counting + shown_only
        inputs += [self._readings[key] for r in rule.reads if (key := (self._ids[row], r.column)) in self._readings]
        label = RankedBy(ranked_figure(rule.rule.item.figure))
        return Step(label, value, how, by=str(rule.rule), inputs=tuple(inputs), note=note)

    def award(self, row: int, amount: Fraction) -> Step:
        """The step of the money that the rule gives to a bid."""
        how, note = told(self._notebook.of(ALLOCATION, row), row)
        return Step(CommonFigure.AWARD, amount, how, by=str(self._plan.rule.rule), note=note)

    @cached_property
    def _counting(self) -> Sequence[str]:
        """The criteria that the rule counts."""
        rule = self._plan.rule
        return rule.rule.item.criteria(rule.params) or self._plan.roots

    @cached_property
    def _counted(self) -> frozenset[str]:
        """The roots that count for the rule, or of which anything below counts."""
        return frozenset(root for root in self._plan.roots if self._counts(root))

    def _counts(self, node: str) -> bool:
        return node in self._counting or any(self._counts(part) for part in self._nodes[node].parts)

    def _complete(self, node: str, row: int) -> bool:
        return node in self._outcome.points and all(self._was_scored(leaf, row) for leaf in self._nodes[node].leaves)


def _rounded(rounding: Rounding | None) -> Rounded | None:
    return None if rounding is None else Rounded(rounding.mode, rounding.places, rounding.digits)
