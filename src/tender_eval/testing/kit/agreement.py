"""Whether what a method states in two ways agrees: exactly and in batches, as a score, an expression and a working."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np

from tender_eval.engine.evaluating.trace import Recorder, told
from tender_eval.languages.formulas import method, worked
from tender_eval.model.explanation.proof import fault_of
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.expression.tree import Figure
from tender_eval.plugins.expression.words import said
from tender_eval.plugins.table import BidTable
from tender_eval.testing.kit.prepared import Prepared, objects

AGREEMENT = 1e-9
"""How near exact and batch scores must be; of those beyond 1, as a share of them."""


def agree(batch: float, exact: Fraction) -> bool:
    """Whether a figure of a batch stands for an exact one."""
    return abs(batch - float(exact)) <= AGREEMENT * max(1.0, abs(float(exact)))


def expression_is_the_score(prepared: Prepared, columns: Mapping[str, list[Fraction]], scores: list[Fraction]) -> None:
    """What the scorer states as its expression, if it does, comes to its scores in both arithmetics.

    Raises:
        AssertionError: it does not, or speaks of what the scorer does not read.
    """
    found = prepared.scorer.expression(prepared.params)
    if isinstance(found, Unsupported):
        return
    n = len(scores)
    read = {part.column for part in found.walk() if isinstance(part, Figure)}
    assert read <= set(columns), f"the expression speaks of {sorted(read - set(columns))}, which reads() does not name"
    exact = {name: objects(values) for name, values in columns.items()}
    floats = {name: np.array([[float(v)] for v in values]) for name, values in columns.items()}
    came = evaluate(found, BidTable(exact, np.ones(n, dtype=np.bool_)))
    batch = evaluate(found, BidTable(floats, np.ones((n, 1), dtype=np.bool_)))
    for row, score in enumerate(scores):
        words = f"the score {float(score)}, the expression {said(found)}"
        assert came[row] == score, f"{words} comes to {float(came[row])}"
        assert agree(batch[row, 0], score), f"{words} comes to {batch[row, 0]} in float64"


def workings_are_true(recorder: Recorder, figures: Sequence[Fraction], what: str, bids: str) -> None:
    """The working that was recorded for each bid comes to the figure beside it.

    Args:
        figures: one for each bid.
        what: such a figure is called.
        bids: on which the method was tried, in words.

    Raises:
        AssertionError: a bid has no working, or one that is false.
    """
    for row, figure in enumerate(figures):
        how, _ = told(recorder.of(row), row)
        assert how is not None and worked(how), (  # noqa: PT018
            f"shows no working: record steps.working(formula, ...), so that a bidder can check the {what}"
        )
        wrong = fault_of(worked(how), figure)
        assert not wrong, f"shows a working that is false: {method(how)!r} with {bids}: {wrong}"
