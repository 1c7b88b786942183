"""How bids and criteria are named: by name on a page, by id where there is little room, and told apart by both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor

from tender_eval.fairness.findings.analysis import Analysis, LotAnalysis
from tender_eval.languages.catalogue import Catalogue, catalogue
from tender_eval.languages.inert import cut, inert, width
from tender_eval.languages.numbers import at_places, money, number
from tender_eval.languages.runs import Run, Runs, name
from tender_eval.model.bids import Bid

FAIRNESS = catalogue("fairness")
LONGEST_NAME = 80
LONGEST_ID = 24
LONGEST_LABEL = 26  # columns beside a bar that still fit on a phone


@dataclass(frozen=True)
class Names:
    """What is said of one tender or lot in one language.

    Attributes:
        suppliers: names of bids and of what they offer for several lots, by id.
        titles: those of criteria by id.
        several: whether those who win together share an award, and do not tie for one.
        longest: columns of an id; None for all of it.
    """

    suppliers: Mapping[str, str]
    titles: Mapping[str, str]
    currency: str = ""
    several: bool = False
    longest: int | None = LONGEST_ID
    messages: Catalogue = FAIRNESS

    @classmethod
    def of(cls, analysis: Analysis, lot_analysis: LotAnalysis) -> Names:
        """The names in a tender or lot of an analysis."""
        scheme = analysis.compiled.scheme
        several = scheme.award.suppliers > 1 or lot_analysis.evaluation.shares_money
        bids = {**{bid.id: _called(bid) for bid in analysis.bids.offers}, **lot_analysis.findings.bids}
        return cls(bids, {c.id: c.title for c in scheme.walk()}, scheme.currency, several)

    def with_full_ids(self) -> Names:
        """The same with ids in full, as programs need them."""
        return replace(self, longest=None)

    def bid(self, bid: str) -> Run:
        """A bid: the supplier's name, its id where there is little room."""
        return name(cut(self.suppliers.get(bid) or bid, LONGEST_NAME), self._id(bid))

    def bids(self, bids: Sequence[str], style: str = "standard") -> Runs:
        """Bids in a sentence; see `Catalogue.listed`."""
        return self.messages.listed([self.bid(bid) for bid in bids], style)

    def criterion(self, criterion: str) -> Run:
        """A criterion in a table: its title, its id where there is little room."""
        return name(cut(self.titles.get(criterion) or criterion, LONGEST_NAME), self._id(criterion))

    def title(self, criterion: str) -> Run:
        """The same in a sentence, told from it by its letters."""
        return replace(self.criterion(criterion), kind="title")

    def _id(self, named: str) -> str:
        return named if self.longest is None else shortened_in_middle(named, self.longest)

    def bid_label(self, bid: str) -> str:
        """A bid in a chart, told apart from the others."""
        return self._bid_labels.get(bid, bid)

    def title_label(self, criterion: str) -> str:
        """A criterion in a chart, told apart from the others."""
        return self._title_labels.get(criterion, criterion)

    @cached_property
    def _bid_labels(self) -> Mapping[str, str]:
        return _distinct(self.suppliers)

    @cached_property
    def _title_labels(self) -> Mapping[str, str]:
        return _distinct(self.titles)

    def wins(self, bids: Sequence[str]) -> Runs:
        """``b wins``, or who would share first place."""
        if not bids:
            return self.messages.say("wins.none")
        if self.several and len(bids) > 1:
            return self.messages.say("wins.several", names=self.bids(bids))
        return self.messages.say_count("wins", len(bids), names=self.bids(bids))

    def money(self, amount: Fraction) -> str:
        """An amount in the scheme's currency."""
        return money(amount, self.currency)

    def made_up(self, price: Fraction) -> str:
        """A price that was made up, in full, in the scheme's currency; see `amount`."""
        return self.money(price) if (price * 100).denominator == 1 else number(price)

    def below(self, amount: Fraction) -> str:
        """An amount rounded down, so that what is said of prices below it is true."""
        return self.money(Fraction(floor(amount * 100), 100))

    def share(self, share: float) -> str:
        """A share of draws in words; nearly all is not all.

        >>> [Names({}, {}).share(x) for x in (1.0, 0.9999, 0.944, 0.0)]
        ['all of them', 'more than 99%', '94%', 'none of them']
        """
        if share in (0, 1):
            return self.messages("share.all" if share else "share.none")
        if share < 0.01:
            return self.messages("share.less")
        return (
            self.messages("share.more") if share > 0.99 else self.messages("share.percent", n=at_places(100 * share, 0))
        )


def amount(value: Fraction) -> str:
    """A price that was made up, in full: what is said of it need not be true of another a penny away.

    >>> [amount(Fraction(n)) for n in ("1654000", "44.9", "0.01", "8.545", "-1234.5")]
    ['1,654,000', '44.90', '0.01', '8.545', '-1,234.50']
    """
    return money(value, "") if (value * 100).denominator == 1 else number(value)


def count(n: int) -> str:
    """A count."""
    return number(Fraction(n))


def _distinct(names: Mapping[str, str]) -> Mapping[str, str]:
    """Names by id, cut at their ends, or in their middles where another would then read the same."""
    whole = {one: name or one for one, name in names.items()}
    short = {name: cut(name, LONGEST_LABEL) for name in whole.values()}
    read = Counter(short.values())
    return {
        one: short[name] if read[short[name]] == 1 else shortened_in_middle(name, LONGEST_LABEL)
        for one, name in whole.items()
    }


def shortened_in_middle(text: str, most: int) -> str:
    """The text made inert, and without its middle where it takes more columns than it may.

    What is alike at its beginning often differs at its end.

    >>> shortened_in_middle("northern-partnership-bid-2", 16)
    'northern…p-bid-2'
    """
    text = inert(text)
    if width(text) <= most:
        return text
    tail = ""
    while width(text[-len(tail) - 1 :]) < most // 2:
        tail = text[-len(tail) - 1 :]
    return cut(text, most - width(tail)) + tail


def _called(bid: Bid) -> str:
    """The supplier, and of an offer for several lots what it is for, which tells it from others of the bid."""
    if not bid.of:
        return bid.name
    return FAIRNESS("offer named", name=cut(bid.name, LONGEST_NAME // 2), offer=bid.id.partition("+")[2])
