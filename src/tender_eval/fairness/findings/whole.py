"""What was asked of a study of a scheme, and what it found: records that reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.findings.analyses import Fairness
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import Evaluation


@dataclass(frozen=True, slots=True)
class Setting:
    """How a scheme is stressed.

    ``bands`` are the least and most points that a criterion may have, by its id; ``schemes`` and
    ``price_formulas`` say what the bids are compared under.
    """

    draws: int = 10_000
    seed: int = 1
    bands: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    sobol: bool = False
    schemes: tuple[CompiledScheme, ...] = ()
    price_formulas: bool = False


@dataclass(frozen=True, slots=True)
class Stressed:
    """One tender or lot: its evaluation, and what was found of it."""

    evaluation: Evaluation
    found: Fairness


@dataclass(frozen=True, slots=True)
class Study:
    """What was asked, of what, and what was found by lot; the lot is empty for a tender without lots."""

    compiled: CompiledScheme
    bids: Bids
    setting: Setting
    lots: Mapping[str, Stressed]
