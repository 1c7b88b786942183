"""How a figure came about, as data: formulas with the figures that they name, and what was done that is no formula.

No word of any language stands here: `tender_eval.languages.steps` puts each in words. What a formula holds besides
names is the notation of `tender_eval.model.explanation.workings`: numbers, signs and functions. A plugin may give text
instead: that is its own words, and is marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from tender_eval.model.explanation.terms import Facet, Term

FUNCTIONS = frozenset({"max", "min", "abs", "log", "root", "if_", "x"})
"""The words of the notation, ``x`` being a sign."""


@dataclass(frozen=True, slots=True)
class FacetOf:
    """A facet of a fact, a risk, a commitment or a criterion: the impact of a risk."""

    facet: Facet
    of: str


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of the bids by its column, or a fact of one party by its key."""

    name: str


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What others wrote or named, and no catalogue can put otherwise: a plugin's words, the title of a criterion."""

    text: str


Name = Term | FacetOf | Column | OwnWords
"""What a figure is called in a formula."""


class Said(Enum):
    """What is said behind a formula."""

    ALL_FIGURES_ARE = "all figures are"  # names the figure
    FOR_MARK = "for mark"  # names the mark and its title
    FROM_THE_MEAN = "from the mean"
    IN_LINES = "in lines"  # with the table
    IN_STEPS_LOWER = "in steps lower"  # names the figure; with the table
    IN_STEPS_UPPER = "in steps upper"
    LIKE_THE_BEST = "like the best"
    MIDDLE = "middle"
    ONLY_BID = "only bid"
    TRIMMED = "trimmed"
    WHY = "why"  # names the reason


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said behind a formula, with the figures that it names and the table that it quotes."""

    said: Said
    names: tuple[Name, ...] = ()
    table: tuple[tuple[Fraction, Fraction], ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula.

    Attributes:
        parts: notation and names in turn, beginning and ending with notation.
        own: whether the text in it is a plugin's own words rather than notation.
        names: the figures that it names, in order; then those of its remark.
    """

    parts: tuple[str | Name, ...]
    remark: Remark | None = None
    own: bool = False
    names: tuple[Name, ...] = field(init=False, repr=False, compare=False)
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = tuple(part for part in self.parts[1::2] if not isinstance(part, str))
        object.__setattr__(self, "names", named if self.remark is None else named + self.remark.names)
        object.__setattr__(self, "_hash", hash((self.parts, self.remark, self.own)))

    def __hash__(self) -> int:
        return self._hash  # each bid asks for the words of the same few formulas

    def with_remark(self, said: Said, *names: Name, table: Iterable[tuple[Fraction, Fraction]] = ()) -> Formula:
        """The same with something said behind it."""
        return replace(self, remark=Remark(said, names, tuple(table)))

    def coming_to(self, name: Name) -> Formula:
        """The same as what a further formula goes on with, under a name."""
        return replace(self, parts=("", name, f" = {self.parts[0]}", *self.parts[1:]))

    def between(self, before: str, after: str) -> Formula:
        """The same between two pieces of notation."""
        return replace(self, parts=_in_turn([before, *self.parts, after]))


def notation(template: str, **names: Name) -> Formula:
    """A formula in the notation; a word in it is a `Term`, one in braces what ``names`` says.

    >>> notation("max(0, 1 - {paid} / limit)", paid=Column("price")).parts
    ('max(0, 1 - ', Column(name='price'), ' / ', <Term.LIMIT: 'limit'>, ')')
    """
    if not names:
        return _plain(template)
    return Formula(_in_turn(names[p[1:-1]] if isinstance(p, str) and p[:1] == "{" else p for p in _read(template)))


@lru_cache(maxsize=256)
def _plain(template: str) -> Formula:
    return Formula(_in_turn(_read(template)))


@lru_cache(maxsize=256)
def _read(template: str) -> tuple[str | Name, ...]:
    found: list[str | Name] = []
    after = 0
    for word in re.finditer(r"\{\w+\}|[A-Za-z_]\w*", template):
        if word[0] in FUNCTIONS:
            continue
        found += [template[after : word.start()], word[0] if word[0].startswith("{") else _term(word[0])]
        after = word.end()
    return (*found, template[after:])


def _term(word: str) -> Term:
    try:
        return Term(word)
    except ValueError:
        raise ValueError(f"{word!r} is no Term: name it there, and put it in words in steps.po") from None


def chained(sign: str, formulas: Iterable[Formula]) -> Formula:
    """Formulas with a sign between them.

    >>> chained("-", [notation("1"), notation("k x mean")]).parts
    ('1 - ', <Term.K: 'k'>, ' x ', <Term.MEAN: 'mean'>, '')
    """
    parts = [part for n, each in enumerate(formulas) for part in (f" {sign} " if n else "", *each.parts)]
    return Formula(_in_turn(parts))


def named(name: Name) -> Formula:
    """A figure alone."""
    return Formula(("", name, ""))


def _in_turn(pieces: Iterable[str | Name]) -> tuple[str | Name, ...]:
    """The same with texts that stand side by side as one, so that every second piece is a name."""
    found: list[str | Name] = [""]
    for piece in pieces:
        if not isinstance(piece, str):
            found += [piece, ""]
        else:
            found[-1] = f"{found[-1]}{piece}"
    return tuple(found)


def own_formula(parts: Sequence[str]) -> Formula:
    """A plugin's text, split at the names of figures in it: every second part is one."""
    return Formula(tuple(OwnWords(part) if n % 2 else part for n, part in enumerate(parts)), own=True)


class Line(NamedTuple):
    """A formula with the figures of one bid, in the order of its names."""

    formula: Formula
    figures: tuple[object, ...]


class Rounded(NamedTuple):
    """How a figure was rounded; ``digits`` where the places are those of so many digits of the best figure."""

    mode: str
    places: int
    digits: int = 0


class Worked(NamedTuple):
    """A figure came about by formulas, each going on with what those before came to."""

    lines: tuple[Line, ...]
    rounded: Rounded | None = None


class Way(Enum):
    """How a figure came about, where that is no formula."""

    ALL_LESS_MEMBERS = "all less members"
    CONFIRMED = "confirmed"
    CONFIRMED_MEMBERS = "confirmed members"
    CONFIRMED_PATHWAYS = "confirmed pathways"
    CONFIRMED_SHARES = "confirmed shares"
    DAYS_FROM = "days from"  # a day
    DELIVERY_BY = "delivery by"  # of groups
    IN_NONE_OF = "in none of"  # of groups
    IS_SMALL = "is small"
    ITS = "its"  # of a fact
    ITS_SHARE = "its share"
    ITS_SHARE_AS = "its share as"  # of groups
    LAPSED = "lapsed"
    NETWORKS_OF_ALL = "networks of all"
    NETWORKS_OF_SUPPLIER = "networks of supplier"
    NOT_CONFIRMED = "not confirmed"
    NOT_FOR_BID = "not for bid"
    NOT_STATED = "not stated"
    PATHWAYS = "pathways"
    POOLED = "pooled"  # of a fact
    SILENT = "silent"
    SUM_OF_PARTS = "sum of parts"


class Sum(NamedTuple):
    """Figures that were added up, or taken from the first; ``percent`` where they are shares."""

    values: tuple[Fraction, ...]
    sign: str = "+"
    percent: bool = False


class Derived(NamedTuple):
    """A figure came about in one of these ways.

    Attributes:
        of: the facts or groups that it is about.
        shows: what was added up, counted or looked at.
    """

    way: Way
    of: tuple[str, ...] = ()
    shows: Sum | Fraction | bool | str | tuple[str, ...] | None = None
    rounded: Rounded | None = None


class ShareOf(NamedTuple):
    """A figure is the share of another."""

    share: Fraction
    of: str
    figure: Fraction


class Paid(NamedTuple):
    """A component of a price, over the years in which it is paid.

    Attributes:
        paid: as schemes say it: ``once``, ``per_year`` or ``year_<n>``.
        counts: by how much the figure counts; ``quantity``, of how many units it is the price.
    """

    figure: Fraction
    paid: str
    years: int
    rate: Fraction
    payments: str
    counts: Fraction
    quantity: Fraction = Fraction(1)


How = Worked | Derived | ShareOf | Paid | Rounded
"""How a figure came about; one that was read has none."""
