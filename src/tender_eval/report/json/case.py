"""How a case stands, as data: ``tender-eval/case/1``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tender_eval.base.canonical import fraction
from tender_eval.case.case import Case
from tender_eval.case.fold import Told
from tender_eval.case.next import Next, next_acts
from tender_eval.case.state import WHOLE, Matter
from tender_eval.languages.inert import json_text
from tender_eval.model.bids import Bid
from tender_eval.model.digits import fixed
from tender_eval.model.evaluation import Evaluation
from tender_eval.report.case.effects import changes_award

FORMAT = "tender-eval/case/1"


def case_json(case: Case, standstill_ends: date | None = None) -> str:
    """The state of a case: phase, winner, how each bid stands, matters, acts with what they did, what comes next."""
    return json_text(case_data(case, standstill_ends))


def case_data(case: Case, standstill_ends: date | None = None) -> dict[str, Any]:
    """The same as data. Winners stand in the order of the award; by lot where there are lots."""
    lots = [lot for lot in case.state.lots if lot != WHOLE]
    matters = {matter.id: matter for matter in case.matters}
    return {
        "format": FORMAT,
        "phase": str(case.phase()),
        "decided": all(map(case.decided, case.state.lots)),
        "winner": [] if lots else list(case.awarded(WHOLE)),
        "lots": {lot: _lot(case, lot) for lot in lots},
        "bids": [_bid(case, bid) for bid in case.bids.bids],
        **_rounds(case),
        "panel": _panel(case) if case.state.panel else None,
        "matters": list(map(_matter, matters.values())),
        "acts": [_act(case, told, matters) for told in case.acts],
        "next": list(map(_next, next_acts(case.state))),
        "standstill_ends": standstill_ends.isoformat() if standstill_ends else None,
    }


def _rounds(case: Case) -> dict[str, Any]:
    """The last round of offers and how many the scheme has, where it has several; by bid the round of its offer."""
    rounds = case.state.whole.scheme.regime.rounds
    if rounds is None:
        return {}
    offers = {bid.id: case.state.offers.get(bid.id, 1) for bid in case.bids.bids}
    return {"round": {"last": case.state.round, "of": rounds, "offers": offers}}


def _next(due: Next) -> dict[str, Any]:
    """What comes next; its command is one of ``case`` where no group is named."""
    named = {"lot": due.lot, "group": "" if due.group == "case" else due.group}
    return {"command": due.command, "who": due.who} | {key: said for key, said in named.items() if said}


def _lot(case: Case, lot: str) -> dict[str, Any]:
    return {"phase": str(case.phase(lot)), "decided": case.decided(lot), "winner": list(case.awarded(lot))}


def _bid(case: Case, bid: Bid) -> dict[str, Any]:
    """How a bid stands; one for several lots stands where it stands in any of them."""
    found: dict[str, Any] = {"id": bid.id, "supplier": bid.name}
    if not bid.lots:
        return found | _status_for(case, bid.id, WHOLE)
    by_lot = {lot: _status_for(case, bid.id, lot) for lot in bid.lots}
    return found | by_lot[case.told_by(bid)] | {"lots": by_lot}


def _status_for(case: Case, bid: str, lot: str) -> dict[str, Any]:
    data: dict[str, Any] = {"standing": case.bid_status(bid, lot)}
    if removal := case.state.removal(bid, lot):
        data |= {"clause": removal.removed.clause, "entry": removal.entry}
    return data


def _panel(case: Case) -> list[dict[str, Any]]:
    """Everybody of the panel: whether they declared their interests, and each with the bids that they may not mark."""
    state = case.state
    return [
        {
            "id": one.id,
            "name": one.name,
            "role": one.role,
            "declared": one not in state.undeclared,
            "interests": [
                {"supplier": i.supplier, "nature": i.nature, "outcome": i.outcome, "reason": i.reason, "entry": i.entry}
                for i in state.interests
                if i.person == one.id
            ],
            "may_not_mark": [bid.id for bid in case.bids.bids if one.id in state.barred.get(bid.id, ())],
        }
        for one in state.panel or ()
    ]


def _matter(matter: Matter) -> dict[str, Any]:
    return {
        "id": matter.id,
        "kind": matter.kind,
        "bid": matter.bid,
        "lot": matter.lot,
        "open": matter.closed_by is None,
        "opened_by": matter.opened_by,
        "closed_by": matter.closed_by,
    }


def _act(case: Case, told: Told, matters: Mapping[str, Matter]) -> dict[str, Any]:
    """An act, about the bid and the lot that it names or that its matter is about."""
    act, matter = told.act, matters.get(told.act.said("matter"))
    of_matter = (matter.bid, matter.lot) if matter else ("", "")
    bid, lot = (act.said(name) or other for name, other in zip(("bid", "lot"), of_matter, strict=True))
    data: dict[str, Any] = {"entry": act.number, "kind": act.kind, "bid": bid, "lot": lot}
    if told.before or told.after:
        data |= {"before": _outcome(case, told.before), "after": _outcome(case, told.after)}
        data |= {"award_changed": changes_award(told)}
    return data


def _outcome(case: Case, said: Mapping[str, Any]) -> dict[str, Any]:
    if "lots" in said:
        return {"lots": {lot: _of_lot(case, lot, one) for lot, one in said["lots"].items()}}
    return _of_lot(case, WHOLE, said) if said else {}


def _of_lot(case: Case, lot: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """What an act states of a lot, as far as it may be told in the phase that the lot is in now."""
    evaluation, told = case.evaluations[lot], case.evaluated(lot)
    return {
        "winner": list(said["winner"]) if case.state.names_winners(lot) else [],
        "ranks": {bid: int(rank) for bid, rank in said["ranks"].items() if told},
        "totals": {bid: _printed(fraction(total), evaluation) for bid, total in said["totals"].items() if told},
    }


def _printed(total: Fraction, evaluation: Evaluation) -> str:
    return fixed(total, evaluation.figure_places, evaluation.rounding_mode)
