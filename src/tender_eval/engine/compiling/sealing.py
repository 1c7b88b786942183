"""Which figures stay closed until the marks are locked, beside the prices: those that make up what bids cost.

Whoever sees a yearly cost sees the price before its time, under whatever name it goes.
"""

from __future__ import annotations

from difflib import get_close_matches

from tender_eval.engine.compiling.requirements import check_column
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import CAN_BE_SEALED, reads_price
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import place


def sealed_figures(plan: Plan) -> frozenset[str]:
    """The figures that are sealed beside the prices: those that the scheme names, and whatever is compared with them.

    A figure that the award rule reads is sealed by itself, and so is each that a criterion reads together with a price
    or with another sealed figure; what decides whether a price is adjusted is not, for it is no part of it.
    """
    found = {str(name) for name in plan.scheme.sealed} | {r.column for r in plan.rule.reads if _can_be(r.column)}
    while True:
        before = len(found)
        for leaf in plan.leaves:
            columns = {r.column for r in leaf.reads}
            if any(column in found or reads_price(column) for column in columns):
                found |= set(filter(_can_be, columns))
        if len(found) == before:
            return frozenset(found)


def check_sealed(plan: Plan, problems: Problems) -> None:
    """Note what is named as sealed and no bid can state so, or seems to be a figure that is read misspelt."""
    where = plan.scheme.where
    read = sorted(name for name in plan.named() if _can_be(name))
    for name in plan.scheme.sealed:
        before = len(problems)
        check_column(name, "sealed", where, problems)
        if len(problems) > before:
            continue
        if reads_price(name):
            problems.add("TE028", place(name, where), f"{name} is a price, which is sealed by itself", "leave it out")
        elif not _can_be(name):
            kinds = " and ".join(f"{kind}.<name>" for kind in CAN_BE_SEALED)
            problems.add("TE028", place(name, where), f"{name} cannot be sealed", f"leave it out: only {kinds} can be")
        elif name not in read and (near := _near(name, read)):
            message = f'sealed names "{name}", which nothing in the scheme reads'
            problems.add("TE021", place(name, where), message, f'did you mean "{near}"?')


def _near(column: str, read: list[str]) -> str:
    """The figure that is meant where one that is read has nearly this name; bids may state others, to be sealed too."""
    names = {name.partition(".")[2]: name for name in read}
    return next((names[near] for near in get_close_matches(column.partition(".")[2], names, 1)), "")


def _can_be(column: str) -> bool:
    return column.partition(".")[0] in CAN_BE_SEALED
