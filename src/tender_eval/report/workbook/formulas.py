"""Formula texts that are the same for every criterion: rounding, comparing, bounds, ranks.

Spreadsheets count in doubles, so every figure is first put back to the decimal that it stands for, at twelve
significant digits (``snap``); then an exact half is a half, and equal figures are equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.model.digits import MOST_PLACES, digits_of
from tender_eval.model.scheme import NearTie

SIGNIFICANT = 12  # digits of a double that survive a few operations


class Rounder(NamedTuple):
    """Rounding as a scheme states it."""

    places: int
    mode: str

    def of(self, expression: str, snap: int) -> str:
        """The expression rounded.

        >>> Rounder(2, "half_up").of("F5", 10)
        'ROUND(ROUND(F5,10),2)'
        """
        return self._to(str(self.places), f"ROUND({expression},{max(snap, self.places)})")

    def to_digits(self, digits: int, of: Key) -> str:
        """A figure rounded to the place where the best one has so many digits; where that is zero, as it is.

        >>> Rounder(0, "half_up").to_digits(3, Key("F5:F7", "F5", "highest", 10))
        'IF(ROUND(MAX(F5:F7),10)=0,F5,ROUND(ROUND(F5,10),(2-INT(ROUND(LOG10(ABS(ROUND(MAX(F5:F7),10))),11)))))'
        """
        best = f"ROUND({'MAX' if of.best == 'highest' else 'MIN'}({of.over}),{of.snap})"
        places = f"({digits - 1}-INT(ROUND(LOG10(ABS({best})),{SIGNIFICANT - 1})))"
        return f"IF({best}=0,{of.own},{self._to(places, f'ROUND({of.own},{of.snap})')})"

    def _to(self, p: str, exact: str) -> str:
        up, down, nearest = f"ROUNDUP({exact},{p})", f"ROUNDDOWN({exact},{p})", f"ROUND({exact},{p})"
        match self.mode:
            case "half_up":
                return nearest
            case "up":
                return up
            case "down":
                return down
            case "ceiling":
                return f"IF({exact}>0,{up},{down})"
            case "floor":
                return f"IF({exact}>0,{down},{up})"
            case "half_down":
                return f"IF(ROUND(MOD(ABS({exact})*10^{p},1),6)=0.5,{down},{nearest})"
            case "half_even":
                return f"IF(ROUND(MOD(ABS({exact})*10^{p},2),6)=0.5,{down},{nearest})"
            case _:
                raise ValueError(f"no rounding mode {self.mode}")


def snap_for(values: Iterable[Fraction]) -> int:
    """To how many places figures of this size are sure in doubles.

    >>> snap_for([Fraction(97)]), snap_for([Fraction(3_400_000)]), snap_for([Fraction(1, 10**6)])
    (10, 5, 17)
    """
    return min(MOST_PLACES, max(0, SIGNIFICANT - digits_of(values)))


def agrees(recomputed: str, ours: str, rounder: Rounder, snap: int) -> str:
    """Whether a figure, printed, is what tender-eval prints."""
    return f"ROUND({rounder.of(recomputed, snap)}-{ours},{rounder.places})=0"


def total(cells: Sequence[str]) -> str:
    """The sum of cells."""
    return "+".join(cells) or "0"


class Key(NamedTuple):
    """What bids are ordered by: a column of cells, its own cell, and which end is best."""

    over: str
    own: str
    best: str
    snap: int


def counts_as(key: Key, near: NearTie) -> str:
    """The best figure for one that is near enough to it, else the figure itself."""
    best = f"{'MAX' if key.best == 'highest' else 'MIN'}({key.over})"
    room = (
        f"ABS({best})*{near.within.numerator}/{near.within.denominator}"
        if near.is_share
        else (f"{near.within.numerator}/{near.within.denominator}")
    )
    away = f"{best}-{key.own}" if key.best == "highest" else f"{key.own}-{best}"
    return f"IF(ROUND({away}-{room},{key.snap})<=0,{best},{key.own})"


def rank(keys: Sequence[Key]) -> str:
    """The rank of a bid: one more than the bids that are better; equal ones share it."""
    better = ""
    for key in reversed(keys):
        over, own = f"ROUND({key.over},{key.snap})", f"ROUND({key.own},{key.snap})"
        sign = ">" if key.best == "highest" else "<"
        own_better = f"({over}{sign}{own})"
        better = f"({own_better}+({over}={own})*{better})" if better else own_better
    return f"1+SUMPRODUCT({better}*1)"
