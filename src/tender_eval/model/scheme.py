"""The published methodology as frozen records: what was stated, with its place, and nothing more.

Numbers are exact; ``<name>_cy`` is ``<name>`` in Welsh. ``where`` takes no part in comparison, what is said does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from tender_eval.model.location import NOWHERE, Location, Table
from tender_eval.model.marking.scales import Scale
from tender_eval.model.panel_rule import NO_PANEL, PanelRule
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.pricing.beside import NOTHING_BESIDE, Beside
from tender_eval.model.pricing.exchange import Exchange
from tender_eval.model.pricing.low import AbnormallyLow
from tender_eval.model.pricing.offers_taken import NO_OFFERS, OffersTaken
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.regime import UNSTATED, Regime


def _place() -> Location:
    return field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class Bound:
    """A limit: a plain amount, or a share of a named figure (``50% of annual_value``)."""

    amount: Fraction
    of: str = ""
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Condition:
    """A pass-or-fail condition of participation; exactly one of the four tests is set."""

    id: str
    title: str
    reads: str
    must_be: bool | str | None = None
    one_of: tuple[str, ...] = ()
    at_least: Bound | None = None
    at_most: Bound | None = None
    pooled: bool = False
    source: Mapping[str, str] = field(default_factory=dict)
    days: str = ""  # from which day a date is counted, or "days" where it is a duration
    where: Location = _place()
    title_cy: str = ""

    @property
    def column(self) -> str:
        """The figure that is tested: with those of confirmed members where they are pooled."""
        return "pooled." + self.reads.removeprefix("supplier.") if self.pooled else self.reads

    @property
    def needs(self) -> tuple[str, ...]:
        """The figures that the test is made of."""
        return (self.reads, *(b.of for b in (self.at_least, self.at_most) if b and b.of))


@dataclass(frozen=True, slots=True, repr=False)
class Minimum:
    """The least a bid must earn at a node: a share of the points there, or a mark on the scale."""

    share: Fraction | None = None
    mark: Fraction | None = None
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """A scorer or award rule by name, with its parameters as they stand in the file."""

    name: str
    params: Mapping[str, object] = field(default_factory=dict)
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Rounding:
    """How the scheme rounds, and at which stages; at a criterion: its ``score``, its ``points``, or both.

    Attributes:
        places: decimal places; below zero those before the point. Where ``digits`` are stated it says nothing until
            the figures are known.
        digits: the figure that is ranked is rounded where the best one has so many digits; 0 where ``places`` say it.
    """

    places: int
    mode: str
    at: tuple[str, ...]
    digits: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Criterion:
    """A node of the criteria tree: a leaf has a scorer, a group has parts.

    Its own ``rounding`` takes the place of the scheme's. ``scale_to_best`` says that its points are scaled so that the
    best bid has all of them, and whether ``before_minimums`` or ``after_minimums``; ``alone`` where there are none.
    ``lots`` are those that it is a criterion of, where it is not one of all.
    """

    id: str
    title: str
    weight: Fraction | None
    minimum: Minimum | None = None
    scorer: Call | None = None
    criteria: tuple[Criterion, ...] = ()
    description: str = ""
    source: Mapping[str, str] = field(default_factory=dict)
    rounding: Rounding | None = None
    scale_to_best: str = ""
    lots: tuple[str, ...] = ()
    where: Location = _place()
    title_cy: str = ""
    description_cy: str = ""

    def walk(self) -> Iterator[Criterion]:
        """This node and all below it, parents first."""
        return (criterion for criterion, _ in self.tree())

    def tree(self, depth: int = 0) -> Iterator[tuple[Criterion, int]]:
        """The same, with how deep each stands."""
        yield self, depth
        for part in self.criteria:
            yield from part.tree(depth + 1)


@dataclass(frozen=True, slots=True, repr=False)
class TieBreak:
    """One step of the published tie break: a criterion's points, the price, or any figure."""

    reads: str
    best: str  # highest | lowest
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class PeopleDecide:
    """The last step of the published tie break: a draw, or a person or board that decides; people then settle it."""

    how: str
    by_draw: bool


@dataclass(frozen=True, slots=True, repr=False)
class NearTie:
    """How near to the best figure another must be for the tie break to decide: an amount, or a share of the best."""

    within: Fraction
    is_share: bool


@dataclass(frozen=True, slots=True, repr=False)
class Reserved:
    """Lots at which only those bids stand of which every test holds."""

    lots: tuple[str, ...]
    when: tuple[Test, ...]
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Quota:
    """How many lots may go, and must go, to the bids of which every test holds, such as those of incumbents."""

    id: str
    when: tuple[Test, ...]
    most: int | None = None
    fewest: int = 0
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class LotLimits:
    """How the lots of a tender are awarded together: the mechanism, and what a supplier may tender for or be awarded.

    Limits are on suppliers, over all bids and memberships of consortia. ``capacity`` is the annual value that they may
    be awarded, an amount or a share of a bid's figure; ``most_value`` a share of that of all lots; ``most_suppliers``
    and ``fewest_suppliers`` how many are awarded anything; ``order`` that of the lots, if it is not the tender's.
    """

    mechanism: Call
    most_tendered: int | None = None
    most_awarded: int | None = None
    capacity: Bound | None = None
    order: tuple[str, ...] = ()
    where: Location = _place()
    most_value: Fraction | None = None
    most_suppliers: int | None = None
    fewest_suppliers: int | None = None
    reserved: tuple[Reserved, ...] = ()
    quotas: tuple[Quota, ...] = ()
    offers: OffersTaken = NO_OFFERS


@dataclass(frozen=True, slots=True, repr=False)
class Award:
    """How the points become a ranking, and how many are awarded.

    ``variants`` says that a supplier may make several bids for one lot, of which at most one is awarded. ``then`` is
    who or what parts bids that are equal after all ``ties``; ``near_tie`` which bids are taken for equal to the best.
    """

    rule: Call
    ties: tuple[TieBreak, ...] = ()
    on_rejection: str | None = None  # recompute | keep_order
    suppliers: int = 1
    lots: LotLimits | None = None
    variants: bool = False
    then: PeopleDecide | None = None
    near_tie: NearTie | None = None
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Shortlist:
    """The first stage of a restricted procedure: who goes through to evaluation."""

    by: tuple[str, ...]
    top: int | None = None
    at_least: Fraction | None = None
    where: Location = _place()


@dataclass(frozen=True, slots=True, repr=False)
class Scheme:
    """A scheme file as it was published."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    award: Award
    weights: str = "of_total"  # of_total | of_parent | points
    requires: tuple[str, ...] = ()
    source: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""
    illustrative: tuple[str, ...] = ()  # what of it is an illustration, and stands in no source
    currency: str = ""
    tax: str = ""  # excluded | included: whether bids state prices with the tax; nothing is reckoned by it
    exchange: Exchange | None = None
    deadline: str = ""  # until when bids come in, RFC 3339
    payment: str = "paid"  # paid | received: who pays whom
    regime: Regime = UNSTATED
    scales: tuple[Scale, ...] = ()
    conditions: tuple[Condition, ...] = ()
    shortlist: Shortlist | None = None
    price: PriceModel | None = None
    beside: Beside = NOTHING_BESIDE
    days: Mapping[str, date | None] = field(default_factory=dict)  # values counted in days: from a date, or how many
    rounding: Rounding | None = None
    abnormally_low: AbnormallyLow | None = None
    panel: PanelRule = NO_PANEL
    sealed: tuple[str, ...] = ()  # figures that stay closed with the prices, beside those that do so by themselves
    lots: tuple[str, ...] = ()  # those of the tender, where criteria or weights differ between them
    weights_by_lot: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)  # by lot and criterion
    sha256: str = field(default="", compare=False)
    where: Location = _place()
    title_cy: str = ""
    notes_cy: str = ""
    illustrative_cy: tuple[str, ...] = ()

    def rate_of(self, currency: str) -> Fraction | None:
        """What one unit of a currency is in the scheme's own; None where it does not say. Unstated, it is its own."""
        if not currency or currency == self.currency or (not self.currency and self.exchange is None):
            return Fraction(1)
        return self.exchange.rates.get(currency) if self.exchange else None

    @property
    def price_parts(self) -> tuple[Component, ...]:
        """What the price is made of; empty where bids state it."""
        return self.price.components if self.price else ()

    @property
    def price_columns(self) -> tuple[str, ...]:
        """The figures that the price is made of; empty where bids state it."""
        return self.price.columns if self.price else ()

    def for_lot(self, lot: str) -> Scheme:
        """The scheme as it stands for one lot: its own criteria under its own weights, and no others.

        What names a criterion that the lot does not have, in the shortlist, the rule or the tie break, leaves it out.
        """
        if not self.lots:
            return self
        weights = self.weights_by_lot.get(lot, {})
        criteria = tuple(own for c in self.criteria if (own := _of_lot(c, lot, weights)))
        gone = {c.id for c in self.walk()} - {c.id for root in criteria for c in root.walk()}
        rule = replace(self.award.rule, params=_without(self.award.rule.params, gone))
        award = replace(self.award, rule=rule, ties=tuple(t for t in self.award.ties if t.reads not in gone))
        shortlist = self.shortlist and replace(
            self.shortlist, by=tuple(name for name in self.shortlist.by if name not in gone)
        )
        panel = self.panel.without(gone)
        left = replace(self, lots=(), weights_by_lot={})
        return replace(left, criteria=criteria, award=award, shortlist=shortlist, panel=panel)

    def walk(self) -> Iterator[Criterion]:
        """Every criterion, parents before their parts, in the order of the file."""
        for root in self.criteria:
            yield from root.walk()

    def rounding_at(self, criterion: Criterion, what: Literal["score", "points"]) -> Rounding | None:
        """How the score, or the points, of a criterion are rounded: as it says itself, or else as the scheme says."""
        if criterion.rounding is not None:
            return criterion.rounding if what in criterion.rounding.at else None
        stage = "score" if what == "score" else "group" if criterion.criteria else "criterion"
        return self.rounding if self.rounding is not None and stage in self.rounding.at else None

    @property
    def price_rounding(self) -> Rounding | None:
        """How the price that is compared is rounded."""
        return self.rounding if self.rounding is not None and "price" in self.rounding.at else None

    def leaves(self) -> Iterator[Criterion]:
        """Every criterion that has a scorer."""
        return (c for c in self.walk() if c.scorer is not None)


def _of_lot(criterion: Criterion, lot: str, weights: Mapping[str, Fraction]) -> Criterion | None:
    """A criterion as it stands for one lot; None where it is none of it."""
    if criterion.lots and lot not in criterion.lots:
        return None
    parts = tuple(own for part in criterion.criteria if (own := _of_lot(part, lot, weights)))
    if criterion.criteria and not parts:
        return None
    return replace(criterion, criteria=parts, weight=weights.get(criterion.id, criterion.weight), lots=())


def _without(params: Any, gone: Collection[str]) -> Any:
    """Parameters without these criteria, wherever a list names them or says something of one."""
    if isinstance(params, Mapping):
        found = Table(params.where if isinstance(params, Table) else NOWHERE)
        found.update((key, _without(value, gone)) for key, value in params.items())
        return found
    if isinstance(params, list | tuple) and any(_names(one, gone) for one in params):
        left = [one for one in params if not _names(one, gone)]
        return left if isinstance(params, list) else tuple(left)
    return params


def _names(value: object, gone: Collection[str]) -> bool:
    return value in gone if isinstance(value, str) else isinstance(value, Mapping) and value.get("criterion") in gone
