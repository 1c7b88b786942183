"""What is solved can be kept as JSON and taken up again to the bit; what was not so written is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from typing_extensions import TypeAliasType

from tender_eval.simulation.results.tally import Moments, Tallies
from tender_eval.simulation.running.saved import from_json, to_json


class Inner(NamedTuple):
    """A named tuple in a record."""

    x: float
    truths: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Whole:
    """A record with a part of every kind."""

    number: float
    count: int
    text: str
    truth: bool
    table: NDArray[np.float64]
    rows: NDArray[np.intp] | None
    inner: tuple[Inner, ...]
    pair: tuple[int, str]
    named: Mapping[str, NDArray[np.float64]]


Table = TypeAliasType("Table", NDArray[np.float64])
Other = TypeAliasType("Other", Table)


@dataclass(frozen=True, slots=True)
class Named:
    """A record whose types have names, as those of numpy have from 2.5 on where Python has ``type`` statements."""

    table: Table
    again: Other | None


shapes = arrays.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)
tables = arrays.arrays(np.float64, shapes)
inners = st.builds(Inner, st.floats(), arrays.arrays(np.bool_, shapes))
wholes = st.builds(
    Whole,
    st.floats(),
    st.integers(-(2**70), 2**70),
    st.text(),
    st.booleans(),
    tables,
    st.none() | arrays.arrays(np.int64, shapes),
    st.lists(inners, max_size=3).map(tuple),
    st.tuples(st.integers(), st.text()),
    st.dictionaries(st.text(), tables, max_size=3),
)


def bits(value: Any) -> Any:
    """A value with everything in it that could differ."""
    match value:
        case np.ndarray():
            return (value.dtype.str, value.shape, value.tobytes())
        case float():
            return value.hex(), not math.isnan(value) and math.copysign(1, value)  # no number has a sign
        case tuple():
            return type(value), [bits(part) for part in value]
        case dict():
            return [(name, bits(part)) for name, part in value.items()]
        case Whole():
            return [bits(getattr(value, name)) for name in Whole.__slots__]
        case _:
            return type(value), value


def test_types_that_have_names_are_what_they_name() -> None:
    named = Named(np.array([0.1, -0.0]), np.array([[1.0]]))
    found = from_json(Named, to_json(named))
    assert [bits(found.table), bits(found.again)] == [bits(named.table), bits(named.again)]
    with pytest.raises(ValueError, match="Named expected"):
        from_json(Named, to_json(named) | {"table": {"x": 1}})


@pytest.mark.slow
@given(wholes)
def test_what_is_read_is_what_was_written_to_the_bit(whole: Whole) -> None:
    text = json.dumps(to_json(whole), allow_nan=False)
    assert bits(from_json(Whole, json.loads(text))) == bits(whole)
    assert json.dumps(to_json(from_json(Whole, json.loads(text)))) == text


def test_arrays_of_any_layout_are_written_in_order() -> None:
    table = np.arange(12.0).reshape(3, 4)
    for same in (np.asfortranarray(table), table.astype(">f8"), np.repeat(table, 2, axis=0)[::2]):
        assert to_json(same) == to_json(table)


WHOLE = Whole(0.5, 3, "x", True, np.ones((2, 2)), None, (Inner(1.0, np.array([True])),), (1, "y"), {"a": np.zeros(1)})


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("number", 0.5),
        ("number", "half"),
        ("number", "0x1p9999"),
        ("count", "3"),
        ("count", True),
        ("text", 3),
        ("truth", 1),
        ("table", None),
        ("table", [[1.0, 1.0], [1.0, 1.0]]),
        ("table", {"dtype": "<f8", "shape": [2, 2], "base64": "AAAA"}),
        ("table", {"dtype": "<f8", "shape": [0, -1], "base64": ""}),
        ("table", {"dtype": "<f8", "shape": [True], "base64": "AAAAAAAAAAA="}),
        ("table", {"dtype": "<f8", "shape": [1], "base64": "AAAA*AAAAAAA="}),
        ("table", {"dtype": "|O", "shape": [1], "base64": "AAAAAAAAAAA="}),
        ("table", {"shape": [1], "dtype": "<f8"}),
        ("inner", {}),
        ("inner", [{"x": "0x0p+0"}]),
        ("inner", [{"x": "0x0p+0", "truths": {"dtype": "|b1", "shape": [1], "base64": "Ag=="}}]),
        ("pair", [1]),
        ("named", []),
    ],
)
def test_what_was_not_so_written_is_refused(part: str, other: object) -> None:
    written = to_json(WHOLE)
    from_json(Whole, written)
    with pytest.raises(ValueError, match="Whole expected"):
        from_json(Whole, written | {part: other})


@pytest.mark.parametrize("other", [None, [], {}, {"number": 1}])
def test_no_record_at_all_is_refused(other: object) -> None:
    with pytest.raises(ValueError, match="expected"):
        from_json(Whole, other)


@pytest.mark.parametrize("value", [object(), np.array(["x"]), np.ones(1, dtype=np.float32)])
def test_what_has_no_exact_form_is_not_written(value: object) -> None:
    with pytest.raises(TypeError, match="cannot be kept"):
        to_json(value)


def test_checkpoints_that_were_written_before_are_read() -> None:
    kept = {
        "number": "0x1.0000000000000p-1",
        "count": 3,
        "text": "x",
        "truth": True,
        "table": {"dtype": "<f8", "shape": [1, 1], "base64": "AAAAAAAA8D8="},
        "rows": None,
        "inner": [{"x": "0x1.0000000000000p+0", "truths": {"dtype": "|b1", "shape": [1], "base64": "AQ=="}}],
        "pair": [1, "y"],
        "named": {"a": {"dtype": "<f8", "shape": [1], "base64": "AAAAAAAAAAA="}},
    }
    assert bits(from_json(Whole, kept)) == bits(replace(WHOLE, table=np.ones((1, 1))))
    tallies = {"draws": 2, "designs": [{"price": [2, "5/3", "1"]}], "paired": []}
    assert from_json(Tallies, tallies) == Tallies(2, ({"price": Moments(2, Fraction(5, 3), Fraction(1))},))
