from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.expressions import without_titles
from tender_eval.model.diagnostics import Severity
from tender_eval.model.scheme import TieBreak
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Chain, Figure, Negative, Node, Points, Titled
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_PRICE = "(price)"  # the price itself, beside a criterion that may be called so


class TieBreakRepeats(LintRule):
    """A step of the tie break can never decide, because bids that are equal so far are equal there too.

    Where points of quality and price are added up, bids with equal totals and equal quality have equal points for
    price; where price is divided by quality, equal quotients and equal quality mean equal prices. Such a step reads
    as if something were left to decide. Remove it, or name something else: one question of the quality, or a figure
    that the rule does not use.
    """

    code = "TE331"
    name = "tie-break-repeats"
    severity = Severity.WARNING
    summary = "A step of the tie break can never decide anything."
    keywords = "tie, equal scores, second tie break, ties"
    clauses = (ARITHMETIC,)

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        level: set[str] = set()
        for tie in scheme.scheme.award.ties:
            reads = _read(tie)
            if reads in _settled(scheme, level):
                message = f'"{tie.best}: {tie.reads}" can never decide: bids that are equal so far are equal there'
                yield Finding(message, tie.where, "remove it, or name a question or figure that is still open")
            level.add(reads)


def _read(tie: TieBreak) -> str:
    """What a step reads: the points of a criterion by its id, or the price itself, however it is written."""
    return _PRICE if tie.reads == "price" and tie.best == "lowest" else tie.reads


def _settled(scheme: SchemeView, level: set[str]) -> set[str]:
    """What must be equal between bids that the rule ranks equal and that are level in these."""
    rounded = scheme.scheme.rounding is not None or any(c.rounding for c in scheme.scheme.walk())
    if rounded or scheme.scheme.award.near_tie is not None:  # equal figures may stand for unequal ones
        return level
    counts, figure = set(scheme.counts), without_titles(scheme.figure)
    if isinstance(figure, Unsupported):
        return level
    if isinstance(figure, Points):
        return level | counts if len(counts - level) == 1 else level
    # of level criteria and equal figures only the price is left
    return level | {_PRICE} if scheme.price == "price" and counts <= level and _tells(figure, "price") else level


def _tells(figure: Node, column: str) -> bool:
    """Whether a figure tells what a column holds once all else that it is made of is known."""
    if sum(isinstance(part, Figure) and part.column == column for part in figure.walk()) != 1:
        return False
    match figure:
        case Figure():
            return True
        case Titled(of=of) | Negative(of=of):
            return _tells(of, column)
        case Chain(first=first, rest=rest) if all(sign == "/" for sign, _ in rest):
            return _tells(first, column)
        case Chain(rest=rest) if rest[0][0] in "+-":
            return any(_tells(part, column) for part in figure.parts)
        case _:
            return False
