"""What quality is worth in money, as JSON: the part ``worth`` of ``tender-eval/fairness/1``."""

from __future__ import annotations

from typing import Any

from tender_eval.fairness.findings.worth import Worth
from tender_eval.model.digits import shown


def worth_data(found: Worth | None) -> dict[str, Any] | None:
    """Of each bid one more quality point, of each mark one step, and its curve."""
    if found is None:
        return None
    return {
        "points": {one.bid: {"quality": one.quality, "money": one.money} for one in found.points},
        "marks": [
            {"bid": one.bid, "criterion": one.criterion, "mark": shown(one.mark), "to": shown(one.to),
             "money": one.money}
            for one in found.marks
        ],
        "iso_utility": [
            {"bid": one.bid, "quality": list(one.quality), "prices": list(one.prices)} for one in found.curves
        ],
    }  # fmt: skip
