"""``tender-eval evaluate``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.evaluation_formats import SHAPES, EvaluationFormat
from tender_eval.cli.formats import deliver_as
from tender_eval.cli.inputs import Inputs, reader_option, scheme_and_bids
from tender_eval.cli.output import STDOUT, output_option, refuse_record_as_output
from tender_eval.cli.times import salts_given, salts_option
from tender_eval.languages.catalogue import catalogue as messages

if TYPE_CHECKING:
    from tender_eval.case.state import State
    from tender_eval.documents.model import Document
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.lots.award import AcrossLots
    from tender_eval.model.bids import Bids
    from tender_eval.model.diagnostics import Diagnostic
    from tender_eval.model.evaluation import Evaluation


t = messages("lookups")


@click.command("evaluate")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path())
@click.option("--format", "shape", type=click.Choice(tuple(SHAPES)), default="table", show_default=True)
@output_option
@click.option("--lot", metavar="ID", help="Evaluate this lot alone.")
@click.option("--record", type=click.Path(path_type=Path), help="Write the record of this evaluation here.")
@click.option("--stage", type=click.Choice(("quality", "price")), help="With --record: one of two envelopes.")
@click.option("--at", metavar="TIME", help="When, for the record, in RFC 3339; else the clock's time.")
@salts_option
@reader_option
@click.pass_obj
def command(
    inputs: Inputs, *, scheme: str, bids: str, shape: str, output: str | None, lot: str | None,
    record: Path | None, stage: str | None, at: str | None,
) -> None:  # fmt: skip
    """Score and rank bids under a scheme, and say who is awarded.

    BIDS is a .yaml, .csv, .xlsx or OCDS .json file. Where the tender has lots, each is evaluated by itself.

    Two envelopes: first --stage quality with bids that hold no price, which locks the marks in a new record;
    then --stage price on that record, with a file of the bids' ids and prices as BIDS.
    """
    _check_options(shape, lot, record, stage, at)
    output = None if output == STDOUT else output
    if output and record and Path(output).resolve() == record.resolve():
        raise click.BadParameter(f"{output} is the record", param_hint="--output")
    if output is not None:
        refuse_record_as_output(output)
    from tender_eval.case.panel.guard import refuse, remarks, remarks_of, remarks_with_prices

    notices: tuple[Diagnostic, ...] = ()
    found: Document | str
    if record is not None:
        state, kept = _recorded(inputs, scheme, bids, record, stage, at)
        evaluations = state.evaluations
        if stage == "quality":
            from tender_eval.report.evaluation.brief import stage_document

            found = stage_document(evaluations)
        else:
            found = _found(evaluations, state.whole, state.bids, SHAPES[shape])
        click.echo(kept, err=True)
        if stage != "price":  # then the marks are locked, and what is said of them with them
            from tender_eval.cli.missing_reasons import without_reasons

            notices = without_reasons(state.whole, state.bids, "then record the evaluation anew, in another file")
            notices = (*notices, *remarks_of(state))
        else:
            notices = remarks_with_prices(state)
    else:
        compiled, offered = scheme_and_bids(inputs, scheme, bids)
        notices = remarks(compiled, offered)
        refuse(notices)
        if lot or not offered.tender.lots:
            evaluations = {lot or "": compiled.evaluate(offered, lot or "")}
            found = _found({"": evaluations[lot or ""]}, compiled, offered, SHAPES[shape])
            if lot and _awarded_together(compiled):
                click.echo(t("lot alone", lot=lot), err=True)
        else:
            evaluations = compiled.evaluate_lots(offered)
            found = _found(evaluations, compiled, offered, SHAPES[shape])
    deliver_as(found, shape, output, inputs.names())
    if told := (*notices, *(d for each in evaluations.values() for d in each.diagnostics)):
        inputs.tell(told)


def _awarded_together(compiled: CompiledScheme) -> bool:
    """Whether who is first at a lot need not be who is awarded it."""
    if compiled.scheme.award.lots is None:
        return False
    from tender_eval.lots.policy import policy_of
    from tender_eval.lots.questions import keeps_to_limits

    return keeps_to_limits(policy_of(compiled.scheme, compiled.plan.catalogue))


def _check_options(shape: str, lot: str | None, record: Path | None, stage: str | None, at: str | None) -> None:
    if record is None and (stage or at or salts_given()):
        raise click.UsageError(f"{'--stage' if stage else '--at' if at else '--salts'} goes with --record")
    if record is not None and lot:
        raise click.UsageError("a record holds every lot: give --record or --lot")
    if stage == "quality" and not SHAPES[shape].staged:
        raise click.UsageError("the quality stage ranks nobody yet, so it is a table or markdown")


def _recorded(
    inputs: Inputs, scheme: str, bids: str, record: Path, stage: str | None, at: str | None
) -> tuple[State, str]:
    """What was evaluated and is on record by now, and what to say of the record."""
    from tender_eval.audit.writing import record as new_record
    from tender_eval.audit.writing import record_prices
    from tender_eval.cli.inputs import plugins
    from tender_eval.cli.times import entry_time
    from tender_eval.model.diagnostics import Problems
    from tender_eval.report.record.head import told_of_record

    problems = Problems()
    stated, catalogue = inputs.read(scheme, problems), plugins(problems)
    offered = inputs.read(bids, problems) if stage != "price" else None
    stated, catalogue = problems.sound(stated), problems.sound(catalogue)
    if offered is not None:
        state, written = new_record(record, stated, offered, catalogue, entry_time(at), stage or "complete")
    else:
        name = Path(bids).as_posix()
        state, written = record_prices(record, stated, name, lambda: inputs.source(bids), catalogue, entry_time(at))
    return state, told_of_record(record.as_posix(), written).rstrip()


def _found(
    lots: Mapping[str, Evaluation], compiled: CompiledScheme, bids: Bids, shape: EvaluationFormat
) -> Document | str:
    """What was found in one of the formats; by the id of each lot, or the one key "" where it is told alone."""
    if "" in lots:
        return shape.one(lots[""])

    def across() -> AcrossLots:
        from tender_eval.lots.award import award_lots

        return award_lots(compiled, bids, lots)

    return shape.lots(lots, across)
