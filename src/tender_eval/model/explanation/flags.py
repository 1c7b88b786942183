"""What a panel must look at of a bid before it decides, as data; `tender_eval.languages.results` puts it in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tender_eval.model.explanation.reasons import Worded


@dataclass(frozen=True, slots=True)
class AbnormallyLowPrice(Worded):
    """A price that must be asked about before any decision.

    Attributes:
        of: what it is held against: the mean, the median or another of `tender_eval.model.pricing.low`.
        threshold: the share below the middle from which prices are flagged.
    """

    price: Fraction
    of: str
    middle: Fraction
    threshold: Fraction
    others: bool = False  # whether the middle is that of the other bids
    under_the_act: bool = True  # whether the Procurement Act 2023 says that it must be asked about

    @property
    def below(self) -> Fraction:
        """How far below the middle the price is, as a share of the middle."""
        return 1 - self.price / self.middle


@dataclass(frozen=True, slots=True)
class MarksApart(Worded):
    """Individual marks at a criterion are ``limit`` or more apart.

    Attributes:
        marks: who gave which, in the order of the bids file.
        moderated: whether a reason and who agreed are on record.
    """

    criterion: str
    limit: Fraction
    marks: tuple[tuple[str, Fraction], ...]
    moderated: bool


@dataclass(frozen=True, slots=True)
class FewMarks(Worded):
    """Fewer people marked at a criterion than the scheme asks for.

    Attributes:
        given: by how many.
    """

    criterion: str
    given: int
    least: int


@dataclass(frozen=True, slots=True)
class UnconfirmedMembers(Worded):
    """Consortium members that have not confirmed that they are in the bid: they earn nothing."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TotalDiffers(Worded):
    """A total that a bid states is not what its figures come to.

    Attributes:
        line: of the schedule; empty for the price as a whole.
        product: what the bid's other figures come to.
        counts: which of the two counts: ``total`` as stated, or what the ``unit`` prices come to.
        moved: whether the total stands because the rate's decimal point is misplaced.
    """

    line: str
    stated: Fraction
    product: Fraction
    counts: str
    moved: bool


@dataclass(frozen=True, slots=True)
class BelowFullCost(Worded):
    """The price that a bid asks for does not meet the cost that its own sheet comes to, less other funding."""

    price: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class CostsNotStated(Worded):
    """A bid does not state these lines of the cost sheet, so that nobody can tell whether its price meets them."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BeyondFunder(Worded):
    """The share of the price that a funder pays is more than the money that it has.

    Attributes:
        funder: by its title, or its id where it has none.
    """

    funder: str
    pays: Fraction
    most: Fraction


@dataclass(frozen=True, slots=True)
class SourceNotStated(Worded):
    """A bid states benefits and does not say who found them."""

    benefits: tuple[str, ...]


Beside = BelowFullCost | CostsNotStated | BeyondFunder | SourceNotStated
"""What is to be looked at of the money beside the price."""

Flag = AbnormallyLowPrice | MarksApart | FewMarks | UnconfirmedMembers | TotalDiffers | Beside
"""What a panel must look at before it decides."""
