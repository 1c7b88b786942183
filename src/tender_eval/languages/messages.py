"""Messages with what fills them: text of others, ids, amounts, lists; filled as plain text, or as runs for people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.phrases import phrase
from tender_eval.languages.runs import Inline, joined, name
from tender_eval.model.bids import is_amount
from tender_eval.model.digits import shown
from tender_eval.model.explanation.labels import RankedFigure


class Called(NamedTuple):
    """What things are called for people who read a report: what stands for their ids.

    Attributes:
        currency: of amounts, by its code.
        criteria, conditions, bids: by id; what is not there stands by its id.
        figure: a column in words.
    """

    currency: str
    criteria: Mapping[str, str]
    conditions: Mapping[str, str]
    bids: Mapping[str, str]
    figure: Callable[[str], str]


class Theirs(NamedTuple):
    """Text that others wrote."""

    text: str


class Id(NamedTuple):
    """What is called by an id: one of the ``criteria``, ``conditions`` or ``bids``, or a column (``figure``)."""

    kind: str
    id: str


class Money(NamedTuple):
    """An amount; ``column`` where that tells whether it is one."""

    amount: Fraction
    column: str = "price"


class Ranked(NamedTuple):
    """What bids are ranked by."""

    figure: RankedFigure


class Each(NamedTuple):
    """Several values in a row; in a sentence to a bidder they end in ``and``, or in ``or`` where that is the style."""

    values: tuple[object, ...]
    between: str = ", "
    style: str = "standard"


class Message(NamedTuple):
    """A message with what fills it: texts, numbers, text of others, several of them, further messages.

    ``number`` chooses the plural; ``to_bidder`` is the message in letters, where that is another.
    """

    key: str
    values: Mapping[str, object]
    number: int | None = None
    to_bidder: str = ""


def say(key: str, /, *, number: int | None = None, to_bidder: str = "", **values: object) -> Message:
    return Message(key, values, number, to_bidder)


class PlainWords:
    """Fills messages with what is letter by letter what was written."""

    def __init__(self, language: str) -> None:
        self._words = catalogue("results", language=language)
        self._language = language

    def of(self, value: object) -> str:
        match value:
            case Message(key, values, number):
                filled = {gap: self.of(part) for gap, part in values.items()}
                return self._words.template(key, number).format_map({"n": number, **filled})
            case Theirs(written) | Id(_, written):
                return written
            case Money(amount):
                return shown(amount)
            case Ranked(figure):
                return ranked_name(figure, self._language)
            case Each(each, between, _):
                return between.join(map(self.of, each))
            case bool():
                return phrase(shown(value))
            case _:
                return shown(value)


class RunWords:
    """Fills messages with runs."""

    def __init__(self, language: str, to_bidder: bool, called: Called | None = None) -> None:
        self._words = catalogue("results", language=language)
        self._language, self._to_bidder, self._called = language, to_bidder, called

    def of(self, value: object) -> Inline:
        match value:
            case Message(key, values, number, to_bidder):
                key = (self._to_bidder and to_bidder) or key
                filled = {gap: self.of(part) for gap, part in values.items()}
                return (
                    self._words.say(key, **filled) if number is None else self._words.say_count(key, number, **filled)
                )
            case Theirs(written):
                return name(written)
            case Id():
                return self._by_name(value)
            case Money(amount, column):
                return self._amount(amount, column)
            case Ranked(figure):
                return ranked_name(figure, self._language)
            case Each(each, ", ", style) if self._to_bidder:
                return self._words.listed([self.of(part) for part in each], style)
            case Each(each, between, _):
                return joined(map(self.of, each), between)
            case bool():
                return phrase(shown(value))
            case Fraction() if self._to_bidder:
                from tender_eval.languages.numbers import number as grouped  # with Babel, which evaluating does without

                return grouped(value)
            case _:
                return shown(value)

    def _by_name(self, of: Id) -> Inline:
        if self._called is None:
            return name(of.id) if of.kind == "bids" else of.id
        if of.kind == "figure":
            return self._called.figure(of.id)
        known: Mapping[str, str] = getattr(self._called, of.kind)
        return name(known.get(of.id, of.id))

    def _amount(self, amount: Fraction, column: str) -> Inline:
        if self._called is None or not is_amount(column):
            return self.of(amount)
        from tender_eval.languages.numbers import money

        return money(amount, self._called.currency)
