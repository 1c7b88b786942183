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

from tender_eval.engine.arithmetic import RULE
from tender_eval.engine.kernel import Outcome
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.model import workings
from tender_eval.model.evaluation import CriterionResult, Step
from tender_eval.model.numeric import Mask
from tender_eval.model.reasons import Note
from tender_eval.plugins.table import Steps

ALLOCATION = "(allocation)"  # stands for the sharing out of money where workings are kept by criterion
EXTREMES = ("lowest", "highest", "best", "worst")


class Working(NamedTuple):
    """A formula and, for each figure in it, its value by bid (one value where it is the same for all)."""

    formula: str
    figures: Mapping[str, object]
    position: Mapping[int, int]  # from a bid's row to its place among the bids that were in

    def with_numbers(self, row: int) -> tuple[str, Note | None]:
        """The formula of one bid with the numbers in place of the names, empty where it names none; and its note."""
        parts = _parts(self.formula, tuple(self.figures))
        if len(parts) == 1:
            return "", None
        last = self._of(self.figures[parts[-2]], row)
        note = last if isinstance(last, Note) and not parts[-1] else None
        if note is not None:  # it stands at the end, behind a comma
            parts = [*parts[:-3], parts[-3].removesuffix(", ")]
        return workings.filled(parts, lambda name: self._of(self.figures[name], row)), note

    def extremes(self) -> dict[str, Fraction]:
        """The figures named in `EXTREMES` that are one number for all bids: some bid's own."""
        return {n: f for n, f in self.figures.items() if n in EXTREMES and isinstance(f, Fraction)}

    def _of(self, figure: object, row: int) -> object:
        return figure[self.position[row]] if isinstance(figure, np.ndarray) else figure


@lru_cache(maxsize=256)
def _parts(formula: str, names: tuple[str, ...]) -> list[str]:
    return workings.parts_of(formula, names)


def told(kept: Sequence[Working], row: int) -> tuple[str, str, Note | None]:
    """The formulas that led to a figure of one bid, the same with the numbers in them, and the note of the last."""
    both = [working.with_numbers(row) for working in kept]
    filled = [text for text, _ in both]
    if any(filled):
        filled = [text or working.formula for text, working in zip(filled, kept, strict=True)]
    return _in_a_row([working.formula for working in kept]), _in_a_row(filled), both[-1][1] if both else None


def _in_a_row(texts: Sequence[str]) -> str:
    """Several in one line, so that the semicolon stands only between them."""
    return "; ".join(text.replace(";", ",") for text in texts if text)


class Recorder(Steps):
    """Keeps the working of one scorer's run over the bids that were in."""

    kept = True

    def __init__(self, present: Mask) -> None:
        self._position = {int(row): n for n, row in enumerate(np.flatnonzero(present))}
        self.workings: list[Working] = []

    def working(self, formula: str, /, **figures: object) -> None:
        if not isinstance(formula, str):
            raise TypeError(f"the formula of a working is {formula!r}, not text")
        for name, figure in figures.items():
            if isinstance(figure, np.ndarray) and figure.shape != (len(self._position),):
                raise ValueError(f"the working's figure {name} has shape {figure.shape}, not one for each bid")
        self.workings.append(Working(formula, figures, self._position))

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
        self._owned: dict[tuple[str, int, str], tuple[tuple[str, Step], ...]] = {}

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
        working = workings.joined("+", (workings.number(p.value) for p in parts))
        value = self._outcome.points[node][row]
        return Step(found.title, value, f"sum of its parts{self._rounding('group')}", working, inputs=parts)

    def _leaf(self, leaf: Leaf, row: int) -> Step:
        outcome = self._outcome
        score, points = outcome.scores[leaf.id][row], outcome.points[leaf.id][row]
        kept = self._notebook.of(leaf.id, row)
        method, working, note = told(kept, row)
        inputs = [self._readings[key] for r in leaf.reads if (key := (self._ids[row], r.column)) in self._readings]
        inputs += self._others(leaf, kept, row)
        scored = Step(
            "score",
            score,
            formula=method + self._rounding("score"),
            working=working,
            by=str(leaf.scorer),
            inputs=tuple(inputs),
            note=note,
        )
        formula = f"score x points available{self._rounding('criterion')}"
        working = workings.joined("x", map(workings.number, (score, leaf.points)))
        return Step(leaf.title, points, formula, working, where=leaf.where, inputs=(scored,))

    def _others(self, leaf: Leaf, workings: list[Working], row: int) -> list[Step]:
        """Whose figure a shared one (such as the lowest) is, where it is some other bid's own."""
        if leaf.independent:
            return []
        owners = (self._owners(leaf, w, name, value) for w in workings for name, value in w.extremes().items())
        return [step for two in owners for step in [s for of, s in two if of != self._ids[row]][:1]]

    def _owners(self, leaf: Leaf, working: Working, name: str, value: Fraction) -> tuple[tuple[str, Step], ...]:
        """The first two bids whose figure this is, each with the step that all the others share."""
        key = leaf.id, id(working.figures), name  # the notebook keeps the figures, so no other ones take their id
        if key not in self._owned:
            column = leaf.reads[0].column if leaf.reads else ""
            read = ((of, self._readings.get((of, column))) for of in self._ids)
            whose = ((of, step) for of, step in read if step is not None and step.value == value)
            steps = ((of, step._replace(label=f"{name}: {step.label} of bid {of}")) for of, step in whose)
            self._owned[key] = tuple(islice(steps, 2))
        return self._owned[key]

    def figure(self, row: int, value: Fraction) -> Step:
        """The tree of the figure that the award rule ranks by."""
        rule = self._plan.rule
        formula, working, note = told(self._notebook.of(RULE, row), row)
        counts = self._counting
        counting = [self.step(node, row) for node in counts if self._complete(node, row)]
        shown_only = [
            step._replace(label=f"{step.label} (shown only: the rule does not count it)")
            for root in self._plan.roots
            if root not in self._counted and self._complete(root, row)
            for step in [self.step(root, row)]
        ]
        inputs = counting + shown_only
        inputs += [self._readings[key] for r in rule.reads if (key := (self._ids[row], r.column)) in self._readings]
        return Step(
            rule.rule.item.figure,
            value,
            formula=formula + self._rounding("total"),
            working=working,
            by=str(rule.rule),
            inputs=tuple(inputs),
            note=note,
        )

    def award(self, row: int, amount: Fraction) -> Step:
        """The step of the money that the rule gives to a bid."""
        formula, working, note = told(self._notebook.of(ALLOCATION, row), row)
        return Step("award", amount, formula, working, by=str(self._plan.rule.rule), note=note)

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

    def _rounding(self, stage: str) -> str:
        rounding = self._plan.scheme.rounding
        if rounding is None or stage not in rounding.at:
            return ""
        return f", rounded {rounding.mode} to {rounding.places} places"
