"""The award rule contract: from points and prices to the figure that bids are ranked by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Literal, NamedTuple

from tender_eval.files.fields import Column, Fields, Ident
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.reasons import RuleReason
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.scorer import check_contract
from tender_eval.plugins.table import BidTable, Reads, Steps


class RuleParams(Fields):
    """Base of an award rule's parameters."""


class QualityParams(RuleParams):
    """Parameters of the rules that set quality against price.

    ``quality`` defaults to every root criterion none of whose leaves reads the price.
    """

    quality: tuple[Ident, ...] = ()
    price: Column = "price"


class Tally:
    """What an award rule sees: points and prices of the bids that are in, in the arithmetic of the run."""

    def __init__(
        self,
        table: BidTable,
        points: Callable[[tuple[str, ...]], Array],
        available: Callable[[str], Any],
        score: Callable[[str], Array],
        roots: tuple[str, ...],
    ) -> None:
        self.table = table
        self.roots = roots
        """The ids of the scheme's root criteria."""
        self.present: Mask = table.present
        self._points = points
        self._sums: dict[tuple[str, ...], Array] = {}
        self._available = available
        self.score = score
        """Share of full marks at one criterion, ``(bids,)`` or ``(bids, draws)``."""

    def points(self, criteria: Sequence[str]) -> Array:
        """The points that these criteria earned together."""
        key = tuple(criteria)
        if key not in self._sums:
            self._sums[key] = self._points(key)
        return self._sums[key]

    def available(self, criteria: Sequence[str]) -> Any:
        """The points that these criteria could earn together: one number, or one a draw."""
        return sum((self._available(c) for c in criteria[1:]), self._available(criteria[0]))

    def column(self, name: str) -> Array:
        """A column that the rule has declared in `AwardRule.reads`."""
        return self.table.column(name)


class Allocation(NamedTuple):
    """Money by bid (0 for none), and whether a tie left it undecided: one truth, or one a draw."""

    amounts: Array
    undecided: Any


class AwardRule(ABC):
    """Base of every award rule, built-in or third-party.

    ``figure`` names what bids are ranked by (as results show it), ``best`` says which end wins.
    """

    name: ClassVar[str]
    figure: ClassVar[str]
    best: ClassVar[Literal["highest", "lowest"]]
    exact: ClassVar[bool] = True
    needs_criteria: ClassVar[bool] = False
    """Whether a scheme without criteria leaves the rule nothing to go by."""
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)
    Params: ClassVar[type[RuleParams]] = RuleParams

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            check_contract(cls, RuleParams)
            if getattr(cls, "best", None) not in ("highest", "lowest"):
                raise TypeError(f"{cls.__qualname__}.best must be highest or lowest")

    def criteria(self, params: Any) -> tuple[str, ...]:
        """The criteria that the parameters name; an unknown one is an error at the rule."""
        return tuple(getattr(params, "quality", ()))

    def reads(self, params: Any) -> tuple[Reads, ...]:
        """The columns that the rule will ask for."""
        return ()

    def prepare(self, params: Any, scheme: Scheme) -> Any:
        """The parameters completed with what the scheme says; by default as they are."""
        return params

    def rejects(self, params: Any) -> bool:
        """Whether the rule itself can turn bids away."""
        return type(self).reject is not AwardRule.reject

    def relative(self, params: Any) -> bool:
        """Whether a bid's figure depends on which other bids are in."""
        return False

    def reject(self, tally: Tally, params: Any, steps: Steps) -> Mapping[RuleReason | str, Mask]:
        """Bids that the rule itself turns away, by reason: in its own words, or as data (`model.reasons`)."""
        return {}

    @abstractmethod
    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        """The figure of each bid, ``(bids,)`` or ``(bids, draws)``."""

    def allocate(self, ranks: Array, tally: Tally, params: Any, steps: Steps) -> Allocation | None:
        """For rules that share out money: what each bid gets; else None.

        ``ranks`` are whole numbers from 1, shared on a tie, 0 for a bid that is out.
        """
        return None
