"""A pot that is shared out in grants: what groups ask of it, and what they are given.

Each lot is a pot of its own. What a group asks is drawn: so large a share of the most that one can be given, and never
more than that. The work is a group's own aim, so it values a grant at the whole sum, and applies where the chance of
it is worth more than the application costs. Who is given how much is for the scheme's own rule to say.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from tender_eval.engine.plan import Plan
from tender_eval.engine.rules.grants import GrantsParams
from tender_eval.model.diagnostics import Problems
from tender_eval.model.numeric import Array
from tender_eval.model.scheme import Scheme
from tender_eval.simulation.spec.records import Settings
from tender_eval.simulation.tendering.scoring import PackedBids

QUANTILES = 256  # over which the mean sum asked is taken


class Grants(NamedTuple):
    """What is asked of a pot.

    Attributes:
        most: the most that one group can be given, as a share of the pot.
        median, sigma: of the sum asked, as a share of the most, and the log-standard deviation of it.
    """

    most: float
    median: float
    sigma: float

    def asked(self, drawn: Array) -> Array:
        """The sums asked as shares of the pot, from standard normal draws."""
        return np.asarray(self.most * np.minimum(self.median * np.exp(self.sigma * drawn), 1.0))

    @property
    def enough_for(self) -> int:
        """How many grants of the mean sum the pot is enough for; at least one."""
        evenly = np.array([NormalDist().inv_cdf((n + 0.5) / QUANTILES) for n in range(QUANTILES)])
        return max(int(1 / self.asked(evenly).mean()), 1)


def grants_of(plan: Plan, settings: Settings, value: Array) -> Grants | None:
    """What is asked of the pots of a scheme; None where it shares out none.

    Args:
        value: of each lot, ``(lots,)``.

    Raises:
        Refused: TE028 where the pots are not equal.
    """
    params = plan.rule.params
    if not isinstance(params, GrantsParams):
        return None
    if not np.allclose(value, value[0], rtol=1e-9):
        problems = Problems()
        message = "the scheme shares out a pot, and the lots are not of equal value"
        problems.add("TE028", plan.rule.where, message, "cut the areas into lots that have equal shares")
        problems.refuse()
    most = min(float(params.cap) / float(value[0]), 1.0)
    return Grants(most, settings.grant_asked, settings.grant_asked_sigma)


def with_pot(scheme: Scheme, value: float) -> Scheme:
    """The scheme with a pot of this value."""
    rule = scheme.award.rule
    changed = replace(rule, params={**rule.params, "pot": Fraction(value)})
    return replace(scheme, award=replace(scheme.award, rule=changed))


def granted(money: Array, packed: PackedBids, cells: Array, shape: tuple[int, int, int]) -> tuple[Array, Array]:
    """Who is given a grant, and how much; both ``(lots x rows, draws)``, those of a lot together, -1 for nobody.

    Args:
        money: what the rule gives to each packed bid, ``(rows, columns)``.
        cells: flat index of each bid among ``shape``, (providers, lots, draws).
    """
    _, lots, draws = shape
    provider = np.full(packed.rows * packed.columns, -1, dtype=np.intp)
    provider[packed.place] = cells // packed.columns
    winner = np.where(money > 0, provider.reshape(money.shape), -1)
    laid = [x.reshape(packed.rows, lots, draws).swapaxes(0, 1) for x in (winner, np.where(money > 0, money, 0.0))]
    return laid[0].reshape(lots * packed.rows, draws), laid[1].reshape(lots * packed.rows, draws)
