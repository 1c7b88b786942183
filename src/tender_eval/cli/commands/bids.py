"""``tender-eval bids``."""

from __future__ import annotations

import click

from tender_eval.cli.inputs import Inputs, catalogue
from tender_eval.cli.output import deliver_bytes


@click.command("bids")
@click.option(
    "--template", required=True, type=click.Path(), metavar="SCHEME", help="The scheme that the bids are for."
)
@click.option("--out", required=True, type=click.Path(), metavar="FILE.xlsx", help="The workbook to write.")
@click.pass_obj
def command(inputs: Inputs, template: str, out: str) -> None:
    """Write an empty workbook of bids for a scheme, to be filled in and read back.

    One row a bid; sheets for marks, the members of consortia and lots where the scheme asks for them. Headings are
    locked, what a cell may hold is offered, and the sheet About says what each column is, with the marks' descriptors.
    """
    from tender_eval.engine.check import Sound, check
    from tender_eval.lots.check import limits_check
    from tender_eval.model.diagnostics import Refused
    from tender_eval.model.extras import need

    need("xlsxwriter")
    from tender_eval.report.template.workbook import template_workbook

    known = catalogue()
    checked = check(inputs.source(template), None, known, limits_check(known))
    if not isinstance(checked, Sound):
        raise Refused(checked.diagnostics)
    deliver_bytes(template_workbook(checked.compiled.plan), out, (template,))
