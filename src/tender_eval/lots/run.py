"""A mechanism run in either arithmetic, and what it returns held against the contract. Fails closed."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import numpy as np

from tender_eval.engine.scoring.guarded import asked, of_third_party, refused
from tender_eval.engine.scoring.promises import orders
from tender_eval.lots.limits import Load
from tender_eval.lots.together import broken
from tender_eval.model.location import NOWHERE, Location
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism, Offers
from tender_eval.plugins.table import Rows, frozen

WHO = "the award of lots"


def run_mechanism(
    mechanism: Registered[Mechanism], params: Any, contest: Contest, where: Location = NOWHERE
) -> LotAwards:
    """Who wins each lot, in the arithmetic of the contest.

    Raises:
        Refused: TE045 where the mechanism raises, TE046 where it returns what it may not: another shape, a
            winner that does not stand, an award beyond a limit.
    """
    arrays: dict[str, Any] = {
        name: frozen(of.view()) for name, of in contest._asdict().items() if isinstance(of, np.ndarray)
    }
    quotas = tuple(quota._replace(who=frozen(quota.who.view())) for quota in contest.quotas)
    offers = None if contest.offers is None else Offers(*(frozen(column.view()) for column in contest.offers))
    seen = contest._replace(**arrays, quotas=quotas, offers=offers)

    def award(of: Contest) -> LotAwards:
        found = asked(WHO, mechanism, where, lambda: mechanism.item.award(of, deepcopy(params)))
        if wrong := _wrong(found, of):
            raise refused(WHO, mechanism, where, "TE046", f"returned {wrong}")
        awards: LotAwards = found
        return awards

    awards = award(seen)
    if of_third_party(mechanism) and contest.figures.ndim == 2:
        bids = len(contest.standing)
        for rows, when in orders(bids):
            if not _same(award(seen.of(rows)), awards, rows):
                raise refused(WHO, mechanism, where, "TE048", f"awards other lots {when}")
    return awards


def _same(found: LotAwards, expected: LotAwards, rows: Rows) -> bool:
    """Whether awards among bids that were given in another order are the same."""
    winner = np.where(found.winner < 0, found.winner, rows[found.winner])
    return bool((winner == expected.winner).all() and (found.undecided == expected.undecided).all())


def _wrong(found: Any, contest: Contest) -> str:
    """What a mechanism may not return, or nothing where it keeps to its contract."""
    shape = contest.standing.shape[1:]
    if not isinstance(found, LotAwards):
        return f"a {type(found).__name__}, not awards of lots"
    for name, kinds in (("winner", "i"), ("undecided", "b")):
        array = getattr(found, name)
        if not isinstance(array, np.ndarray) or array.dtype.kind not in kinds or array.shape != shape:
            what = f"{array.dtype} of shape {array.shape}" if isinstance(array, np.ndarray) else type(array).__name__
            return f"as {name} {what}, where {shape} was to be"
    bids = len(contest.standing)
    if ((found.winner < -1) | (found.winner >= bids)).any():
        return "a winner that is no row of a bid"
    if (found.undecided & (found.winner >= 0)).any():
        return "a winner of a lot that it calls undecided"
    won = found.winner[None] == np.arange(bids).reshape(-1, *[1] * found.winner.ndim)
    if (won & ~contest.standing).any():
        return "a winner that does not stand for the lot"
    if part := broken(contest, won):
        return part
    load = Load.nothing(contest)
    for lot in range(shape[0]):
        load = load.plus(lot, won[:, lot])
    if contest.limited and not load.within().all():
        return "more for a supplier than its limits allow"
    return ""
