"""The type of a parameter in the words of someone who writes a scheme."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tender_eval.files import fields

_WORDS = {
    "number": fields.Number,
    "number above 0": fields.Positive,
    "money": fields.Money,
    "money above 0": fields.PositiveMoney,
    "mark": fields.Mark,
    "mark above 0": fields.PositiveMark,
    "number of years, days or things": fields.Count,
    "per cent, without the sign": fields.Percent,
    "share, 0% to 100%": fields.Share,
    "whole number from 1": fields.Whole,
    "whole number from 0": fields.Places,
    "text": fields.Words,
    "id": fields.Ident,
    "name of a figure": fields.Column,
    "true or false": fields.Truth,
}
_PLAIN: dict[Any, str] = {
    Fraction: "number",
    int: "whole number",
    str: "text",
    bool: "true or false",
    Any: "any",
}


def type_hints(model: type[BaseModel]) -> Mapping[str, Any]:
    """The annotations of a model with what pydantic takes off them; none where they cannot be resolved."""
    try:
        return typing.get_type_hints(model, include_extras=True)
    except NameError:  # a type that only the plugin's own function knows
        return {}


def kind_in_words(annotation: Any) -> str:
    """An annotation in words.

    >>> kind_in_words(fields.Share | None)
    'share, 0% to 100%'
    >>> kind_in_words(tuple[fields.Ident, ...])
    'list of id'
    >>> kind_in_words(Literal["stop", "skip"])
    'stop or skip'
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        words = _annotated(annotation)
    elif origin is Literal:
        words = " or ".join(str(v) for v in inner)
    elif origin in (Union, types.UnionType):
        words = " or ".join(kind_in_words(a) for a in inner if a is not type(None))
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        words = f"mapping of {kind_in_words(inner[0])} to {kind_in_words(inner[1])}"
    elif isinstance(origin, type) and issubclass(origin, Sequence):
        words = f"list of {kind_in_words(inner[0])}"
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        words = "{" + ", ".join(annotation.model_fields) + "}"
    else:
        words = _PLAIN.get(annotation, "") or str(getattr(annotation, "__name__", annotation))
    return words


def _annotated(annotation: Any) -> str:
    first = annotation.__metadata__[0]
    for words, known in _WORDS.items():
        if get_args(known)[1] == first:
            return words
    return kind_in_words(get_args(annotation)[0])
