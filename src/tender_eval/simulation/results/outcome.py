"""What a simulation comes to, as frozen records: every figure with its standard error, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.model.extras import notebook
from tender_eval.simulation.results.tally import Moments
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.lot_rule import LotRule
from tender_eval.simulation.spec.parameters import Value

if TYPE_CHECKING:
    from pandas import DataFrame

FUNNEL = ("turnover", "capacity", "time", "not_worth_it", "outscored", "won")
"""Where a small provider's way to a contract ends, in order; of each, the share of the small providers."""

STAGES = ("eligible", "ready", "bidding", "winning")


SURE = 2.0
"""Standard errors by which a difference is more than chance."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over simulated tenders; None where no tender has the figure, or too few for an error.

    Attributes:
        se: its Monte Carlo standard error: what is left to chance by the number of draws, and nothing of what is
            left open by the assumptions.
        n: tenders that have the figure.
    """

    mean: float | None
    se: float | None
    n: int

    @classmethod
    def of(cls, moments: Moments) -> Estimate:
        """What the moments of a figure come to."""
        return cls(moments.mean, moments.se, moments.n)

    @property
    def sign(self) -> int:
        """1 where it is surely above nought, -1 where below, and 0 where chance may have made it so."""
        if self.mean is None or self.se is None or abs(self.mean) <= SURE * self.se:
            return 0
        return 1 if self.mean > 0 else -1


Figures = Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class DesignOutcome:
    """One design: its figures by name, and whether the bidders' beliefs settled."""

    label: str
    lots: int
    scheme: str
    figures: Figures
    residual: float
    converged: bool
    changed: Mapping[str, Value] = field(default_factory=dict)  # parameters that it alone sets
    rounds: int = 0  # until the beliefs settled, or were given up
    rule: LotRule = field(default_factory=LotRule)  # across lots
    declared: tuple[str, ...] = ()  # declarations that providers are taken to make
    undeclared: tuple[str, ...] = ()  # those that limits on lots ask for, which nobody is taken to make
    illustrative: tuple[str, ...] = ()  # what of its scheme is an illustration

    def __getitem__(self, name: str) -> Estimate:
        return self.figures[name]


@dataclass(frozen=True, slots=True)
class PairedOutcome:
    """A design less the first, on the same random numbers."""

    label: str
    against: str
    figures: Figures

    def __getitem__(self, name: str) -> Estimate:
        return self.figures[name]


@dataclass(frozen=True, slots=True)
class Effect:
    """By how much a figure's paired difference changes when a parameter is at its low and at its high."""

    low: Estimate | None
    high: Estimate | None

    @property
    def size(self) -> float:
        """The larger of the two changes."""
        return max(abs(e.mean) if e and e.mean is not None else 0.0 for e in (self.low, self.high))

    @property
    def significant(self) -> bool:
        """Whether one of the two is beyond twice its standard error."""
        ends = (self.low, self.high)
        return any(e and e.mean is not None and e.se is not None and abs(e.mean) > 2 * e.se for e in ends)


@dataclass(frozen=True, slots=True)
class ParameterEffect:
    """An assumption and what it does to the answer: the last design less the first."""

    name: str
    value: Value
    low: Value
    high: Value
    effects: Mapping[str, Effect]
    reverses: tuple[str, ...]  # figures whose difference changes its sign, beyond twice its standard error


class ParameterValue(NamedTuple):
    """A parameter at another value than the spec's; without a name, none is."""

    name: str = ""
    value: Value = ""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Every assumption tried at its low and its high: those that move the answer most come first.

    Attributes:
        differences: the paired differences with no assumption changed, on the same draws.
        unsettled: what was set otherwise in the runs that did not settle into an equilibrium.
        refused: what was set otherwise where the scheme or a mechanism refused it, and why.
    """

    first: str
    last: str
    draws: int
    differences: Figures
    parameters: tuple[ParameterEffect, ...]
    unsettled: tuple[ParameterValue, ...] = ()
    refused: tuple[tuple[ParameterValue, str], ...] = ()


@dataclass(frozen=True, slots=True)
class JointRange:
    """What a figure is over trials in which all that is not certain varies at once.

    Attributes:
        low, median, high: of the trials 5% lie below the first, half below the second, 5% above the last.
        same_sign: the share of the trials in which it has the sign that it has in most of them.
    """

    low: float
    median: float
    high: float
    same_sign: float


@dataclass(frozen=True, slots=True)
class JointDesign:
    """The ranges of a design's figures: of their levels, or of what they are less those of the first design."""

    label: str
    figures: Mapping[str, JointRange]
    against: str = ""  # the first design, where they are differences


class Driver(NamedTuple):
    """An assumption that moves a figure.

    Attributes:
        share: of the variance of the figure over the trials that goes with the assumption in a straight line.
        slope: what the figure changes by from one end of the range to the other.
    """

    assumption: str
    share: float
    slope: float


@dataclass(frozen=True, slots=True)
class Joint:
    """Trials in which everything that is not certain varies at once.

    Attributes:
        points: trials that count: those that the scheme did not refuse.
        designs: ranges of the levels.
        paired: ranges of the differences from the first design.
        drivers: by figure, what moves the last design less the first, or the design that is alone.
        unsettled: trials in which the beliefs of bidders did not settle; they count.
        refused: how many trials were refused, by why.
    """

    points: int
    designs: tuple[JointDesign, ...]
    paired: tuple[JointDesign, ...]
    drivers: Mapping[str, tuple[Driver, ...]]
    unsettled: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HurdleEffect:
    """What it does to take hurdles away: one alone, or two together.

    Attributes:
        changes: of how many of each type bid and win, and of what small providers win.
        beyond: of two, what both do together beyond what each does, added up; empty for one.
    """

    lifted: tuple[str, ...]
    changes: Figures
    beyond: Figures = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DesignHurdles:
    """The hurdles of a design; ``unsettled`` of the runs did not settle."""

    label: str
    effects: tuple[HurdleEffect, ...]
    unsettled: int = 0


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A design on the four scales of the frontier, and the designs that are better beyond doubt."""

    label: str
    figures: Figures
    dominated_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """A commissioning team of the survey, and how long the evaluation of each design takes it.

    Attributes:
        people: in the team; ``share`` of local authorities have so many.
        weeks: by design, weeks in which the whole team does nothing else.
    """

    people: int
    share: float
    weeks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class SweepPoint:
    """The designs with some parameters at other values."""

    values: Mapping[str, Value]
    designs: tuple[DesignOutcome, ...]
    paired: tuple[PairedOutcome, ...]


@dataclass(frozen=True, slots=True, repr=False)
class SimulationOutcome:
    """All that is known after a simulation. It does not depend on the engine or the number of workers."""

    title: str
    spec_sha256: str
    seed: int
    draws: int
    authorities: int
    currency: str  # of all amounts, by its code; empty where nothing states one
    types: tuple[str, ...]
    small_types: tuple[str, ...]
    designs: tuple[DesignOutcome, ...]
    paired: tuple[PairedOutcome, ...]
    assumptions: tuple[Assumption, ...]
    sensitivity: Sensitivity
    frontier: tuple[FrontierPoint, ...]
    teams: tuple[TeamLoad, ...]
    joint: Joint | None = None
    sweep: tuple[SweepPoint, ...] = ()
    hurdles: tuple[DesignHurdles, ...] = ()  # of the first and the last design
    unused: tuple[str, ...] = ()  # figures of types that are stated, and that a file of providers stands in place of

    @property
    def residual(self) -> float:
        """The largest of the designs' residuals."""
        return max(d.residual for d in self.designs)

    @property
    def converged(self) -> bool:
        """Whether the beliefs settled in every design."""
        return all(d.converged for d in self.designs)

    def __repr__(self) -> str:
        return f"<SimulationOutcome {self.title}: {len(self.designs)} designs in {self.draws} draws>"

    def to_frame(self) -> DataFrame:
        """The figures of every design as a frame of pandas: ``design``, ``figure``, ``mean``, ``se``, ``n``.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        return notebook().outcome_frame(self)

    def to_frames(self) -> dict[str, DataFrame]:
        """All that is known, as frames of pandas by name.

        ``figures`` (those of `to_frame`), ``differences`` of each design less the first, ``designs``, ``sensitivity``
        (what each assumption does at its low and high to the difference of the last design, which ``without_change``
        has), ``hurdles`` (what lifting them does), ``joint`` (the ranges) and ``drivers``, ``frontier``, ``teams``,
        ``sweep`` and ``assumptions``.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        found: dict[str, DataFrame] = notebook().outcome_frames(self)
        return found
