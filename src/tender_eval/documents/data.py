"""A document as plain data: what it says, block by block, for programs that set it in a form of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import cast, get_args

from tender_eval.documents.charts import BarChart, Plot
from tender_eval.documents.model import Block, Document, TreeNode
from tender_eval.languages.inert import json_text
from tender_eval.languages.runs import Run, text_of

FORMAT = "tender-eval/document/1"
BLOCKS: tuple[type, ...] = get_args(Block)


def document_json(document: Document) -> str:
    """The document as JSON. Text is text; where something stands out in it, the runs stand beside it."""
    data: dict[str, object] = {"format": FORMAT, "language": document.language, "title": document.title}
    data |= {name: text for name in ("draft", "kind", "subtitle") if (text := getattr(document, name))}
    data |= {"letterhead": list(document.head)} if document.head else {}
    data |= {"facts": [_pair(pair) for pair in document.facts]} if document.facts else {}
    data["blocks"] = [_block(block) for block in document.blocks]
    data |= {"foot": text_of(document.foot)} if document.foot else {}
    return json_text(data)


def _pair(pair: Iterable[tuple[Run, ...]]) -> list[object]:
    return [_value(part) for part in pair]


def _block(block: Block | BarChart | Plot) -> dict[str, object]:
    return {"block": _name(type(block).__name__), **_fields(block)}


def _name(kind: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() and n else c.lower() for n, c in enumerate(kind))


def _fields(record: object) -> Mapping[str, object]:
    """What a record holds; what is empty is left out."""
    found = {f.name: getattr(record, f.name) for f in fields(record)}  # type: ignore[arg-type]  # a dataclass
    return {name: _value(value) for name, value in found.items() if value not in ("", (), None, False, frozenset())}


def _value(value: object) -> object:
    match value:
        case bool() | int() | float() | str() | None:
            return value
        case Fraction():
            return str(value)
        case frozenset():
            return sorted(value)
        case tuple() if value and all(isinstance(run, Run) for run in value):
            return _text(value)
        case tuple():
            return [_value(part) for part in value]
        case TreeNode():
            return _fields(value)
        case _ if isinstance(value, BLOCKS):
            return _block(cast("Block", value))
        case _ if is_dataclass(value):
            return _fields(value)
        case _:
            raise TypeError(f"{value!r} stands in no document")


def _text(text: tuple[Run, ...]) -> object:
    if all(run.kind in ("", "name") and not run.short and not run.to for run in text):
        return text_of(text)
    return {"text": text_of(text), "runs": [_fields(run) for run in text]}
