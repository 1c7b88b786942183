"""The award across lots with everything that moves it."""

from __future__ import annotations

from tender_eval.fairness.findings.across import AcrossFindings
from tender_eval.fairness.findings.analysis import AnalysisOptions
from tender_eval.fairness.groups import lot_group_impact
from tender_eval.fairness.lots.changes import award_changes, kinds_sought
from tender_eval.fairness.lots.firmness import any_weights, drawn_marks, near_weights
from tender_eval.fairness.lots.together import Together


def across_lots(together: Together, options: AnalysisOptions) -> AcrossFindings:
    """The award as the scheme makes it; where limits tie the lots together, also what moves it.

    Raises:
        Refused: the bids cannot be evaluated or awarded, or a plugin is at fault.
    """
    award = together.award
    first = {lot: scenario.winner for lot, scenario in together.by_itself.items()}
    groups = lot_group_impact(list(together.lots.values()), list(award.values()))
    found = AcrossFindings(award, first, together.across.undecided, not together.tied, groups=groups)
    if not together.tied:
        return found
    draws, seed = min(options.draws, together.most_draws), options.seed
    return AcrossFindings(
        award, first, together.across.undecided, False, tuple(award_changes(together)),
        near_weights(together, draws, seed, options.concentration),
        any_weights(together, draws, seed, options.bands), drawn_marks(together, draws, seed), groups,
        kinds_sought(together),
    )  # fmt: skip
