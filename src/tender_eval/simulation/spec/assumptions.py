"""What each figure that went in rests on: assumption, evidence, or a choice of the commissioner's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tender_eval.model.scheme import Scheme
from tender_eval.simulation.spec.lot_rule import given_by, shares_pot
from tender_eval.simulation.spec.parameters import (
    FACTS,
    GRANTS,
    POUNDS,
    SETTINGS,
    TYPE_FIELDS,
    Basis,
    Origin,
    Parameter,
    Unit,
    Value,
    of_type,
    type_default,
)
from tender_eval.simulation.spec.records import INCOMES, ProviderType, Spec

FITTED = "fitted to "
"""A source that begins so names data to which the value was fitted: it is computed, and does not stand there."""

COLUMNS = {"quality": "quality", "income": "income", "income_sigma": "income", "days": "days", "home_areas": "home"}
"""Fields of a type, and what a file of providers states in their place."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """A parameter as it was used, and what it rests on.

    Attributes:
        basis: of the value: that of the default where it is the default. What the user changed is an assumption,
            or evidence (S) where they name a source.
        default: None of a fact that the spec states and for which there is none.
        changed: the user set it otherwise than the default.
        known: providers of the type of whom the file of providers states it, so that this is not used of them.
    """

    name: str
    value: Value
    default: Value | None
    unit: Unit | Literal[""]  # none of a fact
    basis: Basis
    source: Origin
    changed: bool
    low: Value | None = None
    high: Value | None = None
    providers_known: int = 0


def assumptions_of(spec: Spec) -> tuple[Assumption, ...]:
    """Every parameter as it was used, in the order of the table, and the facts of the types last.

    A field of a type is left out where the file of providers states it for all of them: it was not used.
    """
    return (*_settings(spec), *_types(spec), *_facts(spec))


def drawn(spec: Spec, field: str) -> tuple[ProviderType, ...]:
    """The types of which a field is used: all, but those of which the file of providers states it for every one."""
    if not spec.providers or field not in COLUMNS or (field == "income" and _scored(spec)):
        return spec.types
    marked = {t.name for types in (spec.types, *(d.types for d in spec.designs)) for t in types if _marked(t)}
    kept = marked if field == "quality" else set[str]()
    return tuple(t for t in spec.types if t.name in kept or _known(spec, t.name, field) < t.count)


def unused_figures(spec: Spec) -> tuple[str, ...]:
    """What was set of a type otherwise than its default and is not used, for the file of providers states it of all."""
    return tuple(
        f"{kind.name}.{field.name}"
        for kind in spec.types
        for field in TYPE_FIELDS
        if kind.count and does_nothing(spec, f"{kind.name}.{field.name}")
        if spec.stated.get(f"{kind.name}.{field.name}", default := type_default(kind.name, field.name)) != default
    )


def settings_used(spec: Spec) -> tuple[Parameter, ...]:
    """The settings that have a use: what is asked of a pot is left out where no scheme shares one out."""
    pots = any(shares_pot(d.scheme) for d in spec.designs)
    return tuple(p for p in SETTINGS if pots or p.name not in GRANTS)


def does_nothing(spec: Spec, name: str) -> bool:
    """Whether a parameter is a figure of a type that the file of providers stands in place of for all of them."""
    kind, _, field = name.rpartition(".")
    if not (kind and spec.providers):
        return False
    return field == "count" or all(t.name != kind for t in drawn(spec, field))


def _marked(kind: ProviderType) -> bool:
    """Whether the type has marks of its own, which are kept as so much above or below its quality."""
    return any(column.startswith("marks.") for column in kind.facts)


def _scored(spec: Spec) -> bool:
    """Whether a scheme scores by income: bidders then reckon with that of a rival's type."""
    return any(column in text for d in spec.designs for text in _read(d.scheme) for column in INCOMES)


def _read(scheme: Scheme) -> Iterator[str]:
    """What names the columns that a scheme reads of bids that compete; conditions of entry read the real income."""
    calls = [scheme.award.rule, *(c.scorer for top in scheme.criteria for c in top.walk() if c.scorer)]
    yield from (str(value) for call in calls for value in call.params.values())
    yield from (tie.reads for tie in scheme.award.ties)
    for condition in scheme.conditions:
        limits = [bound.of for bound in (condition.at_least, condition.at_most) if bound]
        if any(of.startswith(("price", "marks.")) for of in limits):  # asked once the price is known
            yield condition.reads


def _known(spec: Spec, kind: str, field: str) -> int:
    """Of how many providers of a type the file states what else a field of the type would say."""
    if field not in COLUMNS:
        return 0
    return sum(p.type == kind and getattr(p, COLUMNS[field]) is not None for p in spec.providers)


def _settings(spec: Spec) -> Iterator[Assumption]:
    common = spec.designs[0]
    of_scheme = given_by(common.scheme)
    for p in settings_used(spec):
        value = spec.stated.get(p.name, p.default if p.name in common.changed else getattr(common.settings, p.name))
        stated = _assumption(p, value, spec)
        if p.name in of_scheme and p.name not in {**spec.stated, **spec.sources, **common.changed}:
            stated = replace(stated, source=Origin("scheme", common.scheme.id))
        yield stated


def _types(spec: Spec) -> Iterator[Assumption]:
    used = {field.name: drawn(spec, field.name) for field in TYPE_FIELDS}
    for kind in spec.types:
        for field in TYPE_FIELDS:
            if kind in used[field.name]:
                value: Value = getattr(kind, field.name)
                known = _known(spec, kind.name, field.name)
                yield _assumption(of_type(kind.name, field.name, value), value, spec, known)


def _facts(spec: Spec) -> Iterator[Assumption]:
    for kind in spec.types:
        for column, value in kind.facts.items():
            name, default = f"{kind.name}.facts.{column}", FACTS.get(kind.name, {}).get(column)
            source = Origin("table", "own") if value == default else Origin("user")
            basis: Basis = "A"
            if name in spec.sources:
                source, basis = Origin("named", spec.sources[name]), "S"
            yield Assumption(name, value, default, "", basis, source, default is not None and value != default)


def _assumption(parameter: Parameter, value: Value, spec: Spec, known: int = 0) -> Assumption:
    source, basis = Origin("table", parameter.source), parameter.basis
    counted = parameter.name.endswith(".count") and bool(spec.providers)
    changed = value != parameter.default
    if counted:
        source, basis = Origin("counted"), "D"
    elif parameter.name in spec.sources:
        source = Origin("named", spec.sources[parameter.name])
        basis = "C" if basis == "C" else "D" if source.text.startswith(FITTED) else "S"
    elif changed and basis != "C":
        source, basis = Origin("user"), "A"
    elif not changed and parameter.money and spec.currency not in ("", POUNDS):
        source, basis = source._replace(in_pounds=True), "C" if basis == "C" else "A"
    return Assumption(
        parameter.name, value, parameter.default, parameter.unit, basis, source, changed, parameter.low,
        parameter.high, known,
    )  # fmt: skip
