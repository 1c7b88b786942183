"""Whether what a method states in two ways agrees: exactly and in batches, as a score and as an expression."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import numpy as np

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
