"""Records of any kind as rows: nothing of them is lost, and none gives no frame without columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from tender_eval.notebook.frames import frame
from tender_eval.notebook.records import records, row


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    low: float
    colour: Colour = Colour.RED


@dataclass(frozen=True)
class Outer:
    name: str
    inner: Inner | Colour
    by: Mapping[str, Fraction] = field(default_factory=dict)
    order: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        return len(self.name) > 3


def test_what_a_field_holds_has_a_dotted_name() -> None:
    found = row(Outer("a", Inner(0.5), {"x": Fraction(1, 3)}, ("p", "q")))
    assert found == {
        "name": "a", "inner.low": 0.5, "inner.colour": "red", "by.x": Fraction(1, 3), "order": ("p", "q"),
    }  # fmt: skip
    assert row(Outer("a", Colour.RED))["inner"] == "red"


def test_no_records_give_their_columns_all_the_same() -> None:
    columns, rows = records(Outer, [], "long")
    assert (columns, rows) == (("name", "inner", "by", "order", "long"), [])
    assert list(frame(rows, columns).columns) == [*columns]
    assert records(Outer, [Outer("abcd", Colour.RED)], "long")[1][0]["long"] is True


def test_cells_have_the_type_that_one_computes_with() -> None:
    rows = [
        {"n": 1, "x": Fraction(1, 2), "t": True, "s": "a", "o": ("a",)},
        {"x": 2, "s": None, "big": 2**63, "mixed": True},
        {"n": None, "x": 0.5, "t": False, "mixed": 1},
    ]
    made = frame(rows)
    kinds = {name: str(made[name].dtype) for name in ("n", "x", "t", "s", "o", "big")}
    assert kinds == {"big": "object", "n": "Int64", "x": "float64", "t": "boolean", "s": "object", "o": "object"}
    assert made["x"].tolist() == [0.5, 2.0, 0.5]
    assert frame(rows, exact=True)["x"].tolist() == [Fraction(1, 2), 2, 0.5]
    assert frame(rows, ("s", "n"), index=("n",)).columns[0] == "s"
