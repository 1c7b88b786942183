"""What must hold of criteria and weights that differ by lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tender_eval.files.numbers import written
from tender_eval.files.sound_parts import FaultyParts
from tender_eval.model.diagnostics import Diagnostic, Problems, did_you_mean
from tender_eval.model.location import Location, place
from tender_eval.model.scheme import Criterion, Scheme


def check_lots(scheme: Scheme, problems: Problems, faulty: FaultyParts) -> bool:
    """Note what names a lot or a criterion that there is not; whether the lots are sound."""
    before = len(problems)
    for n, lot in enumerate(scheme.lots):
        if lot in scheme.lots[:n]:
            problems.add(
                "TE020", place(lot, scheme.where), f'two lots entries have the id "{lot}"', "list each lot once"
            )
    for root in scheme.criteria:
        _check_criterion(root, scheme.lots, scheme, problems)
    known = [c.id for c in scheme.walk()]
    for lot, weights in scheme.weights_by_lot.items():
        if _unknown_lot(lot, place(lot, scheme.where), "weights_by_lot", scheme, problems):
            continue
        here = [c.id for c in scheme.for_lot(lot).walk()]
        for name, weight in weights.items():
            where = place(name, scheme.where)
            if name not in here and not faulty.at(scheme.where, "criteria"):
                which = f'no criterion of lot "{lot}"' if name in known else "no criterion"
                problems.add(
                    "TE021", where, f'weights_by_lot names "{name}", which is {which}', did_you_mean(name, here)
                )
            elif weight <= 0:
                message = f'the weight of "{name}" in lot "{lot}" is {written(weight)}'
                problems.add("TE023", where, message, "give it a weight above 0, or leave the lot out of its lots")
    return len(problems) == before


def _check_criterion(criterion: Criterion, within: tuple[str, ...], scheme: Scheme, problems: Problems) -> None:
    for lot in criterion.lots:
        where = place(lot, criterion.where)
        if _unknown_lot(lot, where, f'criterion "{criterion.id}"', scheme, problems):
            continue
        if lot not in within:
            message = f'criterion "{criterion.id}" is of lot "{lot}", but the group that it is in is not'
            problems.add("TE028", where, message, "add the lot to the group, or take it from the criterion")
    for part in criterion.criteria:
        _check_criterion(part, criterion.lots or within, scheme, problems)


def _unknown_lot(lot: str, where: Location, by: str, scheme: Scheme, problems: Problems) -> bool:
    if lot in scheme.lots:
        return False
    if scheme.lots:
        message = f'{by} names the lot "{lot}", which is none of the scheme\'s'
        problems.add("TE021", where, message, did_you_mean(lot, scheme.lots))
    else:
        message = f'{by} names the lot "{lot}", but the scheme does not say which lots there are'
        problems.add("TE027", where, message, "add lots: [...] to the scheme, with every lot of the tender")
    return True


def in_lot(lot: str, found: Iterable[Diagnostic], told: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """What is wrong in one lot, said to be so; without what was told of all or of another."""
    said = {(one.code, one.where, one.message.partition(": ")[2] or one.message) for one in told}
    said |= {(one.code, one.where, one.message) for one in told}
    for one in found:
        if (one.code, one.where, one.message) not in said:
            yield replace(one, message=f'in lot "{lot}": {one.message}') if lot else one
