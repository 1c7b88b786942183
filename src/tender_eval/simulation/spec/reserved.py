"""Which lots of a design are those that its scheme reserves."""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import place
from tender_eval.model.scheme import Reserved, Scheme
from tender_eval.simulation.spec.records import Design

LotsOfEach = tuple[tuple[int, ...], ...]


def reserved_in(design: Design) -> LotsOfEach:
    """The lots of a design that each reservation of its scheme is of, by their place.

    Where the spec names its areas as the scheme names its lots, a lot of reserved areas alone is reserved. Else as
    large a share of the lots is as in the scheme, rounded (a half to the even number), from the last lot backwards.

    Raises:
        Refused: TE056 where a reserved lot is none of the areas, and others are; or where the scheme does not say how
            many lots it has.
    """
    limits = design.scheme.award.lots
    if limits is None or not limits.reserved:
        return ()
    return _by_name(design, limits.reserved) if reserved_by_name(design) else _by_share(design, limits.reserved)


def reserved_by_name(design: Design) -> bool:
    """Whether the spec names its areas as the scheme names its lots."""
    limits = design.scheme.award.lots
    return limits is not None and any(lot in design.area_names for one in limits.reserved for lot in one.lots)


def _by_name(design: Design, reserved: Sequence[Reserved]) -> LotsOfEach:
    problems = Problems()
    for one in reserved:
        for lot in one.lots:
            if lot not in design.area_names:
                message = f'lot "{lot}" is reserved, and the spec names no such area'
                problems.add("TE056", place(lot, one.where), message, did_you_mean(lot, design.area_names))
    problems.refuse()
    return tuple(
        tuple(n for n, areas in enumerate(design.partition) if all(design.area_names[a] in one.lots for a in areas))
        for one in reserved
    )


def _by_share(design: Design, reserved: Sequence[Reserved]) -> LotsOfEach:
    whole = lots_stated_by(design.scheme)
    if not whole:
        problems = Problems()
        message = "lots are reserved, and the scheme does not say how many there are"
        named = ", ".join(f"{lot}: 1" for lot in reserved[0].lots)
        hint = f"state regime: {{lots: ...}} in the scheme, or call the areas as its lots, such as areas: {{{named}}}"
        problems.add("TE056", reserved[0].where, message, hint)
        problems.refuse()
    names = list(dict.fromkeys(lot for one in reserved for lot in one.lots))
    there = round(min(len(names) / max(whole, len(names)), 1.0) * design.lots)
    last = range(design.lots - there, design.lots)
    # The reserved lots of the scheme in their order stand for these, each for as many as the others.
    stands_for = {n: names[(n - last.start) * len(names) // there] for n in last}
    return tuple(tuple(n for n, name in stands_for.items() if name in one.lots) for one in reserved)


def lots_stated_by(scheme: Scheme) -> int:
    """How many lots a tender of the scheme has; 0 where it does not say."""
    limits = scheme.award.lots
    return scheme.regime.lots or (len(limits.order) if limits else 0)
