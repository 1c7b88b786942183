"""ReadAsModel located data against a pydantic model and gives every problem its place in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError

from tender_eval.files import mends
from tender_eval.files.fields import kind
from tender_eval.files.outside import outside_the_format
from tender_eval.model.codes import CODES
from tender_eval.model.diagnostics import Problems, did_you_mean, nearly
from tender_eval.model.location import Items, Location, Table, Text, place

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[int | str, ...]

_ONE = {"criteria": "criterion", "conditions": "condition", "bids": "bid", "lots": "lot", "cases": "case"}
KEY = "[key]"  # with this pydantic ends the path of an error in a key itself


class ReadAsModel(NamedTuple):
    """Says in the annotation of a type which model a mapping in its place is held against."""

    model: type[BaseModel]


def validate(
    model: type[Model], data: object, where: Location, problems: Problems, within: str = "", add: str = "add {}"
) -> Model | None:
    """The data as a model, or None with every problem noted.

    Args:
        where: the place to name when the data itself has none.
        within: what the data is, in words, where its file does not say it.
        add: how to write a key that is missing.
    """
    found, errors = model_or_errors(model, data)
    note(errors, model, data, where, problems, within, add)
    return found


def model_or_errors(model: type[Model], data: object) -> tuple[Model | None, list[Any]]:
    """The data as a model, or None and pydantic's errors.

    What a value means can depend on a key elsewhere, as a weight on ``weights``: its validator sees all of the data.
    """
    try:
        return model.model_validate(data, context=data), []
    except ValidationError as e:
        return None, list(e.errors(include_url=False))


def note(
    errors: Iterable[Any],
    model: type[BaseModel],
    data: object,
    where: Location,
    problems: Problems,
    within: str = "",
    add: str = "add {}",
) -> None:
    """Note pydantic's errors, but for those that only repeat or follow from what is told anyway."""
    errors = list(errors)
    told = {d.where for d in problems if d.where and (d.where.line or d.where.cell)}
    unknown = [e["loc"] for e in errors if e["type"] == "extra_forbidden"]
    misspelt = {(*loc[:-1], key) for loc in unknown for key in keys_meant(model, loc)}
    for error in errors:
        parent, value, here, path = _follow(data, error["loc"], where)
        key = str(error["loc"][-1]) if error["loc"] else ""
        if error["type"] == "missing":
            merged = isinstance(parent, Table) and "<<" in parent  # what it would bring is not known
            if merged or error["loc"] in misspelt:
                continue
            here = place(parent, here)
        elif error["type"] == "extra_forbidden":
            here = parent.place_of_key(key) if isinstance(parent, Table) else here
        if not (here in told and (error["type"] == "extra_forbidden" or isinstance(value, Text))):
            stated = parent if isinstance(parent, Table) else ()
            problems.add(*_message_of(error, value, here, path or within, model, add, stated))


def _message_of(
    error: Any,
    value: object,
    here: Location,
    path: str,
    model: type[BaseModel],
    add: str,
    stated: Collection[str],
) -> tuple[str, Location, str, str]:
    """An error as code, place, message and hint; ``stated`` are the keys beside the one at fault."""
    last = error["loc"][-1] if error["loc"] else ""
    key = f"item {last + 1} of {error['loc'][-2]}" if isinstance(last, int) else last
    at = f" in {path}" if path else ""
    match error["type"]:
        case "extra_forbidden" if outside := outside_the_format(key):
            return "TE010", here, f'"{key}"{at} cannot be said: {outside.what}', outside.instead
        case "extra_forbidden":
            hint = unknown_key(key, _known_keys(model, error["loc"]), stated)
            if " " in key and not here.cell and not hint.startswith("did you mean"):
                hint = "a comma inside { } begins a new key: put text that has commas in quotes"
            return "TE010", here, f'unknown key "{key}"{at}', hint
        case "missing":
            choices = " or ".join(_choices(model, error["loc"])) or "..."
            written = add.format(f"{key}: {choices}")
            if error["loc"][0] == "bids" and mends.in_table(here):
                written = mends.heading(".".join(str(part) for part in error["loc"][2:]))
            return "TE011", here, f'"{key}" is missing{at}', written
        case code if code in CODES:
            return code, here, error["ctx"]["message"], error["ctx"].get("hint", "")
        case "literal_error" | "enum":
            choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
            of = error["loc"][-2] if isinstance(last, int) else last
            return "TE016", here, f"{kind(value)} is not a value of {of}", did_you_mean(str(value), choices)
        case "model_type" | "dict_type" | "model_attributes_type" | "dataclass_type":
            written_as = f"indent its keys below {key}:, or write {key}: {{key: value}}"
            hint = written_as if isinstance(last, str) and key else "write {key: value}"
            hint = _of_lots(error["loc"], value) or hint
            return "TE012", here, f"{key or 'this'} must be a mapping (key: value)", hint
        case "list_type" | "tuple_type":
            item = value if isinstance(value, Text) and value.strip() else "..."
            return "TE012", here, f"{key} must be a list", f"write {key}: [{item}], or one item a line after a dash"
        case "too_short":
            return "TE018", here, f"{key} must have at least one item", "list at least one item"
        case "value_error" | "assertion_error":
            return "TE028", here, str(error["ctx"]["error"]), ""
        case _:
            return "TE012", here, f"{key}: {error['msg']}", ""


def _of_lots(path: Path, value: object) -> str:
    """How a bid says which lots it is for, where it lists them or writes nothing below one; else nothing."""
    if path[:1] != ("bids",) or "lots" not in path[-2:]:
        return ""
    if path[-1] != "lots":
        return f"write {path[-1]}: {{}}, with what is said for that lot in the braces"
    if not isinstance(value, Items) or not all(isinstance(lot, Text) for lot in value):
        return ""
    written = ", ".join(f"{lot}: {{}}" for lot in value)
    return f"write lots: {{{written}}}, with what is said for each lot in its braces"


def unknown_key(key: str, known: Collection[str], stated: Collection[str]) -> str:
    """The mend for an unknown key or heading; none that stands there already is offered: it would stand twice.

    >>> unknown_key("titel", ["title", "id"], ["titel"]), unknown_key("titel", ["title", "id"], ["titel", "title"])
    ('did you mean "title"?', 'remove one of the two: "title" is stated as well')
    >>> unknown_key("true", ["agreed", "on"], ["agreed", "true"])
    'write "on": tools that read YAML 1.1 make true of the word on'
    """
    if key.lower() == "true" and "on" in known and "on" not in stated:
        return 'write "on": tools that read YAML 1.1 make true of the word on'
    near = nearly(key, known)
    if near and near[0] in stated:
        return f'remove one of the two: "{near[0]}" is stated as well'
    return did_you_mean(key, known)


def _follow(data: object, path: Path, where: Location) -> tuple[object, object, Location, str]:
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
                names[-1:] = [_ONE.get(n, n) for n in names[-1:]]
                names.append(f'"{value["id"]}"')
        elif part == KEY and isinstance(parent, Table):
            here = parent.place_of_key(str(path[n - 1]))
        elif last:
            parent, value = value, None
    if len(names) > 1 and names[-2].startswith('"'):
        return parent, value, here, f"{names[-1]} of {names[-2]}"
    return parent, value, here, " ".join(names[-2:])


def keys_meant(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The key that the unknown one at the end of a path may stand for, if any is near."""
    return tuple(get_close_matches(str(path[-1]), _known_keys(model, path), n=1))


def _known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """The keys that the mapping at an error's path may have."""
    found = _model_at(model, path)
    fields = found.model_fields if found else {}
    return [field.alias or name for name, field in fields.items() if field.exclude is not True]


def _choices(model: type[BaseModel], path: Path) -> tuple[str, ...]:
    """The values that the missing key at the end of a path may have, where they are few."""
    found = _model_at(model, path)
    field = found.model_fields.get(str(path[-1])) if found else None
    return get_args(field.annotation) if field and get_origin(field.annotation) is Literal else ()


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """The model that holds the last key of an error's path."""
    found: type[BaseModel] | None = model
    for part in path[:-1]:
        found = _step(found, part) if found else None
    return found


def _step(model: type[BaseModel], part: int | str) -> type[BaseModel] | None:
    """The model below one part of a path: through a field, or into the items of a list or mapping."""
    if isinstance(part, int) or part not in model.model_fields:
        return model
    # A field that holds no model has nothing below it: then the part is the key of a mapping of that name.
    return model_in(model.model_fields[part].annotation) or model


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a mapping, or the items of a list or mapping, of this type are held against."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for holds in getattr(annotation, "__metadata__", ()):
        if isinstance(holds, ReadAsModel):
            return holds.model
    for inner in getattr(annotation, "__args__", ()):
        if (found := model_in(inner)) is not None:
            return found
    return None
