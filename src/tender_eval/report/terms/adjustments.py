"""Adjustments of the price in words: whom each is for, what it changes, and how several go together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, number, percentage
from tender_eval.model.pricing.adjust import LOWEST, LOWEST_OTHER, OWN, Adjustment, Test
from tender_eval.model.pricing.price import PriceModel
from tender_eval.report.terms.figures import figure_name

t = catalogue("terms")


def whom(adjustment: Adjustment) -> str:
    """For which tenders an adjustment is."""
    return tests_in_words(adjustment.when) if adjustment.when else t("adjust.for_all")


def change(adjustment: Adjustment, currency: str) -> str:
    """By how much it changes the price, and at most."""
    key = "raises" if adjustment.rises else "lowers"
    if adjustment.share is None:
        by = money(abs(adjustment.amount or Fraction(0)), currency)
        told = t(f"adjust.{key}_amount", by=by)
    else:
        told = t(f"adjust.{key}", share=percentage(abs(adjustment.share)), of=_of(adjustment))
    if adjustment.cap is not None:
        told = t("adjust.capped", told=told, cap=money(adjustment.cap, currency))
    if adjustment.unless:
        key = "adjust.unless_one" if adjustment.unless == adjustment.when else "adjust.unless"
        told = t(key, told=told, tests=tests_in_words(adjustment.unless))
    return told


def together(model: PriceModel, currency: str) -> Iterator[str]:
    """What is to be said of all adjustments."""
    if model.together:
        yield t(f"adjust.{model.together}")
    if model.cap_together is not None:
        yield t("adjust.cap_together", cap=money(model.cap_together, currency))


def _of(adjustment: Adjustment) -> str:
    keys = {OWN: "adjust.of_price", LOWEST: "adjust.of_lowest", LOWEST_OTHER: "adjust.of_lowest_other"}
    key = keys.get(adjustment.of)
    return t(key) if key else t("adjust.of_part", part=figure_name(adjustment.of))


def tests_in_words(tests: Iterable[Test]) -> str:
    return t("adjust.and").join(_test(test) for test in tests)


def _test(test: Test) -> str:
    figure = figure_name(test.reads)
    if test.values:
        values = t("figure.or").join({"true": t("figure.yes"), "false": t("figure.no")}.get(v, v) for v in test.values)
        return t("adjust.is_not" if test.negated else "adjust.is", figure=figure, values=values)
    least = test.at_least is not None
    limit = number((test.at_least if least else test.at_most) or Fraction(0))
    return t("adjust.least" if least else "adjust.most", figure=figure, limit=limit)
