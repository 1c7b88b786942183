"""What each figure that went in rests on: assumption, evidence, or a choice of the commissioner's."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.simulation.outcome import Stated
from tender_eval.simulation.parameters import SETTINGS, TYPE_FIELDS, Parameter, Value, of_type
from tender_eval.simulation.spec import Spec


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
            name = f"{kind.name}.facts.{column}"
            yield Stated(name, value, value, "", "A", "no source", "A figure that some schemes read.", False)


def _stated(parameter: Parameter, value: Value, spec: Spec) -> Stated:
    source, basis = parameter.source, parameter.basis
    counted = parameter.name.endswith(".count") and bool(spec.providers)
    changed = value != parameter.default
    if counted:
        source, basis = "counted in the file of providers", "D"
    elif parameter.name in spec.sources:
        source, basis = spec.sources[parameter.name], "S" if basis != "C" else "C"
    elif changed and basis != "C":
        source, basis = "stated by the user, who names no source", "A"
    return Stated(
        parameter.name, value, parameter.default, parameter.unit, basis, source, parameter.about, changed,
        parameter.low, parameter.high,
    )  # fmt: skip
