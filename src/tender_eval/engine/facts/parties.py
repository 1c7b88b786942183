"""Who counts in a bid: the supplier, and the members of its consortium that are confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple
from unicodedata import normalize

from tender_eval.engine.facts.statements import step_of
from tender_eval.model.bids import Bid, Figure
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column, Derived, Sum, Way
from tender_eval.model.explanation.labels import CommonFigure, Label, Member
from tender_eval.model.location import Location, somewhere


class Party(NamedTuple):
    """The supplier, or a member of its consortium; ``counts`` is false for an unconfirmed member."""

    label: Label
    share: Fraction
    share_step: Step
    counts: bool
    facts: Mapping[str, Figure]
    pathways: tuple[str, ...]
    where: Location | None

    def fact(self, name: str) -> Step:
        """A fact as stated, or a step that says that it is not."""
        if name in self.facts:
            return step_of(Column(name), self.facts[name])
        return Step(Column(name), how=Derived(Way.NOT_STATED), where=self.where)

    def names(self, fact: str) -> tuple[str, ...]:
        """A fact that lists names; none where it is not stated or the party does not count."""
        return names_in(self.fact(fact)) if self.counts else ()

    def brings(self, value: Fraction, how: Derived, *inputs: Step) -> Step:
        """What the party brings to a figure: nothing when it does not count."""
        if not self.counts:
            return Step(self.label, Fraction(0), Derived(Way.NOT_CONFIRMED), where=self.where, inputs=inputs)
        return Step(self.label, value, how, where=self.where, inputs=inputs)


def supplier(bid: Bid) -> Party:
    """The supplier, who delivers what its members leave.

    The share of an unconfirmed member does not fall to the supplier: the bid says that it is not the
    supplier's to deliver.
    """
    facts = {c.removeprefix("supplier."): f for c, f in bid.figures.items() if c.startswith("supplier.")}
    shares = [m.share for m in bid.members]
    left = max(1 - sum(shares, Fraction(0)), Fraction(0))
    how = Derived(Way.ALL_LESS_MEMBERS, shows=Sum((Fraction(1), *shares), "-", percent=True))
    step = Step(CommonFigure.SHARE_OF_DELIVERY, left, how, somewhere(bid.where))
    return Party(CommonFigure.SUPPLIER, left, step, True, facts, (), somewhere(bid.where))


def members(bid: Bid) -> tuple[Party, ...]:
    """The members of the consortium in the order of the file, confirmed or not."""
    return tuple(
        Party(
            label=Member(m.name),
            share=m.share,
            share_step=Step(CommonFigure.SHARE_OF_DELIVERY, m.share, where=somewhere(m.where)),
            counts=m.confirmed,
            facts=m.facts,
            pathways=m.pathways,
            where=somewhere(m.where),
        )
        for m in bid.members
    )


def parties(bid: Bid) -> tuple[Party, ...]:
    """The supplier, then its members."""
    return (supplier(bid), *members(bid))


def names_in(step: Step) -> tuple[str, ...]:
    """The names that a figure lists; none where it is not text."""
    match step.value:
        case tuple():
            return step.value
        case str():
            return (step.value,)
        case _:
            return ()


def distinct(names: Iterable[str]) -> dict[str, str]:
    """Different names, each as first written, by what they are compared by: without regard to capitals, spaces, and
    whether an accent is written as one character or as two.

    >>> distinct(["North", "north ", "South"])
    {'north': 'North', 'south': 'South'}
    """
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(normalize("NFC", " ".join(normalize("NFC", name).split()).casefold()), name)
    return found
