"""The contract of an award mechanism: who wins which lot when limits tie the lots together."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Literal, NamedTuple

from tender_eval.files.fields import Fields
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.scorer import check_contract
from tender_eval.plugins.table import Rows, frozen

ANY_NUMBER = 10**9
"""Of draws: more than anybody asks for."""


class MechanismParams(Fields):
    """Base of a mechanism's parameters."""


class Quota(NamedTuple):
    """How many lots go to some bids: at most ``most``, None for no limit, and at least ``fewest``.

    ``who`` are the bids, booleans ``(bids,)``, or ``(bids, draws)`` in batch runs where they differ between draws.
    """

    who: Mask
    most: int | None = None
    fewest: int = 0


class Offers(NamedTuple):
    """Which rows of a contest are offers for several lots: of packages, and of discounts for several.

    Attributes:
        bid: the number of the bid that each row is an offer of, ``(rows,)``.
        place: 0 for the bid itself, whose lots are offered one by one, then in the order in which it states them.
        least: how many lots a row is awarded if any, ``(rows,)``: 1 for a bid, all of its lots for a package.
        lots: which lots a row is for, whether it stands there or not, booleans ``(rows, lots)``.
        discount: whether a row holds in place of the bid's other prices for its lots as soon as the bid is awarded
            ``least`` of them, booleans ``(rows,)``. Other rows of a bid may be awarded beside each other.
    """

    bid: Array
    place: Array
    least: Array
    lots: Mask
    discount: Mask

    def of(self, rows: Rows) -> Offers:
        """The same of these rows, in this order."""
        return Offers(*(frozen(column[rows]) for column in self))

    def whole(self, row: int) -> bool:
        """Whether a row is awarded all of its lots or none."""
        return bool(self.least[row] > 1 and self.least[row] == self.lots[row].sum())


class Contest(NamedTuple):
    """What a mechanism sees, in the arithmetic of the run.

    Attributes:
        figures: what each bid is ranked by at each lot: object ``(bids, lots)`` of Fraction in exact runs,
            float64 ``(bids, lots, draws)`` in batch runs. Cells outside ``standing`` mean nothing.
        standing: who is ranked where, booleans of the same shape.
        ranks: competition ranks from 1 after the scheme's tie break, whole numbers of the same shape, 0 outside
            ``standing``; a shared rank is a declared tie.
        best: which end of the figures wins.
        values: annual value of each lot, ``(lots,)``, or ``(lots, draws)``.
        most_lots: how many lots one supplier may be awarded; 0 for no limit (Procurement Act 2023 s.23(4)).
        capacity: annual value that the suppliers in each bid can carry, ``(bids,)`` or ``(bids, draws)``; None for
            no limit. It bounds the value of all lots that go to bids which share a supplier with that bid.
        order: the lots, by row, in the published order; empty for the order in which they are listed.
        suppliers: which suppliers stand behind which bid, booleans ``(bids, suppliers)``, alone or in a consortium,
            linked companies as one; None where each bid is the only one of its suppliers.
        divisors: what the figures are divided by, such as quality points, where those of several lots come to the sum
            of the dividends over that of the divisors; shaped as they are. None where they are added.
        preferences: the place of each lot in the order that a bid states, whole numbers from 1 ``(bids, lots)``, 0
            for a lot that it does not name; None where no bid states any.
        most_value: the annual value that one supplier may be awarded, one number or ``(draws,)``; None for no limit.
        most_suppliers: how many suppliers may be awarded anything; 0 for no limit.
        fewest_suppliers: how many must be, and so with the ``fewest`` of quotas: those mechanisms alone see to that
            which say so (`Mechanism.meets_minimums`).
        quotas: how many lots may go, and must go, to some bids.
        offers: which rows are offers for several lots, beside bids; None where there are none. Those mechanisms alone
            see any which say so (`Mechanism.takes_packages`).
    """

    figures: Array
    standing: Mask
    ranks: Array
    best: Literal["highest", "lowest"]
    values: Array
    most_lots: int = 0
    capacity: Array | None = None
    order: tuple[int, ...] = ()
    suppliers: Mask | None = None
    divisors: Array | None = None
    preferences: Array | None = None
    most_value: Any = None
    most_suppliers: int = 0
    fewest_suppliers: int = 0
    quotas: tuple[Quota, ...] = ()
    offers: Offers | None = None

    @property
    def limited(self) -> bool:
        """Whether anything limits what one supplier may be awarded, or some of them together."""
        single = bool(self.most_lots) or self.capacity is not None or self.most_value is not None
        return single or bool(self.most_suppliers or self.fewest_suppliers or self.quotas)

    @property
    def lots(self) -> tuple[int, ...]:
        """The lots, by row, in the published order."""
        return self.order or tuple(range(self.standing.shape[1]))

    def of(self, rows: Rows) -> Contest:
        """The same of these bids, in this order."""
        return self._replace(
            figures=frozen(self.figures[rows]),
            standing=frozen(self.standing[rows]),
            ranks=frozen(self.ranks[rows]),
            capacity=None if self.capacity is None else frozen(self.capacity[rows]),
            suppliers=None if self.suppliers is None else frozen(self.suppliers[rows]),
            divisors=None if self.divisors is None else frozen(self.divisors[rows]),
            preferences=None if self.preferences is None else frozen(self.preferences[rows]),
            quotas=tuple(quota._replace(who=frozen(quota.who[rows])) for quota in self.quotas),
            offers=None if self.offers is None else self.offers.of(rows),
        )


class LotAwards(NamedTuple):
    """The outcome of a mechanism.

    Attributes:
        winner: row of the bid that wins each lot, -1 where nobody does: ``(lots,)`` or ``(lots, draws)``.
        undecided: lots where a tie left the award open (their winner is -1, never a silent choice), same shape.
        order: in exact runs, the lots in the order in which they were awarded; empty where there is none.
    """

    winner: Array
    undecided: Mask
    order: tuple[int, ...] = ()


class Mechanism(ABC):
    """Base of every award mechanism, built-in or third-party. Written once, for both arithmetics.

    ``honours_limits = False`` says that it looks at nothing but each lot by itself: a scheme that limits awards,
    or states an order of lots, cannot use it. ``totals = True`` says that it adds up the figures of several lots:
    an award rule whose figures cannot be added goes with none of these. ``meets_minimums = True`` says that it sees to
    it that as many suppliers, or bids of a quota, are awarded something as must be. ``takes_packages = True`` says that
    it awards offers for several lots together or not at all, and discounts where they are reached (`Contest.offers`).
    """

    name: ClassVar[str]
    honours_limits: ClassVar[bool] = True
    totals: ClassVar[bool] = False
    meets_minimums: ClassVar[bool] = False
    takes_packages: ClassVar[bool] = False
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)
    Params: ClassVar[type[MechanismParams]] = MechanismParams

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            check_contract(cls, MechanismParams)

    def uses_order(self, params: Any) -> bool | Unsupported:
        """Whether the published order of the lots can decide who is awarded which."""
        return Unsupported("it does not say whether the order of the lots decides") if self.honours_limits else False

    def uses_values(self, params: Any) -> bool:
        """Whether the annual values of the lots can decide, beside what limits make of them."""
        return False

    def most_draws(self, contest: Contest, params: Any) -> int:
        """How many draws of a contest it can award in some seconds; `ANY_NUMBER` where it awards them all at once.

        Where that is less than a thousand, `fairness` looks for no prices and weights that would move the award.
        """
        return 50 if self.totals else 2_000

    def passes_over(self, params: Any) -> bool | Unsupported:
        """Whether a lot can go to another than its best bid with room, as where the best total over all is sought."""
        return Unsupported("it does not say whether it passes such a bid over") if self.honours_limits else False

    def why_passed_over(
        self, contest: Contest, awards: LotAwards, lot: int, bid: int, params: Any
    ) -> str | Unsupported:
        """Why a bid with room that is before the winner of a lot is not awarded it: asked of each, in exact runs.

        A package is awarded all of its lots or none, and is asked about once, at its first lot.
        Its supplier reads that, so say it of the bid: such as ``with it the lots together would cost 2,000 more``.
        """
        return Unsupported("it does not say why it passes a bid over")

    @abstractmethod
    def award(self, contest: Contest, params: Any) -> LotAwards:
        """Who wins each lot. No bid wins a lot where it does not stand, and no supplier more than its limits allow.

        `tender_eval.lots.limits.Load` keeps count.
        """
