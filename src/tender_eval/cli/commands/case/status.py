"""``tender-eval case status``."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import record_argument
from tender_eval.cli.formats import Made, deliver_made
from tender_eval.cli.output import output_option


@click.command("status")
@record_argument
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
@output_option
def status(*, record: Path, shape: str, output: str | None) -> None:
    """Say how a case stands: its phase, what is settled and open, who must act next and how, when standstill ends.

    It is worked out from what was entered; what the record holds of results is held against that by `audit verify`.
    """
    from tender_eval.audit.verify import read_state
    from tender_eval.report.case.status import status_document
    from tender_eval.report.json.case import case_json

    case = read_state(record)
    period = case.standstill()
    ends = period.ends if period else None
    made: Made = {
        "table": lambda: status_document(case, record.as_posix(), ends),
        "json": lambda: case_json(case, ends),
    }
    deliver_made(made, shape, output, (str(record),))
