"""The best award of many draws at once, where their limits are the same and leave a diagram that is small enough."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from tender_eval.lots.limits import limits_shared, met
from tender_eval.lots.optimum.by_diagram import most_in_draws
from tender_eval.lots.optimum.choices import choices_in
from tender_eval.lots.optimum.diagram import Diagram, diagram_of
from tender_eval.lots.optimum.exactly import of_floats
from tender_eval.lots.optimum.worth import worth_in_draws
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.mechanism import Contest


def best_in_draws(contest: Contest, weigh_values: bool) -> tuple[Array, Mask] | None:
    """The row of the bid that wins each lot, ``(lots, draws)``, -1 for nobody, and the draws in which that is plain.

    It is not plain where another award is as good in floats; such draws are for exact arithmetic, one by one.

    Args:
        contest: in floats.
        weigh_values: whether the figures of each lot count by its annual value.

    Returns:
        None where each draw has limits of its own, or a diagram of them would be too large.
    """
    found = _diagram(contest)
    if found is None:
        return None
    diagram, near = found
    rows = np.array([part.bid for part in diagram.parts], dtype=np.int64)
    columns = np.array([part.lot for part in diagram.parts], dtype=np.int64)
    worth = worth_in_draws(contest, weigh_values)[rows, columns]
    chosen, plain = most_in_draws(diagram, worth, float(near))
    return np.where(chosen < 0, -1, np.append(rows, -1)[chosen]), plain


def _diagram(contest: Contest) -> tuple[Diagram, Fraction] | None:
    """Of all that stand in any of the draws; and by how much their totals may be off."""
    if contest.divisors is not None or not limits_shared(contest):
        return None
    standing: Mask = np.asarray(contest.standing.any(axis=-1), dtype=np.bool_)
    limits, near = of_floats(
        contest._replace(
            standing=standing,
            figures=np.zeros(standing.shape),
            capacity=None if contest.capacity is None else met(contest.capacity),
            most_value=None if contest.most_value is None else met(contest.most_value),
        )
    )
    diagram = diagram_of(limits, choices_in(limits))
    return (diagram, near) if diagram else None
