"""Solved tasks as JSON and back, to the bit: records of numbers, texts, truths and arrays, and nothing that runs.

Floats are written in hexadecimal, which rounds nothing; arrays as their little-endian bytes in base64, with type and
shape. On reading, everything is held against the annotations of the record that is asked for.
"""

from __future__ import annotations

import base64
import binascii
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from math import prod
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

R = TypeVar("R")
DTYPES = ("<f8", "<i8", "|b1")


def to_json(value: object) -> Any:
    """A record (a dataclass or a named tuple) or a part of one as JSON values.

    Raises:
        TypeError: it holds something else than records, tuples, mappings by text, arrays of float64, int64 or
            truths, numbers, texts and None.
    """
    match value:
        case None | bool() | str():
            return value
        case float():
            return float(value).hex()
        case int() | np.integer():
            return int(value)
        case np.ndarray():
            return _array_to_json(value)
        case tuple() if hasattr(value, "_fields"):
            return {name: to_json(getattr(value, name)) for name in value._fields}
        case tuple():
            return [to_json(part) for part in value]
        case Mapping() if all(isinstance(key, str) for key in value):
            return {key: to_json(part) for key, part in value.items()}
        case _ if is_dataclass(value):
            return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"a {type(value).__name__} cannot be kept")


def from_json(kind: type[R], data: object) -> R:
    """The record that `to_json` wrote.

    Args:
        kind: what it is; its annotations say what its parts are.

    Raises:
        ValueError: it is no such record.
    """
    found: R = _read(kind, data)
    return found


def _read(kind: Any, data: Any) -> Any:
    kind = _meant(kind)
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _either(inner, data)
    if np.ndarray in (kind, origin):
        return _array(data)
    if origin is tuple:
        return _tuple(inner, data)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {name: _read(inner[1], part) for name, part in _of(dict, data).items()}
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        return _record(kind, data)
    if kind is float:
        return _float(data)
    if kind in (bool, int, str, type(None)):
        if type(data) is not kind:
            raise ValueError(f"{kind.__name__} expected, {type(data).__name__} found")
        return data
    raise TypeError(f"{kind} cannot be kept")


def _meant(kind: Any) -> Any:
    """What a name for a type stands for: ``type`` statements give names (PEP 695), and numpy from 2.5 has some.

    What a name was given in brackets is left out: of arrays only that they are arrays is asked.
    """
    while (named := getattr(get_origin(kind) or kind, "__value__", None)) is not None:
        kind = named
    return kind


def _either(kinds: tuple[Any, ...], data: Any) -> Any:
    others = [kind for kind in kinds if kind is not type(None)]
    if len(others) != 1 or len(others) == len(kinds):
        raise TypeError("only what may be None can be kept, and no other union")
    return None if data is None else _read(others[0], data)


def _tuple(kinds: tuple[Any, ...], data: Any) -> tuple[Any, ...]:
    parts = _of(list, data)
    each = kinds[:1] * len(parts) if kinds[1:] == (...,) else kinds
    if len(each) != len(parts):
        raise ValueError(f"{len(each)} parts expected, {len(parts)} found")
    return tuple(_read(kind, part) for kind, part in zip(each, parts, strict=True))


def _record(kind: Callable[..., Any], data: Any) -> Any:
    hints = get_type_hints(kind)
    names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(kind._fields)  # type: ignore[attr-defined]
    if list(_of(dict, data)) != names:
        raise ValueError(f"{', '.join(names)} expected, {', '.join(data)} found")
    return kind(**{name: _read(hints[name], data[name]) for name in names})


def _float(data: Any) -> float:
    try:
        return float.fromhex(_of(str, data))
    except OverflowError as e:
        raise ValueError(str(e)) from None


def _of(kind: type[R], data: Any) -> R:
    if not isinstance(data, kind):
        raise ValueError(f"{kind.__name__} expected, {type(data).__name__} found")
    return data


def _array_to_json(array: NDArray[Any]) -> dict[str, Any]:
    there = array.dtype.newbyteorder("<")
    if there.str not in DTYPES:
        raise TypeError(f"an array of {array.dtype} cannot be kept")
    raw = np.ascontiguousarray(array, dtype=there).tobytes()
    return {"dtype": there.str, "shape": list(array.shape), "base64": base64.b64encode(raw).decode()}


def _array(data: Any) -> NDArray[Any]:
    found = _of(dict, data)
    if list(found) != ["dtype", "shape", "base64"] or found["dtype"] not in DTYPES:
        raise ValueError("an array expected")
    dtype, shape = np.dtype(found["dtype"]), tuple(_of(list, found["shape"]))
    if not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError("the shape of an array expected")
    try:
        raw = base64.b64decode(_of(str, found["base64"]), validate=True)
    except binascii.Error as e:
        raise ValueError(f"base64 expected: {e}") from None
    if len(raw) != prod(shape) * dtype.itemsize or (dtype.kind == "b" and raw.translate(None, b"\0\1")):
        raise ValueError(f"an array of shape {shape} expected, {len(raw)} bytes found")
    return np.frombuffer(raw, dtype).reshape(shape).astype(dtype.newbyteorder("="))
