"""``tender-eval case status``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.commands.case.entering import record_argument
from tender_eval.cli.documents import terminal_width, written
from tender_eval.cli.inputs import catalogue
from tender_eval.cli.output import deliver

if TYPE_CHECKING:
    from datetime import date

    from tender_eval.case.case import Case


@click.command("status")
@record_argument
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(), help="Write to this file instead of standard output.")
def status(*, record: Path, shape: str, output: str | None) -> None:
    """Say how a case stands: its phase, what is settled and open, who must act next and how, when standstill ends.

    It is worked out from what was entered; what the record holds of results is held against that by `audit verify`.
    """
    from tender_eval.audit.verify import read_state
    from tender_eval.report.case.status import status_document
    from tender_eval.report.json.case import case_json

    case = read_state(record, catalogue())
    ends = _standstill(case)
    if shape == "json":
        deliver(case_json(case, ends), output, (str(record),))
        return
    document = status_document(case, record.as_posix(), ends)
    deliver(written(document, "text", terminal_width(output)), output, (str(record),))


def _standstill(case: Case) -> date | None:
    """The last day of the standstill period, where the day of the award notice is known."""
    notice = case.notice_on
    if notice is None:
        return None
    from tender_eval.regime.standstill import standstill

    period = standstill(notice, case.state.whole.scheme.regime)
    return period.ends if period else None
