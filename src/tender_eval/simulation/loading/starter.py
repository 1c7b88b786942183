"""A complete spec to start from, with a comment on every parameter: what ``simulate lots --init`` prints."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.file import SPEC_FORMAT
from tender_eval.simulation.loading.load import built_in_file, load_spec
from tender_eval.simulation.spec.labels import about, basis_meaning, group_in_words, source_in_words, unit_in_words
from tender_eval.simulation.spec.lot_rule import NAMES
from tender_eval.simulation.spec.parameters import (
    GRANTS,
    POUNDS,
    SETTINGS,
    TYPE_FIELDS,
    Parameter,
    Value,
    in_yaml,
    of_type,
)
from tender_eval.simulation.spec.records import ProviderType, Spec

PRESETS = ("county", "city", "welsh-region", "england")
FITTED = ("digital-outcomes", "world-bank")  # to data; printed as they are kept (docs/calibration.md)
LINE = 112

_WHOLE = """\
# How lot size affects small providers: a spec for `tender-eval simulate lots FILE`.
#
# Every parameter is here with its unit and what its value rests on:
#   S  the figure stands in the source named          D  computed from the data named
#   A  an assumption: replace it where you know more  C  a choice, which claims nothing
# What you leave out has the value that it has here. Name the source of a figure of your own under `sources`,
# and it is shown as evidence; without one it stays an assumption, which every result says.

{about}
format: {format}
title: {title}

# The scheme by which bids are scored: the path of your scheme file from the folder of this one, or
# light-touch-60-40, which comes with the simulation (60 quality, 40 price).
scheme: {scheme}

# Simulated tenders, and the seed: the same seed gives the same result.
draws: {draws}
seed: {seed}

# The currency of every amount here, if it is not that of the scheme. The defaults are figures in pounds: in another
# currency they are assumptions, and want figures of your own.
# currency: GBP

# How many authorities tender like this: costs and work are also told for all of them.
authorities: {authorities}

# Numbers of equal lots to compare, the first with each of the others.
lots: [{lots}]

# Designs other than equal lots: each may have areas of its own choosing, another scheme, or any parameter changed.
# The first is the one that the others are compared with. They stand in place of `lots`.
# designs:
#   - {{name: one contract, lots: 1}}
#   - {{name: two lots and ten weeks, partition: [{halves}], parameters: {{timetable_days: 70}}}}
#   - {{name: a scheme for small providers, lots: {most}, scheme: another-scheme.yaml}}

parameters:
{settings}
# Names of the areas and their shares of the need, in place of their number:
# areas: {{north: 2, south: 1}}

market:
  # Real providers, one a row: name, type, income, home (areas, separated by semicolons), quality, days, partners
  # (names in the file, separated by semicolons: with them it bids where it cannot bid alone, and they bid no more).
  # Remove `count` from each type below then: the providers of the file are counted. What the file states of a
  # provider stands in place of the figure of its type.
  # providers: providers.csv
  types:
{fields}{types}
# sweep: {{timetable_days: [14, 30, 70]}}       # each value with each design; several parameters: all with all
# sources: {{local.income: "accounts of 2025"}} # where your own figures are from
"""


def starting_spec(name: str, catalogue: Catalogue) -> str:
    """The whole spec of a preset as YAML with comments; it runs as it stands."""
    source = built_in_file(name)
    if name in FITTED:
        return source.text
    spec = load_spec(source, catalogue)
    return _WHOLE.format(
        about=_introduced(source),
        format=SPEC_FORMAT,
        title=spec.title,
        scheme=spec.designs[0].scheme.id,
        draws=spec.draws,
        seed=spec.seed,
        authorities=spec.authorities,
        lots=", ".join(str(d.lots) for d in spec.designs),
        most=spec.designs[-1].lots,
        halves=_halves(spec),
        settings="".join(_settings(spec.designs[0].settings)),
        fields="".join(_fields()),
        types="".join(_type(t) for t in spec.types),
    )


def _introduced(source: Source) -> str:
    """The comment at the head of the preset."""
    lines = source.text.splitlines(keepends=True)
    return "".join(lines[: next(n for n, line in enumerate(lines) if not line.startswith("#"))])


def _halves(spec: Spec) -> str:
    names = spec.area_names
    middle = (len(names) + 1) // 2
    return ", ".join(f"[{', '.join(half)}]" for half in (names[:middle], names[middle:]))


def _settings(settings: object) -> Iterator[str]:
    for group, parameters in groupby(SETTINGS, key=lambda p: p.group):
        yield f"  # --- {group_in_words(group)}\n"
        for parameter in parameters:
            value: Value = getattr(settings, parameter.name)
            left_out = parameter.name in (*NAMES, *GRANTS) and value == parameter.default  # for the scheme to say
            line = f"{'# ' if left_out else ''}{parameter.name}: {in_yaml(value)}"
            yield f"{_commented(parameter, value, '  ')}  {line}\n"


def _commented(parameter: Parameter, value: Value, indent: str) -> str:
    text = f"{about(parameter.name)} [{unit_in_words(parameter.unit, POUNDS)}] {basis_in_words(parameter, value)}"
    return "".join(f"{indent}# {line}\n" for line in wrap(text, LINE - len(indent) - 2))


def basis_in_words(parameter: Parameter, value: Value) -> str:
    """What a value rests on: the basis of the default, where it is the default."""
    if value != parameter.default and parameter.basis != "C":
        return f"A: assumed by this preset; the default is {in_yaml(parameter.default)}"
    if parameter.source in ("", "own"):
        return f"{parameter.basis}: {basis_meaning(parameter.basis)}"
    return f"{parameter.basis}: {source_in_words(parameter.source)}"


def _fields() -> Iterator[str]:
    """The comment on what is stated of each type."""
    for field in TYPE_FIELDS:
        told = source_in_words(field.source) if field.source else basis_meaning(field.basis)
        choices = f", one of {', '.join(field.choices)}" if field.choices else ""
        unit = unit_in_words(field.unit, POUNDS)
        lines = wrap(f"{field.name}: {about(field.name)} [{unit}{choices}] {field.basis}: {told}", LINE - 6)
        yield "".join(f"    # {line}\n" for line in lines)
    yield "    # facts: other figures that some schemes read of them. A: no source\n"


def _type(kind: ProviderType) -> str:
    lines = [f"    {kind.name}:\n"]
    for field in TYPE_FIELDS:
        value: Value = getattr(kind, field.name)
        differs = value != of_type(kind.name, field.name, value).default
        default = in_yaml(of_type(kind.name, field.name, value).default)
        comment = f"  # the default is {default}" if differs else ""
        lines.append(f"      {field.name}: {in_yaml(value)}{comment}\n")
    facts = ", ".join(f"{k}: {in_yaml(v)}" for k, v in kind.facts.items())
    return "".join([*lines, f"      facts: {{{facts}}}\n"])
