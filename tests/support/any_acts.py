"""Any acts in any order, taken on small cases: those that a case refuses are left out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from acting import BIDS, PANEL, PEOPLE, PRICES, SCHEME, Acting, source
from hypothesis import strategies as st

from tender_eval.case.acts import ACTS
from tender_eval.model.diagnostics import Refused

Draw = Callable[[st.SearchStrategy[Any]], Any]
SUPPLIERS = ("Alder", "birch ltd", "gb-chc-7", "Cedar", "the Fern Trust")
NUMBERS = ("50", "100", "300", "500")


def _mark(bid: str, given: str) -> dict[str, Any]:
    return {"bid": bid, "lot": "", "criterion": "care", "mark": given[0], "reason": "x", "note": ""}


def _said(draw: Draw, case: Acting, kind: str) -> dict[str, Any]:
    """What an act of a kind may say, sensible or not."""
    bids = [b.id for b in case.state.bids.bids] or ["low"]
    lot = draw(st.sampled_from([*case.state.lots, ""]))
    bid = draw(st.sampled_from(bids))
    matter = draw(st.sampled_from([*case.state.matters, "m9"]))
    old = next((b.figures.get("price") for b in case.state.bids.bids if b.id == bid), None)
    of_lot = next(
        (b.lots[lot].figures.get("price") for b in case.state.bids.bids if b.id == bid and lot in b.lots), None
    )
    stated = str((of_lot or old).value) if of_lot or old else ""  # type: ignore[union-attr]
    tied = [b.id for e in case.state.evaluations.values() for b in e.bids if b.tied]
    new = draw(st.sampled_from(NUMBERS))
    return {
        "withdraw": {"bid": bid, "lot": lot},
        "exclude": {"bid": bid, "lot": lot, "clause": "s.26", "reason": "x"},
        "disregard": {"bid": bid, "lot": lot, "clause": "s.19", "reason": "x"},
        "readmit": {"bid": bid, "lot": lot, "reason": "x"},
        "correct": {"bid": bid, "lot": lot, "field": "price", "old": stated, "new": new, "reason": "x"},
        "query": {"bid": bid, "lot": lot, "text": "x", "about": draw(st.sampled_from(["abnormally_low", "query"]))},
        "answer": {"matter": matter, "text": "x", "outcome": draw(st.sampled_from(["", "accepted", "not_accepted"]))},
        "clarify": {"text": "x"},
        "close_matter": {"matter": matter, "reason": "x"},
        "settle": {"lot": lot, "order": draw(st.permutations(tied)), "procedure": "drawn"},
        "decide": {"lot": lot, "no_award": draw(st.sampled_from(["", "true"])), "reason": "x"},
        "set_aside": {"lot": lot, "reason": "x"},
        "declare_interest": {
            "person": draw(st.sampled_from(PEOPLE)), "supplier": draw(st.sampled_from(SUPPLIERS)), "nature": "x",
            "outcome": draw(st.sampled_from(["open", "excluding", "cleared"])), "reason": "x",
        },
        "recuse": {
            "person": draw(st.sampled_from(PEOPLE)), "supplier": draw(st.sampled_from(SUPPLIERS)), "reason": "x",
        },
        "submit_marks": {"person": draw(st.sampled_from(PEOPLE)), "marks": [_mark(bid, new)]},
        "agree": {"present": ["ann", "bob"], "marks": [_mark(bid, new)], "replaces": "x"},
        "change_panel": {"file": source("p.yaml", PANEL.replace("bob", "eve")), "reason": "x"},
        "evaluate": {}, "lock": {}, "close": {},
        "receive": {"file": source("b.yaml", BIDS["one"])},
        "offer": {"file": source("b.yaml", BIDS["one"]), "round": "2"},
        "open_prices": {"file": source("p.csv", PRICES)},
        "correct_file": {
            "file": source("p.csv", PRICES.replace("300", new)), "reason": "x", "made_by": ["Ann", "Bob"],
            "of": case.state.sealed,
        },
        "amend_scheme": {"file": source("s.yaml", SCHEME.replace("25%", "20%")), "reason": "x", "forced": "true"},
    }[kind]  # fmt: skip


def acted(data: st.DataObject, most: int = 12) -> Acting:
    """A case with acts that were drawn, those that it refused left out."""
    case = Acting.evaluated(data.draw(st.sampled_from(sorted(BIDS))))
    for _ in range(data.draw(st.integers(1, most))):
        kind = data.draw(st.sampled_from(sorted(ACTS)))
        said = {name: value for name, value in _said(data.draw, case, kind).items() if value != ""}
        try:
            case(kind, **said)
        except Refused:
            continue
    return case
