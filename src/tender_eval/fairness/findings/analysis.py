"""What was asked of the analysis of a scheme, and what it found: records that reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.findings.across import AcrossFindings
from tender_eval.fairness.findings.results import Findings
from tender_eval.fairness.findings.samples import CONCENTRATION
from tender_eval.model.bids import Bids
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.extras import notebook

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, slots=True)
class AnalysisOptions:
    """How much is tried, and what the bids are compared under.

    ``concentration`` is how near to the published ones weights are drawn (`AroundPublished`); ``bands`` are the least
    and most points that a criterion may have, by its id; ``schemes`` and ``price_formulas`` say what the bids are
    compared under.
    """

    draws: int = 10_000
    seed: int = 1
    concentration: int = CONCENTRATION
    bands: Mapping[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    sobol: bool = False
    schemes: tuple[CompiledScheme, ...] = ()
    price_formulas: bool = False


@dataclass(frozen=True, slots=True)
class LotAnalysis:
    """One tender or lot: its evaluation, and what was found of it."""

    evaluation: Evaluation
    findings: Findings


@dataclass(frozen=True, slots=True, repr=False)
class Analysis:
    """What was asked, of what, and what was found by lot; the lot is empty for a tender without lots.

    ``across`` is what was found of the award over all lots, where the tender has several and no one of them was asked
    for.
    """

    compiled: CompiledScheme
    bids: Bids
    options: AnalysisOptions
    lots: Mapping[str, LotAnalysis]
    across: AcrossFindings | None = None

    def __repr__(self) -> str:
        return f"<Analysis: {', '.join(repr(one.findings) for one in self.lots.values())}>"

    def to_frames(self, exact: bool = False) -> dict[str, DataFrame]:
        """Those of `Findings.to_frames`; where there are lots, of all of them with a column ``lot``.

        Raises:
            Refused: TE097 where pandas is not installed (extra ``notebook``).
        """
        found: dict[str, DataFrame] = notebook().analysis_frames(self, exact)
        return found
