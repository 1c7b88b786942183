"""What an act did: who is out or in again, what was put right, and whether that changed the award."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.case.acts import REMOVES, Act
from tender_eval.case.fold import Told
from tender_eval.case.outcome import changed_winner, winners_of
from tender_eval.case.panel.correcting import of_person
from tender_eval.case.state import State
from tender_eval.files.bids.file import CONTACT
from tender_eval.files.numbers import NotANumber, parse_number
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money
from tender_eval.languages.runs import Inline, Runs, name, runs
from tender_eval.report.case.panel import act_of_panel
from tender_eval.report.terms.figures import figure_name, is_money

t = catalogue("case")
_MARKS = "marks."


def effect(state: State, told: Told) -> Runs:
    """What an act did to bids and to the award, in a sentence or two; nothing for acts that change neither.

    Args:
        state: as it is now: while it leaves open who is awarded a lot, nobody is named who would be.
    """
    if told.act.kind in ("declare_interest", "recuse", "change_panel"):
        said = act_of_panel(state, told)
        return said if told.act.said("none") else (*said, *_on_award(state, told))
    if told.act.kind == "decide" and not told.before:
        return ()  # it led to no other award than the one that it decided
    said = _said(state, told.act)
    return (*said, *_on_award(state, told)) if said else ()


def changes_award(told: Told) -> bool:
    """Whether an act changed who comes first somewhere."""
    return bool(told.before and told.after and changed_winner(told.before, told.after))


def _on_award(state: State, told: Told) -> Runs:
    """Whether an act changed who comes first, lot by lot; nothing where nothing was evaluated before and after."""
    if not told.before or not told.after:
        return ()
    before, after, known = winners_of(told.before), winners_of(told.after), names_of(state)
    changed = changed_winner(told.before, told.after)
    if told.act.kind == "decide":  # the lot that it gave up is said already
        changed = tuple(lot for lot in changed if after[lot])
    if not changed:
        return t.say("effect.same award")
    found: list[Inline] = []
    for lot in changed:
        key = "effect.changed" if state.names_winners(lot) else "effect.changed unnamed"
        said = {"before": _names(known, before[lot]), "after": _names(known, after[lot])}
        found.append(t.say(f"{key} lot" if lot else key, lot=name(lot), **said))
    return tuple(run for sentence in found for run in runs(sentence))


def names_of(state: State) -> Mapping[str, str]:
    """The suppliers by their bids."""
    return {bid.id: bid.name for bid in state.bids.offers}


def at_lot(lot: str) -> Inline:
    """Which lot something is about; nothing where it is about all of them."""
    return t.say("at lot", lot=name(lot)) if lot else ""


def _names(known: Mapping[str, str], bids: tuple[str, ...]) -> Inline:
    return t.listed([name(known.get(bid, bid)) for bid in bids]) if bids else t("effect.nobody")


def _said(state: State, act: Act) -> Runs:
    """What an act says, without its effect."""
    known = names_of(state)
    bid = known.get(act.said("bid"), act.said("bid"))
    lot = at_lot(act.said("lot"))
    said: dict[str, Inline] = {key: name(act.said(key)) for key in ("clause", "procedure")}
    said |= {key: field_value(state, act.said("field"), act.said(key)) for key in ("old", "new")}
    said["reason"] = name(act.said("reason").strip().removesuffix("."))
    said["field"] = field_name(state, act.said("field"))
    at = t.date(act.at[:10])
    if act.kind in REMOVES or act.kind == "readmit":
        ends = (" clause" if act.said("clause") else "") + ("" if act.said("reason") else " alone")
        return t.say(f"effect.{act.kind}{ends}", at=at, bid=name(bid), lot=lot, **said)
    if act.kind == "correct":
        key = "effect.correct" if act.said("old") else "effect.correct unstated"
        return t.say(key, at=at, bid=name(bid), lot=lot, **said)
    if act.kind == "settle":
        order, witnesses = act.listed("order"), act.listed("witnesses")
        key = "effect.settle witnessed" if witnesses else "effect.settle"
        people = t.listed([name(one) for one in witnesses])
        return t.say(key, at=at, order=_names(known, order), lot=lot, witnesses=people, **said)
    if act.kind in ("correct_file", "amend_scheme"):
        key = "effect.amend_scheme forced" if act.number in state.amended else f"effect.{act.kind}"
        return t.say(key, at=at, **said)
    if act.kind == "offer":
        return t.say("effect.offer", at=at, round=act.said("round"))
    if act.kind == "set_aside":
        return t.say("effect.set_aside lot" if act.said("lot") else "effect.set_aside", at=at, lot=lot, **said)
    if act.kind == "decide":
        lot = name(act.said("lot"))
        return t.say("effect.no award lot" if act.said("lot") else "effect.no award", at=at, lot=lot, **said)
    return ()


def field_value(state: State, field: str, value: str) -> Inline:
    """A value of a figure that was put right: money as money, else as it was entered; no address, which is nobody's
    business but the supplier's.
    """
    if field in CONTACT and value:
        return t("withheld")
    if not is_money(field):
        return name(value)
    try:
        amount = parse_number(value)
    except NotANumber:
        return name(value)
    return money(amount, state.bids.currency or state.whole.scheme.currency)


def field_name(state: State, field: str) -> Inline:
    """What a figure is called: a mark by its criterion."""
    if not field.startswith(_MARKS):
        return figure_name(field)
    whose = of_person(field)
    criterion = whose.criterion if whose else field.removeprefix(_MARKS)
    titles = {c.id: c.title for c in state.whole.scheme.walk()}
    title = name(titles.get(criterion) or criterion)
    if whose is None:
        return t.say("field.mark", criterion=title)
    found = state.panel.find(whose.person) if state.panel else None
    return t.say("field.mark of", criterion=title, person=name(found.name if found else whose.person))
