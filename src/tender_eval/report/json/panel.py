"""Where the marks of a panel stand, as data: who has given what, and how far marks lie apart."""

from __future__ import annotations

from typing import Any

from tender_eval.case.panel.progress import Compared, compared, progress
from tender_eval.case.state import State
from tender_eval.languages.inert import json_text
from tender_eval.model.digits import shown

STATUS, COMPARISON = "tender-eval/panel-status/1", "tender-eval/panel-comparison/1"


def status_json(state: State) -> str:
    """Who has returned what."""
    people = [
        {
            "id": one.person.id,
            "name": one.person.name,
            "role": one.person.role,
            "declared": one.declared,
            "asked": one.asked,
            "given": one.given,
            "abstained": one.abstained,
            "missing": one.missing,
            "entry": one.entry,
        }
        for one in progress(state)
    ]
    return json_text({"format": STATUS, "people": people})


def comparison_json(state: State) -> str:
    """Every mark of a bid, those furthest apart first; marks are exact, as text."""
    limit = state.whole.scheme.panel.divergence
    data = {"format": COMPARISON, "divergence": None if limit is None else shown(limit)}
    return json_text({**data, "marks": [_row(row) for row in compared(state)]})


def _row(row: Compared) -> dict[str, Any]:
    return {
        **row.key._asdict(),
        "individual": [
            {
                "person": side.person,
                "mark": None if side.mark is None else shown(side.mark),
                "abstains": side.mark is None,
                "reason": side.reason,
                "note": side.note,
            }
            for side in row.sides
        ],
        "missing": list(row.missing),
        "spread": None if row.spread is None else shown(row.spread),
        "apart": row.apart,
        "agreed": {"mark": shown(row.agreed.value), "reason": row.agreed.reason} if row.agreed else None,
    }
