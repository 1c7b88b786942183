"""A simulation as frozen records: the contract, the market, the designs to compare. Read from YAML by `loading`.

Money is in the currency of the spec; the names, units, defaults and sources of all parameters stand in
`parameters`. Costs and prices inside the model are shares of a lot's value (its ceiling).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tender_eval.model.scheme import Scheme

INCOMES = ("supplier.annual_income", "pooled.annual_income")
"""What a scheme calls the yearly income of a bidder, alone and with its partners."""


@dataclass(frozen=True, slots=True)
class ProviderType:
    """A kind of provider: how many there are and what is typical of them."""

    name: str
    count: int
    small: bool  # counts as a small provider in the outputs
    by_and_for: bool
    size: str  # micro | small | medium | large, as schemes read supplier.size
    income: float  # median yearly income
    income_sigma: float  # of its logarithm
    days: float  # median days to write a bid
    home_areas: float  # share of the areas that are home: 0 none, 1 all; at least one where above 0
    away_cost: float  # added to cost, as a share, for work outside home areas
    quality: float  # mean share of full marks
    facts: Mapping[str, float] = field(default_factory=dict)  # other columns a scheme reads, such as values.networks


@dataclass(frozen=True, slots=True)
class Provider:
    """A real provider of a CSV file: what is known of it stands in for what would be drawn (None: drawn)."""

    name: str
    type: str
    income: float | None = None
    home: tuple[int, ...] | None = None  # indices of areas
    quality: float | None = None
    days: float | None = None
    partners: tuple[str, ...] = ()  # names of other providers with which it bids where it cannot bid alone


@dataclass(frozen=True, slots=True)
class Settings:
    """Every scalar parameter of one design, under the name that it has in the spec and in `parameters`."""

    # the contract
    value: float
    years: float
    areas: int
    # timetable and conditions
    timetable_days: float
    turnover_multiple: float  # yearly income asked, as a multiple of the lot's value; 0 for none
    turnover_whole_contract: bool  # of its value over all years, else of its annual value
    capacity_share: float  # annual value of lots at most this share of income
    lots_tendered: int  # cap on lots a provider may bid for; 0 for none
    lots_awarded: int  # cap on lots a provider may win; 0 for none
    mechanism: str
    # consortia
    consortium_share: float  # of those who fail alone, at 60 days
    consortium_income: float  # pooled income as a multiple
    consortium_cost: float  # bid cost as a multiple
    consortium_days: float  # days to write as a multiple
    # bidding
    bid_cost_fixed: float
    bid_cost_share: float  # of the annual value of the lot
    further_lot: float  # cost of each further lot as a share of the first
    days_sigma: float
    grant_asked: float  # median sum asked, as a share of the most that one can be given of a pot
    grant_asked_sigma: float  # of its logarithm
    grant_least: float  # the least that is of use, as a share of the sum asked
    # cost and quality
    cost_mean: float  # mean cost as a share of the ceiling, at one lot of the whole contract
    cost_sd: float
    scale_elasticity: float
    lot_fixed_cost: float
    quality_sd: float
    home_quality: float
    evaluator_noise: float
    evaluators: int
    # what the authority pays and does
    authority_fixed: float
    authority_per_lot: float
    authority_per_bid: float
    evaluation_days_per_bid: float
    rerun: bool  # unserved lots are tendered once more
    direct_award_premium: float  # price of a lot that stays unserved, above the ceiling
    # switchable, off by default
    common_cost_sd: float
    incumbent_cost: float
    tupe_cost: float
    portfolio_saving: float = 0.0  # what whoever holds all lots saves of the mean cost, beside holding next to none
    # off by default too
    mobilisation_days: float = 104.0  # from the award to the start of the service
    mobilisation_needed: float = 0.0  # days to take on as much work as the yearly income; 0 asks for none
    effort_quality: float = 0.0  # what full effort adds to quality
    effort_cost: float = 0.0  # what it costs, as a share of the ceiling; half the effort a quarter of it
    common_answers: float = 0.0  # share of the work on a bid that is done once, for all lots that it is for
    prices_given: bool = False  # the price is given, at the ceiling: bidders compete in all else
    # how far a provider's costs differ between areas; a parameter like the others
    cost_area_share: float = 0.5  # of the variance of cost: 0 the same in all areas, 1 each area by itself


@dataclass(frozen=True, slots=True)
class Design:
    """One way to tender: the partition of the areas into lots, the settings, and the scheme."""

    label: str
    partition: tuple[tuple[int, ...], ...]  # areas of each lot
    settings: Settings
    scheme: Scheme
    types: tuple[ProviderType, ...] = ()  # of this design, where they differ from the market's
    changed: Mapping[str, float | str] = field(default_factory=dict)  # what it alone sets, by parameter
    area_names: tuple[str, ...] = ()  # where the spec names them

    @property
    def lots(self) -> int:
        return len(self.partition)


@dataclass(frozen=True, slots=True)
class Spec:
    """A whole simulation. The first design is the one that the others are compared with."""

    title: str
    designs: tuple[Design, ...]
    types: tuple[ProviderType, ...]
    providers: tuple[Provider, ...]  # empty: drawn by type
    draws: int
    seed: int
    area_weights: tuple[float, ...]  # share of the contract's value in each area, adding up to 1
    authorities: int = 1  # for national sweeps: how many authorities tender like this
    sweep: Mapping[str, tuple[float | str, ...]] = field(default_factory=dict)  # values of parameters to try
    stated: Mapping[str, float | str] = field(default_factory=dict)  # what the user set, by parameter
    sources: Mapping[str, str] = field(default_factory=dict)  # where the user has it from
    area_names: tuple[str, ...] = ()
    currency: str = ""  # of all amounts, by its code; empty where neither the spec nor a scheme states one
    sha256: str = ""  # of the spec file and the files that it names

    def types_in(self, design: Design) -> tuple[ProviderType, ...]:
        """The types that a design meets: its own where it states any."""
        return design.types or self.types
