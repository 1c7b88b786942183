from __future__ import annotations

import re
from collections.abc import Iterator

from tender_eval.lint.citations import CONSTRUCTED
from tender_eval.lint.criteria import counted_criteria, quoted
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_UNROUNDED = re.compile(r"\bunrounded\b|\b(not|nothing is|never) rounded\b|\bwithout rounding\b", re.IGNORECASE)


class RoundingNotStated(LintRule):
    """Points can have endless decimals, and the scheme does not say that none of them is rounded off.

    Results are printed at two places, but the figures that decide are exact: of two bids printed with 87.27 points
    each, one may win. A bidder who adds up the printed points will ask. State rounding at the total, or say in the
    notes, or among what is illustrative, that unrounded points decide: then this is silent.
    """

    code = "TE424"
    name = "rounding-not-stated"
    severity = Severity.NOTE
    summary = "Printed points are rounded, the deciding ones are not, and the scheme does not say so."
    keywords = "rounding, decimals, endless decimals, thirds"
    clauses = (CONSTRUCTED,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        said = " ".join((scheme.scheme.notes, *scheme.scheme.illustrative))
        if scheme.scheme.rounding is not None or _UNROUNDED.search(said):
            return
        rounded = {part.id for c in scheme.scheme.walk() if c.rounding for part in c.walk()}
        counted = [leaf for leaf in counted_criteria(scheme) if leaf.criterion.id not in rounded]
        endless = [quoted(leaf) for leaf in counted if leaf.endless is True]
        silent = [leaf for leaf in counted if isinstance(leaf.endless, Unsupported)]
        if endless or silent:
            told = f"points of {' and '.join(endless)} can have endless decimals" if endless else ""
            for leaf in silent:
                told += " and " if told else ""
                told += f"{leaf.scorer.name} does not say whether points of {quoted(leaf)} can have endless decimals"
            message = f"{told}, and rounding is not stated"
            hint = (
                "add rounding: {places: 2, mode: half_up, at: [total]}, or say in notes: that unrounded points decide"
            )
            yield Finding(message, scheme.at("award"), hint)
