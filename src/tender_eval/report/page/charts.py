"""Where the bars of a chart begin and how long they are, in per cent of its width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from tender_eval.languages.inert import cut
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation
from tender_eval.model.wording import fixed
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.printed import criteria_of

LONGEST_LABEL = 26
MOST_PARTS = 7  # as many as there are colours that can be told apart
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


def ranking_chart(evaluation: Evaluation, decided: frozenset[str], numbers: Numbers) -> Chart | None:
    """A bar for the figure of each ranked bid, from a common zero; None where nothing is ranked."""
    ranked = [(b, b.figure) for b in evaluation.bids if b.figure is not None]
    if not ranked:
        return None
    least = min(Fraction(0), *(f for _, f in ranked), Fraction(0))
    most = max(Fraction(0), *(f for _, f in ranked), Fraction(0))
    span = (most - least) or Fraction(1)
    bars = []
    for n, (bid, figure) in enumerate(ranked):
        start, end = sorted((Fraction(0), figure))
        value = numbers.figure(figure)
        segment = Segment(_percent((start - least) / span), _percent((end - start) / span), 0, value)
        bars.append(Bar(_label(bid), value, (segment,), bid.id in decided, n * ROW))
    return Chart(tuple(bars), (), len(bars) * ROW)


def parts_chart(evaluation: Evaluation, decided: frozenset[str], numbers: Numbers) -> Chart | None:
    """What each bid's points are made of; None where there are too few parts, or too many to tell apart."""
    parts = _parts(criteria_of(evaluation))
    ranked = [b for b in evaluation.bids if b.rank is not None]
    if not ranked or not 2 <= len(parts) <= MOST_PARTS:
        return None
    span = sum((p.available for p in parts), Fraction(0)) or Fraction(1)
    bars = []
    for n, bid in enumerate(ranked):
        found = [bid.criterion(part.id) for part in parts]
        points = [max(Fraction(0), c.points) if c else Fraction(0) for c in found]
        if sum(points) > span or any(c and c.points < 0 for c in found):
            return None  # points outside those available do not fit into one bar
        segments, x = [], Fraction(0)
        for number, (part, earned) in enumerate(zip(parts, points, strict=True)):
            if earned:
                says = f"{part.title}: {numbers.points(earned)}"
                segments.append(Segment(_percent(x / span), _percent(earned / span), number, says))
            x += earned
        bars.append(Bar(_label(bid), "", tuple(segments), bid.id in decided, n * ROW))
    return Chart(tuple(bars), tuple(p.title for p in parts), len(bars) * ROW)


@cache
def share(points: Fraction, available: Fraction) -> str:
    """How much of the points available was earned, from 0 to 100, for a bar.

    >>> share(Fraction(3), Fraction(4)), share(Fraction(-1), Fraction(4))
    ('75', '0')
    """
    return _percent(min(Fraction(1), max(Fraction(0), points / available))) if available else "0"


def _parts(criteria: Sequence[CriterionResult]) -> list[CriterionResult]:
    """The criteria at the top; where there is but one, the parts of it."""
    for depth in sorted({c.depth for c in criteria}):
        found = [c for c in criteria if c.depth == depth]
        if len(found) > 1:
            return found if _complete(found, criteria) else []
    return []


def _complete(found: Sequence[CriterionResult], criteria: Sequence[CriterionResult]) -> bool:
    """Whether these hold all the points, and no criterion above them is scored by itself."""
    return sum(c.available for c in found) == sum(c.available for c in criteria if c.depth == 0)


def _label(bid: BidResult) -> str:
    return f"{bid.rank}{'=' if bid.tied else ''}  {cut(bid.name, LONGEST_LABEL)}"


def percent(share_of: float) -> str:
    """A share of the width, where it was sampled and not worked out exactly.

    >>> percent(1 / 3), percent(1.0), percent(0.0)
    ('33.333', '100', '0')
    """
    return f"{100 * share_of:.3f}".rstrip("0").rstrip(".")


def _percent(share_of: Fraction) -> str:
    """
    >>> _percent(Fraction(1, 3)), _percent(Fraction(1))
    ('33.333', '100')
    """
    text = fixed(share_of * 100, 3)
    return text.rstrip("0").rstrip(".")
