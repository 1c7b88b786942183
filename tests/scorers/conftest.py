"""How the tests of scorers call a scorer: on exact columns, and on floats with a mask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tender_eval.engine.evaluating.trace import with_names
from tender_eval.files.validate import validate
from tender_eval.languages.formulas import method, name
from tender_eval.model.diagnostics import Problems
from tender_eval.model.explanation.formulas import Formula, Line, Name, Worked
from tender_eval.model.location import Location
from tender_eval.model.numeric import exact_array
from tender_eval.plugins.scorer import in_floats
from tender_eval.plugins.table import NO_NAMES, BidTable, Steps


class Scoring:
    """Calls scorers without an engine."""

    def params(self, scorer: Any, **stated: object) -> Any:
        return scorer.Params.model_validate(stated)

    def refused(self, scorer: Any, **stated: object) -> list[str]:
        """The codes of what is wrong with parameters."""
        problems = Problems()
        validate(scorer.Params, stated, Location("scheme.yaml", 1, 1), problems)
        return [d.code for d in problems]

    def exact(
        self, scorer: Any, columns: Mapping[str, Sequence[Any]] | Sequence[Any], steps: Any = None, **stated: object
    ) -> list[Fraction]:
        """The scores of bids; a bare list of figures is the column ``price``."""
        if not isinstance(columns, Mapping):
            columns = {str(stated.get("field", "price")): columns}
        arrays = {name: exact_array(Fraction(v) for v in values) for name, values in columns.items()}
        present = np.ones(len(next(iter(arrays.values()))), dtype=np.bool_)
        table = BidTable(arrays, present)
        return list(scorer().score(table, self.params(scorer, **stated), steps or Steps()))

    def batch(self, scorer: Any, columns: Mapping[str, Any], present: Any = None, **stated: object) -> Any:
        """The scores in floats; columns are ``(bids,)``, for one draw, or ``(bids, draws)``."""
        arrays = {n: np.array(v, dtype=np.float64).reshape(len(v), -1) for n, v in columns.items()}
        shape = np.broadcast_shapes(*(a.shape for a in arrays.values()))
        mask = np.ones(shape, dtype=np.bool_) if present is None else np.asarray(present, dtype=np.bool_)
        return scorer().score(BidTable(arrays, mask), in_floats(self.params(scorer, **stated)), Steps())


class Kept(Steps):
    """Keeps what a scorer records."""

    kept = True

    def __init__(self) -> None:
        self.said: dict[str, dict[str, object]] = {}

    def working(self, formula: str | Formula, named: Mapping[Name, object] = NO_NAMES, /, **figures: object) -> None:
        written, found = with_names(formula, named, figures)
        self.said[method(Worked((Line(written, ()),)))] = {name(of): figure for of, figure in found.items()}


@pytest.fixture(scope="session")
def scoring() -> Scoring:
    return Scoring()


@pytest.fixture
def kept() -> Kept:
    return Kept()
