"""Figures of bids as they are read: what they are called, and what they come to."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import grouped, money, number, with_currency
from tender_eval.languages.phrases import phrase
from tender_eval.model.bids import is_amount
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.explanation.labels import RankedFigure, Unit, unit_of
from tender_eval.model.printed import printed, printed_figure

_SHARE_OF = "consortium.share."
t = catalogue("terms")


def points(evaluation: Evaluation, value: Fraction | None) -> str:
    """Points at the scheme's places; a dash where there are none."""
    return _grouped(printed(evaluation, value))


def ranking_figure(evaluation: Evaluation, value: Fraction | None, currency: str) -> str:
    """What tenders are ranked by, money as money; a dash where there is none."""
    digits = _grouped(printed_figure(evaluation, value))
    return digits if value is None else in_its_unit(digits, evaluation.figure, currency)


def in_its_unit(written: str, of: RankedFigure, currency: str) -> str:
    """What tenders are ranked by, or the gap of two, with the sign of the currency where it is money.

    >>> from tender_eval.model.explanation.labels import RankingFigure
    >>> in_its_unit("27,397.26", RankingFigure.COST_PER_QUALITY_POINT, "GBP")
    '£27,397.26'
    >>> in_its_unit("84.00", RankingFigure.POINTS, "GBP")
    '84.00'
    """
    return with_currency(written, currency) if unit_of(of) is Unit.MONEY else written


def _grouped(digits: str | None) -> str:
    return t("figure.none") if digits is None else grouped(digits)


def figure_name(column: str) -> str:
    """A column as a bidder would call it.

    >>> [figure_name(c) for c in ("prices.annual_price", "price", "consortium.share.local+small")]
    ['annual price', 'price', 'share of delivery by providers that are local or small']
    """
    if column.startswith(_SHARE_OF):
        groups = [phrase(g.replace("_", "-")) for g in column.removeprefix(_SHARE_OF).split("+")]
        # without commas, for it may stand in a formula
        return t("figure.delivery", groups=t("figure.or").join(groups))
    return phrase(plain_name(column))


def plain_name(column: str) -> str:
    """A column in the words of its id, which are English or its author's."""
    return column.rpartition(".")[2].replace("_", " ").replace("-", " ")


def is_money(column: str) -> bool:
    """Whether a column is an amount of money.

    >>> is_money("prices.annual_price"), is_money("pooled.annual_income"), is_money("supplier.years_in_area")
    (True, True, False)
    """
    named = column.rpartition(".")[2]
    return is_amount(column) or named in ("annual_income", "annual_value")


def figure(column: str, value: object, currency: str) -> str:
    """What a bid states, as it is read."""
    match value:
        case bool():
            return t("figure.yes") if value else t("figure.no")
        case Fraction():
            return money(value, currency) if is_money(column) else number(value)
        case None:
            return t("figure.not_stated")
        case _:
            return shown(value)
