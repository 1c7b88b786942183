"""The figures of a simulation: what they are called, and how each is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tender_eval.simulation.outcome import Estimate
from tender_eval.simulation.parameters import Value
from tender_eval.simulation.variations import FACTS, GAPS

STATED_FACT = ".facts."
"""Parts the type from the column in the name of a fact."""

Kind = Literal["number", "share", "money", "days", "score"]


class Figure(NamedTuple):
    """A figure by its title, and what it is counted in."""

    title: str
    kind: Kind


FIGURES: dict[str, Figure] = {
    "small_bidders": Figure("small providers that bid", "number"),
    "small_win_share": Figure("share of value won by small providers", "share"),
    "small_lot_share": Figure("share of lots won by small providers", "share"),
    "small_bid_share": Figure("share of bids from small providers", "share"),
    "bids_per_lot": Figure("bids per lot", "number"),
    "single_bid": Figure("share of lots with a single bid", "share"),
    "unserved": Figure("share of lots that nobody wins", "share"),
    "price_ratio": Figure("price over ceiling", "share"),
    "quality": Figure("quality of those awarded", "share"),
    "price_per_quality": Figure("price over ceiling, per quality", "score"),
    "hhi": Figure("concentration (HHI; 10,000: all to one)", "number"),
    "authority_cost": Figure("cost of tendering to the authority", "money"),
    "evaluation_days": Figure("working days of evaluation", "days"),
    "bidder_cost": Figure("cost of bidding to all bidders", "money"),
    "bidder_cost_wasted": Figure("of which for bids that win nothing", "money"),
    "bidder_cost_income_share": Figure("cost of bidding over a bidder's income", "share"),
    "consortium_bid_share": Figure("share of bids from consortia", "share"),
}
"""Figures of a design, in the order in which they are told."""

ENDS = {
    "turnover": "too little income, or another condition not met",
    "capacity": "lots too large to carry",
    "time": "not ready in time",
    "not_worth_it": "bidding does not pay",
    "outscored": "bid and outscored",
    "won": "won a lot",
}
"""Where small providers end, in order."""

STAGES = {"eligible": "may bid", "ready": "ready in time", "bidding": "bid", "winning": "win"}

_SETTINGS = {
    "value": "the value of the contract",
    "years": "the years of the contract",
    "areas": "the number of areas",
    "timetable_days": "the days to bid",
    "turnover_multiple": "the turnover condition",
    "turnover_whole_contract": "whether turnover is asked against all years",
    "lots_tendered": "the cap on lots bid for",
    "lots_awarded": "the cap on lots awarded",
    "mechanism": "the award mechanism",
    "bid_cost_fixed": "the cost of a first bid",
    "bid_cost_share": "what a lot's value adds to the cost of a bid",
    "cost_sd": "how much costs differ between bidders",
    "authority_fixed": "what a procedure costs the authority",
    "authority_per_lot": "what a further lot costs the authority",
    "authority_per_bid": "what a bid costs the authority",
    "evaluation_days_per_bid": "the days of evaluation a bid",
    "rerun": "whether unserved lots are tendered again",
    "capacity_share": "what providers can carry beside their income",
    "consortium_share": "how many find partners",
    "consortium_income": "the pooled income of consortia",
    "consortium_cost": "what a joint bid costs more",
    "consortium_days": "how much longer a joint bid takes",
    "further_lot": "the cost of bidding for a further lot",
    "days_sigma": "how much days to write a bid differ",
    "cost_mean": "the mean cost of delivery",
    "cost_area_share": "how far costs differ between areas",
    "scale_elasticity": "what larger lots save",
    "lot_fixed_cost": "the fixed cost of a lot",
    "quality_sd": "how much quality differs within a type",
    "home_quality": "what home areas add to quality",
    "evaluator_noise": "the noise of evaluators",
    "evaluators": "the number of evaluators",
    "direct_award_premium": "the premium of direct awards",
    "common_cost_sd": "cost that all bidders share",
    "incumbent_cost": "what the present provider saves",
    "tupe_cost": "the cost of taking over staff",
}
_FIELDS = {
    "quality": "the quality of {} providers",
    "count": "the number of {} providers",
    "income": "the income of {} providers",
    "income_sigma": "how much incomes differ",
    "small": "whether {} providers count as small",
    "by_and_for": "whether {} providers are by-and-for",
    "size": "the size of {} providers",
    "days": "the days that providers need to write a bid",
    "home_areas": "in how many areas providers already work",
    "away_cost": "the cost of work outside home areas",
}


def _figure(name: str) -> Figure:
    return FIGURES.get(name) or Figure(name.replace("_", " "), "share" if name.startswith("funnel.") else "number")


def title(name: str) -> str:
    """The title of a figure, or its name where it has none."""
    return _figure(name).title


def written(name: str, value: float | None, *, difference: bool = False, unit: str = " points") -> str:
    """A figure in its unit; a difference has its sign, and that of two shares is in points of 100.

    >>> written("small_win_share", 0.1234), written("authority_cost", 25012.2), written("hhi", None)
    ('12.3%', '£25,012', '-')
    >>> written("small_win_share", 0.05, difference=True), written("small_bidders", -0.456, difference=True)
    ('+5.0 points', '-0.46')
    """
    if value is None:
        return "-"
    sign = "+" if difference else ""
    match _figure(name).kind:
        case "share":
            return f"{value * 100:{sign}.1f}{unit}" if difference else f"{value * 100:.1f}%"
        case "money":
            return f"{'-' if value < 0 else sign}£{abs(value):,.0f}"
        case "score":
            return f"{value:{sign}.3f}"
        case _:
            return f"{value:{sign},.0f}" if abs(value) >= 1000 else f"{value:{sign}.2f}"


def error(name: str, estimate: Estimate) -> str:
    """A standard error in the unit of its figure, with one more digit.

    >>> error("small_win_share", Estimate(0.1, 0.0012, 9)), error("authority_cost", Estimate(1, 12.2, 9))
    ('0.12', '£12')
    """
    if estimate.se is None:
        return "-"
    match _figure(name).kind:
        case "share":
            return f"{estimate.se * 100:.2f}"
        case "money":
            return f"£{estimate.se:,.0f}"
        case "score":
            return f"{estimate.se:.4f}"
        case _:
            return f"{estimate.se:,.0f}" if estimate.se >= 10 else f"{estimate.se:.3f}"


def assumption(name: str) -> str:
    """What a parameter is, in words.

    >>> assumption("by_and_for.quality"), assumption("types.days"), assumption("scale_elasticity")
    ('the quality of by-and-for providers', 'the days that providers need to write a bid', 'what larger lots save')
    """
    kind, _, field = name.rpartition(".")
    if name in _SETTINGS:
        return _SETTINGS[name]
    if name == FACTS:
        return "the facts stated of providers"
    if name == GAPS:
        return "how much quality differs between the types"
    if STATED_FACT in name:
        kind, _, column = name.partition(STATED_FACT)
        return f"{column} of {kind.replace('_', '-')} providers"
    shown = "by-and-for" if kind == "by_and_for" else kind.replace("_", " ")
    return _FIELDS.get(field, f"{shown} {field}".strip()).format(shown).replace("_", " ")


def value_text(value: Value) -> str:
    """A parameter's value.

    >>> value_text(4000000.0), value_text(0.74), value_text(True), value_text(12)
    ('4,000,000', '0.74', 'yes', '12')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:.6g}"
