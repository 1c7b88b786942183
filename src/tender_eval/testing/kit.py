"""The test kit for scorers: every promise that a scorer makes, tried on generated bids.

For plugin authors, in their own tests::

    from tender_eval.testing.kit import check_scorer

    def test_my_scorer_keeps_its_promises():
        check_scorer(MyScorer)

It needs the ``test`` extra (hypothesis).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tender_eval.engine.evaluating.trace import Recorder, told
from tender_eval.files.load import locate
from tender_eval.files.validate import validate
from tender_eval.languages.formulas import method, worked
from tender_eval.model import numeric
from tender_eval.model.diagnostics import Problems
from tender_eval.model.enclosure import fraction
from tender_eval.model.explanation.proof import fault_of
from tender_eval.model.location import Location
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.expression.tree import Figure
from tender_eval.plugins.expression.words import said
from tender_eval.plugins.scorer import CriterionView, Scorer, Trait, in_floats
from tender_eval.plugins.table import BidTable, FigureError, Reads, Steps

AGREEMENT = 1e-9
"""How near exact and batch scores must be."""

ZERO_TO_FIVE = Scale(
    "zero_to_five",
    tuple(ScaleStep(Fraction(m), Fraction(s, 100)) for m, s in ((0, 0), (1, 20), (2, 50), (3, 60), (4, 80), (5, 100))),
)
"""The scale that examples may name."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scorer with one set of parameters, ready to be called in either arithmetic."""

    scorer: Scorer
    params: Any
    reads: tuple[Reads, ...]
    traits: frozenset[Trait]

    def exact(self, columns: Mapping[str, list[Fraction]], steps: Steps | None = None) -> list[Fraction]:
        """The scores of these bids as fractions.

        Args:
            steps: where their working is recorded; by default nowhere.
        """
        arrays = {name: numeric.exact_array(values) for name, values in columns.items()}
        n = len(next(iter(arrays.values())))
        scores = self.scorer.score(BidTable(arrays, np.ones(n, dtype=np.bool_)), self.params, steps or Steps())
        assert scores.shape == (n,), f"{scores.shape} instead of one score for each of {n} bids"
        for score in scores:
            assert isinstance(score, Fraction | int), f"{score!r} in exact arithmetic"
        return [fraction(s) for s in scores]

    def batch(self, columns: Mapping[str, Array], present: numeric.Mask) -> Array:
        """The scores as floats ``(bids, draws)``."""
        with np.errstate(all="ignore"):
            return self.scorer.score(BidTable(columns, present), in_floats(self.params), Steps())


def prepare(scorer: Scorer, example: Mapping[str, Any]) -> Prepared:
    """A scorer with one of its examples, as a scheme would prepare it."""
    problems = Problems()
    where = Location("example")
    params = validate(scorer.Params, locate(dict(example), where, problems), where, problems)
    view = CriterionView("criterion", {"zero_to_five": ZERO_TO_FIVE}, lambda c, m, h: problems.add(c, where, m, h))
    ready = scorer.prepare(params, view) if params is not None else None
    problems.refuse()
    return Prepared(scorer, ready, tuple(scorer.reads(ready)), scorer.traits_for(ready))


def figures(reads: Reads) -> st.SearchStrategy[Fraction]:
    """Figures that a column may hold, with many equal ones."""
    if reads.one_of:
        return st.sampled_from(reads.one_of)
    low = reads.at_least
    if reads.above is not None:
        low = reads.above + Fraction(1, 4)
    low = Fraction(-20) if low is None else low
    high = reads.at_most if reads.at_most is not None else low + 400
    step = (high - low) / 40
    return st.one_of(
        st.integers(0, 40).map(lambda n: low + n * step),
        st.sampled_from([low, high]),
        st.fractions(low, high, max_denominator=12),
    )


def tables(prepared: Prepared, most: int = 5) -> st.SearchStrategy[dict[str, list[Fraction]]]:
    """Columns of one to ``most`` bids."""
    return st.integers(1, most).flatmap(
        lambda n: st.fixed_dictionaries(
            {r.column: st.lists(figures(r), min_size=n, max_size=n) for r in prepared.reads}
        )
    )


def check_scorer(scorer: type[Scorer] | Scorer, max_examples: int = 40) -> None:
    """Try every promise of a scorer on each of its examples.

    Raises:
        AssertionError: a promise is broken; hypothesis shows the smallest bids that break it.
    """
    item = scorer() if isinstance(scorer, type) else scorer
    for example in item.examples:
        prepared = prepare(item, example)
        _try(prepared, max_examples)


def _try(prepared: Prepared, max_examples: int) -> None:
    @settings(
        max_examples=max_examples, deadline=None, database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    @given(columns=tables(prepared), data=st.data())
    def promises(columns: dict[str, list[Fraction]], data: st.DataObject) -> None:
        try:
            scores = prepared.exact(columns)
        except FigureError:
            assume(False)
            return
        _in_range(prepared, scores)
        _workings_are_true(prepared, columns, scores)
        _order_does_not_matter(prepared, columns, scores)
        _arithmetics_agree(prepared, columns, scores, data)
        expression_is_the_score(prepared, columns, scores)
        if Trait.INDEPENDENT in prepared.traits:
            _independent(prepared, columns, scores)
        if Trait.SCALE_FREE in prepared.traits:
            _scale_free(prepared, columns, scores)
        if Trait.MONOTONE in prepared.traits:
            _monotone(prepared, columns, scores, data)

    promises()


def _in_range(prepared: Prepared, scores: list[Fraction]) -> None:
    for score in scores:
        assert score <= 1, f"a score of {score}"
        assert score <= 1 or prepared.scorer.unbounded_above(prepared.params), f"a score of {score}"
        assert score >= 0 or prepared.scorer.unbounded_below(prepared.params), f"a score of {score}"


def _workings_are_true(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    """Every working that is recorded comes to the score beside it."""
    recorder = Recorder(np.ones(len(scores), dtype=np.bool_))
    assert prepared.exact(columns, recorder) == scores, "scores differ when their working is kept"
    for row, score in enumerate(scores):
        how, _ = told(recorder.of(row), row)
        if how is not None:
            wrong = fault_of(worked(how), score)
            assert not wrong, f"the working of {method(how)!r} is false: {wrong}"


def _order_does_not_matter(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    backwards = prepared.exact({name: values[::-1] for name, values in columns.items()})
    assert backwards[::-1] == scores, "the order of the bids changes their scores"
    assert prepared.exact(columns) == scores, "the same bids scored twice differ"


def _arithmetics_agree(
    prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction], data: st.DataObject
) -> None:
    """The batch of two draws, the second with absent bids, against the exact scores of those who are there."""
    n = len(scores)
    there = data.draw(st.lists(st.booleans(), min_size=n, max_size=n).filter(any), label="present")
    present = np.array([[True, p] for p in there])
    floats = {name: np.array([[float(v)] * 2 for v in values]) for name, values in columns.items()}
    try:
        batch = prepared.batch(floats, present)
        chosen = {name: [v for v, p in zip(values, there, strict=True) if p] for name, values in columns.items()}
        some = iter(prepared.exact(chosen))
    except FigureError:
        assume(False)
        return
    assert batch.dtype == np.float64, f"{batch.dtype} in batch arithmetic"
    assert batch.ndim == 2, f"shape {batch.shape} in batch arithmetic"
    wide = np.broadcast_to(batch, (n, 2))
    for row, score in enumerate(scores):
        assert abs(wide[row, 0] - float(score)) <= AGREEMENT, f"exact {float(score)}, batch {wide[row, 0]}"
        if there[row]:
            exact = float(next(some))
            assert abs(wide[row, 1] - exact) <= AGREEMENT, f"with bids absent: exact {exact}, batch {wide[row, 1]}"


def expression_is_the_score(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    """What the scorer states as its expression, if it does, comes to its scores in both arithmetics."""
    found = prepared.scorer.expression(prepared.params)
    if isinstance(found, Unsupported):
        return
    n = len(scores)
    read = {part.column for part in found.walk() if isinstance(part, Figure)}
    assert read <= set(columns), f"the expression speaks of {sorted(read - set(columns))}, which reads() does not name"
    exact = {name: numeric.exact_array(values) for name, values in columns.items()}
    floats = {name: np.array([[float(v)] for v in values]) for name, values in columns.items()}
    came = evaluate(found, BidTable(exact, np.ones(n, dtype=np.bool_)))
    batch = evaluate(found, BidTable(floats, np.ones((n, 1), dtype=np.bool_)))
    for row, score in enumerate(scores):
        told = f"the score {float(score)}, the expression {said(found)}"
        assert came[row] == score, f"{told} comes to {float(came[row])}"
        assert abs(batch[row, 0] - float(score)) <= AGREEMENT, f"{told} comes to {batch[row, 0]} in float64"


def _independent(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    for row, score in enumerate(scores):
        alone = prepared.exact({name: [values[row]] for name, values in columns.items()})
        assert alone == [score], "a bid scores otherwise when the others are away"


def _scale_free(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    larger = {name: [v * 7 for v in values] for name, values in columns.items()}
    assert prepared.exact(larger) == scores, "seven times every figure changes the scores"


def _monotone(
    prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction], data: st.DataObject
) -> None:
    row = data.draw(st.integers(0, len(scores) - 1), label="bid")
    for reads in (r for r in prepared.reads if r.better):
        before = columns[reads.column][row]
        other = data.draw(figures(reads), label=f"better {reads.column}")
        better = min(before, other) if reads.better == "lower" else max(before, other)
        changed = {name: list(values) for name, values in columns.items()}
        changed[reads.column][row] = better
        try:
            after = prepared.exact(changed)
        except FigureError:
            continue
        assert after[row] >= scores[row], f"{reads.column} from {before} to {better} lowers the bid's own score"
        for rival in set(range(len(scores))) - {row}:
            assert after[rival] <= scores[rival], f"{reads.column} from {before} to {better} raises a rival's score"
