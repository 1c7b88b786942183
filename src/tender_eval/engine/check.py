"""Scheme and bids checked together, so that one run tells every problem of both files."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Generic, TypeVar, overload

from tender_eval.engine.compiled import CompiledScheme, other_lots
from tender_eval.engine.compiling.compile import compile_into
from tender_eval.engine.compiling.several_lots import offers_not_taken
from tender_eval.engine.evaluating.preparation import note_misplaced, prepare
from tender_eval.engine.plan import Plan
from tender_eval.files.bids.shares import Asked, MarksAsked
from tender_eval.files.load import SoundBids, read_sound_bids, read_sound_scheme
from tender_eval.files.mends import in_table
from tender_eval.files.sound_parts import FaultyParts
from tender_eval.files.source import Source
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, Severity
from tender_eval.model.location import Location
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue

_UNSETTLED = frozenset(("TE020", "TE021", "TE025", "TE026"))
"""Faults of ids, references, scales and scorers: with these it is open what bids must state."""


_SEEMS_MISSING = frozenset(("TE028", "TE052", "TE062", "TE537", "TE538"))
"""Faults of bids that lack a figure: not told where columns were left out, for it may stand in one of these."""


Given_co = TypeVar("Given_co", bound=Bids | None, covariant=True)


@dataclass(frozen=True, slots=True)
class Sound(Generic[Given_co]):
    """A scheme with which nothing is wrong and, where bids were given, these."""

    compiled: CompiledScheme
    bids: Given_co
    diagnostics: ClassVar[tuple[Diagnostic, ...]] = ()  # as those of what is refused


Further = Callable[[Scheme, Bids | None, FaultyParts, Problems], None]
"""A check of a higher layer: it notes what is wrong with the scheme and, where they are sound, with the bids."""


@overload
def check(
    scheme: Source, bids: Source, catalogue: Catalogue, further: Further | None = ...
) -> Sound[Bids] | Refused: ...
@overload
def check(scheme: Source, bids: None, catalogue: Catalogue, further: Further | None = ...) -> Sound[None] | Refused: ...
def check(
    scheme: Source, bids: Source | None, catalogue: Catalogue, further: Further | None = None
) -> Sound[Bids | None] | Refused:
    """Read and check a scheme and, where given, bids against it: what is sound, or what is refused of both.

    Bids with a fault of their own are not held against the scheme: what is missing there may be that fault.
    Where it is not settled what the scheme asks for, no bids are.
    """
    problems = Problems()
    stated, faulty = read_sound_scheme(scheme, problems)
    plan = compile_into(stated, catalogue, problems, faulty) if stated else None
    settled = not faulty.matters and _UNSETTLED.isdisjoint(d.code for d in problems)
    found: Bids | None = None
    sound: Bids | None = None
    if bids is not None:
        own = Problems()
        read = read_sound_bids(bids, catalogue.readers, own, asked_of(plan))
        found = read.bids
        problems.extend(own)
        if plan and found and settled:
            _hold_against(CompiledScheme(plan), found, read, tuple(own), problems)
        sound = found if not len(own) else None
    if further and stated:
        further(stated, sound, faulty, problems)
    if problems:
        return Refused(problems.sorted())
    return Sound(CompiledScheme(problems.sound(plan)), found)


def asked_of(plan: Plan | None) -> Asked:
    """What the scheme takes as a mark or as money, by column, where its scale or highest mark is known."""
    found: dict[str, MarksAsked | None] = {}
    for _, reads in reversed(plan.reads() if plan else ()):
        if (reads.column.startswith("marks.") or reads.kind == "mark") and (reads.one_of or reads.at_most is not None):
            found[reads.column] = MarksAsked(reads.one_of, reads.at_most)
        elif reads.kind == "money":
            found[reads.column] = None
    return found


def _hold_against(
    compiled: CompiledScheme, bids: Bids, read: SoundBids, faults: tuple[Diagnostic, ...], problems: Problems
) -> None:
    sound = replace(bids, bids=_without_faults(bids.bids, faults))
    lots = [lot.id for lot in bids.tender.lots]
    found = Problems()
    found.extend((*other_lots(compiled.plan, bids), *offers_not_taken(compiled.scheme, bids)))
    try:
        known = [lot for lot in lots if not compiled.plan.by_lot or lot in compiled.plan.by_lot]
        for lot in known if lots or found else [""]:
            part, plan = sound.for_lot(lot) if lot else sound, compiled.for_lot(lot).plan
            note_misplaced(plan, bids.for_lot(lot) if lot else bids, found)  # of faulty ones too
            prepare(plan, part, found, len(sound.bids) == len(bids.bids))
    except Refused as e:  # a scorer of the shortlist is at fault
        found.extend(e.diagnostics)
    first = min((_line(bid.where) for bid in bids.bids), default=0)
    source = bids.where.source
    tender_faulty = any(f.where and (_line(f.where) < first or f.where in read.tender) for f in faults)
    told = (d for d in _rows_first(found, bids) if read.whole or d.code not in _SEEMS_MISSING)
    problems.extend(d for d in told if not (tender_faulty and _asks_of_tender(d, source, first)))


def _rows_first(found: Problems, bids: Bids) -> list[Diagnostic]:
    """What was found, with a row that seems to be a sum or the like told in place of what it lacks as a bid."""
    notices = (n for n in bids.notices if n.code == "TE067" and n.where and in_table(n.where))
    rows = {_row(n.where): replace(n, severity=Severity.ERROR) for n in notices}
    return list(dict.fromkeys(rows.get(_row(d.where), d) for d in found))


def _row(where: Location | None) -> tuple[str, str, int] | None:
    """The row of a table: its file, its sheet and its number."""
    return where and (where.source, where.cell.rpartition("!")[0], _line(where))


def _asks_of_tender(diagnostic: Diagnostic, source: str, first: int) -> bool:
    """Whether what is missing is no bid's, but the tender's."""
    where = diagnostic.where
    in_a_bid = where is not None and where.source == source and _line(where) >= first
    return diagnostic.code == "TE052" and not in_a_bid


def _without_faults(bids: tuple[Bid, ...], faults: tuple[Diagnostic, ...]) -> tuple[Bid, ...]:
    """The bids between whose place and the next one's no fault lies."""
    starts = [_line(bid.where) for bid in bids]  # bids come in the order of the file
    faulty = {bisect_right(starts, _line(fault.where)) - 1 for fault in faults if fault.where}
    return tuple(bid for n, bid in enumerate(bids) if n not in faulty)


def _line(where: Location) -> int:
    row = "".join(c for c in where.cell.rpartition("!")[2] if c.isdigit())
    return int(row) if row else where.line
