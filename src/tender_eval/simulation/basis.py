"""What each figure that went in rests on: assumption, evidence, or a choice of the commissioner's."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.simulation.outcome import Stated
from tender_eval.simulation.parameters import FACTS, SETTINGS, TYPE_FIELDS, Basis, Parameter, Value, of_type
from tender_eval.simulation.spec import Spec

FITTED = "fitted to "
"""A source that begins so names data to which the value was fitted: it is computed, and does not stand there."""

USERS = "stated by the user, who names no source"


def all_stated(spec: Spec) -> tuple[Stated, ...]:
    """Every parameter as it was used, in the order of the table, and the facts of the types last."""
    return (*_settings(spec), *_types(spec), *_facts(spec))


def _settings(spec: Spec) -> Iterator[Stated]:
    common = spec.designs[0]
    for p in SETTINGS:
        value = spec.stated.get(p.name, p.default if p.name in common.changed else getattr(common.settings, p.name))
        yield _stated(p, value, spec)


def _types(spec: Spec) -> Iterator[Stated]:
    for kind in spec.types:
        for field in TYPE_FIELDS:
            value: Value = getattr(kind, field.name)
            yield _stated(of_type(kind.name, field.name, value), value, spec)


def _facts(spec: Spec) -> Iterator[Stated]:
    for kind in spec.types:
        for column, value in kind.facts.items():
            name, default = f"{kind.name}.facts.{column}", FACTS.get(kind.name, {}).get(column)
            source = spec.sources.get(name, "no source" if value == default else USERS)
            basis: Basis = "S" if name in spec.sources else "A"
            about = "A figure of the type that some schemes read."
            known = value if default is None else default
            yield Stated(name, value, known, "", basis, source, about, value != default)


def _stated(parameter: Parameter, value: Value, spec: Spec) -> Stated:
    source, basis = parameter.source, parameter.basis
    counted = parameter.name.endswith(".count") and bool(spec.providers)
    changed = value != parameter.default
    if counted:
        source, basis = "counted in the file of providers", "D"
    elif parameter.name in spec.sources:
        source = spec.sources[parameter.name]
        basis = "C" if basis == "C" else "D" if source.startswith(FITTED) else "S"
    elif changed and basis != "C":
        source, basis = USERS, "A"
    return Stated(
        parameter.name, value, parameter.default, parameter.unit, basis, source, parameter.about, changed,
        parameter.low, parameter.high,
    )  # fmt: skip
