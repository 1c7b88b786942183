"""What a spec states outright, as plain values by name, and where it is written."""

from __future__ import annotations

from typing import Any

from tender_eval.model.location import Items, Location, Table, place
from tender_eval.simulation.spec.parameters import (
    Value,
)


def settings_stated(model: Any) -> dict[str, Value]:
    return {} if model is None else {name: plain(getattr(model, name)) for name in sorted(model.model_fields_set)}


def type_stated(model: Any) -> dict[str, Value]:
    if model is None:
        return {}
    return {name: plain(getattr(model, name)) for name in sorted(model.model_fields_set) if name != "facts"}


def facts_stated(model: Any) -> dict[str, float]:
    return {} if model is None or model.facts is None else {str(k): float(v) for k, v in model.facts.items()}


def types_are_written(data: Table) -> bool:
    """Whether types are written, though all of them be at fault."""
    market = data.get("market")
    return isinstance(market, Table) and bool(market.get("types"))


def place_of_count(data: Table, kind: str) -> Location | None:
    """Where the number of a type is written."""
    found: object = data
    for key in ("market", "types", kind):
        found = found.get(key) if isinstance(found, Table) else None
    return found.place_of_key("count") if isinstance(found, Table) else None


def plain(value: Any) -> Value:
    return str(value) if isinstance(value, str) else value


def place_of_lots(data: Table, at: int) -> Location:
    """Where the number of lots at this place of the list is written."""
    items = data.get("lots")
    return place(items[at]) if isinstance(items, Items) and at < len(items) else data.place_of_key("lots")
