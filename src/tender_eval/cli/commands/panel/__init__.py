"""``tender-eval panel``: a panel marks by itself, sees what differs, and agrees."""

from __future__ import annotations

import click

from tender_eval.cli.commands.panel.comparison import compare, status
from tender_eval.cli.commands.panel.meeting import agree, meeting
from tender_eval.cli.commands.panel.sheets import collect, sheets


@click.group("panel")
def command() -> None:
    """Mark with a panel: sheets out, marks in, what differs, the meeting, the marks that it agrees.

    The case is opened with `case open --panel`, and everybody declares their interests before they get a sheet.
    Whatever comes back is an act of the case: nothing is ever overwritten.
    """


for _command in (sheets, collect, status, compare, meeting, agree):
    command.add_command(_command)
