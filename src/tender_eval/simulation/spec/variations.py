"""A design and its market with parameters at other values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tender_eval.simulation.spec.assumptions import drawn, settings_used
from tender_eval.simulation.spec.parameters import Value, of_type
from tender_eval.simulation.spec.records import Design, ProviderType, Spec

JOINT = ("income_sigma", "days", "home_areas", "away_cost")
"""Fields of the types that the sensitivity changes for all types together."""

SINGLY = ("quality", "count", "income")

GAPS = "types.quality"
"""How much the types differ in quality: low, not at all (all have the mean of the providers); high, twice as much."""

FACTS = "types.facts"
"""What schemes read of providers beside what is drawn, such as years in the area: low, half of it; high, twice."""

SCALES = (0.5, 2.0)

SCALED = ("supplier.", "values.", "consortium.")


@dataclass(frozen=True, slots=True)
class Variation:
    """An assumption with the two values that are tried in its place."""

    name: str  # a parameter, or a field of all types such as types.days
    value: Value
    low: Value
    high: Value

    def applied(self, spec: Spec, value: Value) -> Spec:
        """The spec with the low or the high value."""
        kind, _, field = self.name.rpartition(".")
        if kind != "types":
            return varied(spec, {self.name: value})
        end = "low" if value == self.low else "high"
        if self.name == FACTS:
            return with_facts(spec, SCALES[end == "high"])
        if self.name == GAPS:
            low, high = _gaps(drawn(spec, "quality"))
            return varied(spec, low if end == "low" else high)
        tried = {f"{t.name}.{field}": of_type(t.name, field, getattr(t, field)).tried for t in spec.types}
        values = {name: low if end == "low" else high for name, (low, high) in tried.items()}
        return varied(spec, values)


def varied(spec: Spec, values: Mapping[str, Value]) -> Spec:
    """The spec with parameters at other values, but where a design sets them itself."""
    types = tuple(_type(t, values) for t in spec.types)
    return replace(spec, types=types, designs=tuple(_design(d, values) for d in spec.designs))


def variations(spec: Spec) -> tuple[Variation, ...]:
    """Every assumption of a spec that can move anybody's conduct, and was not given a source by the user.

    What a file of providers states of all providers of a type is none: the figure of the type is not used.
    """
    found = []
    settings = spec.designs[0].settings
    for p in settings_used(spec):
        if p.basis == "A" and not p.accounts_only and p.low is not None and p.high is not None and p.low != p.high:
            found.append(Variation(p.name, getattr(settings, p.name), p.low, p.high))
    for field in SINGLY:
        if field == "count" and spec.providers:
            continue  # counted, not assumed
        for t in drawn(spec, field):
            p = of_type(t.name, field, getattr(t, field))
            found.append(Variation(p.name, getattr(t, field), *p.tried))
    kept = [v for v in found if v.name not in spec.sources]
    for field in ("quality", *JOINT):
        types = drawn(spec, field)
        between = field != "quality" or len(types) > 1  # a gap has two sides
        if between and not all(f"{t.name}.{field}" in spec.sources for t in types):
            kept.append(_joint(types, field))
    if with_scaled_facts(spec):
        kept.append(Variation(FACTS, 1.0, *SCALES))
    return tuple(kept)


def with_scaled_facts(spec: Spec) -> bool:
    """Whether any type has a fact that a trial changes."""
    return any(_scaled(t.facts, 2.0) != t.facts for t in spec.types)


def with_facts(spec: Spec, times: float) -> Spec:
    """The spec with what schemes read of providers at so many times what is stated."""

    def scaled(types: tuple[ProviderType, ...]) -> tuple[ProviderType, ...]:
        return tuple(replace(t, facts=_scaled(t.facts, times)) for t in types)

    designs = tuple(replace(d, types=scaled(d.types)) for d in spec.designs)
    return replace(spec, types=scaled(spec.types), designs=designs)


def _scaled(facts: Mapping[str, float], times: float) -> dict[str, float]:
    return {name: value * times if name.startswith(SCALED) else value for name, value in facts.items()}


def _joint(types: Sequence[ProviderType], field: str) -> Variation:
    """A field of all types that use it: its values, low values and high values in the order of the types."""
    now: list[Value] = [getattr(t, field) for t in types]
    if f"types.{field}" == GAPS:
        ends = [list(values.values()) for values in _gaps(types)]
    else:
        each = [of_type(t.name, field, value).tried for t, value in zip(types, now, strict=True)]
        ends = [list(end) for end in zip(*each, strict=True)]
    shown = [" / ".join(_short(v) for v in values) for values in (now, *ends)]
    return Variation(f"types.{field}", *shown)


def _gaps(types: Sequence[ProviderType]) -> tuple[dict[str, Value], dict[str, Value]]:
    """The qualities of the types without gaps, and with twice the gaps, about the mean of the providers."""
    number = sum(t.count for t in types) or 1
    mean = round(sum(t.count * t.quality for t in types) / number, 4)
    twice = {t.name: round(min(max(2 * t.quality - mean, 0.0), 1.0), 4) for t in types}
    return {f"{t.name}.quality": mean for t in types}, {f"{name}.quality": q for name, q in twice.items()}


def _short(value: Value) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _type(kind: ProviderType, values: Mapping[str, Value], but: Mapping[str, Value] | None = None) -> ProviderType:
    own = {
        name.partition(".")[2]: value
        for name, value in values.items()
        if name.partition(".")[0] == kind.name and "." in name and name not in (but or {})
    }
    return replace(kind, **own) if own else kind  # type: ignore[arg-type]


def _design(design: Design, values: Mapping[str, Value]) -> Design:
    own = {name: v for name, v in values.items() if "." not in name and name not in design.changed}
    return replace(
        design,
        settings=replace(design.settings, **own),  # type: ignore[arg-type]
        types=tuple(_type(t, values, design.changed) for t in design.types),
    )
