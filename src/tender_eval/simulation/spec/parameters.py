"""Every parameter of the simulation: its unit, its default and what that rests on.

The basis of a default is a letter. S: the figure stands in the source that is named. D: computed from the data
that is named. A: an assumption, never to be shown as evidence; `sensitivity` tries its low and high. C: a choice
that the commissioner makes, or a fact of the contract, which claims nothing about the world; its source says what
guidance or law there is on it. All but choices and facts have a low and a high, over which the joint trials go.
What a parameter is, its unit and its source are told by `in_words`; amounts of money are in the spec's currency, but
the defaults are figures in pounds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal, NamedTuple

Value = float | int | bool | str
Basis = Literal["S", "D", "A", "C"]
BASES: tuple[Basis, ...] = ("S", "D", "A", "C")
Unit = Literal[
    "money", "money_all_years", "money_a_year", "years", "days", "working_days", "number", "providers", "lots", "name",
    "truth", "multiple", "of_lot_value", "elasticity", "log_sd", "share", "share_of_yearly_value", "share_of_first",
    "share_of_ceiling", "share_of_cost_variance", "share_of_marks",
]  # fmt: skip
SourceKey = Literal[
    "", "own", "essex", "days_given", "pcr_58", "most_tendered", "most_awarded", "joint_ventures", "cebr",
    "cebr_split", "cebr_once", "price_spread", "synergies", "no_figure", "ncvo", "guidance_pace", "own_quality",
    "budget", "award_to_start",
]  # fmt: skip
"""Where a default is from; ``own`` is no source, and nothing where a choice needs none."""

GRANTS = ("grant_asked", "grant_asked_sigma", "grant_least")
"""Parameters that are used where the scheme shares out a pot, and nowhere else."""

POUNDS = "GBP"  # the currency of the defaults


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter.

    Attributes:
        name: as in the spec; a parameter of one type of providers has the type before a dot.
        least, most: what may be written.
        low, high: what the sensitivity tries in place of the value; None where it is not tried.
        accounts_only: it enters what is counted afterwards, and moves nobody's conduct.
    """

    name: str
    group: str
    unit: Unit
    default: Value
    basis: Basis
    source: SourceKey
    low: Value | None = None
    high: Value | None = None
    least: float = 0.0
    most: float = 1e12
    choices: tuple[str, ...] = ()
    accounts_only: bool = False

    @property
    def tried(self) -> tuple[Value, Value]:
        """What the sensitivity tries in place of the value: the value itself where nothing else is."""
        return (self.default if self.low is None else self.low, self.default if self.high is None else self.high)

    @property
    def money(self) -> bool:
        """Whether it is an amount of money."""
        return is_money(self.unit)


def is_money(unit: str) -> bool:
    """Whether a unit is the currency."""
    return unit.startswith("money")


class Origin(NamedTuple):
    """Where a value is from.

    Attributes:
        kind: the ``table`` of parameters; ``named`` by the user; the ``user``, who names no source; ``counted`` in
            the file of providers; the ``scheme``.
        text: the key of a source in the table, what the user wrote, or the id of the scheme.
        in_pounds: it is the default, a figure in pounds, taken as so much of another currency.
    """

    kind: Literal["table", "named", "user", "counted", "scheme"]
    text: str = ""
    in_pounds: bool = False


SETTINGS: tuple[Parameter, ...] = (
    Parameter("value", "contract", "money_all_years", 4_000_000.0, "C", "essex", least=1),
    Parameter("years", "contract", "years", 4.0, "C", "", least=0.25, most=30),
    Parameter("areas", "contract", "number", 8, "C", "", least=1, most=400),
    Parameter("timetable_days", "conditions", "days", 36.0, "C", "days_given", least=1, most=730),
    Parameter("turnover_multiple", "conditions", "of_lot_value", 1.0, "C", "pcr_58", most=100),
    Parameter("turnover_whole_contract", "conditions", "truth", False, "C", ""),
    Parameter("prices_given", "conditions", "truth", False, "C", "budget"),
    Parameter("capacity_share", "conditions", "share", 0.6, "A", "own", 0.3, 1.0, least=0.01, most=5),
    Parameter("mobilisation_days", "conditions", "days", 104.0, "C", "award_to_start", least=1, most=730),
    Parameter("lots_tendered", "conditions", "lots", 0, "C", "most_tendered", most=400),
    Parameter("lots_awarded", "conditions", "lots", 0, "C", "most_awarded", most=400),
    Parameter("mechanism", "conditions", "name", "lot_order", "C", ""),
    Parameter("consortium_share", "consortia", "share", 0.3, "A", "joint_ventures", 0.1, 0.5, most=1),
    Parameter("consortium_income", "consortia", "multiple", 4.0, "A", "own", 2.0, 8.0, least=1, most=100),
    Parameter("consortium_cost", "consortia", "multiple", 1.5, "A", "own", 1.0, 2.0, least=1, most=10),
    Parameter("consortium_days", "consortia", "multiple", 1.6, "A", "own", 1.0, 2.5, least=1, most=10),
    Parameter("bid_cost_fixed", "bidding", "money", 800.0, "A", "cebr_split", 0.0, 2_500.0),
    Parameter("bid_cost_share", "bidding", "share_of_yearly_value", 0.007, "A", "cebr_split", 0.002, 0.012,
              most=1),
    Parameter("further_lot", "bidding", "share_of_first", 0.4, "A", "own", 0.2, 1.0, most=1),
    Parameter("grant_asked", "bidding", "share", 0.8, "A", "own", 0.5, 1.0, least=0.01, most=1),
    Parameter("grant_asked_sigma", "bidding", "log_sd", 0.4, "A", "own", 0.2, 0.6, most=3),
    Parameter("grant_least", "bidding", "share", 0.5, "A", "own", 0.25, 1.0, most=1),
    Parameter("days_sigma", "bidding", "log_sd", 0.4, "A", "own", 0.2, 0.6, most=3),
    Parameter("cost_mean", "costs", "share_of_ceiling", 0.85, "A", "own", 0.75, 0.95, least=0.05, most=2),
    Parameter("cost_sd", "costs", "share_of_ceiling", 0.1, "A", "price_spread", 0.02, 0.2, least=0.001, most=1),
    Parameter("cost_area_share", "costs", "share_of_cost_variance", 0.5, "A", "own", 0.0, 1.0, most=1),
    Parameter("portfolio_saving", "costs", "share", 0.05, "A", "synergies", 0.0, 0.1, most=1),
    Parameter("quality_sd", "costs", "share_of_marks", 0.09, "A", "own", 0.05, 0.13, most=1),
    Parameter("home_quality", "costs", "share_of_marks", 0.05, "A", "own", 0.0, 0.1, most=1),
    Parameter("evaluator_noise", "costs", "share_of_marks", 0.04, "A", "own", 0.02, 0.08, most=1),
    Parameter("evaluators", "costs", "number", 3, "A", "own", 1, 5, least=1, most=50),
    Parameter("authority_fixed", "authority", "money", 0.0, "A", "cebr_once", 0.0, 5_000.0, accounts_only=True),
    Parameter("authority_per_lot", "authority", "money", 2_000.0, "A", "own", 0.0, 5_000.0, accounts_only=True),
    Parameter("authority_per_bid", "authority", "money", 1_700.0, "D", "cebr", 1_200.0, 2_500.0, accounts_only=True),
    Parameter("evaluation_days_per_bid", "authority", "working_days", 4.0, "A", "own", 1.0, 8.0, most=400,
              accounts_only=True),
    Parameter("common_answers", "authority", "share", 0.0, "A", "no_figure", 0.0, 0.0, most=1, accounts_only=True),
    Parameter("rerun", "authority", "truth", True, "C", ""),
    Parameter("direct_award_premium", "authority", "share_of_ceiling", 0.05, "A", "own", 0.0, 0.2, most=5),
    Parameter("scale_elasticity", "switched", "elasticity", 0.0, "A", "no_figure", 0.0, 0.0, most=1),
    Parameter("lot_fixed_cost", "switched", "money_all_years", 0.0, "A", "no_figure", 0.0, 0.0),
    Parameter("common_cost_sd", "switched", "share_of_ceiling", 0.0, "A", "no_figure", 0.0, 0.05, most=1),
    Parameter("incumbent_cost", "switched", "share_of_ceiling", 0.0, "A", "no_figure", 0.0, 0.05, most=1),
    Parameter("tupe_cost", "switched", "share_of_ceiling", 0.0, "A", "no_figure", 0.0, 0.05, most=1),
    Parameter("mobilisation_needed", "switched", "days", 0.0, "A", "no_figure", 0.0, 0.0, most=3650),
    Parameter("effort_quality", "switched", "share_of_marks", 0.0, "A", "no_figure", 0.0, 0.0, most=1),
    Parameter("effort_cost", "switched", "share_of_ceiling", 0.0, "A", "no_figure", 0.0, 0.0, most=1),
)  # fmt: skip

TYPE_FIELDS: tuple[Parameter, ...] = (
    Parameter("count", "type", "providers", 4, "A", "own", most=500),
    Parameter("small", "type", "truth", False, "C", ""),
    Parameter("by_and_for", "type", "truth", False, "C", ""),
    Parameter("size", "type", "name", "medium", "C", "", choices=("micro", "small", "medium", "large")),
    Parameter("income", "type", "money_a_year", 1_000_000.0, "A", "ncvo", least=1),
    Parameter("income_sigma", "type", "log_sd", 0.8, "A", "own", most=4),
    Parameter("days", "type", "days", 20.0, "A", "guidance_pace", least=0.1, most=730),
    Parameter("home_areas", "type", "share", 0.25, "A", "own", most=1),
    Parameter("away_cost", "type", "share", 0.0, "A", "own", most=2),
    Parameter("quality", "type", "share_of_marks", 0.7, "A", "own_quality", most=1),
)  # fmt: skip
"""What is stated of each type of providers; the defaults are for a type of your own."""

_OF_TYPES = (
    "count", "small", "by_and_for", "size", "income", "days", "home_areas", "away_cost", "quality",
)  # fmt: skip
_TYPICAL: Mapping[str, tuple[Value, ...]] = {
    "by_and_for": (6, True, True, "small", 200_000.0, 25.0, 0.125, 0.1, 0.74),
    "local": (8, True, False, "small", 600_000.0, 25.0, 0.25, 0.1, 0.7),
    "regional": (4, False, False, "medium", 4_000_000.0, 12.0, 0.5, 0.03, 0.66),
    "national": (4, False, False, "large", 40_000_000.0, 12.0, 0.0, 0.0, 0.66),
}
STANDARD_TYPES: Mapping[str, Mapping[str, Value]] = {
    kind: dict(zip(_OF_TYPES, values, strict=True)) for kind, values in _TYPICAL.items()
}

FACTS: Mapping[str, Mapping[str, float]] = {
    "by_and_for": {"supplier.years_in_area": 12, "supplier.networks_count": 4},
    "local": {"supplier.years_in_area": 10, "supplier.networks_count": 3},
    "regional": {"supplier.years_in_area": 4, "supplier.networks_count": 1},
    "national": {"supplier.years_in_area": 1, "supplier.networks_count": 0},
}
"""Assumed figures of each type that some schemes read."""

_TRIED: Mapping[str, tuple[float, float, float, float]] = {  # low = value x a - b, high = value x c + d
    "count": (0.5, 0, 1.5, 0),
    "income": (0.5, 0, 2, 0),
    "income_sigma": (0.625, 0, 1.375, 0),
    "days": (0.6, 0, 1.6, 0),
    "home_areas": (0.5, 0, 2, 0),
    "away_cost": (0, 0, 2, 0),
    "quality": (1, 0.04, 1, 0.04),
}


def setting(name: str) -> Parameter:
    """A parameter of the settings by name."""
    return _SETTINGS[name]


def type_field(name: str) -> Parameter:
    """What is stated of a type, by name."""
    return _TYPE_FIELDS[name]


def type_default(kind: str, name: str) -> Value:
    """The default of a type's field: that of a standard type, or of a type of the user's own."""
    return STANDARD_TYPES.get(kind, {}).get(name, type_field(name).default)


def of_type(kind: str, name: str, value: Value) -> Parameter:
    """A type's field as a parameter with what the sensitivity tries in place of its value."""
    field = type_field(name)
    named = replace(field, name=f"{kind}.{name}", default=type_default(kind, name))
    if name not in _TRIED or isinstance(value, str):
        return named
    a, b, c, d = _TRIED[name]
    low, high = max(value * a - b, field.least), min(value * c + d, field.most)
    if name == "count":
        return replace(named, low=max(round(low), min(1, int(value))), high=round(high + 1e-9))
    return replace(named, low=round(low, 10), high=round(high, 10))


def parameters() -> Iterator[Parameter]:
    """Every parameter with its default, those of the standard types included."""
    yield from SETTINGS
    for kind in STANDARD_TYPES:
        for field in TYPE_FIELDS:
            yield of_type(kind, field.name, type_default(kind, field.name))


def in_yaml(value: Value) -> str:
    """A value as a spec has it.

    >>> in_yaml(4_000_000.0), in_yaml(0.004), in_yaml(1 / 3), in_yaml(True), in_yaml("lot_order")
    ('4000000', '0.004', '1/3', 'true', 'lot_order')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        ratio = Fraction(value).limit_denominator(100)
        decimal = str(int(value)) if value.is_integer() else f"{value:.10f}".rstrip("0")
        return decimal if float(decimal) == value or float(ratio) != value else str(ratio)
    return str(value)


_SETTINGS = {p.name: p for p in SETTINGS}
_TYPE_FIELDS = {p.name: p for p in TYPE_FIELDS}
