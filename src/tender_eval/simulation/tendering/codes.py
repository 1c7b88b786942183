"""What is known of a simulated bid by its code: the kind of provider, where it is at home, whether it leads partners.

Partners of a consortium are taken to be like their lead: of its kind, in as many areas, in as many networks; of
equal income, so that one that pools four times its lead's income has three of them. That is an assumption.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from tender_eval.engine.facts.derived import SMALL
from tender_eval.engine.facts.names import groups_in
from tender_eval.model.numeric import Array
from tender_eval.model.pricing.adjust import Test
from tender_eval.simulation.spec.records import ProviderType

DECLARATIONS = "declarations."


class Codes(NamedTuple):
    """Bids that differ in nothing a scheme can read but money and marks share a code.

    A code holds the number of the lot's areas, the kind of provider, whether it leads a consortium, and how many of
    the lot's areas are home to it.
    """

    sizes: tuple[int, ...]  # numbers of areas that lots have
    kinds: int
    areas: int

    @property
    def number(self) -> int:
        """How many codes there are."""
        return len(self.sizes) * self.kinds * 2 * (self.areas + 1)

    def code(self, size: Array, kind: Array, joint: Array, covered: Array) -> Array:
        """The codes of bids; ``size`` is an index into ``sizes``; all broadcast together."""
        return ((size * self.kinds + kind) * 2 + joint) * (self.areas + 1) + covered

    def kind_of(self, code: Array) -> Array:
        """The kind of provider of each code."""
        return code // (2 * (self.areas + 1)) % self.kinds

    def every(self) -> Iterable[tuple[int, int, bool, int]]:
        """Size, kind, joint and covered of each code, in order."""
        for size in self.sizes:
            for kind in range(self.kinds):
                for joint in (False, True):
                    for covered in range(self.areas + 1):
                        yield size, kind, joint, min(covered, size)


def fact(kind: ProviderType, column: str, joint: bool, covered: int, size: int, pooling: float) -> float | None:
    """A figure of a provider that bids for a lot of ``size`` areas, ``covered`` of them home; None: not known."""
    partners = kind.facts.get("consortium.members", max(round(pooling) - 1, 1)) if joint else 0.0
    alone_stated = not column.startswith("consortium.") or joint
    if column in kind.facts and alone_stated:
        return float(kind.facts[column])
    groups = groups_in(column)
    if groups is not None:
        held = {"small": kind.size in SMALL, "local": covered > 0, "by_and_for": kind.by_and_for}
        return float(any(held[group] for group in groups))
    own = kind.facts.get("supplier." + column.partition(".")[2])
    match column:
        case "supplier.by_and_for":
            return float(kind.by_and_for)
        case "supplier.is_small":
            return float(kind.size in SMALL)
        case "supplier.areas_covered":
            return covered / size
        case "consortium.areas_covered":
            return min(covered * (1 + partners) / size, 1.0)
        case "consortium.members" | "consortium.pathways":
            return partners
        case "consortium.confirmed_share":
            return partners / (1 + partners)
        case "pooled.years_in_area" | "consortium.networks_count":
            return None if own is None else own * (1 + partners)
        case _ if column.startswith(DECLARATIONS):
            return 1.0
        case _:
            return None


def holds(
    tests: Iterable[Test], kind: ProviderType, joint: bool, covered: int, size: int, pooling: float
) -> bool | None:
    """Whether all tests hold of such a bid; None where one reads what is not known by its code.

    Of text the size of the provider alone is known.
    """
    for test in tests:
        value: Fraction | bool | str = kind.size
        if test.reads != "supplier.size":
            known = fact(kind, test.reads, joint, covered, size, pooling)
            if known is None:
                return None
            value = bool(known) if {*test.values} & {"true", "false"} else Fraction(known)
        told = test.holds(value)
        if not told:
            return told
    return True


def in_spec(types: Iterable[str], fact: str) -> str:
    """A fact of types as a spec states it: of all of them, for a market that names some has no others."""
    return f"market: {{types: {{{', '.join(f'{name}: {{facts: {{{fact}}}}}' for name in types)}}}}}"
