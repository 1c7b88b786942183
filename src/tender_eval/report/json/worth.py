"""What quality is worth in money, as JSON: the part ``worth`` of ``tender-eval/fairness/1``."""

from __future__ import annotations

from typing import Any

from tender_eval.fairness.findings.worth import Worth
from tender_eval.model.digits import shown


def worth_data(found: Worth | None) -> dict[str, Any] | None:
    """Of each bid one more quality point, of each mark one step, and the curve of the leading bid."""
    if found is None:
        return None
    curve = found.curve
    return {
        "points": {one.bid: {"quality": one.quality, "money": one.money} for one in found.points},
        "marks": [
            {"bid": one.bid, "criterion": one.criterion, "mark": shown(one.mark), "to": shown(one.to),
             "money": one.money}
            for one in found.marks
        ],
        "iso_utility": None if curve is None else {
            "bid": curve.bid, "quality": list(curve.quality), "prices": list(curve.prices),
        },
    }  # fmt: skip
