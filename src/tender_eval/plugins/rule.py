"""The award rule contract: from points and prices to the figure that bids are ranked by."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NamedTuple

from tender_eval.files.fields import Column, Fields, Ident
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.explanation.reasons import RuleReason
from tender_eval.model.numeric import Array, Mask
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.answers import Likely, Pot, Unsupported
from tender_eval.plugins.scorer import NOTHING, check_contract
from tender_eval.plugins.table import Reads, Steps
from tender_eval.plugins.tally import Tally

if TYPE_CHECKING:  # a run that asks for no expression loads none
    from tender_eval.plugins.expression.tree import Comparison, Node


class RuleParams(Fields):
    """Base of an award rule's parameters."""


class QualityParams(RuleParams):
    """Parameters of the rules that set quality against price.

    ``quality`` defaults to every root criterion none of whose leaves reads the price.
    """

    quality: tuple[Ident, ...] = ()
    price: Column = "price"


class Weights(NamedTuple):
    """The weights that a rule sets quality and price at, as expressions of what the scheme states."""

    quality: Node
    price: Node


class Allocation(NamedTuple):
    """Money by bid (0 for none), and whether a tie left it undecided: one truth, or one a draw."""

    amounts: Array
    undecided: Any


class AwardRule(ABC):
    """Base of every award rule, built-in or third-party.

    ``figure`` names what bids are ranked by (as results show it), ``best`` says which end wins.
    """

    name: ClassVar[str]
    figure: ClassVar[RankingFigure | str]
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
            if not isinstance(getattr(cls, "figure", ""), RankingFigure | str):
                raise TypeError(f"{cls.__qualname__}.figure must be one of RankingFigure, or words of its own")
            if getattr(cls, "best", None) not in ("highest", "lowest"):
                raise TypeError(f"{cls.__qualname__}.best must be highest or lowest")

    def criteria(self, params: Any) -> tuple[str, ...]:
        """The criteria that the parameters name; an unknown one is an error at the rule."""
        return params.quality if isinstance(params, QualityParams) else ()

    def reads(self, params: Any) -> tuple[Reads, ...]:
        """The columns that the rule will ask for."""
        return ()

    def prepare(self, params: Any, scheme: Scheme) -> Any:
        """The parameters completed with what the scheme says; by default as they are."""
        return params

    def expression(self, params: Any) -> Node | Unsupported:
        """The figure as an expression of points and columns; see `tender_eval.plugins.expression`.

        It must come to what `rank_by` gives. With it workbooks recompute the figure, and searches over weights are
        exact where it makes the order of two bids turn on a straight line of the weights. Without it a workbook shows
        a value, and such searches try weights one by one.
        """
        return Unsupported("it states no expression of the figure")

    def accepts(self, params: Any) -> Comparison | Unsupported | None:
        """What must hold for the rule itself to keep a bid; None where it turns none away."""
        return Unsupported("it does not state by what it turns bids away") if self.rejects(params) else None

    def price_column(self, params: Any) -> str | Unsupported:
        """The column that the rule takes for the price; empty where it reads none."""
        reads = self.reads(params)
        if isinstance(params, QualityParams):
            return str(params.price) if any(r.column == params.price for r in reads) else ""
        return Unsupported("it does not say which column is the price") if reads else ""

    def counts(self, params: Any, roots: tuple[str, ...]) -> tuple[str, ...]:
        """The criteria whose points or shares the figure is made of.

        By default those of the expression; without one those that the parameters name, or else all ``roots``.
        """
        found = self.expression(params)
        if isinstance(found, Unsupported):
            return tuple(self.criteria(params)) or roots
        from tender_eval.plugins.expression.tree import criteria_of

        return criteria_of(found, roots)

    def weights(self, params: Any) -> Weights | Unsupported | None:
        """The weights at which the rule itself sets quality against price; None where it sets none."""
        return Unsupported("it does not say at which weights it sets quality against price")

    def likely(self, column: str, params: Any, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
        """The range in which the figures of a column are likely to lie; see `Scorer.likely`."""
        return Unsupported("its parameters name no range of the figures")

    def shares_out_money(self) -> bool:
        """Whether bids get money by their order, rather than one of them the contract."""
        return type(self).allocate is not AwardRule.allocate

    def pot(self, params: Any) -> Pot | Unsupported | None:
        """The money that is shared out; None where none is."""
        return Unsupported("it does not say how much there is to share out") if self.shares_out_money() else None

    def worth_of_quality(self, params: Any) -> Fraction | Unsupported | None:
        """The money that the parameters give to full marks over none; None where quality is no sum of money."""
        if self.best == "highest":
            return None
        return Unsupported("it does not say whether quality is a sum of money")

    def over_lots(self, params: Any) -> tuple[str, ...] | Unsupported:
        """How the figures of several lots come to one: by the criteria whose points they are divided by.

        Where it names some, the dividends together are divided by the points together, as the cost of all lots by
        their quality points; where it names none, the figures are added.
        """
        return Unsupported("it does not say how its figures of several lots come to one")

    def prepares(self) -> bool:
        """Whether the parameters are completed with what a scheme says, so that another weight needs them anew."""
        return type(self).prepare is not AwardRule.prepare

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
