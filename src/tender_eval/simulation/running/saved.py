"""What a run computed as JSON and back, to the bit: records of numbers, texts, truths, arrays and moments.

cattrs takes records apart and makes them again by their annotations. Floats are written in hexadecimal, which rounds
nothing; arrays as their little-endian bytes in base64, with type and shape; the sums of moments as exact fractions in
text. Nothing that is read can run, and what would not be written again as it was read is refused.
"""

from __future__ import annotations

import base64
import json
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_origin

import numpy as np
from numpy.typing import NDArray

from tender_eval.base.canonical import fraction
from tender_eval.simulation.results.tally import Moments

if TYPE_CHECKING:  # only a run with a checkpoint loads it
    from cattrs import Converter

R = TypeVar("R")
DTYPES = {"<f8", "<i8", "|b1"}


def to_json(value: object) -> Any:
    """A record (a dataclass or a named tuple) or a part of one as JSON values.

    Raises:
        TypeError: it holds something that has no exact form here.
    """
    return _converter().unstructure(value)


def from_json(kind: type[R], data: object) -> R:
    """The record that `to_json` wrote.

    Args:
        kind: what it is; its annotations say what its parts are.

    Raises:
        ValueError: it is no such record.
    """
    try:
        found = _converter().structure(data, kind)
        if json.dumps(to_json(found)) == json.dumps(data):
            return found
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as e:
        raise ValueError(f"{kind.__name__} expected, but: {type(e).__name__}") from e
    raise ValueError(f"{kind.__name__} expected, but it is written otherwise")


@cache
def _converter() -> Converter:
    from cattrs import Converter
    from cattrs.cols import is_namedtuple, namedtuple_dict_structure_factory, namedtuple_dict_unstructure_factory

    made = Converter(detailed_validation=False, unstructure_fallback_factory=_unkept)
    made.register_unstructure_hook_factory(is_namedtuple)(namedtuple_dict_unstructure_factory)
    made.register_structure_hook_factory(is_namedtuple)(
        lambda kind, made: namedtuple_dict_structure_factory(kind, made, "from_converter", True)
    )
    made.register_unstructure_hook_func(_is_array, _array_to_json)
    made.register_structure_hook_func(_is_array, lambda data, _: _array(data))
    made.register_unstructure_hook(Moments, _moments_to_json)
    made.register_structure_hook(Moments, lambda data, _: _moments(data))
    made.register_unstructure_hook(float, lambda value: float(value).hex())
    made.register_structure_hook(float, lambda data, _: float.fromhex(data))
    for whole in (int, np.integer):
        made.register_unstructure_hook(whole, int)
    for same in (bool, str, type(None)):
        made.register_unstructure_hook(same, lambda value: value)
    return made


def _moments_to_json(found: Moments) -> list[Any]:
    return [found.n, str(found.total), str(found.squares), *([n, str(total)] for n, total in found.by_solve)]


def _moments(data: Any) -> Moments:
    n, total, squares, *by_solve = data
    return Moments(int(n), fraction(total), fraction(squares), tuple((int(k), fraction(t)) for k, t in by_solve))


def _unkept(kind: Any) -> Any:
    raise TypeError(f"a {kind.__name__} cannot be kept")


def _is_array(kind: Any) -> bool:
    """Also by the names that numpy gives its types from 2.5 on (PEP 695)."""
    while (named := getattr(get_origin(kind) or kind, "__value__", None)) is not None:
        kind = named
    return np.ndarray in (kind, get_origin(kind))


def _array_to_json(array: NDArray[Any]) -> dict[str, Any]:
    there = array.dtype.newbyteorder("<")
    if there.str not in DTYPES:
        raise TypeError(f"an array of {array.dtype} cannot be kept")
    raw = np.ascontiguousarray(array, dtype=there).tobytes()
    return {"dtype": there.str, "shape": list(array.shape), "base64": base64.b64encode(raw).decode()}


def _array(data: Any) -> NDArray[Any]:
    if data["dtype"] not in DTYPES:
        raise ValueError("of another type")
    dtype, raw = np.dtype(data["dtype"]), base64.b64decode(data["base64"])
    if dtype.kind == "b" and raw.translate(None, b"\0\1"):
        raise ValueError("truths are 0 or 1")
    return np.frombuffer(raw, dtype).reshape(data["shape"]).astype(dtype.newbyteorder("="))
