"""``tender-eval award``."""

from __future__ import annotations

import click

from tender_eval.cli.evaluation_formats import AWARDS
from tender_eval.cli.formats import deliver_as
from tender_eval.cli.inputs import Inputs, reader_option, scheme_and_bids
from tender_eval.cli.output import output_option


@click.command("award")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path())
@click.option("--format", "shape", type=click.Choice(tuple(AWARDS)), default="table", show_default=True)
@click.option(
    "--price-of-limits",
    is_flag=True,
    help="Say what each limit costs: the award without it, lot by lot and in all.",
)
@output_option
@reader_option
@click.pass_obj
def command(inputs: Inputs, *, scheme: str, bids: str, shape: str, price_of_limits: bool, output: str | None) -> None:
    """Award the lots of a tender under its limits, and say why each bid lost each lot.

    Each lot is evaluated by itself; then the mechanism that the scheme names (award: {lots: ...}) decides who is
    awarded which. A lot that a tie leaves open is not awarded, nor is one that hangs on it.
    """
    compiled, offered = scheme_and_bids(inputs, scheme, bids)
    from tender_eval.lots.award import award_lots

    lots = compiled.evaluate_lots(offered)
    found = award_lots(compiled, offered, lots)
    costs = None
    if price_of_limits:
        from tender_eval.lots.rules import costs_of_limits

        costs = costs_of_limits(compiled, offered, lots, found.terms)
    deliver_as(AWARDS[shape](found, lots, costs), shape, output, inputs.names())
    if told := tuple(d for evaluation in lots.values() for d in evaluation.diagnostics):
        inputs.tell(told)
