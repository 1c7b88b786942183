"""Holds located data against a pydantic model and gives every problem its place in the file."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tender_eval.model.codes import CODES
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Items, Location, Table, place

Model = TypeVar("Model", bound=BaseModel)


def validate(
    model: type[Model], data: object, where: Location, problems: Problems, partial: bool = False
) -> Model | None:
    """The data as a model, or None with every problem noted.

    Args:
        where: the place to name when the data itself has none.
        partial: give what is left when the faulty parts are taken out, if that still makes a model, so that
            the rest of the file can be checked in the same run; the problems are noted all the same.
    """
    try:
        return model.model_validate(data)
    except ValidationError as e:
        errors = e.errors(include_url=False)
    for error in errors:
        _note(error, data, where, problems, model)
    if not partial:
        return None
    rest = _copy(data)
    for path in sorted((error["loc"] for error in errors if error["type"] != "missing"), key=str, reverse=True):
        _take_out(rest, path)
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _copy(value: object) -> object:
    match value:
        case Table():
            table = Table(value.where)
            table.update((k, _copy(v)) for k, v in value.items())
            return table
        case Items():
            items = Items(value.where)
            items.extend(_copy(v) for v in value)
            return items
        case _:
            return value


def _take_out(data: object, path: tuple[int | str, ...]) -> None:
    """Delete what a path leads to; tags of unions in the path are passed over."""
    parent: object = None
    last: Any = None
    value = data
    for part in path:
        if isinstance(value, Table) and part in value:
            parent, last, value = value, part, value[str(part)]
        elif isinstance(value, Items) and isinstance(part, int) and part < len(value):
            parent, last, value = value, part, value[part]
    if isinstance(parent, Table | Items):
        del parent[last]


def _note(error: Any, data: object, where: Location, problems: Problems, model: type[BaseModel]) -> None:
    parent, value, here, path = _follow(data, error["loc"], where)
    key = str(error["loc"][-1]) if error["loc"] else ""
    at = f" in {path}" if path else ""
    match error["type"]:
        case "extra_forbidden":
            known = _known_keys(model, error["loc"])
            at_key = parent.place_of_key(key) if isinstance(parent, Table) else here
            comma = "a comma inside { } begins a new key: put text that has commas in quotes" if " " in key else ""
            problems.add("TE010", at_key, f'unknown key "{key}"{at}', comma or did_you_mean(key, known))
        case "missing":
            problems.add("TE011", place(parent, here), f'"{key}" is missing{at}', f"add {key}: ...")
        case code if code in CODES:
            problems.add(code, here, error["ctx"]["message"], error["ctx"].get("hint", ""))
        case "literal_error" | "enum":
            choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            problems.add(
                "TE016", here, f'"{value}" is not a value of {key}', did_you_mean(str(value), choices)
            )
        case "model_type" | "dict_type" | "model_attributes_type" | "dataclass_type":
            problems.add("TE012", here, f"{key or 'this'} must be a mapping (key: value)", "")
        case "list_type" | "tuple_type":
            problems.add(
                "TE012", here, f"{key} must be a list", "write [ ... ], or one item a line after a dash"
            )
        case "too_short":
            problems.add("TE018", here, f"{key} must have at least one item")
        case "value_error" | "assertion_error":
            problems.add("TE028", here, str(error["ctx"]["error"]))
        case _:
            problems.add("TE012", here, f"{key}: {error['msg']}")


def _follow(
    data: object, path: tuple[int | str, ...], where: Location
) -> tuple[object, object, Location, str]:
    """The parent and value that an error's path leads to, the nearest place, and the way there in words.

    Parts of the path that name no key are pydantic's tags of a union, and are passed over.
    """
    parent: object = data
    value: object = data
    here = place(data, where)
    names: list[str] = []
    for n, part in enumerate(path):
        last = n == len(path) - 1
        if isinstance(value, Table) and part in value:
            parent, value = value, value[str(part)]
            here = place(value, parent.place_of_key(str(part)))
            if not last:
                names.append(str(part))
        elif isinstance(value, Items) and isinstance(part, int) and part < len(value):
            parent, value = value, value[part]
            here = place(value, here)
            if isinstance(value, Table) and "id" in value:
                names.append(f'"{value["id"]}"')
        elif last:
            parent, value = value, None
    return parent, value, here, " ".join(names[-2:])


def _known_keys(model: type[BaseModel], path: tuple[int | str, ...]) -> list[str]:
    """The keys of the model that an error's path ends in."""
    found: type[BaseModel] | None = model
    for part in path[:-1]:
        found = _step(found, part) if found else None
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _step(model: type[BaseModel], part: int | str) -> type[BaseModel] | None:
    """The model below one part of a path: through a field, or into the items of a list or mapping."""
    if isinstance(part, int) or part not in model.model_fields:
        return model
    return _model_in(model.model_fields[part].annotation)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        if (found := _model_in(inner)) is not None:
            return found
    return None
