"""Bids that were made for another scheme: told as that, and not once for every figure of every bid."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tender_eval.model.diagnostics import Diagnostic, Refused

if TYPE_CHECKING:
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.files.source import Source
    from tender_eval.model.bids import Bids
    from tender_eval.plugins.catalogue import Catalogue

MOST_FOUND = 4  # one mark in so many may be there, as where two schemes both ask for social value
SAME = 0.8  # how like two names are of which one may be a slip of the other
NAMED = 6
_FOLLOWS = frozenset(("TE051", "TE052", "TE053", "TE062"))
"""What comes of it, for each bid and mark."""


def one_diagnostic_where_misfit(
    found: Refused, scheme: Source, bids: Source | None, catalogue: Catalogue
) -> tuple[Diagnostic, ...]:
    """What is wrong with a scheme and bids that were checked together; see `misfit_as_one_diagnostic`."""
    if bids is None:
        return found.diagnostics
    from tender_eval.engine.check import Sound, check
    from tender_eval.files.load import read_bids
    from tender_eval.model.diagnostics import Problems

    alone, own = check(scheme, None, catalogue), Problems()
    offered = read_bids(bids, catalogue.readers, own)
    if offered and isinstance(alone, Sound):
        return misfit_as_one_diagnostic(found.diagnostics, alone.compiled, offered)
    return found.diagnostics


def misfit_as_one_diagnostic(
    found: Iterable[Diagnostic], compiled: CompiledScheme, bids: Bids
) -> tuple[Diagnostic, ...]:
    """The diagnostics; what follows from bids made for another scheme is told in one that says so.

    That is assumed where the bids state at most a quarter of the marks that the scheme asks for, while most of
    those that they state it does not ask for. A mark whose name is nearly right counts as there.
    """
    every, source = tuple(found), bids.where.source
    asked = {str(reads.column).removeprefix("marks.") for _, reads in compiled.plan.reads() if _is_mark(reads.column)}
    parts = [bids.for_lot(lot.id) for lot in bids.tender.lots] or [bids]
    stated = {name for part in parts for bid in part.bids for name in bid.marks}
    others = stated - asked
    there = {name for name in asked if name in stated or get_close_matches(name, others, n=1, cutoff=SAME)}
    if not asked or len(there) * MOST_FOUND > len(asked) or len(others) * 2 <= len(stated):
        return every
    kept = tuple(d for d in every if d.code not in _FOLLOWS or d.where is None or d.where.source != source)
    if len(every) - len(kept) < 2:
        return every
    message = (
        f'these bids seem to be made for another scheme than "{compiled.scheme.id}": of the marks that it asks for '
        f"({_some(asked)}) they state {_some(there) if there else 'none'}, and instead {_some(others)}"
    )
    hint = "give bids and scheme that belong together; tender-eval validate --scheme SCHEME BIDS tells every difference"
    return (Diagnostic("TE051", message, bids.where, hint), *kept)


def _is_mark(column: str) -> bool:
    return column.startswith("marks.")


def _some(names: set[str]) -> str:
    first = sorted(names)[:NAMED]
    return ", ".join([*first, *([f"{len(names) - NAMED} more"] if len(names) > NAMED else [])])
