"""``tender-eval evaluate``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from tender_eval.cli.inputs import Inputs, scheme_and_bids
from tender_eval.cli.output import deliver

if TYPE_CHECKING:
    from tender_eval.model.evaluation import Evaluation

SHAPES = ("table", "json", "markdown", "csv")


@click.command("evaluate")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path())
@click.option("--format", "shape", type=click.Choice(SHAPES), default="table", show_default=True)
@click.option("--output", "-o", type=click.Path(), help="Write to this file instead of standard output.")
@click.option("--lot", metavar="ID", help="Evaluate this lot alone.")
@click.pass_obj
def command(inputs: Inputs, *, scheme: str, bids: str, shape: str, output: str | None, lot: str | None) -> None:
    """Score and rank bids under a scheme, and say who is awarded.

    BIDS is a .yaml, .csv, .xlsx or OCDS .json file. Where the tender has lots, each is evaluated by itself.
    """
    compiled, offered = scheme_and_bids(inputs, scheme, bids)
    line = _line() if output is None else None
    if lot or not offered.tender.lots:
        found = compiled.evaluate(offered, lot or "")
        told, text = found.diagnostics, _one(found, shape, line)
    else:
        lots = compiled.evaluate_lots(offered)
        told = tuple(d for found in lots.values() for d in found.diagnostics)
        text = _several(lots, shape, line)
    deliver(text, output, inputs.names())
    if told:
        inputs.tell(told)


def _line() -> int | None:
    """The width of the terminal, where there is one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def _one(found: Evaluation, shape: str, line: int | None) -> str:
    if shape == "json":
        from tender_eval.report.evaluation_json import evaluation_json

        return evaluation_json(found)
    if shape == "markdown":
        from tender_eval.report.markdown import evaluation_markdown

        return evaluation_markdown(found)
    if shape == "csv":
        from tender_eval.report.csv_text import evaluation_csv

        return evaluation_csv(found)
    from tender_eval.report.table import LINE, evaluation_table

    return evaluation_table(found, line or LINE)


def _several(lots: Mapping[str, Evaluation], shape: str, line: int | None) -> str:
    if shape == "json":
        from tender_eval.report.evaluation_json import lots_json

        return lots_json(lots)
    if shape == "markdown":
        from tender_eval.report.markdown import lots_markdown

        return lots_markdown(lots)
    if shape == "csv":
        from tender_eval.report.csv_text import lots_csv

        return lots_csv(lots)
    from tender_eval.report.table import LINE, lots_table

    return lots_table(lots, line or LINE)
