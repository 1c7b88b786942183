"""Every parameter of the simulation: its unit, its default and what that rests on.

The basis of a default is a letter. S: the figure stands in the source that is named. D: computed from the data
that is named. A: an assumption, never to be shown as evidence; `sensitivity` tries its low and high. C: a choice
that the commissioner makes, which claims nothing about the world; its source says what guidance or law there is on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Value = float | int | bool | str
Basis = Literal["S", "D", "A", "C"]
BASES: Mapping[Basis, str] = {
    "S": "the figure stands in the source named",
    "D": "computed from the data named",
    "A": "an assumption",
    "C": "a choice, which claims nothing about the world",
}


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
    unit: str
    default: Value
    basis: Basis
    source: str
    about: str
    low: Value | None = None
    high: Value | None = None
    least: float = 0.0
    most: float = 1e12
    choices: tuple[str, ...] = ()
    accounts_only: bool = False


ESSEX = "scale of Essex PCC, £3.4m over 5 years: Home Office VAWG Services Commissioning Toolkit, March 2022, 4.6"
CEBR = "Centre for Economics and Business Research, 2013: £45,200 a procedure, £8,000 of it the authority's, 6.4 bids"
MOJ_PACE = (
    "try 14 to 70; about ten weeks are an example of good practice: MoJ Victim Services Commissioning Guidance, "
    "2024, 2.3b"
)
PCR_58 = "at most twice the contract's value: Public Contracts Regulations 2015, r.58; Procurement Act 2023 s.22"
NO_FIGURE = "no figure was found; off until you set it"
OWN = "no source"
AS_SCHEME = "Left out: as the scheme says (award: lots), if it says anything."
SHARE = "share"
CONTRACT, CONDITIONS, JOINT = "The contract", "Timetable, conditions and limits", "Consortia"
BIDDING, COSTS, AUTHORITY, SWITCHED = "Bidding", "Cost and quality", "The authority", "Off by default"

SETTINGS: tuple[Parameter, ...] = (
    Parameter("value", CONTRACT, "pounds over all years", 4_000_000.0, "C", ESSEX,
              "What the whole contract may cost: the ceiling.", least=1),
    Parameter("years", CONTRACT, "years", 4.0, "A", OWN, "How long the contract runs.", 2.0, 6.0, least=0.25, most=30),
    Parameter("areas", CONTRACT, "number", 8, "C", "", "How many areas the contract covers.", least=1, most=400),
    Parameter("timetable_days", CONDITIONS, "days", 30.0, "C", MOJ_PACE,
              "From the invitation to the closing date.", least=1, most=730),
    Parameter("turnover_multiple", CONDITIONS, "multiple of a lot's value", 1.0, "C", PCR_58,
              "Yearly income that a bidder must have; 0 for no such condition.", most=100),
    Parameter("turnover_whole_contract", CONDITIONS, "true or false", False, "C", "",
              "Whether the income is asked against the value over all years instead of one year's."),
    Parameter("capacity_share", CONDITIONS, SHARE, 0.6, "A", OWN,
              "Yearly value of lots that a provider can carry, as a share of its income.", 0.3, 1.0, least=0.01,
              most=5),
    Parameter("lots_tendered", CONDITIONS, "lots; 0 for no limit", 0, "C", "Procurement Act 2023 s.20(7)",
              f"How many lots one provider may bid for. {AS_SCHEME}", most=400),
    Parameter("lots_awarded", CONDITIONS, "lots; 0 for no limit", 0, "C", "Procurement Act 2023 s.23(4)",
              f"How many lots one provider may win. {AS_SCHEME}", most=400),
    Parameter("mechanism", CONDITIONS, "name", "lot_order", "C", "",
              "How lots are awarded where limits tie them together: the name of a mechanism. "
              f"{AS_SCHEME}"),
    Parameter("consortium_share", JOINT, SHARE, 0.3, "A",
              "joint ventures are 10.7% of 16,942 World Bank bids (computed)",
              "Of those who fail a condition alone: how many find partners within 60 days.", 0.1, 0.5, most=1),
    Parameter("consortium_income", JOINT, "multiple", 4.0, "A", OWN,
              "Pooled income of a consortium, as a multiple of its lead's.", 2.0, 8.0, least=1, most=100),
    Parameter("consortium_cost", JOINT, "multiple", 1.5, "A", OWN, "Bid cost of a consortium.", 1.0, 2.0, least=1,
              most=10),
    Parameter("consortium_days", JOINT, "multiple", 1.6, "A", OWN, "Days that a consortium needs to write a bid.",
              1.0, 2.5, least=1, most=10),
    Parameter("bid_cost_fixed", BIDDING, "pounds", 2_500.0, "D", f"{CEBR}, so £5,812 a bidder",
              "Cost of a bid for the first lot, before what its value adds."),
    Parameter("bid_cost_share", BIDDING, "share of a lot's yearly value", 0.004, "D", f"{CEBR}, so £5,812 a bidder",
              "What a lot's value adds to the cost of a bid.", most=1),
    Parameter("further_lot", BIDDING, "share of the first", 0.4, "A", OWN, "Cost of bidding for each further lot.",
              0.2, 1.0, most=1),
    Parameter("days_sigma", BIDDING, "log-standard deviation", 0.4, "A", OWN,
              "How much the days to write a bid differ between providers.", 0.2, 0.6, most=3),
    Parameter("cost_mean", COSTS, "share of the ceiling", 0.85, "A", OWN,
              "Mean cost of delivery, at one lot of the whole contract.", 0.75, 0.95, least=0.05, most=2),
    Parameter("cost_sd", COSTS, "share of the ceiling", 0.1, "A",
              "set beside the median coefficient of variation of prices in World Bank bids, 0.118; costs are not seen",
              "How much costs differ between bidders.", 0.05, 0.2, least=0.001, most=1),
    Parameter("cost_area_share", COSTS, "share of the variance of cost", 0.5, "A", OWN,
              "How far a provider's costs differ between areas: 0 the same everywhere, 1 each area by itself.",
              0.0, 1.0, most=1),
    Parameter("scale_elasticity", COSTS, "elasticity", 0.03, "A", "Chile's school meals show synergies of about 5%",
              "How much of the cost a larger lot saves.", 0.0, 0.08, most=1),
    Parameter("lot_fixed_cost", COSTS, "pounds over all years", 10_000.0, "A", OWN,
              "Cost of running one more lot.", 0.0, 30_000.0),
    Parameter("quality_sd", COSTS, "share of full marks", 0.09, "A", OWN,
              "How much quality differs between providers of a type.", 0.05, 0.13, most=1),
    Parameter("home_quality", COSTS, "share of full marks", 0.05, "A", OWN,
              "What work in a home area adds to quality.", 0.0, 0.1, most=1),
    Parameter("evaluator_noise", COSTS, "share of full marks", 0.04, "A", OWN,
              "Standard deviation of one evaluator's mark about the quality.", 0.02, 0.08, most=1),
    Parameter("evaluators", COSTS, "number", 3, "A", OWN, "How many evaluators mark a bid.", 1, 5, least=1, most=50),
    Parameter("authority_fixed", AUTHORITY, "pounds", 8_000.0, "S", CEBR, "What a procedure costs the authority."),
    Parameter("authority_per_lot", AUTHORITY, "pounds", 2_000.0, "A", OWN, "What each further lot adds.", 0.0, 5_000.0,
              accounts_only=True),
    Parameter("authority_per_bid", AUTHORITY, "pounds", 1_260.0, "S", CEBR, "What each bid adds."),
    Parameter("evaluation_days_per_bid", AUTHORITY, "working days", 4.0, "A", OWN,
              "Work of all evaluators on one bid for one lot.", 1.0, 8.0, most=400, accounts_only=True),
    Parameter("rerun", AUTHORITY, "true or false", True, "C", "", "Whether an unserved lot is tendered once more."),
    Parameter("direct_award_premium", AUTHORITY, "share of the ceiling", 0.05, "A", OWN,
              "What a lot that stays unserved costs above its ceiling, awarded directly.", 0.0, 0.2, most=5),
    Parameter("common_cost_sd", SWITCHED, "share of the ceiling", 0.0, "A", NO_FIGURE,
              "Cost that all bidders share, in what each knows of its own.", 0.0, 0.05, most=1),
    Parameter("incumbent_cost", SWITCHED, "share of the ceiling", 0.0, "A", NO_FIGURE,
              "What the present provider saves.", 0.0, 0.05, most=1),
    Parameter("tupe_cost", SWITCHED, "share of the ceiling", 0.0, "A", NO_FIGURE,
              "What taking over staff (TUPE) costs any other provider.", 0.0, 0.05, most=1),
)  # fmt: skip

NCVO = "bracketed by the NCVO bands <10k, 10-100k, 100k-1m, 1-10m, 10-100m, >100m"
GUIDANCE_PACE = "guidance gives the direction only: Home Office VAWG Services Commissioning Toolkit, March 2022, 5.3"

TYPE_FIELDS: tuple[Parameter, ...] = (
    Parameter("count", "", "providers", 4, "A", OWN, "How many there are.", most=500),
    Parameter("small", "", "true or false", False, "C", "", "Whether they count as small in the results."),
    Parameter("by_and_for", "", "true or false", False, "C", "", "Whether led by the communities that they serve."),
    Parameter("size", "", "name", "medium", "C", "", "As schemes read supplier.size.",
              choices=("micro", "small", "medium", "large")),
    Parameter("income", "", "pounds a year", 1_000_000.0, "A", NCVO, "Median yearly income.", least=1),
    Parameter("income_sigma", "", "log-standard deviation", 0.8, "A", OWN, "How much incomes differ.", most=4),
    Parameter("days", "", "days", 20.0, "A", GUIDANCE_PACE, "Median days to write a bid.", least=0.1, most=730),
    Parameter("home_areas", "", SHARE, 0.25, "A", OWN, "Share of the areas where they already work.", most=1),
    Parameter("away_cost", "", SHARE, 0.0, "A", OWN, "Added to cost for work outside home areas.", most=2),
    Parameter("quality", "", "share of full marks", 0.7, "A", f"{OWN}: it drives the answer, so set it yourself",
              "Mean quality.", most=1),
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
    named = replace(field, name=f"{kind}.{name}", group=f"Providers: {kind}", default=type_default(kind, name))
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
