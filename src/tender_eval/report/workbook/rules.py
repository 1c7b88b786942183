"""The built-in award rules as spreadsheet formulas; see `scorers` for the principle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol

from tender_eval.engine.plan import CompiledRule, Plan
from tender_eval.plugins.rule import QualityParams
from tender_eval.report.workbook.formulas import total


class Figures(Protocol):
    """Where a rule's formula finds the figures of one bid."""

    price: str
    quality: str
    """Its quality points."""
    qualities: str
    """The quality points of all bids in the comparison; the others are blank."""
    prices: str

    @property
    def available(self) -> str:
        """The quality points available."""

    def param(self, name: str) -> str:
        """The cell of a parameter, or of the weight that stands in for it."""

    def points(self, criterion: str) -> str:
        """The bid's points at a criterion."""

    def share(self, criterion: str) -> str:
        """The bid's share of full marks at a criterion."""


class RuleFormula(NamedTuple):
    """How a rule is written as a formula, and what it needs beside points."""

    formula: Callable[[Any, Figures], str]
    needs: frozenset[str] = frozenset()  # price, quality, weights
    params: tuple[str, ...] = ()


def formula_of(rule: CompiledRule) -> RuleFormula | None:
    """The formula of an award rule; None where it is not expressed."""
    if not type(rule.rule.item).__module__.startswith("tender_eval.engine.rules."):
        return None
    return _RULES.get(rule.rule.name)


def accepts(rule: CompiledRule, at: Figures) -> str | None:
    """What must hold for the rule itself to keep a bid; empty where it turns none away, None if unknown."""
    if not rule.rule.item.rejects(rule.params):
        return ""
    if formula_of(rule) is None:
        return None
    match rule.rule.name:
        case "lowest_cost_per_quality_point":
            return f"{at.quality}>0"
        case "highest_quality_within_budget":
            return f"{at.price}<={at.param('budget')}"
    return None


def counted(plan: Plan) -> tuple[str, ...]:
    """The criteria whose points a rule of points counts."""
    return tuple(getattr(plan.rule.params, "count", ())) or plan.roots


def quality_of(rule: CompiledRule) -> tuple[str, ...]:
    """The criteria that a rule takes as quality; none where it knows no such thing."""
    return tuple(rule.params.quality) if isinstance(rule.params, QualityParams) else ()


def _points(plan_roots: Any, at: Figures) -> str:
    return total([at.points(root) for root in plan_roots])


def _cost_per_point(params: Any, at: Figures) -> str:
    return f"{at.price}/{at.quality}"


def _quality_per_price(params: Any, at: Figures) -> str:
    return f"{at.quality}*{at.param('times')}/{at.price}"


def _value_index(params: Any, at: Figures) -> str:
    share = f"({at.quality}/{at.available})"
    return f"{share}^({at.param('quality_weight')}/{at.param('price_weight')})/{at.price}"


def _price(params: Any, at: Figures) -> str:
    return at.price


def _quality(params: Any, at: Figures) -> str:
    return at.quality


def _less_value(params: Any, at: Figures) -> str:
    worth = ""
    for n, value in enumerate(params.values):
        no, full = at.param(f"no {n}"), at.param(f"full {n}")
        worth += f"-({no}+{at.share(value.criterion)}*({full}-{no}))"
    return f"{at.price}{worth}"


def _less_premium(params: Any, at: Figures) -> str:
    margin = f"({at.quality}-MIN({at.qualities}))"
    return f"{at.price}-{at.param('estimate')}*{margin}/{at.param('price_weight')}"


def _utility(params: Any, at: Figures) -> str:
    behind = f"(MAX({at.qualities})-{at.quality})/{at.available}"
    weights = f"{at.param('quality_weight')}/{at.param('price_weight')}"
    return f"(1-{behind}*{weights})/{at.price}*MIN({at.prices})"


_BOTH = frozenset({"price", "quality"})
_WEIGHED = frozenset({"price", "quality", "weights"})
_RULES: dict[str, RuleFormula] = {
    "highest_score": RuleFormula(_points),
    "grants_within_pot": RuleFormula(_points),
    "lowest_price": RuleFormula(_price, frozenset({"price"})),
    "lowest_cost_per_quality_point": RuleFormula(_cost_per_point, _BOTH),
    "highest_quality_per_price": RuleFormula(_quality_per_price, _BOTH, ("times",)),
    "highest_quality_within_budget": RuleFormula(_quality, _BOTH, ("budget",)),
    "weighted_value_index": RuleFormula(_value_index, _WEIGHED),
    "utility_index": RuleFormula(_utility, _WEIGHED | {"comparison"}),
    "lowest_price_less_quality_value": RuleFormula(_less_value, frozenset({"price", "values"})),
    "lowest_price_less_quality_premium": RuleFormula(_less_premium, _WEIGHED | {"comparison"}, ("estimate",)),
}
