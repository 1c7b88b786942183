"""What follows from the facts of a bid: pooled figures, shares of delivery, areas covered, counts.

Each is worked out here, once, so that conditions, scorers and tie breaks agree on it. What is not stated
earns nothing. A member that is not confirmed earns nothing either, and stands in the trace as such (Home
Office VAWG Services Commissioning Toolkit, March 2022, 5.5: sub-contractors are to be aware that they are in
the bid). Names of areas, networks and pathways are compared without regard to capitals and spacing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction

from tender_eval.engine.facts.parties import Party, distinct, members, names_in, parties
from tender_eval.engine.facts.statements import of_tender, stated
from tender_eval.model.bids import Bid, Tender
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, Derived, Line, Sum, Way, Worked, notation
from tender_eval.model.explanation.terms import Term
from tender_eval.model.missing import Missing, Whose

NOTHING = Fraction(0)
SMALL = ("micro", "small")
_GROUP_FACTS = {"by_and_for": "by_and_for", "local": "areas", "small": "size"}


def pooled(bid: Bid, column: str) -> Step | Missing:
    """A numeric fact of the supplier and its confirmed members together.

    Source: Procurement Act 2023 s.22(8)-(9), on suppliers that rely on others to satisfy a condition. Whoever
    does not state the fact counts nothing; it is missing when nobody who counts states it.
    """
    name = column.partition(".")[2]
    who = parties(bid)
    if not any(p.counts and p.fact(name).number is not None for p in who):
        return Missing(column, Whose.SUPPLIER_OR_MEMBER, bid)
    parts = [p.brings(p.fact(name).number or NOTHING, Derived(Way.ITS, (name,)), p.fact(name)) for p in who]
    return _total(column, Derived(Way.POOLED, (name,)), parts)


def share_of(bid: Bid, column: str, groups: tuple[str, ...], tender: Tender) -> Step | Missing:
    """The share of delivery by the supplier and confirmed members that are in any of the groups.

    ``small``: of micro or small size. ``local``: already works in an area of the tender. ``by_and_for``: led
    by the community that it serves. A supplier that bids alone delivers 100%.
    """
    areas = of_tender(tender, "areas", bid) if "local" in groups else None
    if isinstance(areas, Missing):
        return areas
    needed = distinct(names_in(areas)) if areas else {}
    parts = [_in_groups(p, groups, needed) for p in parties(bid)]
    return _total(column, Derived(Way.DELIVERY_BY, groups), parts, *((areas,) if areas else ()), percent=True)


def _in_groups(party: Party, groups: tuple[str, ...], needed: Mapping[str, str]) -> Step:
    facts = {group: party.fact(_GROUP_FACTS[group]) for group in groups}
    held = tuple(group for group, fact in facts.items() if _belongs(group, fact, needed))
    how = Derived(Way.ITS_SHARE_AS, held) if held else Derived(Way.IN_NONE_OF, groups)
    return party.brings(party.share if held else NOTHING, how, party.share_step, *facts.values())


def _belongs(group: str, fact: Step, needed: Mapping[str, str]) -> bool:
    match group:
        case "small":
            return fact.value in SMALL
        case "local":
            return not needed.keys().isdisjoint(distinct(names_in(fact)))
        case _:
            return fact.value is True


def _total(column: str, how: Derived, parts: Iterable[Step], *before: Step, percent: bool = False) -> Step:
    steps = tuple(parts)
    values = tuple(s.number or NOTHING for s in steps)
    shown = how._replace(shows=Sum(values, percent=percent))
    return Step(Column(column), sum(values, NOTHING), shown, inputs=(*before, *steps))


def _confirmed(bid: Bid, column: str, tender: Tender) -> Step:
    parts = [p.brings(Fraction(1), Derived(Way.CONFIRMED)) for p in members(bid)]
    return _total(column, Derived(Way.CONFIRMED_MEMBERS), parts)


def _confirmed_share(bid: Bid, column: str, tender: Tender) -> Step:
    parts = [p.brings(p.share, Derived(Way.ITS_SHARE), p.share_step) for p in members(bid)]
    return _total(column, Derived(Way.CONFIRMED_SHARES), parts, percent=True)


def _is_small(bid: Bid, column: str, tender: Tender) -> Step | Missing:
    size = stated(bid, "supplier.size")
    if isinstance(size, Missing):
        return size
    return Step(Column(column), size.value in SMALL, Derived(Way.IS_SMALL, shows=size.value), inputs=(size,))


def _counted(column: str, way: Way, names: Iterable[str], inputs: tuple[Step, ...]) -> Step:
    found = distinct(names)
    return Step(Column(column), Fraction(len(found)), Derived(way, shows=tuple(found.values())), inputs=inputs)


def _pathways(bid: Bid, column: str, tender: Tender) -> Step:
    who = members(bid)
    parts = tuple(
        _counted("pathways", Way.PATHWAYS, p.pathways, (Step(Column("pathways"), p.pathways, where=p.where),))
        for p in who
    )
    steps = tuple(
        p.brings(s.number or NOTHING, Derived(Way.ITS, ("pathways",)), s) for p, s in zip(who, parts, strict=True)
    )
    names = [name for p in who if p.counts for name in p.pathways]
    return _counted(column, Way.CONFIRMED_PATHWAYS, names, steps)


def _own_networks(bid: Bid, column: str, tender: Tender) -> Step | Missing:
    networks = stated(bid, "supplier.networks")
    if isinstance(networks, Missing):
        return networks
    return _counted(column, Way.NETWORKS_OF_SUPPLIER, names_in(networks), (networks,))


def _all_networks(bid: Bid, column: str, tender: Tender) -> Step:
    names, steps = _together(bid, "networks")
    return _counted(column, Way.NETWORKS_OF_ALL, names, steps)


def _own_areas(bid: Bid, column: str, tender: Tender) -> Step | Missing:
    areas = stated(bid, "supplier.areas")
    if isinstance(areas, Missing):
        return areas
    return _covered(bid, column, Term.AREAS_WHERE_SUPPLIER_WORKS, names_in(areas), (areas,), tender)


def _all_areas(bid: Bid, column: str, tender: Tender) -> Step | Missing:
    names, steps = _together(bid, "areas")
    return _covered(bid, column, Term.AREAS_WHERE_ANY_WORKS, names, steps, tender)


def _together(bid: Bid, fact: str) -> tuple[list[str], tuple[Step, ...]]:
    """The names that a fact lists for all who count, and what each party brings."""
    who = parties(bid)
    steps = tuple(
        p.brings(Fraction(len(distinct(p.names(fact)))), Derived(Way.ITS, (fact,)), p.fact(fact)) for p in who
    )
    return [name for p in who for name in p.names(fact)], steps


def _covered(
    bid: Bid, column: str, where: Term, names: Iterable[str], inputs: tuple[Step, ...], tender: Tender
) -> Step | Missing:
    areas = of_tender(tender, "areas", bid)
    if isinstance(areas, Missing):
        return areas
    needed = distinct(names_in(areas))
    if not needed:
        return Missing("tender.areas", Whose.TENDER, bid, tender)
    there = needed.keys() & distinct(names)
    share = notation("{there} / areas_of_tender", there=where)
    how = Worked((Line(share, (Fraction(len(there)), Fraction(len(needed)))),))
    return Step(Column(column), Fraction(len(there), len(needed)), how, inputs=(areas, *inputs))


DERIVED: dict[str, Callable[[Bid, str, Tender], Step | Missing]] = {
    "supplier.is_small": _is_small,
    "supplier.areas_covered": _own_areas,
    "supplier.networks_count": _own_networks,
    "consortium.members": _confirmed,
    "consortium.confirmed_share": _confirmed_share,
    "consortium.pathways": _pathways,
    "consortium.areas_covered": _all_areas,
    "consortium.networks_count": _all_networks,
}
