"""JSON Schemas of files, generated from the models that check them.

They keep to what draft-07 knows, so that the editors that council staff have complete and check schemes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from tender_eval.files.bids.file import BidsFile
from tender_eval.files.schemes.file import SchemeFile
from tender_eval.files.validate import model_in

DRAFT = "http://json-schema.org/draft-07/schema#"
Described = Mapping[str, tuple[type[BaseModel], str]]
"""Parameter models by name of scorer, rule or mechanism, each with a line that says what it does."""


def scheme_schema(scorers: Described, rules: Described, mechanisms: Described) -> dict[str, Any]:
    """The schema of ``tender-eval/scheme/1`` with the parameters of these scorers, award rules and mechanisms."""
    schema, definitions = _parts(SchemeFile)
    definitions["Scorer"] = _calls("scorer", scorers, definitions)
    definitions["Rule"] = _calls("award rule", rules, definitions)
    definitions["Mechanism"] = _calls("award mechanism", mechanisms, definitions)
    return _schema_document("tender-eval scheme", schema, definitions)


def bids_schema() -> dict[str, Any]:
    """The schema of ``tender-eval/bids/1``."""
    return _schema_document("tender-eval bids", *_parts(BidsFile))


def file_schema(title: str, model: type[BaseModel]) -> dict[str, Any]:
    """The schema of files that a model reads, and that nothing plugged in adds to."""
    return _schema_document(title, *_parts(model))


def _parts(model: type[BaseModel], of: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """A model's schema and the definitions it refers to, named after the plugin item that they are part ``of``."""
    schema = _tidy(model.model_json_schema(ref_template="#/definitions/" + of + "{model}"))
    definitions = {of + name: part for name, part in schema.pop("$defs", {}).items()}
    for part in _below(model, {model}):
        if part.__name__ not in definitions and not of:  # it is built on first use, and pydantic knows nothing of it
            own, further = _parts(part)
            definitions |= {**further, part.__name__: own}
    return schema, definitions


def _below(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Every model below another, each once."""
    for field in model.model_fields.values():
        found = model_in(field.annotation)
        if found is not None and found not in seen:
            seen.add(found)
            yield found
            yield from _below(found, seen)


def _calls(kind: str, described: Described, definitions: dict[str, Any]) -> dict[str, Any]:
    """Either the bare name, or a mapping with the name and the parameters that go with it."""
    names = [{"const": name, "description": line} for name, (_, line) in sorted(described.items())]
    with_parameters = []
    for name, (model, line) in sorted(described.items()):
        schema, more = _parts(model, name + ".")
        definitions.update(more)
        properties = {"name": {"const": name}, **schema.get("properties", {})}
        with_parameters.append(
            {
                "title": name,
                "description": line,
                "type": "object",
                "properties": properties,
                "required": ["name", *schema.get("required", [])],
                "additionalProperties": False,
            }
        )
    bare = {"description": f"a {kind} without parameters", "oneOf": names}
    return {"anyOf": [bare, *with_parameters]}


def _schema_document(title: str, schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    ordered = {name: definitions[name] for name in sorted(definitions)}
    return {"$schema": DRAFT, **schema, "title": title, "definitions": ordered}


def _tidy(value: Any) -> Any:
    """Without the titles that pydantic makes of field names, private fields, and docstrings' line breaks."""
    if isinstance(value, list):
        return [_tidy(v) for v in value]
    if not isinstance(value, dict):
        return value
    if "anyOf" in value:  # a key is left out or has a value: null is neither
        kinds = [kind for kind in value["anyOf"] if kind != {"type": "null"}]
        if len(kinds) < len(value["anyOf"]):
            value = {k: v for k, v in value.items() if k not in ("anyOf", "default")}
            value |= kinds[0] if len(kinds) == 1 else {"anyOf": kinds}
    if "properties" in value:
        kept = {k: v for k, v in value["properties"].items() if not v.get("internal")}
        value = {**value, "properties": kept}
    tidy: dict[str, Any] = {}
    for key, part in value.items():
        if key == "x-definition":  # a reference that pydantic knows nothing of
            tidy["$ref"] = f"#/definitions/{part}"
            continue
        if key == "title" and isinstance(part, str):
            continue
        text = " ".join(part.split()) if key == "description" and isinstance(part, str) else None
        if text is None and key == "properties":
            tidy[key] = {name: _tidy(field) for name, field in part.items()}
        else:
            tidy[key] = text if text is not None else _tidy(part)
    return tidy
