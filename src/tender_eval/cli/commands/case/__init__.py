"""``tender-eval case``."""

from __future__ import annotations

import click

from tender_eval.cli.commands.case.awards import amend_scheme, close, decide, evaluate, set_aside, settle
from tender_eval.cli.commands.case.bids import correct, disregard, exclude, readmit, withdraw
from tender_eval.cli.commands.case.matters import answer, clarify, close_matter, query
from tender_eval.cli.commands.case.panel import change_panel, declare_interest, recuse
from tender_eval.cli.commands.case.receiving import lock, offer, open_case, open_prices, receive
from tender_eval.cli.commands.case.status import status


@click.group("case")
def command() -> None:
    """Take a tender from its published scheme to a decision: each act is checked and acts on the result.

    A record file holds the case. Each act says who made it, when and why; `tender-eval case status` says how the case
    stands and what comes next.
    """


for _act in (
    open_case, receive, offer, withdraw, exclude, disregard, readmit, correct, query, answer, clarify, close_matter,
    settle, declare_interest, recuse, change_panel, lock, open_prices, evaluate, decide, set_aside, amend_scheme, close,
    status,
):  # fmt: skip
    command.add_command(_act)
