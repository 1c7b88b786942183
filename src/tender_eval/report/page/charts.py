"""Where the bars of a chart begin and how long they are, in per cent of its width."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_LABEL = 26
ROW = 46  # pixels from one bid to the next


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar: ``part`` is the number of its colour."""

    x: str
    width: str
    part: int
    says: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bid's bar, with what stands above it at its left and right."""

    label: str
    value: str
    segments: tuple[Segment, ...]
    awarded: bool
    y: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from top to bottom; ``parts`` are what the colours stand for, where there are several."""

    bars: tuple[Bar, ...]
    parts: tuple[str, ...]
    height: int


def percent(share_of: float) -> str:
    """A share of the width, where it was sampled and not worked out exactly.

    >>> percent(1 / 3), percent(1.0), percent(0.0)
    ('33.333', '100', '0')
    """
    return f"{100 * share_of:.3f}".rstrip("0").rstrip(".")
