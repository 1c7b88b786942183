"""The built-in scorers as spreadsheet formulas.

Each function restates the formula that its scorer documents; the workbook's checks, recalculated by another
program, prove that the two agree. What stands in no table here is written as a value.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

from tender_eval.engine.plan import Leaf
from tender_eval.report.workbook.formulas import held

SINGLE = "single_bid"


class Places(Protocol):
    """Where a scorer's formula finds its figures, for one bid."""

    figure: str
    """The figure that is scored."""
    over: str
    """The figures of all bids in the comparison; the others are blank."""
    counted: str
    """1 for each bid in the comparison, 0 for the others."""

    def param(self, name: str) -> str:
        """The cell of a parameter."""

    def column(self, name: str) -> str:
        """The bid's figure in a column that the scorer reads."""

    def compared(self, name: str) -> str:
        """The figures of all bids in the comparison, in a column that the scorer reads."""

    def table(self, name: str) -> str:
        """The cells of a table: ``marks`` and ``shares`` of a scale, ``values`` and ``scores`` of points."""


class Method(NamedTuple):
    """How a scorer is written as a formula, and which of its parameters stand in cells."""

    formula: Callable[[Any, Places], str]
    params: tuple[str, ...] = ()


def method_of(leaf: Leaf) -> Method | None:
    """The formula of a criterion's scorer; None where it is not expressed."""
    scorer = leaf.scorer
    if not type(scorer.item).__module__.startswith("tender_eval.scorers."):
        return None
    if scorer.name == "formula":
        from tender_eval.report.workbook.expressions import expressible, expression

        return Method(expression) if expressible(leaf.params) else None
    return _METHODS.get(scorer.name)


def score(method: Method, params: Any, places: Places) -> str:
    """The formula of one score, with the published score of an only bid."""
    formula = method.formula(params, places)
    if getattr(params, SINGLE, None) is None:
        return formula
    return f"IF(SUM({places.counted})=1,{places.param(SINGLE)},{formula})"


def cells_of(method: Method, params: Any) -> list[tuple[str, Fraction]]:
    """The parameters that stand in cells: those that the scheme states."""
    names = (*method.params, "floor", SINGLE)
    stated = [(name, getattr(params, name, None)) for name in names]
    return [(name, Fraction(value)) for name, value in stated if value is not None]


def _mark(params: Any, at: Places) -> str:
    if params.out_of is not None:
        return f"{at.figure}/{at.param('out_of')}"
    return f"INDEX({at.table('shares')},MATCH({at.figure},{at.table('marks')},0))"


def _pass_fail(params: Any, at: Places) -> str:
    return f"IF({at.figure}>={at.param('at_least')},1,0)"


def _ratio_to_lowest(params: Any, at: Places) -> str:
    return f"MIN({at.over})/{at.figure}"


def _ratio_to_highest(params: Any, at: Places) -> str:
    return f"IF(MAX({at.over})=0,0,{at.figure}/MAX({at.over}))"


def _linear_above_lowest(params: Any, at: Places) -> str:
    low = f"MIN({at.over})"
    return held(f"1-({at.figure}-{low})/({low}*{at.param('zero_at_percent')}/100)", params.below_zero)


def _linear_between_bids(params: Any, at: Places) -> str:
    low, high = f"MIN({at.over})", f"MAX({at.over})"
    worst, best = (high, low) if params.best == "lowest" else (low, high)
    return f"IF({low}={high},1,{held(f'({worst}-{at.figure})/({worst}-{best})', 'clamp')})"


def _fixed_band(params: Any, at: Places) -> str:
    zero, full = at.param("zero_at"), at.param("full_at")
    return held(f"({zero}-{at.figure})/({zero}-{full})", "clamp")


def _piecewise(params: Any, at: Places) -> str:
    values, scores, x = at.table("values"), at.table("scores"), at.figure
    last = len(params.points)
    if params.shape == "step":
        sign = "<" if params.includes == "upper" else "<="
        return f"INDEX({scores},MAX(1,SUMPRODUCT(({values}{sign}{x})*1)))"
    band = f"SUMPRODUCT(({values}<={x})*1)"
    v, s = f"INDEX({values},{band})", f"INDEX({scores},{band})"
    v2, s2 = f"INDEX({values},{band}+1)", f"INDEX({scores},{band}+1)"
    inside = f"{s}+({x}-{v})*({s2}-{s})/({v2}-{v})"
    return f"IF({band}=0,INDEX({scores},1),IF({band}={last},INDEX({scores},{last}),{inside}))"


def _discount_from_ceiling(params: Any, at: Places) -> str:
    ceiling, least = at.param("ceiling"), at.param("significant_discount")
    best = f"MAX({least},({ceiling}-MIN({at.over}))/{ceiling})"
    return held(f"(({ceiling}-{at.figure})/{ceiling})/{best}", params.below_zero)


def _mean_deviation(params: Any, at: Places) -> str:
    mean = f"AVERAGE({at.over})"
    return held(f"0.5-({at.figure}-{mean})/{mean}", params.below_zero)


def _standard_deviation(params: Any, at: Places) -> str:
    spread = f"{'STDEV' if params.deviation == 'sample' else 'STDEVP'}({at.over})"
    away = f"{at.param('k')}*({at.figure}-AVERAGE({at.over}))/{spread}"
    even = held("0.5", params.below_zero)
    return f"IF(MIN({at.over})=MAX({at.over}),{even},{held(f'0.5-{away}', params.below_zero)})"


def _log_ratio(params: Any, at: Places) -> str:
    return held(f"1-LN({at.figure}/MIN({at.over}))/LN({at.param('zero_at_multiple')})", params.below_zero)


_METHODS: dict[str, Method] = {
    "mark": Method(_mark, ("out_of",)),
    "pass_fail": Method(_pass_fail, ("at_least",)),
    "ratio_to_lowest": Method(_ratio_to_lowest),
    "ratio_to_highest": Method(_ratio_to_highest),
    "linear_above_lowest": Method(_linear_above_lowest, ("zero_at_percent",)),
    "linear_between_bids": Method(_linear_between_bids),
    "fixed_band": Method(_fixed_band, ("full_at", "zero_at")),
    "piecewise": Method(_piecewise),
    "discount_from_ceiling": Method(_discount_from_ceiling, ("ceiling", "significant_discount")),
    "mean_deviation": Method(_mean_deviation),
    "standard_deviation": Method(_standard_deviation, ("k",)),
    "log_ratio": Method(_log_ratio, ("zero_at_multiple",)),
}
