"""The field sheets of notices, as ``report`` writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tender_eval.cli.formats import deliver_as
from tender_eval.cli.inputs import Inputs
from tender_eval.cli.signing import signed_by_lot

if TYPE_CHECKING:
    from tender_eval.case.case import Case
    from tender_eval.documents.model import Document

_STATED = ("authority", "buyer_id", "summaries_sent_on")
SHEETS: Mapping[str, tuple[str, ...]] = {
    "uk6": ("kinds", "draft", *_STATED, "publish_losers"),
    "uk7": ("kinds", "draft", "authority", "buyer_id", "signed_on"),
    "kpis": ("kinds", "draft"),
}
"""By format, what may be asked beside it."""


def write_sheet(
    shape: str, inputs: Inputs, record: Path, output: str | None, kinds: tuple[str, ...] = ("html",), **asked: Any
) -> None:
    """Write one of the sheets of a record."""
    from tender_eval.audit.verify import read_case

    case = read_case(record)
    made = _made(shape, inputs, case, **asked)
    deliver_as(made(case, draft="draft" in asked, record=str(record)), kinds[0], output, (str(record),))


def _made(shape: str, inputs: Inputs, case: Case, **asked: Any) -> Callable[..., Document]:
    from functools import partial

    from tender_eval.report.notices.award_notice import award_notice
    from tender_eval.report.notices.contract_details import contract_details
    from tender_eval.report.notices.parts import Stated
    from tender_eval.report.notices.schedule import schedule

    if shape == "kpis":
        return schedule
    letterhead = None
    if "authority" in asked:
        from tender_eval.files.authority import authority_of

        letterhead = authority_of(inputs.source(asked["authority"]), Path(asked["authority"]).parent)
    sent: datetime | None = asked.get("summaries_sent_on")
    signed = signed_by_lot(case, asked.get("signed_on", ()))
    day = sent.date() if sent else None
    stated = Stated(letterhead, asked.get("buyer_id", ""), day, "publish_losers" in asked, signed)
    return partial({"uk6": award_notice, "uk7": contract_details}[shape], stated=stated)
