from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.criteria import quoted, scorer_parameter_at
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView


class FormulaCanFail(LintRule):
    """A formula can leave the range of scores, and the scheme does not say what holds then.

    Below zero or above full marks it is an error, and the evaluation stops on the day when the bids are opened: too
    late to publish an answer. State below_zero: clamp and above_one: clamp, or hold the expression within min(1,
    max(0, ...)). Ignore it where the expression cannot leave the range, as a lowest price over a price.
    """

    code = "TE366"
    name = "formula-can-fail"
    severity = Severity.WARNING
    summary = "A formula can give a score out of range, and then no award can be made."
    keywords = "out of range, formula, clamp, below_zero, above_one"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for leaf in scheme.leaves:
            if (own := leaf.own_formula) is None:
                continue
            held = own.held | _held(own.text)
            open_ = [end for end in ("below_zero", "above_one") if end not in held]
            if open_:
                message = f"the formula of {quoted(leaf)} can leave the range of scores: no {' and no '.join(open_)}"
                hint = f"state {' and '.join(f'{end}: clamp' for end in open_)}"
                yield Finding(message, scorer_parameter_at(leaf, own.parameter), hint)


def _held(expression: str) -> frozenset[str]:
    """The ends at which an expression is held at its outside; both for a lowest over the figure that it is of."""
    text = re.sub(r"\s+", "", expression)
    if re.fullmatch(r"lowest(?:\(([^()]+)\)/\1|/price)", text):
        return frozenset({"below_zero", "above_one"})
    held: set[str] = set()
    while call := re.fullmatch(r"(max\(0,|min\(1,)(.*)\)", text):
        inner = call[2]
        if not _balanced(inner):
            break
        held.add("below_zero" if call[1].startswith("max") else "above_one")
        text = inner
    return frozenset(held)


def _balanced(text: str) -> bool:
    """Whether every bracket that it closes was opened in it, so that the last one closes the call around it."""
    depth = 0
    for character in text:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return False
    return depth == 0
