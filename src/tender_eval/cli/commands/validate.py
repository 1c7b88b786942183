"""``tender-eval validate``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from tender_eval.cli.inputs import Inputs, plugins, reader_option
from tender_eval.cli.output import emit
from tender_eval.languages.catalogue import catalogue as messages

if TYPE_CHECKING:
    from tender_eval.files.source import Source
    from tender_eval.model.diagnostics import Diagnostic, Problems
    from tender_eval.plugins.catalogue import Catalogue

t = messages("lookups")
_FORMAT = re.compile(r"""^(?:\{\s*)?["']?format["']?\s*:\s*["']?(tender-eval/[\w-]+/\d+)""", re.MULTILINE)
_YAML = (".yaml", ".yml")
KINDS = {
    "tender-eval/scheme/1": "scheme",
    "tender-eval/bids/1": "bids",
    "tender-eval/test/1": "test",
    "tender-eval/lots-spec/1": "lots-spec",
    "tender-eval/panel/1": "panel",
}


@click.command("validate")
@click.argument("files", nargs=-1, required=True, type=click.Path(), metavar="FILE...")
@click.option("--scheme", type=click.Path(), help="Check bids against this scheme: every mark and figure.")
@click.option("--stage", type=click.Choice(("quality",)), help="With --scheme: prices are in a file of their own.")
@reader_option
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], scheme: str | None, stage: str | None) -> None:
    """Check schemes, bids, test files, panels and specs of simulations; tell every problem and where it is.

    Files may be of any kind, told apart by their format line. Bids alone are checked against their format;
    with --scheme also against that scheme, and with --stage quality against what it asks before prices are opened. A
    scheme that is sound is told with what its bids must state. A spec is checked with the files that it names.
    """
    if stage and not scheme:
        raise click.UsageError("--stage goes with --scheme")
    from tender_eval.model.diagnostics import Problems

    inputs: Inputs = ctx.obj
    found = Problems()
    catalogue = plugins(found)
    notices: list[Diagnostic] = []
    against = inputs.read(scheme, found) if scheme else None
    if against and catalogue:
        _scheme(against, catalogue, found, notices)
    for name in files:
        own = Problems()
        source = inputs.read(name, own)
        line = _checked(source, against, stage, catalogue, inputs, own, notices) if source and catalogue else ""
        if line and not own:
            emit(f"ok  {name}  {line}\n")
        found.extend(own)
    if told := [*found, *notices]:
        inputs.tell(told)
    if found:
        ctx.exit(1)


def _checked(
    source: Source,
    scheme: Source | None,
    stage: str | None,
    catalogue: Catalogue,
    inputs: Inputs,
    problems: Problems,
    notices: list[Diagnostic],
) -> str:
    """What a sound file is, in a few words; every problem of another is noted."""
    from tender_eval.model.diagnostics import Refused

    try:
        match _kind(source, catalogue):
            case "scheme":
                return _scheme(source, catalogue, problems, notices)
            case "test":
                return _cases(source)
            case "bids":
                if scheme and stage:
                    return _without_prices(source, scheme, catalogue, problems, notices)
                return _bids(source, scheme, catalogue, problems, notices)
            case "panel":
                return _panel(source, problems)
            case "lots-spec":
                return _spec(source, inputs)
            case _:
                return _unknown(source, problems)
    except Refused as e:
        problems.extend(e.diagnostics)
        return ""


def _kind(source: Source, catalogue: Catalogue) -> str:
    """What a file is by its format line; anything but YAML, and JSON without one, is for the readers of bids."""
    if any(kind().recognises(source) for kind in catalogue.readers.values()):
        return "bids"
    if source.suffix == ".json":
        return KINDS.get(_format_of_json(source), "bids")
    if source.suffix not in _YAML:
        return "bids"
    found = _FORMAT.search(source.text)
    return KINDS.get(found[1], "") if found else ""


def _format_of_json(source: Source) -> str:
    """The format that a JSON file states; nothing where it states none, or cannot be read."""
    from tender_eval.files.text.values import parse_yaml
    from tender_eval.model.diagnostics import Problems, Refused

    if "tender-eval/" not in source.text:
        return ""
    try:
        data = parse_yaml(source, Problems())
    except Refused:
        return ""
    found = data.get("format") if isinstance(data, dict) else None
    return found if isinstance(found, str) else ""


def _scheme(source: Source, catalogue: Catalogue, problems: Problems, notices: list[Diagnostic]) -> str:
    from tender_eval.engine.check import Sound, check
    from tender_eval.lots.check import limits_check

    checked = check(source, None, catalogue, limits_check(catalogue))
    problems.extend(checked.diagnostics)
    if not isinstance(checked, Sound):
        return ""
    notices += checked.compiled.plan.notices
    scheme = checked.compiled.scheme
    from tender_eval.report.template.summary import requirements_text

    named = t.count("valid.scheme", len(list(scheme.leaves())), id=scheme.id)
    return f"{named}\n{requirements_text(checked.compiled.plan)}"


def _bids(
    source: Source, scheme: Source | None, catalogue: Catalogue, problems: Problems, notices: list[Diagnostic]
) -> str:
    from tender_eval.engine.check import Sound, check
    from tender_eval.files.load import read_bids
    from tender_eval.lots.check import limits_check

    if scheme is None:
        bids = read_bids(source, catalogue.readers, problems)
        notices += bids.notices if bids else ()
        return t.count("valid.bids", len(bids.bids)) if bids else ""
    checked = check(scheme, source, catalogue, limits_check(catalogue))
    problems.extend(checked.diagnostics)
    if not isinstance(checked, Sound):
        return ""
    from tender_eval.cli.missing_reasons import without_reasons

    notices += (*checked.bids.notices, *without_reasons(checked.compiled, checked.bids))
    return t.count("valid.bids under scheme", len(checked.bids.bids), id=checked.compiled.scheme.id)


def _without_prices(
    source: Source, scheme: Source, catalogue: Catalogue, problems: Problems, notices: list[Diagnostic]
) -> str:
    """Bids before their prices are opened, as they are marked: all that the rest of the scheme asks is there."""
    from tender_eval.case.envelopes import check_envelopes, quality_part, refuse_prices
    from tender_eval.engine.check import Sound, asked_of, check
    from tender_eval.files.load import read_sound_bids
    from tender_eval.lots.check import limits_check

    checked = check(scheme, None, catalogue, limits_check(catalogue))
    problems.extend(checked.diagnostics)
    if not isinstance(checked, Sound):
        return ""
    check_envelopes(checked.compiled.plan, checked.compiled.scheme.where, problems)
    part = quality_part(checked.compiled)
    bids = read_sound_bids(source, catalogue.readers, problems, asked_of(part.plan)).bids
    if bids is None:
        return ""
    refuse_prices(bids, checked.compiled.plan, problems)
    problems.refuse()
    for lot in [lot.id for lot in bids.tender.lots] or [""]:
        part.evaluate(bids.for_lot(lot) if lot else bids)
    notices += bids.notices
    return t.count("valid.bids without prices", len(bids.bids), id=part.scheme.id)


def _cases(source: Source) -> str:
    from tender_eval.testing.cases import cases_in

    return t.count("valid.cases", len(cases_in(source)))


def _panel(source: Source, problems: Problems) -> str:
    from tender_eval.files.panel import read_panel

    found = read_panel(source, problems)
    return t.count("valid.panel", len(found.people)) if found else ""


def _spec(source: Source, inputs: Inputs) -> str:
    from tender_eval.lots.catalogue import load_catalogue
    from tender_eval.simulation.loading.load import load_spec

    spec = load_spec(source, load_catalogue(), inputs.source)
    return t.count("valid.designs", len(spec.designs))


def _unknown(source: Source, problems: Problems) -> str:
    from tender_eval.files.text.values import parse_yaml
    from tender_eval.model.location import Location, place

    data = parse_yaml(source, problems)
    found = data.get("format") if isinstance(data, dict) else None
    if data is not None or not problems:
        message = "the format line is missing" if found is None else f'the format is "{found}"'
        at = place(found, Location(source.name, 1, 1))
        problems.add("TE005", at, message, f"write format: and one of {', '.join(KINDS)}")
    return ""
