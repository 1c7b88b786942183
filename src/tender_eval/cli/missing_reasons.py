"""Marks without the panel's reason: told while it can still be written down, not when the letters are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tender_eval.model.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.model.bids import Bids


def without_reasons(compiled: CompiledScheme, bids: Bids, then: str = "") -> tuple[Diagnostic, ...]:
    """One notice where marks that the scheme reads have no reason; nothing where each has one.

    Args:
        then: what else is to be done, after the reasons are written.
    """
    from tender_eval.case.panel.reasons import says_nothing
    from tender_eval.files import mends
    from tender_eval.model.location import Location

    asked = [name for leaf in compiled.plan.leaves for name in leaf.marks]
    stated = [(lot, marks) for bid in bids.bids for lot, marks in bid.marks_by_lot.items()]
    marks = [(name, lot, found[name]) for lot, found in stated for name in asked if name in found]
    bare = [(name, lot) for name, lot, mark in marks if says_nothing(mark.reason)]
    if not bare:
        return ()
    message = (
        f"marks without the panel's reason: {len(bare)} of {len(marks)}; assessment summaries (tender-eval report "
        "--format summaries) cannot be written without"
    )
    hint = mends.reason(*bare[0], Location(bids.where.source)) + (f"; {then}" if then else "")
    return (Diagnostic("TE095", message, Location(bids.where.source), hint, Severity.NOTE),)
