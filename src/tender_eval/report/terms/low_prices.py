"""Tests for abnormally low prices in words."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money, percentage
from tender_eval.model.pricing.low import ESTIMATE, MIDDLES, LowPriceTest

t = catalogue("terms")


def low_price_test(test: LowPriceTest, currency: str) -> str:
    """When a test flags a price: how far below what, over which bids, and with how many."""
    told = t("low.from" if test.at else "low.beyond", below=percentage(test.below), of=_of(test, currency))
    if test.of in MIDDLES:
        told = t(f"low.{test.over}", told=told)
    if test.trim is not None:
        trim = test.trim
        told = t(f"low.trimmed.{trim.rounded}.{trim.ties}", told=told, share=percentage(trim.share))
    if test.again is not None:
        key = f"low.again.{test.again.below_mean}" if test.again.below_mean else "low.again.without"
        key = "low.again.fewest" if test.again.fewest > 1 else key
        told = t(key, told=told, share=percentage(test.again.without_above), fewest=test.again.fewest)
    if test.to_bids is not None:
        return t("low.between", told=told, fewest=test.from_bids, most=test.to_bids)
    return t("low.at_least", told=told, fewest=test.from_bids) if test.from_bids > 2 else told


def _of(test: LowPriceTest, currency: str) -> str:
    if test.of == ESTIMATE:
        amount = test.estimate or Fraction(0)
        of = t("low.of.estimate", amount=money(amount, currency))
        if test.estimate_of:
            of = t("low.of.estimate_share", share=percentage(amount))
        return t("low.of.without_tax", of=of, tax=percentage(test.estimate_tax)) if test.estimate_tax else of
    return t(f"low.of.{test.held_against}" if test.itself else f"low.of.{test.of}_of_others")
