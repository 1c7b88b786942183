"""Figures of bids as they are read: what they are called, and what they come to."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import grouped, money, number
from tender_eval.languages.phrases import phrase
from tender_eval.model.bids import is_amount
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.printed import printed, printed_figure

_SHARE_OF = "consortium.share."
t = catalogue("terms")


def points(evaluation: Evaluation, value: Fraction | None) -> str:
    """Points at the scheme's places; a dash where there are none."""
    return _grouped(printed(evaluation, value))


def ranking_figure(evaluation: Evaluation, value: Fraction | None) -> str:
    """What tenders are ranked by; a dash where there is none."""
    return _grouped(printed_figure(evaluation, value))


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
