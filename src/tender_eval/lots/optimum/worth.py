"""What awarding a lot to a bid is worth where awarding a lot more comes before any figure: exactly, and in draws."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from tender_eval.lots.optimum.choices import Choice
from tender_eval.lots.optimum.exactly import in_steps
from tender_eval.model.numeric import Array
from tender_eval.plugins.mechanism import Contest

Figures = tuple[Fraction, ...]
"""A figure for each lot of a choice."""


def worth_of(choices: Sequence[Choice], figures: Sequence[Figures]) -> tuple[Fraction, ...]:
    """What each choice is worth.

    Args:
        figures: of each choice at each of its lots, of which more is better.
    """
    best, worst = dict[int, Fraction](), dict[int, Fraction]()
    for choice, at_lots in zip(choices, figures, strict=True):
        for lot, figure in zip(choice.lots, at_lots, strict=True):
            best[lot] = max(best.get(lot, Fraction(0)), figure)
            worst[lot] = min(worst.get(lot, Fraction(0)), figure)
    a_lot = 2 * sum(best.values(), Fraction(0)) - 2 * sum(worst.values(), Fraction(0)) or Fraction(1)
    return tuple(len(at_lots) * a_lot + sum(at_lots, Fraction(0)) for at_lots in figures)


def worth_in_draws(contest: Contest, weigh: bool) -> Array:
    """The same of each bid at each lot in every draw, ``(bids, lots, draws)``, in steps; -inf where it does not stand.

    Args:
        contest: in floats.
        weigh: whether the figures of each lot count by its value.
    """
    gain = in_steps(contest) if contest.best == "highest" else -in_steps(contest)
    if weigh:
        values = contest.values if contest.values.ndim == 2 else contest.values[:, None]
        largest = values.max(axis=0, initial=0.0)
        gain = gain * (values / np.where(largest > 0, largest, 1.0))
    # Nought, which nobody at a lot is worth, is among those that the best and the worst are of.
    best, worst = (end(gain, axis=0, initial=0.0).sum(axis=0) for end in (np.max, np.min))
    a_lot = 2 * best - 2 * worst
    return np.where(contest.standing, np.where(a_lot > 0, a_lot, 1.0) + gain, -np.inf)
