from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import SEALING
from tender_eval.lint.criteria import quoted, scorer_parameter_at
from tender_eval.model.bids import CAN_BE_SEALED
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView
from tender_eval.plugins.table import Reads

_MONEY = re.compile(r"(?:^|[_-])(?:price|cost|fee|charge|tariff|discount|premium|gbp|eur)s?(?:$|[_-])", re.IGNORECASE)


class CostNotSealed(LintRule):
    """A criterion scores a figure that tells what a bid costs, and the figure is not sealed with the prices.

    In two envelopes the panel marks before any price is seen. Prices are sealed by themselves, and so is whatever a
    criterion reads together with a price, or the award rule reads; a yearly cost among the values that is scored alone
    lies open while the marks are given. Name it: sealed: [values.annual_cost]. It is then asked for in the file of
    prices, its criterion waits for them, and the methodology says so. The rule goes by the figure's name, and by
    whether the lower figure is the better one. Ignore it where the figure is no money, such as days, or where bids
    are evaluated in one envelope.
    """

    code = "TE356"
    name = "cost-not-sealed"
    severity = Severity.NOTE
    summary = "A figure is scored like a cost, and would be seen before the prices are opened."
    keywords = "two envelopes, sealed, whole-life cost, price seen before marks, values"
    clauses = (SEALING,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            for column in dict.fromkeys(r.column for r in leaf.reads if _like_a_cost(r)):
                if column not in scheme.sealed:
                    message = f"{quoted(leaf)} scores {column} like a cost, and it is not sealed with the prices"
                    hint = f"if it tells what a bid costs, add sealed: {_list(scheme, column)}"
                    yield Finding(message, scorer_parameter_at(leaf, "field"), hint)


def _like_a_cost(reads: Reads) -> bool:
    kind, _, name = reads.column.partition(".")
    return kind in CAN_BE_SEALED and (reads.better == "lower" or _MONEY.search(name) is not None)


def _list(scheme: SchemeView, column: str) -> str:
    return f"[{', '.join((*map(str, scheme.scheme.sealed), column))}]"
