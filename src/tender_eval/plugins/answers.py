"""What a method answers when it is asked about itself: that it does not say, and the records of what it does say."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple


class Unsupported(NamedTuple):
    """A question that a method does not answer, and why, in a few words that can follow a colon.

    It is neither yes nor no: whoever asks must say what becomes of it.

    >>> bool(Unsupported("it states no expression"))
    Traceback (most recent call last):
        ...
    TypeError: not answered (it states no expression): ask isinstance(answer, Unsupported)
    """

    why: str

    def __bool__(self) -> bool:
        raise TypeError(f"not answered ({self.why}): ask isinstance(answer, Unsupported)")


class Likely(NamedTuple):
    """The range in which the figures of a column are likely to lie, and the parameter that says so, such as ``cap``."""

    low: Fraction
    high: Fraction
    by: str


class Subject(StrEnum):
    """What law and guidance ask of a scheme, where a scorer is made for it: a criterion that it scores is about it."""

    SOCIAL_VALUE = "social_value"
    PROXIMITY = "proximity"
    LOCAL_SPECIALISTS = "local_specialists"
    CONSORTIA = "consortia"
    NETWORKS = "networks"


class OwnFormula(NamedTuple):
    """A formula that the scheme itself publishes for a criterion, which its readers must be able to follow.

    Attributes:
        text: as it is published.
        held: the ends, ``below_zero`` and ``above_one``, of which the scheme says what becomes of a score beyond.
        parameter: where in the parameters it stands.
    """

    text: str
    held: frozenset[str]
    parameter: str = "expression"


class Pot(NamedTuple):
    """Money that an award rule shares out: how much there is, and the most that one bid can get of it.

    Attributes:
        least: the column of the least that a bid can work with; empty where it gets all that it asks for or nothing.
    """

    whole: Fraction
    most: Fraction
    least: str = ""


def spanned(figures: tuple[Fraction, ...], by: str) -> Likely:
    """The range from the lowest to the highest of some figures, at least one."""
    return Likely(Fraction(min(figures)), Fraction(max(figures)), by)


def represented(value: object) -> str:
    """What a value that a plugin gave represents itself as, if it can: its own text may raise as well."""
    try:
        return repr(value)
    except BaseException:
        return f"a {type(value).__name__}"
