"""The command line: a file a command, loaded when it is asked for. `--help` loads only click."""

from __future__ import annotations

import atexit
import gc
import os

import click

from tender_eval.cli.lazy import LazyGroup

# Most of a short run is loading: collecting cycles on the way, or all that was loaded at the end, only slows it.
gc.set_threshold(1_000_000, 20, 20)
atexit.register(gc.freeze)
# Plugins of pydantic watch what is validated, and some send it elsewhere: what bidders say stays on the machine.
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

COMMANDS = {
    "evaluate": "Score and rank bids under a scheme, and say who is awarded.",
    "award": "Award the lots of a tender under its limits, and say why each bid lost each lot.",
    "explain": "Show every figure of one bid, down to the line that it came from.",
    "simulate": "Simulate what a way of tendering does: how lot size affects small providers.",
    "validate": "Check schemes, bids, test files, panels and specs of simulations; tell every problem and where it is.",
    "bids": "Write an empty workbook of bids for a scheme, to be filled in and read back.",
    "lint": "Check schemes against guidance, law and arithmetic before they are published.",
    "fairness": "Stress a scheme: rank reversal, tipping points, robust ranks, effective weights, groups, gaming.",
    "case": "Take a tender from its published scheme to a decision: each act is checked and acts on the result.",
    "panel": "Mark with a panel: sheets out, marks in, what differs, the meeting, the marks that it agrees.",
    "audit": "Read, check and mend the record of a case; what people decide is for `tender-eval case`.",
    "report": "Write what people read of a record: report, decision paper, workbook, letters, OCDS, field sheets.",
    "schemes": "List scheme files, show one, publish its methodology, or begin one from a notice.",
    "scorers": "List the installed scorers, or show one with its parameters.",
    "rules": "List the installed award rules, or show one with its parameters.",
    "mechanisms": "List the installed mechanisms that award lots, or show one with its parameters.",
    "schema": "Print the JSON Schema of a file: schemes, bids, authorities, panels, policies, specs of simulations.",
    "plugins": "List the loaded plugins and the hooks that they implement; start a new one, check its promises.",
    "test": "Run the cases of *.test.yaml files beside schemes.",
}


@click.group(cls=LazyGroup, commands_help=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tender-eval", prog_name="tender-eval")
def main() -> None:
    """Evaluate public tenders: a published scheme and bids in, an explained award out.

    Exit codes: 0 done; 1 the input is at fault or a check found something; 2 the command line is wrong; 3 a
    bug of tender-eval, with where the details were written.
    """
