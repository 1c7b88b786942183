"""What a scheme asks of its bids, their consortia and the tender, by the headings that a table gives it under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.facts.beside import figures_of_benefits
from tender_eval.engine.facts.names import column_of_share, groups_in
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scale_of
from tender_eval.model.bids import reads_price
from tender_eval.model.marking.scales import ScaleStep
from tender_eval.model.pricing.beside import BENEFITS
from tender_eval.model.pricing.offers import is_of_several_lots
from tender_eval.model.pricing.offers_taken import taken_with
from tender_eval.plugins.table import Reads

_FROM = {
    "supplier.is_small": ("supplier.size",),
    "supplier.areas_covered": ("supplier.areas", "tender.areas"),
    "supplier.networks_count": ("supplier.networks",),
    "consortium.members": (),
    "consortium.confirmed_share": ("member.share",),
    "consortium.pathways": ("member.pathways",),
    "consortium.areas_covered": ("supplier.areas", "member.areas", "tender.areas"),
    "consortium.networks_count": ("supplier.networks", "member.networks"),
}
"""What facts follow from, where they are no figures that a bid states."""
_OF_PACKAGES = {"in_one": ("lots",), "by_lot": ("package", "lot")}
_GROUPS = {"small": "size", "local": "areas", "by_and_for": "by_and_for"}


class Field(NamedTuple):
    """A column that is asked for: its heading, the criterion or condition that asks first, and what it may hold.

    Attributes:
        title: of what asks for it, in the scheme's words.
        steps: the marks of its scale, with their descriptors.
        one_of: what it must be one of.
    """

    heading: str
    title: str = ""
    steps: tuple[ScaleStep, ...] = ()
    one_of: tuple[Fraction, ...] = ()
    least: Fraction | None = None
    most: Fraction | None = None
    optional: bool = False


class RequiredFields(NamedTuple):
    """What is asked: of each bid, of each member of a consortium, and of the tender; and what bids may offer beside.

    ``of_packages`` and ``of_discounts`` are the headings of offers for several lots, where the scheme takes them.
    """

    of_bids: tuple[Field, ...]
    of_members: tuple[str, ...]
    of_tender: tuple[str, ...]
    of_packages: tuple[str, ...] = ()
    of_discounts: tuple[str, ...] = ()

    @property
    def marks(self) -> tuple[Field, ...]:
        return tuple(one for one in self.of_bids if one.heading.startswith("marks."))


def required_fields(plan: Plan) -> RequiredFields:
    """What the scheme asks, in its order."""
    found: dict[str, Field] = {}
    members: dict[str, None] = {}
    tender: dict[str, None] = {}
    consortium = False
    for title, reads in _reads(plan):
        consortium = consortium or reads.column.startswith(("consortium.", "pooled."))
        for heading in _stated(reads.column, plan):
            kind, _, name = heading.partition(".")
            if kind == "member":
                members[name] = None
            elif kind == "tender":
                tender[name] = None
            elif heading not in found:
                found[heading] = _field(heading, title, reads, plan)
    taken = taken_with(plan.scheme.award.lots)
    prices = [one for one in found if reads_price(one) and (taken.packages == "by_lot" or is_of_several_lots(one))]
    return RequiredFields(
        tuple(found.values()),
        ("name", *members) if consortium else (),
        tuple(tender),
        (*_OF_PACKAGES[taken.packages], *prices) if taken.packages else (),
        ("at_least", "off", "sum_off", "lots") if taken.discounts else (),
    )


def _reads(plan: Plan) -> Iterator[tuple[str, Reads]]:
    for condition in plan.scheme.conditions:
        for column in condition.needs:
            yield condition.title, Reads(column_of_share(column))
            if condition.pooled and column.startswith("supplier."):
                yield condition.title, Reads(column.replace("supplier.", "pooled."))
    for leaf in plan.leaves:
        yield from ((leaf.title, reads) for reads in leaf.reads)
    yield from plan.shortlist_reads()
    yield from ((by, reads) for by, reads in plan.reads() if not by.startswith("criterion"))
    beside = plan.scheme.beside
    for benefit in beside.benefits:
        yield benefit.title or benefit.id, Reads(benefit.column, default=Fraction(0))
        if not benefit.of:
            yield benefit.title or benefit.id, Reads(f"{benefit.column}.source", default=Fraction(0))
    lines = (*beside.full_cost.costs, *beside.full_cost.other_funding) if beside.full_cost else ()
    yield from ((line.id, Reads(line.column, default=Fraction(0))) for line in lines)
    limits = plan.scheme.award.lots
    if limits and limits.capacity and limits.capacity.of:
        yield "capacity", Reads(column_of_share(limits.capacity.of))


def _stated(column: str, plan: Plan) -> Iterable[str]:
    """The headings under which that is stated from which a column follows."""
    kind, _, name = column.partition(".")
    if column == "price" and plan.scheme.price_parts:
        return [*(part.column for part in plan.scheme.price_parts), *plan.adjusted_by()]
    if kind == BENEFITS and name.count(".") == 0:
        found = figures_of_benefits(column, plan.scheme, ())
        return [f"{one}.amount" if one.startswith(f"{BENEFITS}.") else one for one in found]
    if kind == "pooled":
        return [f"supplier.{name}", "member.confirmed", f"member.{name}"]
    if (groups := groups_in(column)) is not None:
        facts = [_GROUPS[group] for group in groups]
        of_tender = ["tender.areas"] if "local" in groups else []
        return [
            "member.share",
            "member.confirmed",
            *(f"{of}.{f}" for f in facts for of in ("supplier", "member")),
            *of_tender,
        ]
    if kind == "consortium":
        return ["member.confirmed", *_FROM.get(column, ())]
    return _FROM.get(column, (column,))


def _field(heading: str, title: str, reads: Reads, plan: Plan) -> Field:
    scale = next((leaf for leaf in plan.leaves if heading in (f"marks.{name}" for name in leaf.marks)), None)
    steps: tuple[ScaleStep, ...] = ()
    if scale is not None and reads.one_of:
        named = scale_of(scale)
        steps = next((s.steps for s in plan.scheme.scales if s.id == named), ())
    optional = reads.default is not None
    if heading != reads.column:  # the figure follows from it, and has bounds of its own
        return Field(heading, title, optional=optional)
    return Field(heading, title, steps, reads.one_of, reads.at_least, reads.at_most, optional)
