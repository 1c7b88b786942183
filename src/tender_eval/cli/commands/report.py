"""``tender-eval report``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tender_eval.cli.formats import DOCUMENTS, READ, deliver_as
from tender_eval.cli.inputs import Inputs
from tender_eval.cli.languages import (
    CHECKED_WELSH,
    LANGUAGES,
    SIDE_BY_SIDE,
    check_sizes,
    large_print_option,
    tell_english,
)
from tender_eval.cli.notices import SHEETS, write_sheet
from tender_eval.cli.output import deliver, deliver_bytes
from tender_eval.cli.signing import OPTION, Signed, SignedOn, signed_by_lot, signed_too_early
from tender_eval.cli.summaries import standstill_of, summary_files, template_kind

if TYPE_CHECKING:
    from tender_eval.case.case import Case

DAY = click.DateTime(("%Y-%m-%d",))
OPTIONS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(READ, ("sensitivity", "language", "checked_by", "large_print")),
    "xlsx": (),
    "summaries": (
        "bid",
        "kinds",
        "issued_on",
        "notice_on",
        "winner",
        "methodology_at",
        "draft",
        "authority",
        "template",
        "language",
        "checked_by",
        "large_print",
    ),
    "decision": ("kinds",),
    **SHEETS,
    "ocds": (
        "ocid",
        "publisher",
        "buyer",
        "buyer_id",
        "at",
        "publish_losers",
        "summaries_sent_on",
        "signed_on",
        "draft",
    ),
}
"""What may be asked beside the format, for each."""


class ReportName(click.Choice[str]):
    """A format of ours, or the name of a report that a plugin brings."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name; plugins are loaded only where it is none of ours."""
        if value not in self.choices:
            from tender_eval.cli.inputs import every_plugin

            brought = tuple(every_plugin().reports)
            if value in brought:
                return str(value)
            return str(click.Choice((*self.choices, *brought)).convert(value, param, ctx))
        return str(super().convert(value, param, ctx))


@click.command("report")
@click.argument("record", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "shape",
    type=ReportName(tuple(OPTIONS)),
    default="html",
    show_default=True,
    help="One of these, or the report of a plugin by its name.",
)
@click.option("--output", "-o", type=click.Path(), help="Write to this file; for summaries, into this folder.")
@click.option("--sensitivity", metavar="TEXT", help=f"{', '.join(READ)}: how firm the result is.")
@click.option("--bid", metavar="ID", help="summaries: only this bid's.")
@click.option("--as", "kinds", type=click.Choice(DOCUMENTS), multiple=True, help="Default html.")
@click.option("--issued-on", type=DAY, metavar="DATE", help="summaries: the date that they carry.")
@click.option(
    "--notice-on",
    type=DAY,
    metavar="DATE",
    help="summaries: the day of the award notice, for standstill; default: as case decide says.",
)
@click.option(
    "--winner",
    type=click.Choice(("withheld", "figures", "reasons")),
    help="summaries: what others are told of the winner's scores; default reasons (s.50(4)(b), regulation 31(2)(e)).",
)
@click.option("--methodology-at", metavar="TEXT", help="summaries: where the methodology can be read.")
@click.option(
    "--authority",
    type=click.Path(),
    metavar="FILE",
    help="summaries: who writes them: letterhead, logo and signature; uk6, uk7: who publishes them.",
)
@click.option(
    "--template",
    type=click.Path(),
    metavar="FILE",
    help="summaries: an HTML page or a Word file (.docx) of your own that prints their parts.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="summaries, ocds, uk6, uk7, kpis: before the award is decided too, with a mark on every page that says so.",
)
@click.option(
    "--language",
    type=click.Choice((*LANGUAGES, "both", SIDE_BY_SIDE)),
    help=f"summaries, {', '.join(READ)}: cy for Welsh. summaries: both writes each in Welsh and in English, as ID.cy "
    "and ID.en. side-by-side: both in one document, a report section after section. Default en.",
)
@click.option(
    "--checked-by",
    metavar="NAME",
    help="Who has checked the Welsh. Without it what is in Welsh is a draft: no Welsh speaker has read the sentences "
    "that tender-eval puts together.",
)
@large_print_option
@click.option("--ocid", metavar="ID", help="ocds: the contracting process, with the registered prefix.")
@click.option("--publisher", metavar="NAME", help="ocds: who publishes the release.")
@click.option("--buyer", metavar="NAME", help="ocds: the buyer, where the publisher is another.")
@click.option("--buyer-id", metavar="ID", help="ocds, uk6, uk7: the buyer in a register: GB-PPON-...")
@click.option(
    "--summaries-sent-on", type=DAY, metavar="DATE", help="ocds, uk6: on which day the assessment summaries were sent."
)
@click.option(
    "--signed-on",
    type=SignedOn(),
    multiple=True,
    metavar="[LOT=]DATE",
    help="ocds, uk7: on which day the contract was signed; with LOT= that of a lot, as often as there are lots.",
)
@click.option("--at", metavar="TIME", help="ocds: when it is published, in RFC 3339; else the clock's time.")
@click.option(
    "--publish-losers",
    is_flag=True,
    help="ocds: unsuccessful tenders too, with names, prices and ranks; uk6: the names of the unsuccessful. They are "
    "withheld otherwise: prices may be sensitive commercial information (s.94). Only where the law or the tender's "
    "published terms ask for it, or the bidders agreed; the award notice of a contract above five million pounds asks "
    "for the names.",
)
@click.pass_obj
def command(inputs: Inputs, /, *, record: Path, shape: str, output: str | None, **asked: Any) -> None:
    """Write what people read of a record: report, decision paper, workbook, letters, OCDS, field sheets.

    The report is a document in any of its formats, the workbook an xlsx file. The record is checked first: its
    chain, its digests and its evaluations. Summaries go one to a file into the folder that --output names; with --bid
    and one --as, to standard output too. uk6 and uk7 are the fields of the contract award notice and of the contract
    details notice, each with its value or "ask"; kpis is what the winner offered, to be annexed to the contract.
    """
    given = {name: value for name, value in asked.items() if value not in (None, (), False)}
    _check_options(shape, output, given)
    if shape in WRITERS:
        WRITERS[shape](inputs, record, output, **given)
    else:
        _of_plugin(shape, inputs, record, output)


def _check_options(shape: str, output: str | None, given: dict[str, Any]) -> None:
    """What is asked of one format says nothing of another."""
    for name in given:
        if name not in OPTIONS.get(shape, ()):
            owners = ", ".join(of for of, names in OPTIONS.items() if name in names)
            option = "as" if name == "kinds" else name.replace("_", "-")
            raise click.UsageError(f"--{option} goes with --format {owners}")
    if shape == "ocds" and not {"ocid", "publisher"} <= set(given):
        raise click.UsageError("an OCDS release needs --ocid and --publisher")
    if "template" in given and set(given.get("kinds", (of := template_kind(given["template"]),))) != {of}:
        raise click.UsageError(f"--template is of {of.upper()}: leave --as out")
    if output is None and shape == "xlsx" and sys.stdout.isatty():
        raise click.UsageError("a workbook is no text: name a file with --output")
    if shape in ("decision", *SHEETS) and len(given.get("kinds", ())) > 1:
        raise click.UsageError("it is written in one format: give one --as")
    many = len(given.get("kinds", ())) > 1 or given.get("language") == "both"
    if output is None and shape == "summaries" and ("bid" not in given or many):
        raise click.UsageError("summaries go into a folder: give --output, or --bid, one --as and one language")
    if "checked_by" in given and given.get("language", "en") == "en":
        raise click.UsageError(CHECKED_WELSH)
    if "template" in given and (given.get("language") == SIDE_BY_SIDE or "large_print" in given):
        raise click.UsageError("--template sets a letter in one language and in sizes of its own")
    if shape in READ and given.get("language") == "both":
        raise click.UsageError(
            "a report is one file: give --language side-by-side for both languages in it, or write it twice, with "
            "--language cy and with --language en"
        )
    if "large_print" in given:
        check_sizes((shape,) if shape in READ else given.get("kinds", ()))


def _case(inputs: Inputs, record: Path) -> Case:
    from tender_eval.audit.verify import read_case

    return read_case(record)


def _report(
    shape: str, inputs: Inputs, record: Path, output: str | None, language: str = "en", large_print: bool = False,
    **asked: str,
) -> None:  # fmt: skip
    from dataclasses import replace

    from tender_eval.report.evaluation.report import report_document
    from tender_eval.report.terms.bilingual import in_both

    case = _case(inputs, record)
    both = language == SIDE_BY_SIDE
    made = report_document(case, record=str(record), language=LANGUAGES["cy" if both else language], **asked)
    if both:
        asked.pop("checked_by", None)
        made = in_both(made, report_document(case, record=str(record), **asked), columns=False)
    deliver_as(replace(made, large_print=large_print), shape, output, (str(record),))
    tell_english(language, case.state.whole.scheme, case.bids.tender)


def _workbook(inputs: Inputs, record: Path, output: str | None) -> None:
    from tender_eval.model.extras import need

    need("xlsxwriter")
    from tender_eval.report.workbook.report import xlsx_report

    deliver_bytes(xlsx_report(_case(inputs, record), str(record)), output, (str(record),))


def _letters(inputs: Inputs, record: Path, output: str | None, **asked: Any) -> None:
    from tender_eval.report.letters.gaps import gaps

    case = _case(inputs, record)
    if "template" in asked:
        asked["template"] = inputs.source(asked["template"])
    if "authority" in asked:
        from tender_eval.files.authority import authority_of

        asked["authority"] = authority_of(inputs.source(asked["authority"]), Path(asked["authority"]).parent)
    files = list(summary_files(case, record=str(record), **asked))
    folder = None if output is None else _made(output)
    for name, data in files:
        deliver_bytes(data, str(folder / name) if folder else None, (str(record),))
    told = [asked["bid"]] if "bid" in asked else [b.id for b in case.bids.bids]
    for sentence in gaps(case, told, standstill_of(case, asked.get("notice_on"))):
        click.echo(sentence, err=True)
    tell_english(asked.get("language", "en"), case.state.whole.scheme, case.bids.tender)


def _release(inputs: Inputs, record: Path, output: str | None, **asked: Any) -> None:
    deliver(_ocds(_case(inputs, record), str(record), **asked), output, (str(record),))


def _of_plugin(shape: str, inputs: Inputs, record: Path, output: str | None) -> None:
    """The report of a plugin, of a record that was checked with the plugins that it names alone."""
    from tender_eval.cli.inputs import every_plugin
    from tender_eval.engine.scoring.guarded import asked, refused
    from tender_eval.model.location import Location

    case, report, where = _case(inputs, record), every_plugin().reports[shape], Location(str(record))
    written = asked("the report", report, where, lambda: report.item.write(case))
    if not isinstance(written, bytes):
        raise refused("the report", report, where, "TE046", f"returned a {type(written).__name__}, not bytes")
    deliver_bytes(written, output, (str(record),))


def _decision(inputs: Inputs, record: Path, output: str | None, kinds: tuple[str, ...] = ("html",)) -> None:
    from tender_eval.report.decision.document import decision_document

    deliver_as(decision_document(_case(inputs, record), str(record)), kinds[0], output, (str(record),))


WRITERS: Mapping[str, Callable[..., None]] = {
    **{shape: partial(_report, shape) for shape in READ},
    "xlsx": _workbook,
    "decision": _decision,
    **{shape: partial(write_sheet, shape) for shape in SHEETS},
    "summaries": _letters,
    "ocds": _release,
}
"""What writes each format."""


def _made(folder: str) -> Path:
    """The folder, made where it is not there yet.

    Raises:
        Refused: TE090 where it cannot be made.
    """
    from tender_eval.model.diagnostics import Diagnostic, Refused

    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as e:
        reason = e.strerror or type(e).__name__
        raise Refused([Diagnostic("TE090", f"cannot make the folder {folder}: {reason}")]) from None
    return Path(folder)


def _day(at: datetime) -> date:
    return at.date()


def _ocds(
    case: Case,
    record: str,
    ocid: str,
    publisher: str,
    buyer: str = "",
    buyer_id: str = "",
    at: str = "",
    publish_losers: bool = False,
    summaries_sent_on: datetime | None = None,
    signed_on: tuple[Signed, ...] = (),
    draft: bool = False,
) -> str:
    from tender_eval.cli.times import now
    from tender_eval.report.ocds.outcome import outcome_of
    from tender_eval.report.ocds.release import Publisher, ocds_release

    published = at or now()
    sent = _day(summaries_sent_on) if summaries_sent_on else None
    signed = signed_by_lot(case, signed_on)
    if any(day.isoformat() > published[:10] for day in signed.values()):
        raise click.BadParameter("the contract is signed after the release is published", param_hint=OPTION)
    outcome = outcome_of(case, published, draft=draft, record=record, summaries_sent_on=sent, signed_on=signed)
    for sentence in signed_too_early(case, outcome.signed_on):
        click.echo(sentence, err=True)
    by = Publisher(publisher, buyer=buyer, buyer_id=buyer_id)
    return ocds_release(case, ocid, published, by, outcome, losers=publish_losers)
