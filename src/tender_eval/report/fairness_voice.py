"""How a fairness report names bids and criteria and prints figures: ids in a terminal, names on a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from tender_eval.fairness.studied import Stressed
from tender_eval.languages.catalogue import Catalogue, catalogue
from tender_eval.languages.inert import cut, inert, width
from tender_eval.model.wording import FURTHER, fixed, shown
from tender_eval.report.in_words import grouped, money

LONGEST_ID = 24
FOUR_FIFTHS = 0.8
SLACK = 1e-9  # that floats may differ by where nothing does
RATIO_PLACES = 10


@dataclass(frozen=True, slots=True)
class Voice:
    """``name`` writes a bid and ``title`` a criterion; ``say`` fills the gaps of a text, safely for its reader."""

    words: Catalogue
    name: Callable[[str], str]
    title: Callable[[str], str]
    say: Callable[..., str]
    say_count: Callable[..., str]
    listed: Callable[[Sequence[str]], str]
    currency: str
    several: bool  # whether the scheme awards several bids

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The text that fits a number, which fills the gap ``{n}``."""
        return self.say_count(key, number, **{"n": f"{number:,}", **values})

    def names(self, bids: Sequence[str]) -> str:
        """Bids in a sentence."""
        return self.listed([self.name(bid) for bid in bids])

    def wins(self, bids: Sequence[str]) -> str:
        """``b wins``, or who would share first place."""
        if not bids:
            return self.say("wins.none")
        if self.several and len(bids) > 1:
            return self.say("wins.several", names=self.names(bids))
        return self.count("wins", len(bids), names=self.names(bids))

    def money(self, amount: Fraction) -> str:
        """An amount in the scheme's currency."""
        return money(amount, self.currency)

    def below(self, amount: Fraction) -> str:
        """An amount rounded down, so that what is said of prices below it is true."""
        return self.money(Fraction(floor(amount * 100), 100))

    def share(self, share: float) -> str:
        """A share of draws in words; nearly all is not all.

        >>> [terminal_voice().share(x) for x in (1.0, 0.9999, 0.944, 0.0)]
        ['all of them', 'more than 99%', '94%', 'none of them']
        """
        if share in (0, 1):
            return self.words("share.all" if share else "share.none")
        if share < 0.01:
            return self.words("share.less")
        return self.words("share.more") if share > 0.99 else self.words("share.percent", n=f"{100 * share:.0f}")


def terminal_voice(currency: str = "", several: bool = False) -> Voice:
    """Bids and criteria by their ids, as the tables of `evaluate` have them."""
    words = catalogue("fairness", "report")

    def say(key: str, /, **values: object) -> str:
        return words(key, **{name: inert(str(value)) for name, value in values.items()})

    def say_count(key: str, number: int, /, **values: object) -> str:
        return words.count(key, number, **{name: inert(str(value)) for name, value in values.items()})

    return Voice(words, _short, _short, say, say_count, words.listing, currency, several)


def awards_several(stressed: Stressed, suppliers: int) -> bool:
    """Whether several who win share an award, and do not tie for one."""
    return suppliers > 1 or stressed.evaluation.shares_money


def titles_of(criteria: Mapping[str, str]) -> Callable[[str], str]:
    """The title of a criterion by its id; what has none goes by its id."""
    return lambda criterion: criteria.get(criterion) or criterion


def apart(value: Fraction, other: Fraction) -> str:
    """`plain_apart` with commas between the thousands."""
    return grouped(plain_apart(value, other))


def plain_apart(value: Fraction, other: Fraction) -> str:
    """A figure to as many places, from two on, as it takes to print otherwise than the figure beside it.

    >>> plain_apart(Fraction(5731, 100), Fraction(60)), plain_apart(Fraction(60001, 1000), Fraction(60))
    ('57.31', '60.001')
    """
    for places in range(2, 2 + FURTHER):
        if value == other or Fraction(fixed(value, places)) != Fraction(fixed(other, places)):
            return fixed(value, places)
    return shown(value)


def signed(value: Fraction) -> str:
    """A change with its sign.

    >>> signed(Fraction(-5, 2)), signed(Fraction(5, 2))
    ('-2.50', '+2.50')
    """
    return "0" if not value else ("" if value < 0 else "+") + apart(value, Fraction(0))


def percent_of(share: Fraction | float) -> str:
    """A share as a percentage: whole, or to one place below ten.

    >>> percent_of(Fraction(1, 3)), percent_of(0.042), percent_of(0.0004)
    ('33%', '4.2%', '0.04%')
    """
    size = abs(100 * float(share))
    places = 0 if size >= 10 or size == 0 else 1 if size >= 1 else 2
    return f"{100 * float(share):.{places}f}%"


def is_low(ratio: float) -> bool:
    """Whether a ratio of rates is below four fifths, and not only by the rounding of floats."""
    return ratio < FOUR_FIFTHS - SLACK


def rate_of(rate: float) -> str:
    """A rate as a percentage, to a place more than other shares, for ratios are made of it.

    >>> rate_of(0.2), rate_of(0.1957)
    ('20%', '19.6%')
    """
    return f"{100 * rate:.1f}".removesuffix(".0") + "%"


def ratio_of(ratio: float) -> str:
    """A ratio to two places, or to as many as show on which side of four fifths it lies.

    >>> ratio_of(0.7999), ratio_of(0.5), ratio_of(0.8), ratio_of(4.25)
    ('0.7999', '0.50', '0.80', '4.25')
    """
    text = f"{ratio:.2f}"
    for places in range(3, RATIO_PLACES + 1):
        if not is_low(ratio) or float(text) < FOUR_FIFTHS:
            break
        text = f"{ratio:.{places}f}"
    return text


def capital(text: str) -> str:
    """The text as it begins a line."""
    return text[:1].upper() + text[1:]


def squeezed(text: str, most: int) -> str:
    """The text made inert, and without its middle where it takes more columns than it may.

    What is alike at its beginning often differs at its end.

    >>> squeezed("northern-partnership-bid-2", 16)
    'northern…p-bid-2'
    """
    text = inert(text)
    if width(text) <= most:
        return text
    tail = ""
    while width(text[-len(tail) - 1 :]) < most // 2:
        tail = text[-len(tail) - 1 :]
    return cut(text, most - width(tail)) + tail


def _short(name: str) -> str:
    return squeezed(name, LONGEST_ID)
