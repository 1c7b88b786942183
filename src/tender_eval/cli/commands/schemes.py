"""``tender-eval schemes``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.formats import DOCUMENTS, READ, deliver_as, deliver_made, read_as
from tender_eval.cli.inputs import Inputs, plugins, reader_option
from tender_eval.cli.languages import (
    CHECKED_WELSH,
    LANGUAGES,
    SIDE_BY_SIDE,
    check_sizes,
    checked_by_option,
    language_option,
    large_print_option,
    tell_english,
)
from tender_eval.cli.output import deliver, emit, output_option
from tender_eval.languages.catalogue import catalogue as messages

if TYPE_CHECKING:
    from tender_eval.engine.compiled import CompiledScheme

HERE = "schemes"
_FORMAT = b"tender-eval/scheme/"
_HEAD = 65536  # bytes in which a scheme file names its format


t = messages("lookups")


@click.group("schemes")
def command() -> None:
    """List scheme files, show one, publish its methodology, or begin one from a notice."""


@command.command("list")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False), metavar="[DIR]...")
@click.pass_context
def list_(ctx: click.Context, folders: tuple[str, ...]) -> None:
    """List the scheme files under folders (default: ./schemes)."""
    from tender_eval.files.load import read_scheme
    from tender_eval.model.diagnostics import Problems
    from tender_eval.report.lookups import list_text

    if not folders and not Path(HERE).is_dir():
        raise click.UsageError("there is no folder ./schemes here: name one")
    inputs: Inputs = ctx.obj
    problems = Problems()
    rows = []
    for path in scheme_files(folders or (HERE,)):
        source = inputs.read(str(path), problems)
        scheme = read_scheme(source, problems) if source else None
        if scheme:
            rows.append((scheme.id, scheme.title, ", ".join(map(str, scheme.source.values())), path.as_posix()))
    emit(list_text("id title source file", rows) if rows else "")
    if problems:
        inputs.tell(problems.sorted())
    if problems or not rows:
        click.echo("" if rows else t("no schemes"), err=True, nl=not rows)
        ctx.exit(1)


def scheme_files(folders: tuple[str, ...]) -> Iterator[Path]:
    """The files under folders that name the format of schemes, in order."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*.y*ml")):
            if path.is_file() and _FORMAT in _head(path):
                yield path


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return _FORMAT  # let the reading of it say what is wrong


@command.command("show")
@click.argument("file", type=click.Path())
@click.option("--format", "shape", type=click.Choice(READ), default="text", show_default=True)
@output_option
@click.pass_obj
def show(inputs: Inputs, *, file: str, shape: str, output: str | None) -> None:
    """Show a scheme: what is asked, what it is worth in points, how the award is made."""
    from tender_eval.report.scheme import scheme_document

    plan = _compiled(inputs, file).plan
    points = {node.id: node.points for node in plan.nodes}
    deliver_made(read_as(lambda: scheme_document(plan.scheme, points)), shape, output, inputs.names())


@command.command("publish")
@click.argument("file", type=click.Path())
@click.option("--format", "shape", type=click.Choice(DOCUMENTS), default="markdown", show_default=True)
@output_option
@click.option("--example", type=click.Path(), metavar="BIDS", help="Tenders for the worked example.")
@click.option("--published-on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The date that it carries.")
@reader_option
@language_option
@checked_by_option
@large_print_option
@click.pass_obj
def publish(
    inputs: Inputs,
    *,
    file: str,
    shape: str,
    output: str | None,
    example: str | None,
    published_on: datetime | None,
    language: str,
    checked_by: str,
    large_print: bool,
) -> None:
    """Publish the methodology of a scheme as bidders read it, with a worked example that the scheme computes.

    Three tenders are invented for the example, where none are given. In Welsh, what the scheme says in English alone
    stands in English, and each such text is named.
    """
    if checked_by and language == "en":
        raise click.UsageError(CHECKED_WELSH)
    if large_print:
        check_sizes((shape,))
    from dataclasses import replace

    from tender_eval.cli.inputs import scheme_and_bids
    from tender_eval.report.methodology.document import publish as published
    from tender_eval.report.terms.bilingual import in_both

    if example is None:
        compiled, offered = _compiled(inputs, file), None
    else:
        compiled, offered = scheme_and_bids(inputs, file, example)
        if offered.tender.lots:
            raise click.UsageError("the tenders of --example are for lots: give some for one tender")
    on = published_on.date() if published_on else None
    made = {
        spoken: published(compiled, offered, published_on=on, language=LANGUAGES[spoken], checked_by=checked_by)
        for spoken in ("cy", "en")
        if language in (spoken, SIDE_BY_SIDE)
    }
    document = in_both(made["cy"], made["en"], "methodology") if language == SIDE_BY_SIDE else made[language]
    tell_english(language, compiled.scheme)
    deliver_as(replace(document, large_print=large_print), shape, output, inputs.names())


@command.command("from-notice")
@click.argument("file", type=click.Path())
@output_option
@click.pass_obj
def from_notice(inputs: Inputs, *, file: str, output: str | None) -> None:
    """Begin a scheme file from a notice in OCDS: lots, values, weights and dates, as Find a Tender publishes them.

    What the notice does not say stands empty, with what to ask; `tender-eval validate` asks for each.
    """
    from tender_eval.files.kinds import is_no_notice
    from tender_eval.files.ocds.notice import read_notice
    from tender_eval.files.schemes.skeleton import skeleton
    from tender_eval.files.text.values import parse_json
    from tender_eval.model.diagnostics import Problems
    from tender_eval.model.location import Location

    problems = Problems()
    source = problems.sound(inputs.read(file, problems))
    root = None if is_no_notice(source, problems) else parse_json(source, problems)
    problems.refuse()
    notice = problems.sound(read_notice(root, Location(source.name), problems))
    made = skeleton(notice)
    deliver(made.text, output, inputs.names())
    if notice.over:
        click.echo(t("over", status=notice.over), err=True)
    click.echo(t.count("asks", made.asks, file=output or "FILE"), err=True)


def _compiled(inputs: Inputs, file: str) -> CompiledScheme:
    """A scheme file that is sound.

    Raises:
        Refused: with every problem of the file and of the plugins.
    """
    from tender_eval.engine.check import check
    from tender_eval.model.diagnostics import Problems, Refused

    problems = Problems()
    source, catalogue = inputs.read(file, problems), plugins(problems)
    checked = check(problems.sound(source), None, problems.sound(catalogue))
    if isinstance(checked, Refused):
        raise checked
    return checked.compiled
