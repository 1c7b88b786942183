"""Steps that were worked out by formulas, for tests of what is written of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tender_eval.model.explanation.formulas import Line, Rounded, Worked, own_formula
from tender_eval.model.explanation.workings import parts_of


def worked(*lines: tuple[str, Mapping[str, object]], rounded: Rounded | None = None) -> Worked:
    """Formulas as a plugin writes them, each with the figures of its names."""
    return Worked(tuple(_line(formula, figures) for formula, figures in lines), rounded)


def _line(formula: str, figures: Mapping[str, object]) -> Line:
    parts = parts_of(formula, tuple(figures))
    each = (figures[name] for name in parts[1::2])
    return Line(own_formula(parts), tuple(Fraction(f) if isinstance(f, int) else f for f in each))
