"""What an act did: who is out or in again, what was put right, and whether that changed the award."""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.case.acts import REMOVES, Act
from tender_eval.case.case import Case
from tender_eval.case.fold import Told
from tender_eval.case.outcome import changed_winner, winners_of
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.runs import Inline, Runs, name, runs
from tender_eval.model.bids import Bids

t = catalogue("case")


def effect_of(case: Case, told: Told) -> Runs:
    """What an act of a case did; see `effect`."""
    return effect(case.bids, told)


def effect(bids: Bids, told: Told) -> Runs:
    """What an act did to bids and to the award, in a sentence or two; nothing for acts that change neither."""
    names = {bid.id: bid.name for bid in bids.bids}
    said = _said(names, told.act)
    return (*said, *_on_award(names, told)) if said else ()


def _on_award(known: Mapping[str, str], told: Told) -> Runs:
    """Whether an act changed who comes first, lot by lot; nothing where nothing was evaluated before and after."""
    if not told.before or not told.after:
        return ()
    changed = changed_winner(told.before, told.after)
    if not changed:
        return runs(t.say("effect.same award"))
    before, after = winners_of(told.before), winners_of(told.after)
    found: list[Inline] = []
    for lot in changed:
        key = "effect.changed lot" if lot else "effect.changed"
        found.append(t.say(key, lot=name(lot), before=_names(known, before[lot]), after=_names(known, after[lot])))
    return tuple(run for sentence in found for run in runs(sentence))


def _names(known: Mapping[str, str], bids: tuple[str, ...]) -> Inline:
    return t.listed([name(known.get(bid, bid)) for bid in bids]) if bids else t("effect.nobody")


def _said(known: Mapping[str, str], act: Act) -> Runs:
    """What an act says, without its effect."""
    bid = known.get(act.said("bid"), act.said("bid"))
    lot = t.say("at lot", lot=name(act.said("lot"))) if act.said("lot") else ""
    said = {key: name(act.said(key)) for key in ("field", "old", "new", "reason", "clause", "procedure")}
    at = t.date(act.at[:10])
    if act.kind in REMOVES or act.kind == "readmit":
        key = f"effect.{act.kind} clause" if act.said("clause") else f"effect.{act.kind}"
        return t.say(key, at=at, bid=name(bid), lot=lot, **said)
    if act.kind == "correct":
        key = "effect.correct" if act.said("old") else "effect.correct unstated"
        return t.say(key, at=at, bid=name(bid), lot=lot, **said)
    if act.kind == "settle":
        order, witnesses = act.listed("order"), act.listed("witnesses")
        key = "effect.settle witnessed" if witnesses else "effect.settle"
        people = t.listed([name(one) for one in witnesses])
        return t.say(key, at=at, order=_names(known, order), lot=lot, witnesses=people, **said)
    if act.kind in ("correct_file", "amend_scheme"):
        return t.say(f"effect.{act.kind}", at=at, **said)
    return ()
