"""``tender-eval award``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tender_eval.cli.evaluation_formats import Lots, award_document, award_json
from tender_eval.cli.formats import deliver_as
from tender_eval.cli.inputs import Inputs, reader_option, scheme_and_bids
from tender_eval.cli.languages import checked_by_option, in_language, language_option
from tender_eval.cli.output import output_option

if TYPE_CHECKING:
    from tender_eval.documents.model import Document
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.lots.award import AcrossLots
    from tender_eval.lots.rules import CostsOfLimits
    from tender_eval.model.bids import Bids
    from tender_eval.model.diagnostics import Diagnostic


@click.command("award")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path())
@click.option("--format", "shape", type=click.Choice(("table", "json")), default="table", show_default=True)
@click.option(
    "--price-of-limits",
    is_flag=True,
    help="Say what each limit costs: the award without it, lot by lot and in all.",
)
@language_option
@checked_by_option
@output_option
@reader_option
@click.pass_obj
def command(
    inputs: Inputs,
    *,
    scheme: str,
    bids: str,
    shape: str,
    price_of_limits: bool,
    language: str,
    checked_by: str,
    output: str | None,
) -> None:
    """Award the lots of a tender under its limits, and say why each bid lost each lot.

    Each lot is evaluated by itself; then the mechanism that the scheme names (award: {lots: ...}) decides who is
    awarded which. A lot that a tie leaves open is not awarded, nor is one that hangs on it.
    """
    if shape == "json" and language != "en":
        raise click.UsageError("JSON is of no language: --language goes with a table")
    compiled, offered = scheme_and_bids(inputs, scheme, bids)
    diagnostics: list[Diagnostic] = []

    def found(compiled: CompiledScheme, offered: Bids) -> tuple[AcrossLots, Lots, CostsOfLimits | None]:
        from tender_eval.lots.award import award_lots

        lots = compiled.evaluate_lots(offered)
        diagnostics[:] = [d for evaluation in lots.values() for d in evaluation.diagnostics]
        across = award_lots(compiled, offered, lots)
        if not price_of_limits:
            return across, lots, None
        from tender_eval.lots.rules import costs_of_limits

        return across, lots, costs_of_limits(compiled, offered, lots, across.terms)

    def document(compiled: CompiledScheme, offered: Bids) -> Document:
        return award_document(*found(compiled, offered))

    award: Document | str
    if shape == "json":
        award = award_json(*found(compiled, offered))
    else:
        award = in_language(document, compiled, offered, language, checked_by)
    deliver_as(award, shape, output, inputs.names())
    if diagnostics:
        inputs.tell(tuple(diagnostics))
