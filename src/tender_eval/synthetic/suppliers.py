"""The kinds of providers that invented bids come from.

All of it is assumed, for the sake of having groups to compare: no source gives these mixes.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from tender_eval.model.bids import Figure, Member, Value
from tender_eval.synthetic.few_digits import with_few_digits

NETWORKS = ("local partnership", "survivors' forum", "regional alliance", "safeguarding board")
PATHWAYS = ("community support", "court support", "refuge", "helpline")


class SupplierKind(NamedTuple):
    """A kind of provider: its facts, and its yearly income as a multiple of the tender's yearly value."""

    id: str  # its words are those of whoever shows it
    title: str
    size: str
    by_and_for: bool
    local: bool
    income: Fraction
    years: int
    networks: int


TYPES = (
    SupplierKind("small by and for", "small, led by and for its community", "small", True, True, Fraction(3, 2), 12, 3),
    SupplierKind("small and local", "small and local", "small", False, True, Fraction(2), 8, 2),
    SupplierKind("medium", "medium, works across the region", "medium", False, True, Fraction(8), 5, 1),
    SupplierKind("large", "large and national", "large", False, False, Fraction(60), 0, 0),
)


class InventedSupplier(NamedTuple):
    """A made-up supplier with its partners."""

    name: str
    kind: SupplierKind
    facts: Mapping[str, Value]  # by dotted name
    members: tuple[Member, ...]
    id: str = ""  # of the bid, where it has one of its own


def invented_supplier(
    n: int, turn: int, yearly: Fraction, areas: tuple[str, ...], with_partners: bool, draw: np.random.Generator
) -> InventedSupplier:
    """The supplier at a place among the bids: the types come in turn, every second one bids with partners.

    ``turn`` says which type comes first; with it shifts who has partners, so that no type always has them.
    """
    kind = TYPES[(n + turn) % len(TYPES)]
    income, years = Fraction(int(draw.integers(80, 121)), 100), int(draw.integers(-2, 3)) if kind.local else 0
    partners = members(n, yearly, areas) if with_partners and (n + turn // len(TYPES)) % 2 else ()
    return supplier(f"Made-up provider {n + 1} ({kind.title})", f"made-up-{n + 1}", kind, yearly, areas,
                    partners, income, years)  # fmt: skip


def supplier(
    name: str,
    identifier: str,
    kind: SupplierKind,
    yearly: Fraction,
    areas: tuple[str, ...],
    partners: tuple[Member, ...] = (),
    income: Fraction = Fraction(1),
    years: int = 0,
) -> InventedSupplier:
    """A supplier of a kind.

    Args:
        yearly: the value of a year of the contract.
        income: a multiple of what its kind has.
        years: more, or fewer, than its kind has worked there.
    """
    covered = areas if kind.by_and_for else areas[:1]
    facts: dict[str, Value] = {
        "annual_income": with_few_digits(yearly * kind.income * income),
        "size": kind.size,
        "by_and_for": kind.by_and_for,
        "areas": covered if kind.local else (),
        "years_in_area": Fraction(max(kind.years + years, 0) if kind.local else 0),
        "networks": NETWORKS[: kind.networks],
        "legal_form": "charity",
        "vcse": True,
        "identifier": identifier,
    }
    return InventedSupplier(name, kind, {f"supplier.{fact}": value for fact, value in facts.items()}, partners)


def members(n: int, yearly: Fraction, areas: tuple[str, ...]) -> tuple[Member, ...]:
    """Three confirmed partners of the two small kinds, who deliver a quarter of the service each."""
    return tuple(_member(n, k, kind, yearly, areas) for k, kind in enumerate((TYPES[0], TYPES[1], TYPES[0])))


def _member(n: int, k: int, kind: SupplierKind, yearly: Fraction, areas: tuple[str, ...]) -> Member:
    facts: dict[str, Value] = {
        "annual_income": with_few_digits(yearly * kind.income),
        "size": kind.size,
        "by_and_for": kind.by_and_for,
        "areas": areas[k % len(areas) :],
        "years_in_area": Fraction(kind.years),
        "networks": NETWORKS[k : k + 2],
    }
    figures = {name: Figure(value) for name, value in facts.items()}
    return Member(f"Made-up partner {n + 1}.{k + 1}", "partner", Fraction(1, 4), True, figures, PATHWAYS[k : k + 2])
