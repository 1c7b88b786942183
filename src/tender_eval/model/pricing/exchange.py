"""Prices in more than one currency: at which published rates they are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tender_eval.model.location import NOWHERE, Location


@dataclass(frozen=True, slots=True, repr=False)
class Exchange:
    """What one unit of each other currency is in the scheme's own, on a day, and who says so."""

    rates: Mapping[str, Fraction]
    on: date
    source: str
    where: Location = field(default=NOWHERE, compare=False, repr=False)
