"""Marks as they come in: whose they are by the panel, and whether these people may give them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from tender_eval.case.interests import RECUSED, Interest
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bids, Figure, Mark
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Text, place
from tender_eval.model.panel import Panel, Person


def check_criteria(panel: Panel, plan: Plan, problems: Problems) -> None:
    """Note what people of the panel are to mark and nobody can, and what nobody of them is to mark."""
    before, known = len(problems), plan.marks_by_criterion
    can = sorted(name for name, marks in known.items() if marks)
    for one in panel:
        for name in one.criteria:
            if not known.get(name):
                message = f'"{name}" is no criterion that a panel marks'
                problems.add("TE021", place(name, one.where), message, did_you_mean(name, can))
    if len(problems) > before:
        return
    for name in sorted(plan.marks_read()):
        if not any(_marks(one, name, known) for one in panel):
            where = panel.people[0].where if panel.people else None
            problems.add("TE021", where, f'nobody of the panel marks "{name}"', f"add {name} to somebody's criteria")


def of_the_panel(bids: Bids, panel: Panel, plan: Plan, problems: Problems) -> Bids:
    """The bids with each mark under the id of whoever gave it, agreed by people by their names; misfits are noted."""
    known = plan.marks_by_criterion

    def named(lot: str, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        return {name: _named(mark, name, lot, panel, known, problems) for name, mark in marks.items()}

    return replace(bids, bids=tuple(bid.with_marks(named) for bid in bids.bids))


def refuse_barred(bids: Bids, panel: Panel, barred: Mapping[str, Mapping[str, Interest]], problems: Problems) -> None:
    """Note each mark that was given or agreed by somebody who may not mark the bid."""
    names = {one.id: one.name for one in panel}
    for bid in (bid for bid in bids.bids if bid.id in barred):
        for one in barred[bid.id].values():
            why = f'may not mark bid "{bid.id}": {says(one)}'
            for marks in bid.marks_by_lot.values():
                for mark in marks.values():
                    if given := mark.individual.get(one.person):
                        problems.add("TE531", given.where, f"{names[one.person]} {why}", "take the mark out")
                    who = next((name for name in mark.agreed_by if name == names[one.person]), None)
                    if who is not None:
                        hint = "let the others agree the mark, and name them alone"
                        problems.add("TE531", place(who, mark.where), f"{who} {why}", hint)


def says(interest: Interest) -> str:
    """Why somebody may not mark a supplier, in a message."""
    if interest.outcome == RECUSED:
        return f"recused from {interest.supplier} by entry {interest.entry}"
    return f"entry {interest.entry} states an interest in {interest.supplier}"


def _named(
    mark: Mark, criterion: str, lot: str, panel: Panel, known: Mapping[str, frozenset[str]], problems: Problems
) -> Mark:
    given: dict[str, Figure] = {}
    spelt: dict[str, str] = {}
    for who, figure in mark.individual.items():
        where, one = place(who, figure.where), panel.find(who)
        if one is None:
            message = f'"{who}" gives a mark and is nobody of the panel'
            problems.add("TE530", where, message, did_you_mean(who, [p.id for p in panel if p.marks]))
            continue
        if one.id in given:
            message = f'{one.name} gives two marks for "{criterion}", as "{spelt[one.id]}" and as "{who}"'
            problems.add("TE531", where, message, "keep the one that was given")
        elif why := _not_theirs(one, criterion, lot, known):
            problems.add("TE531", where, *why)
        given[one.id], spelt[one.id] = figure, who
    agreed = []
    for who in mark.agreed_by:
        one = panel.find(who)
        if one is None:
            message = f'"{who}" agreed a mark and is nobody of the panel'
            problems.add("TE530", place(who, mark.where), message, did_you_mean(who, panel.called))
        agreed.append(_at(who, one))
    return replace(mark, individual=given, agreed_by=tuple(dict.fromkeys(agreed)))


def may_give(one: Person, lot: str, plan: Plan) -> frozenset[str]:
    """The names of the marks that somebody gives at a lot, or where there are none."""
    known = plan.marks_by_criterion
    return frozenset(name for name in plan.marks_read() if not _not_theirs(one, name, lot, known))


def not_theirs(one: Person, mark: str, lot: str, plan: Plan) -> tuple[str, str] | None:
    """Why somebody does not give a mark, as the panel has it, and what to do; nothing where they give it."""
    return _not_theirs(one, mark, lot, plan.marks_by_criterion)


def _not_theirs(one: Person, mark: str, lot: str, known: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
    if not one.marks:
        return f"{one.name} is the {one.role} of the panel, who does not mark", "take the mark out"
    if not _marks(one, mark, known):
        message = f'{one.name} does not mark "{mark}", as the panel has it'
        return message, f"take the mark out: {one.id} marks {', '.join(one.criteria)}"
    if lot and one.lots and lot not in one.lots:
        message = f'{one.name} does not mark lot "{lot}", as the panel has it'
        return message, f"take the mark out: {one.id} marks {', '.join(one.lots)}"
    return None


def _at(written: str, one: Person | None) -> str:
    """The name of a person at the place where it is written."""
    if one is None:
        return written
    return Text(one.name, written.where) if isinstance(written, Text) else one.name


def _marks(one: Person, mark: str, known: Mapping[str, frozenset[str]]) -> bool:
    """Whether somebody gives marks of this name."""
    return one.marks and (not one.criteria or any(mark in known.get(name, ()) for name in one.criteria))
