"""The settings of a scorer, an award rule or a mechanism as the scheme states them, in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from tender_eval.documents.model import Block, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import grouped, number
from tender_eval.languages.phrases import phrase
from tender_eval.model.digits import shown
from tender_eval.model.scheme import Call
from tender_eval.report.terms.figures import figure_name
from tender_eval.report.terms.heads import heads

_BAND, _POINT = {"from", "share"}, {"value", "score"}
_DOTTED = re.compile(r"[A-Za-z_]\w*\.[\w.+]+")
_NAME = re.compile(r"[A-Za-z_]\w*")
_DIGITS = re.compile(r"-?[0-9]+(\.[0-9]+)?")
t = catalogue("terms")


def as_written(value: object) -> str:
    """A setting in one line, as a file of a scheme has it."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{name}: {as_written(part)}" for name, part in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(as_written, value)) + "]"
        case _:
            return shown(value)


def parameters_table(title: str, call: Call, params: Any) -> Iterator[Block]:
    """The settings of a scorer or rule as the scheme states them, each with its meaning.

    Args:
        params: the same as they were read; what is a number there is grouped, and no other text.
    """
    if not call.params:
        return
    rows = []
    for name, value in call.params.items():
        field, read = _read(params, name)
        meaning = phrase(field.description or "") if field else ""
        for setting, part, as_read in _parts(name.replace("_", " "), value, read):
            rows.append((setting, value_in_words(part, as_read), meaning))
            meaning = "" if meaning == "" else t("parameters.as_above")
    caption = t("parameters", title=title)
    yield table(caption, heads(t, "parameters", "setting value meaning"), rows, widths=(20, 42, 38))


def _read(params: Any, name: str) -> tuple[Any, object]:
    """The field of a parameter by the name that is written, and its value; nothing where there is none."""
    if isinstance(params, Mapping):
        return None, params.get(name)
    for known, field in getattr(type(params), "model_fields", {}).items():
        if name in (known, field.alias):
            return field, getattr(params, known)
    return None, None


def _parts(name: str, value: object, read: object) -> Iterator[tuple[str, object, object]]:
    """A list of tables, or what is called by names, one by one; any other setting as it is."""
    if isinstance(value, Mapping) and isinstance(read, Mapping):
        for key, part in value.items():
            yield f"{name}, {key}", part, read.get(key)
        return
    if isinstance(value, list | tuple) and len(value) > 1 and all(isinstance(v, Mapping) for v in value):
        for n, (part, as_read) in enumerate(zip(value, _each(value, read), strict=True), start=1):
            if set(part) <= _BAND:
                break
            rest = {k: v for k, v in part.items() if k != "id"}
            yield f"{name}, {str(part.get('id', n)).replace('_', ' ')}", rest, as_read
        else:
            return
    yield name, value, read


def _each(value: Sequence[object], read: object) -> Sequence[object]:
    """What each of a list was read as."""
    return read if isinstance(read, list | tuple) and len(read) == len(value) else [None] * len(value)


def value_in_words(value: object, read: object = None) -> str:
    """A setting as it stands in the scheme, with lists and tables on one line.

    Args:
        read: what it was read as.
    """
    match value:
        case Mapping():
            told = {str(k): value_in_words(v, _read(read, str(k))[1]) for k, v in value.items()}
            if set(value) == _BAND:
                return t("parameters.from", start=told["from"], share=told["share"])
            if set(value) == _POINT:
                return t("parameters.at", value=told["value"], score=told["score"])
            return in_a_row(t("parameters.of", name=k.replace("_", " "), value=v) for k, v in told.items())
        case list() | tuple():
            texts = [value_in_words(v, r) for v, r in zip(value, _each(value, read), strict=True)]
            return "; ".join(texts) if any(isinstance(v, Mapping | list | tuple) for v in value) else in_a_row(texts)
        case Fraction():
            return number(value)
        case str() if isinstance(read, Fraction | int) and not isinstance(read, bool) and _DIGITS.fullmatch(value):
            return grouped(value)
        case str():
            return _text(value)
        case _:
            return shown(value)


def _text(text: str) -> str:
    """A name without its underscores, a figure as a bidder would call it, any other text as it stands."""
    if _DOTTED.fullmatch(text):
        return figure_name(text)
    return text.replace("_", " ") if _NAME.fullmatch(text) else text
