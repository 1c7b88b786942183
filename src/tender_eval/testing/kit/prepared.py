"""A scorer with one of its examples, as the engine would call it in either arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from tender_eval.engine.scoring.arithmetic import MOST_BITS
from tender_eval.files.load import locate
from tender_eval.files.validate import validate
from tender_eval.model import numeric
from tender_eval.model.diagnostics import Problems
from tender_eval.model.enclosure import fraction
from tender_eval.model.location import Location
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.numeric import Array
from tender_eval.plugins.never_float import plain
from tender_eval.plugins.scorer import CriterionView, Scorer, Trait, in_floats
from tender_eval.plugins.table import BidTable, Reads, Steps, declared

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

    def exact(
        self, columns: Mapping[str, Sequence[Fraction]], steps: Steps | None = None, params: Any = None
    ) -> list[Fraction]:
        """The scores of these bids as fractions.

        Args:
            steps: where their working is recorded; by default nowhere.
            params: others than its own.

        Raises:
            AssertionError: they are no scores.
        """
        arrays = {name: objects(values) for name, values in columns.items()}
        n = len(next(iter(arrays.values())))
        own = self.params if params is None else params
        scores = self.scorer.score(BidTable(arrays, np.ones(n, dtype=np.bool_)), own, steps or Steps())
        assert isinstance(scores, np.ndarray), f"gives a {type(scores).__name__}, no array with a score for each bid"
        assert scores.shape == (n,), f"gives {scores.shape} instead of one score for each of {n} bids"
        return [exact_figure(score) for score in scores]

    def batch(self, columns: Mapping[str, Array], present: numeric.Mask) -> Array:
        """The scores as floats ``(bids, draws)``."""
        with np.errstate(all="ignore"):
            return self.scorer.score(BidTable(columns, present), in_floats(self.params), Steps())


def exact_figure(figure: Any) -> Fraction:
    """A figure that a plugin gave in exact arithmetic.

    Raises:
        AssertionError: it is none.
    """
    figure = plain(figure)
    assert numeric.is_exact_number(figure), f"gives {figure!r}, a {type(figure).__name__}, in exact arithmetic"
    found = fraction(figure)
    assert max(found.numerator.bit_length(), found.denominator.bit_length()) <= MOST_BITS, (
        f"gives a figure of more than {MOST_BITS * 3 // 10:,} digits"
    )
    return found


def objects(values: Sequence[Any]) -> Array:
    """A column of exact figures, of whatever kind of fraction."""
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def prepare(scorer: Scorer, example: Mapping[str, Any]) -> Prepared:
    """A scorer with one of its examples, as a scheme would prepare it.

    Raises:
        Refused: no scheme can state the example.
    """
    problems = Problems()
    where = Location("example")
    params = validate(scorer.Params, locate(dict(example), where, problems), where, problems)
    view = CriterionView("criterion", {"zero_to_five": ZERO_TO_FIVE}, lambda c, m, h: problems.add(c, where, m, h))
    ready = scorer.prepare(params, view) if params is not None else None
    problems.refuse()
    return Prepared(scorer, ready, declared(scorer.reads(ready)), scorer.traits_for(ready))
