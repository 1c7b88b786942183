"""``tender-eval explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tender_eval.cli.formats import READ, deliver_made, read_as
from tender_eval.cli.inputs import Inputs, reader_option, scheme_and_bids
from tender_eval.cli.languages import checked_by_option, in_language, language_option
from tender_eval.cli.output import output_option

if TYPE_CHECKING:
    from tender_eval.documents.model import Document
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.model.bids import Bid, Bids
    from tender_eval.model.diagnostics import Problems
    from tender_eval.model.evaluation import BidResult, Evaluation, Step
    from tender_eval.model.scheme import Scheme

    Tree = tuple[Evaluation, BidResult, Step]


@click.command("explain")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path())
@click.argument("bid")
@click.option("--criterion", metavar="ID", help="Only this criterion.")
@click.option("--lot", metavar="ID", help="Only this lot.")
@click.option("--format", "shape", type=click.Choice((*READ, "json")), default="text", show_default=True)
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
    bid: str,
    criterion: str | None,
    lot: str | None,
    shape: str,
    language: str,
    checked_by: str,
    output: str | None,
) -> None:
    """Show every figure of one bid, down to the line that it came from.

    BID is the id of a bid. Where the tender has lots, each that the bid is for
    is shown, with its offers for several lots; the id of an offer shows it
    alone.
    """
    from tender_eval.model.bids import bid_of
    from tender_eval.model.diagnostics import Problems

    compiled, offered = scheme_and_bids(inputs, scheme, bids)
    problems = Problems()
    asked = _bid(offered, bid, problems)
    _known_criterion(compiled.scheme, criterion, problems)
    problems.refuse()

    def trees(compiled: CompiledScheme, offered: Bids) -> list[Tree]:
        found = _evaluations(compiled, offered, asked, lot)
        results = [(e, result) for e in found for result in e.bids if bid in (result.id, bid_of(result.id))]
        return [(evaluation, result, _step(result, criterion)) for evaluation, result in results]

    def document() -> Document:
        return in_language(lambda c, b: _document(trees(c, b)), compiled, offered, language, checked_by)

    if shape == "json" and language != "en":
        raise click.UsageError(f"JSON is of no language: --language goes with {', '.join(READ)}")
    deliver_made({**read_as(document), "json": lambda: _json(trees(compiled, offered))}, shape, output, inputs.names())


def _document(trees: list[Tree]) -> Document:
    from tender_eval.report.explanation import Explained, explanation

    return explanation([Explained(*tree) for tree in trees])


def _json(trees: list[Tree]) -> str:
    from tender_eval.report.json.explanation import explain_json

    return explain_json(trees)


def _bid(offered: Bids, name: str, problems: Problems) -> Bid | None:
    from tender_eval.model.diagnostics import did_you_mean
    from tender_eval.model.location import Location

    found = next((b for b in offered.offers if b.id == name), None)
    if found is None:
        hint = did_you_mean(name, (b.id for b in offered.bids))
        problems.add("TE070", Location(offered.where.source), f'there is no bid "{name}"', hint)
    return found


def _known_criterion(scheme: Scheme, name: str | None, problems: Problems) -> None:
    from tender_eval.model.diagnostics import did_you_mean
    from tender_eval.model.location import Location

    known = [c.id for c in scheme.walk()]
    if name is not None and name not in known:
        problems.add(
            "TE071", Location(scheme.where.source), f'there is no criterion "{name}"', did_you_mean(name, known)
        )


def _evaluations(compiled: CompiledScheme, offered: Bids, bid: Bid | None, lot: str | None) -> list[Evaluation]:
    from tender_eval.model.diagnostics import Diagnostic, Refused

    lots = [x.id for x in offered.tender.lots]
    if lot and bid and lot in lots and lot not in bid.lots:
        message = f'bid "{bid.id}" is not for lot "{lot}"'
        raise Refused([Diagnostic("TE056", message, bid.where, f"it is for {', '.join(bid.lots)}")])
    if lot or not lots:
        return [compiled.evaluate(offered, lot or "")]
    return [compiled.evaluate(offered, name) for name in lots if bid and name in bid.lots]


def _step(result: BidResult, criterion: str | None) -> Step:
    from tender_eval.model.evaluation import Step
    from tender_eval.model.explanation.labels import NotScoredAt

    if criterion is None:
        return result.step
    found = result.criterion(criterion)
    return found.step if found else Step(NotScoredAt(criterion))
