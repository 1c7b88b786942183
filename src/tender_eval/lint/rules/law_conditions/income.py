"""Conditions that ask for an income."""

from __future__ import annotations

import re

from tender_eval.model.scheme import Condition
from tender_eval.plugins.lint_rule import SchemeView

INCOMES = frozenset({"supplier.annual_income", "pooled.annual_income"})
_STATED_INCOME = re.compile(r"^values\.(?!other).*(?:turnover|income|revenue)", re.IGNORECASE)


def income_conditions(scheme: SchemeView) -> list[tuple[int, Condition]]:
    """The conditions that ask for an income, as the figure of that name or as one of the scheme's own."""
    asked = [(n, c) for n, c in enumerate(scheme.scheme.conditions) if c.at_least is not None]
    return [(n, c) for n, c in asked if c.reads in INCOMES or _STATED_INCOME.search(c.reads)]
