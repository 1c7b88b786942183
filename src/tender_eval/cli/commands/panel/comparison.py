"""``tender-eval panel status`` and ``compare``: who has returned what, and what differs."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.commands.case.entering import record_argument
from tender_eval.cli.formats import Made, deliver_made
from tender_eval.cli.output import output_option

if TYPE_CHECKING:
    from tender_eval.case.state import State


@click.command("status")
@record_argument
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
@output_option
def status(*, record: Path, shape: str, output: str | None) -> None:
    """Say who has returned what: marks given, abstained from and still to come. It says no mark."""
    from tender_eval.report.json.panel import status_json
    from tender_eval.report.panel.comparison import status_document

    state = with_panel(record)
    made: Made = {"table": lambda: status_document(state), "json": lambda: status_json(state)}
    deliver_made(made, shape, output, (str(record),))


@click.command("compare")
@record_argument
@click.option("--format", "shape", type=click.Choice(("table", "json", "html")), default="table", show_default=True)
@output_option
def compare(*, record: Path, shape: str, output: str | None) -> None:
    """Show the marks of everybody side by side, those furthest apart first, as an agenda for the panel's meeting.

    It is for the chair: whoever has not returned their own marks is not to see it.
    """
    from tender_eval.report.json.panel import comparison_json
    from tender_eval.report.panel.comparison import comparison_document

    state = with_panel(record)
    document = partial(comparison_document, state)
    made: Made = {"table": document, "json": lambda: comparison_json(state), "html": document}
    deliver_made(made, shape, output, (str(record),))


def with_panel(record: Path) -> State:
    """A case that has a panel, and bids.

    Raises:
        Refused: TE087 where it has not.
    """
    from tender_eval.audit.verify import read_state
    from tender_eval.case.panel.declaring import check_panelled
    from tender_eval.model.location import Location

    state = read_state(record).state
    check_panelled(state, Location(record.as_posix()))
    return state
