"""``tender-eval lint``."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.formats import DOCUMENTS, Made, deliver_made
from tender_eval.cli.inputs import Inputs, every_plugin
from tender_eval.cli.output import output_option

if TYPE_CHECKING:
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.files.source import Source
    from tender_eval.lint.run import LintReport
    from tender_eval.model.diagnostics import Problems
    from tender_eval.plugins.catalogue import Catalogue

SHAPES = ("text", "json", "github", *DOCUMENTS)
_CODES = "Codes or their beginnings (TE3, TE304), separated by commas; may be repeated."


@click.command("lint")
@click.argument("schemes", nargs=-1, required=True, type=click.Path(), metavar="SCHEME...")
@click.option("--select", multiple=True, metavar="CODE", help=f"Run only these rules. {_CODES}")
@click.option("--ignore", multiple=True, metavar="CODE", help="Do not run these; the longer beginning wins.")
@click.option("--ignored", is_flag=True, help="Tell what comments of the scheme silence as well, with their reasons.")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="text", show_default=True)
@output_option
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Go by the thresholds of this day. Default: the day of publication that the scheme states, else the day "
    "on which the table was last checked.",
)
@click.pass_context
def command(
    ctx: click.Context,
    *,
    schemes: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    ignored: bool,
    shape: str,
    output: str | None,
    on: datetime | None,
) -> None:
    """Check schemes against guidance, law and arithmetic before they are published.

    SCHEME is a scheme file, or a folder of them. Each finding names the clause that it rests on and what would
    mend it. A comment in the scheme silences one: # tender-eval: ignore TE304 because <reason>. Exit code 1
    where an error or a warning remains; notes alone leave it at 0. It is advice, not legal advice.
    """
    from tender_eval.lint.run import lint
    from tender_eval.lint.selection import selected
    from tender_eval.lint.thresholds import thresholds
    from tender_eval.model.diagnostics import Problems, Refused, Severity

    if ignored and shape in ("json", "github"):
        raise click.UsageError("--ignored goes with --format text; json holds what is ignored in any case")
    inputs: Inputs = ctx.obj
    catalogue = every_plugin()
    codes = tuple(catalogue.lint_rules)
    wanted = selected(codes, _prefixes(select, codes, "--select"), _prefixes(ignore, codes, "--ignore"))
    if not wanted:
        raise click.UsageError("--select and --ignore leave no rule to run")
    rules = [catalogue.lint_rules[code] for code in wanted]
    dated = thresholds().with_figures(catalogue.lint_figures)
    problems = Problems()
    linted: list[LintReport] = []
    texts: dict[str, str] = {}
    for source in _sources(inputs, schemes, problems):
        if compiled := _compiled(source, catalogue, problems):
            try:
                linted.append(lint(source, compiled, rules, codes, on.date() if on else None, dated))
            except Refused as e:  # the plugin of a rule is at fault; the other schemes are told all the same
                problems.extend(e.diagnostics)
            texts[source.name] = source.text
    if linted:
        deliver_made(_made(linted, texts, ignored), shape, output, inputs.names())
    if problems:
        inputs.tell(problems.sorted())
    heavy = any(f.severity is not Severity.NOTE for one in linted for f in one.findings)
    ctx.exit(1 if problems or heavy else 0)


def _prefixes(given: Iterable[str], codes: tuple[str, ...], option: str) -> tuple[str, ...]:
    """Codes and beginnings as the option names them; one that no rule has is a mistake."""
    from tender_eval.lint.selection import unknown
    from tender_eval.model.diagnostics import did_you_mean

    prefixes = tuple(p.strip().upper() for text in given for p in text.split(","))
    if "" in prefixes:
        raise click.BadParameter("a code is missing", param_hint=option)
    if odd := unknown(prefixes, codes):
        hint = did_you_mean(odd[0], codes)
        near = hint if hint.startswith("did") else f"codes begin with {', '.join(sorted({c[:3] for c in codes}))}"
        raise click.BadParameter(f'no rule has the code "{odd[0]}": {near}', param_hint=option)
    return prefixes


def _sources(inputs: Inputs, named: Iterable[str], problems: Problems) -> list[Source]:
    """The files named, and the schemes in the folders named, each once."""
    from tender_eval.cli.commands.schemes import scheme_files

    found: dict[str, Source] = {}
    for name in named:
        paths = [name]
        if Path(name).is_dir():
            paths = [str(p) for p in scheme_files((name,)) if not p.name.endswith((".test.yaml", ".test.yml"))]
            if not paths:
                raise click.BadParameter(f"there is no scheme file in {name}", param_hint="SCHEME")
        for path in paths:
            if source := inputs.read(path, problems):
                found.setdefault(source.name, source)
    return list(found.values())


def _compiled(source: Source, catalogue: Catalogue, problems: Problems) -> CompiledScheme | None:
    from tender_eval.engine.check import Sound, check
    from tender_eval.model.diagnostics import Refused

    try:
        checked = check(source, None, catalogue)
    except Refused as e:  # no text, or a plugin is at fault
        checked = e
    problems.extend(checked.diagnostics)
    return checked.compiled if isinstance(checked, Sound) else None


def _made(linted: list[LintReport], texts: dict[str, str], ignored: bool) -> Made:
    """By format, what is told of the findings."""
    from tender_eval.report.json.lint import lint_json
    from tender_eval.report.lint.document import lint_document
    from tender_eval.report.lint.github import lint_github
    from tender_eval.report.lint.text import lint_text

    return {
        "text": lambda: lint_text(linted, texts, ignored),
        "json": lambda: lint_json(linted),
        "github": lambda: lint_github(linted),
        **dict.fromkeys(DOCUMENTS, lambda: lint_document(linted, texts, ignored)),
    }
