"""The figures and parameters of a simulation: what they are called, and how each is written."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import at_digits, at_places, money, with_currency
from tender_eval.languages.runs import Run, name
from tender_eval.simulation.results.outcome import Estimate, JointRange, ParameterEffect
from tender_eval.simulation.spec.labels import texts, unit_in_words
from tender_eval.simulation.spec.parameters import SETTINGS, TYPE_FIELDS, Value, is_money
from tender_eval.simulation.spec.variations import FACTS, GAPS

if TYPE_CHECKING:
    from tender_eval.simulation.run import ProgressStage

STATED_FACT = ".facts."
"""Parts the type from the column in the name of a fact."""

MILLION = 1e6
LONGEST_NAME = 80
LONGEST_HEAD = 18  # columns of a design's name above a column of the terminal
LONGEST_VALUE = 60
UNSAID = ("", "number", "name", "truth")
"""Units that say no more than the value."""

_UNITS = {p.name: p.unit for p in (*SETTINGS, *TYPE_FIELDS)}

Kind = Literal["number", "share", "money", "days", "score"]

FIGURES: dict[str, Kind] = {
    "small_bidders": "number", "small_win_share": "share", "small_lot_share": "share", "small_bid_share": "share",
    "small_award_rate": "share",
    "bids_per_lot": "number", "single_bid": "share", "unserved": "share", "price_ratio": "share",
    "price": "money", "quality": "share",
    "price_per_quality": "score", "hhi": "number", "authority_cost": "money", "evaluation_days": "days",
    "bidder_cost": "money", "bidder_cost_wasted": "money", "bidder_cost_income_share": "share",
    "consortium_bid_share": "share", "cost": "money",
}  # fmt: skip
"""Figures of a design, in the order in which they are told, and what each is counted in."""


@dataclass(frozen=True, slots=True)
class FigureFormat:
    """How the figures of an outcome are written.

    Attributes:
        currency: of all amounts, by its code.
        brief: whether there is little room, as on a terminal.
    """

    currency: str = ""
    brief: bool = False

    @property
    def t(self) -> Catalogue:
        """The messages of simulations."""
        return texts()

    def written(self, figure: str, value: float | None) -> str:
        """A figure in its unit.

        >>> pounds = FigureFormat("GBP")
        >>> pounds.written("small_win_share", 0.1234), pounds.written("authority_cost", 25012.2)
        ('12.3%', '£25,012')
        >>> FigureFormat("EUR").written("authority_cost", 25012.2), pounds.written("hhi", None)
        ('€25,012', 'not known')
        """
        if value is None:
            return self.t("figure.not known")
        if kind_of(figure) == "share":
            return self.t("figure.share", n=_digits(100 * value, 1))
        return self._plain(figure, value)

    def difference(self, figure: str, value: float, *, points: bool = False) -> str:
        """A difference of two figures with its sign; that of two shares is in points of 100.

        Args:
            points: whether it is said that it is in points.

        >>> fmt = FigureFormat()
        >>> fmt.difference("small_win_share", 0.05, points=True), fmt.difference("small_bidders", -0.456)
        ('+5.0 points', '-0.46')
        """
        if kind_of(figure) != "share":
            return self._plain(figure, value, signed=True)
        digits = _digits(100 * value, 1, signed=True)
        return self.t("figure.points", n=digits) if points else digits

    def error(self, figure: str, estimate: Estimate) -> str:
        """A standard error in the unit of its figure, with one more digit.

        >>> pounds = FigureFormat("GBP")
        >>> pounds.error("small_win_share", Estimate(0.1, 0.0012, 9)), pounds.error("cost", Estimate(1, 12.2, 9))
        ('0.12', '£12')
        """
        if estimate.se is None:
            return self.t("figure.none")
        match kind_of(figure):
            case "share":
                return _digits(100 * estimate.se, 2)
            case "money":
                return self.amount(estimate.se)
            case "score":
                return _digits(estimate.se, 4)
            case _:
                return _digits(estimate.se, 0 if estimate.se >= 10 else 3)

    def level(self, figure: str, found: Estimate | None) -> str:
        """A figure with its standard error."""
        if found is None:
            return self.t("figure.none")
        if found.mean is None:
            return self.t("figure.not known")
        return self._with_error(self.written(figure, found.mean), figure, found)

    def change(self, figure: str, found: Estimate | None) -> str:
        """A difference with its standard error."""
        if found is None or found.mean is None:
            return self.t("figure.not known")
        if found.mean == 0 and not found.se:
            return self.t("figure.the same")
        return self._with_error(self.difference(figure, found.mean), figure, found)

    def range_ends(self, figure: str, found: JointRange, *, difference: bool = False) -> tuple[str, str]:
        """The ends between which nine in ten trials lie, of a level or of a difference.

        Levels of millions are rounded to ten thousand: more than that a range over assumptions does not know.

        >>> FigureFormat("GBP").range_ends("price", JointRange(-1200.4, 10.0, 2000.0, 0.7), difference=True)
        ('-£1,200', '+£2,000')
        >>> FigureFormat("GBP").range_ends("price", JointRange(3356876.2, 3.5e6, 3944008.0, 0.7))
        ('£3.36m', '£3.94m')
        """
        if not difference and kind_of(figure) == "money" and min(abs(found.low), abs(found.high)) >= MILLION:
            low, high = (with_currency(at_places(end / MILLION, 2), self.currency) for end in (found.low, found.high))
            return self.t("figure.millions", n=low), self.t("figure.millions", n=high)
        write = self.difference if difference else self.written
        return write(figure, found.low), write(figure, found.high)

    def between(self, figure: str, found: JointRange | None, *, difference: bool = False) -> str:
        """The range of a figure in a cell."""
        if found is None:
            return self.t("figure.not known")
        low, high = self.range_ends(figure, found, difference=difference)
        return self.t("figure.range", low=low, high=high)

    def amount(self, value: float) -> str:
        """An amount in the currency, without pence."""
        return money(Fraction(round(value)), self.currency)

    def head(self, label: str) -> str:
        """A design's name above a column."""
        return cut(label, LONGEST_HEAD if self.brief else LONGEST_NAME)

    def value(self, parameter: str, value: Value) -> str:
        """A parameter's value, cut where it is long; an amount with its currency.

        >>> FigureFormat("EUR").value("local.income", 600_000.0), FigureFormat("EUR").value("years", 4.0)
        ('€600,000', '4')
        """
        if is_money(unit_of(parameter)) and not isinstance(value, str):
            return money(Fraction(str(value)), self.currency)
        return short(value)

    def worth(self, value: Value, unit: str) -> str:
        """A parameter's value with its unit; what says no more than the value is left out."""
        if is_money(unit) and not isinstance(value, str):
            return self.t(f"worth.{unit}", amount=money(Fraction(str(value)), self.currency))
        text = short(value)
        if unit in UNSAID:
            return text
        key = f"worth.{unit}" if self.t.has(f"worth.{unit}") else "worth.other"
        return self.t(key, value=text, unit=unit_in_words(unit))

    def _with_error(self, written: str, figure: str, found: Estimate) -> str:
        if found.se is None:
            return written
        error = self.error(figure, found)
        if self.brief:
            return self.t("figure.with error brief", figure=written, error=error)
        return self.t("figure.with error", figure=written, error=error)

    def _plain(self, figure: str, value: float, *, signed: bool = False) -> str:
        match kind_of(figure):
            case "money":
                return ("+" if signed and value >= 0 else "") + self.amount(value)
            case "score":
                return _digits(value, 3, signed=signed)
            case _:
                return _digits(value, 0 if abs(value) >= 1000 else 2, signed=signed)


def whole_percent(share: float) -> str:
    """A share without decimal places.

    >>> whole_percent(0.791)
    '79%'
    """
    return texts()("figure.share", n=at_places(100 * share, 0))


def kind_of(figure: str) -> Kind:
    """What a figure is counted in."""
    return FIGURES.get(figure, "share" if figure.startswith("funnel.") else "number")


def unit_of(parameter: str) -> str:
    """What a parameter is counted in; nothing for a fact of a type."""
    return "" if STATED_FACT in parameter else _UNITS.get(parameter.rpartition(".")[2], "")


def title(figure: str) -> str:
    """The title of a figure."""
    return texts()(f"figure.{figure}")


def design(label: str) -> Run:
    """A design by its name, in a sentence or a cell."""
    return name(cut(label, LONGEST_NAME))


def type_name(kind: str) -> str:
    """A type of providers.

    >>> type_name("by_and_for")
    'by-and-for'
    """
    return cut(kind.replace("_", "-"), LONGEST_NAME)


def assumption(parameter: str) -> str:
    """What a parameter is, in words.

    >>> assumption("by_and_for.quality"), assumption("types.days"), assumption("scale_elasticity")
    ('the quality of by-and-for providers', 'the days that providers need to write a bid', 'what larger lots save')
    """
    t = texts()
    kind, _, field = parameter.rpartition(".")
    if parameter == FACTS:
        return t("assumption.types.facts")
    if parameter == GAPS:
        return t("assumption.types.quality")
    if STATED_FACT in parameter:
        kind, _, column = parameter.partition(STATED_FACT)
        return t("assumption.fact", column=column, kind=type_name(kind))
    if kind:
        key = f"assumption.of type {field}"
        return t(key, kind=type_name(kind)) if t.has(key) else f"{type_name(kind)} {field}"
    return t.or_else(f"assumption.{field}", field.replace("_", " "))


def value_text(value: Value) -> str:
    """A parameter's value.

    >>> value_text(4000000.0), value_text(0.74), value_text(True), value_text(12)
    ('4,000,000', '0.74', 'yes', '12')
    """
    if isinstance(value, bool):
        return texts()("value.yes" if value else "value.no")
    if isinstance(value, str):
        return value
    return at_places(value, 0) if float(value).is_integer() else at_digits(value, 6)


def short(value: Value) -> str:
    """A value that is no amount, cut where it is long."""
    return cut(value_text(value), LONGEST_VALUE)


def tried_value(effect: ParameterEffect, value: Value) -> Value:
    """A value of what was tried; how many times the facts of providers were taken, in words."""
    return texts()(f"facts.{at_digits(value, 6)}") if effect.name == FACTS and not isinstance(value, str) else value


def stage_in_words(stage: ProgressStage) -> str:
    """What a simulation is doing."""
    return texts()(f"progress.{stage.doing}", point=stage.point, points=stage.points)


def _digits(value: float, places: int, *, signed: bool = False) -> str:
    return at_places(value, places, signed=signed)
