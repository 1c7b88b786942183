"""What the people of the panel declared, and whom they may not mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tender_eval.case.acts import Act
from tender_eval.case.fold import Told
from tender_eval.case.interests import Interest
from tender_eval.case.state import State
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, Runs, name

t = catalogue("case")


def panel_lines(state: State) -> Iterator[Inline]:
    """Each interest as it was decided last, who declared none, and who declared nothing yet."""
    if state.panel is None:
        return
    names = people_of(state)
    for one in state.interests:
        yield _line(one, names[one.person])
    told = {one.person for one in state.interests} | {one.id for one in state.undeclared}
    without = [one.name for one in state.panel if one.id not in told]
    if without:
        yield t.say_count("panel.without", len(without), people=t.listed([name(who) for who in without]))
    if waiting := state.undeclared:
        yield t.say_count("panel.waiting", len(waiting), people=t.listed([name(one.name) for one in waiting]))


def people_of(state: State) -> Mapping[str, str]:
    """The names of the panel's people by their ids."""
    return {one.id: one.name for one in state.panel or ()}


def act_of_panel(state: State, told: Told) -> Runs:
    """What an act about somebody's interest says, and how many marks it set aside."""
    act = told.act
    said = {key: name(act.said(key).strip()) for key in ("supplier", "nature")}
    who, reason = name(person_of(state, act)), _because(act.said("reason"))
    found = t.say(_key(act), at=t.date(act.at[:10]), person=who, because=reason, **said)
    return (*found, *(t.say_count("panel.aside", len(told.marks)) if told.marks else ()))


def person_of(state: State, act: Act) -> str:
    """The name of the person whom an act is about."""
    found = state.panel.find(act.said("person")) if state.panel else None
    return found.name if found else act.said("person")


def _key(act: Act) -> str:
    if act.kind in ("recuse", "change_panel"):
        return f"effect.{act.kind}"
    return f"effect.interest {act.said('outcome') or 'none'}"


def _line(one: Interest, who: str) -> Runs:
    said = {"person": name(who), "supplier": name(one.supplier), "nature": name(one.nature), "entry": one.entry}
    key = f"panel.{one.outcome}" + ("" if one.nature else " alone")
    return t.say(key, because=_because(one.reason), **said)


def _because(reason: str) -> Inline:
    said = reason.strip().removesuffix(".")
    return t.say("panel.reason", reason=name(said)) if said else ""
