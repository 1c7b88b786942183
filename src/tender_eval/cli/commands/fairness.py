"""``tender-eval fairness``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.formats import DOCUMENTS, Made, check_writable, deliver_made
from tender_eval.cli.inputs import Inputs, plugins, reader_option
from tender_eval.cli.output import output_option

if TYPE_CHECKING:
    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.fairness.findings.analysis import Analysis
    from tender_eval.model.bids import Bids

SHAPES = ("table", "json", *DOCUMENTS)
_BAND = re.compile(r"(?P<of>[^=]+)=(?P<least>\d{1,60}(?:\.\d{1,60})?)\.\.(?P<most>\d{1,60}(?:\.\d{1,60})?)", re.ASCII)


@click.command("fairness")
@click.argument("scheme", type=click.Path())
@click.argument("bids", type=click.Path(), required=False)
@click.option("--lot", metavar="ID", help="This lot alone.")
@click.option("--format", "shape", type=click.Choice(SHAPES), default="table", show_default=True)
@output_option
@click.option("--html", type=click.Path(), metavar="FILE", help="Write the page for those who decide here as well.")
@click.option("--weights-page", "moved", type=click.Path(), metavar="FILE",
              help="Write a page on which weights are moved and ranks are seen: all were ranked before.")  # fmt: skip
@click.option("--compare", "others", type=click.Path(), multiple=True, metavar="SCHEME",
              help="Compare the same bids under this scheme; may be repeated.")  # fmt: skip
@click.option("--price-formulas", is_flag=True, help="Compare the same bids under the usual price formulas.")
@click.option("--band", "bands", multiple=True, metavar="ID=LEAST..MOST",
              help="Draw the weight of a criterion, in points, within these bounds; may be repeated.")  # fmt: skip
@click.option("--draws", type=click.IntRange(100, 10_000_000), default=10_000, show_default=True,
              help="How often weights and marks are drawn.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the random draws.")
@click.option("--concentration", type=click.IntRange(1, 1_000_000), default=100, show_default=True,
              help="How near to the published weights they are drawn: of a weight that is a share w of all, the "
              "standard deviation is the root of w (1 - w) / (concentration + 1).")  # fmt: skip
@click.option("--sobol", is_flag=True, help="Sobol indices beside the effective weights (needs SALib).")
@reader_option
@click.pass_obj
def command(
    inputs: Inputs, *, scheme: str, bids: str | None, lot: str | None, shape: str, output: str | None,
    html: str | None, moved: str | None, others: tuple[str, ...], price_formulas: bool, bands: tuple[str, ...],
    draws: int, seed: int, concentration: int, sobol: bool,
) -> None:  # fmt: skip
    """Stress a scheme: rank reversal, tipping points, robust ranks, effective weights, groups, gaming.

    Without BIDS, bids are made up from distributions that the result states. The result is the same for the same
    files, seed and draws. What is found is no fault: the exit code is 0.
    """
    if lot and bids is None:
        raise click.UsageError("--lot goes with BIDS: bids that are made up have no lots")
    _told_apart({"--output": output, "--html": html, "--weights-page": moved})
    check_writable(shape, output)
    for page in (html, moved):
        if page:
            check_writable("html", page)
    limits = _bands(bands)
    compiled, offered, compared = _read(inputs, scheme, bids, others)
    from tender_eval.fairness.analyse import analyse
    from tender_eval.fairness.findings.analysis import AnalysisOptions
    from tender_eval.model.extras import need

    if sobol:
        need("SALib", "fairness")

    setting = AnalysisOptions(draws, seed, concentration, limits, sobol, compared, price_formulas)
    found = analyse(compiled, offered, setting, lot or "")
    made = _made(found)
    if html:
        deliver_made(made, "html", html, inputs.names())
    if moved:
        from tender_eval.report.fairness.weights_page import weights_html

        deliver_made({"html": lambda: weights_html(found)}, "html", moved, inputs.names())
    deliver_made(made, shape, output, inputs.names())
    if told := tuple(d for stressed in found.lots.values() for d in stressed.evaluation.diagnostics):
        inputs.tell(told)


def _told_apart(named: Mapping[str, str | None]) -> None:
    """Refuse two options that name one file."""
    seen: dict[Path, str] = {}
    for option, name in named.items():
        if name and (other := seen.setdefault(Path(name).resolve(), option)) != option:
            raise click.BadParameter(f"{name} is the file of {other}", param_hint=option)


def _read(
    inputs: Inputs, scheme: str, bids: str | None, others: tuple[str, ...]
) -> tuple[CompiledScheme, Bids | None, tuple[CompiledScheme, ...]]:
    """The scheme, the bids and the schemes to compare, each sound, and sound together.

    Raises:
        Refused: with every problem of all files and of the plugins.
    """
    from tender_eval.cli.wrong_scheme import one_diagnostic_where_misfit
    from tender_eval.engine.check import Sound, check
    from tender_eval.files.load import read_bids
    from tender_eval.model.diagnostics import Problems, Refused

    problems = Problems()
    sources = [inputs.read(name, problems) for name in (scheme, *others)]
    offered = inputs.read(bids, problems) if bids is not None else None
    catalogue = plugins(problems)
    if catalogue is None or (bids is not None and offered is None):
        raise Refused(problems.sorted())
    sound: list[Sound[Bids | None]] = []
    there = [source for source in sources if source]
    for source in there:
        found = check(source, offered, catalogue)
        if isinstance(found, Sound):
            sound.append(found)
        else:
            problems.extend(one_diagnostic_where_misfit(found, source, offered, catalogue))
    if offered is not None and not there:
        read_bids(offered, catalogue.readers, problems)
    problems.refuse()
    return sound[0].compiled, sound[0].bids, tuple(other.compiled for other in sound[1:])


def _bands(stated: tuple[str, ...]) -> Mapping[str, tuple[Fraction, Fraction]]:
    """The least and the most points by criterion."""
    found: dict[str, tuple[Fraction, Fraction]] = {}
    for text in stated:
        parts = _BAND.fullmatch(text)
        if parts is None:
            raise click.BadParameter(f"{text!r} is no band: write such as quality=50..70", param_hint="--band")
        name, least, most = parts["of"], Fraction(parts["least"]), Fraction(parts["most"])
        if name in found or least > most:
            why = "is given twice" if name in found else f"begins above its end: {text}"
            raise click.BadParameter(f'the band of "{name}" {why}', param_hint="--band")
        found[name] = (least, most)
    return found


def _made(found: Analysis) -> Made:
    """By format, what is told of the findings."""
    from tender_eval.report.fairness.document import fairness_document
    from tender_eval.report.json.fairness import fairness_json

    return {
        "table": lambda: fairness_document(found, brief=True),
        "json": lambda: fairness_json(found),
        **dict.fromkeys(DOCUMENTS, lambda: fairness_document(found)),
    }
