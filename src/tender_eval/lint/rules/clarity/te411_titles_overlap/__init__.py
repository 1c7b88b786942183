from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from tender_eval.lint.citations import CLEAR_CRITERIA, MEASURABLE
from tender_eval.lint.criteria import quoted
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_SMALL = re.compile(r"\b(?:a|an|and|are|for|how|in|is|its?|of|on|or|the|their|they|this|to|what|which|who|will|with)\b")


class TitlesOverlap(LintRule):
    """Two scored criteria have titles of nearly the same words.

    One strength of a bid is then scored twice, or evaluators disagree where it belongs, and bidders write the same
    answer in two places. Merge the two, or make their titles say what tells them apart.
    """

    code = "TE411"
    name = "titles-overlap"
    severity = Severity.WARNING
    summary = "Two criteria ask for nearly the same thing."
    keywords = "double counting, duplicate criteria, overlapping questions"
    clauses = (CLEAR_CRITERIA, MEASURABLE)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        titled = [(leaf, _words(leaf.criterion.title)) for leaf in scheme.leaves]
        for (one, first), (other, second) in combinations(titled, 2):
            shared, whole = len(first & second), len(first | second)
            if shared and (shared == whole or (shared > 1 and 3 * shared >= 2 * whole)):
                message = f"{quoted(other)} is titled nearly like {quoted(one)}: one strength may count twice"
                yield Finding(message, other.criterion.where, "merge them, or let the titles say what differs")


def _words(title: str) -> frozenset[str]:
    found = re.findall(r"[^\W_]+", _SMALL.sub("", title.lower()))
    return frozenset(word.removesuffix("s") for word in found)
