"""The limits on what one supplier may tender for and be awarded, in words."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import percentage
from tender_eval.lots.policy import figure_of
from tender_eval.model.digits import shown
from tender_eval.model.pricing.offers_taken import OffersTaken
from tender_eval.model.scheme import Bound, LotLimits
from tender_eval.report.terms.adjustments import tests_in_words

t = catalogue("terms")


def limits_in_words(limits: LotLimits) -> Iterator[str]:
    """Each limit as a line."""
    if limits.most_tendered:
        yield t("limits.tendered", most=limits.most_tendered)
    if limits.most_awarded:
        yield t("limits.awarded", most=limits.most_awarded)
    if limits.capacity:
        yield t("limits.capacity", most=_capacity(limits.capacity))
    if limits.most_value is not None:
        yield t("limits.value", share=percentage(limits.most_value))
    if limits.most_suppliers is not None:
        yield t("limits.suppliers", most=limits.most_suppliers)
    if limits.fewest_suppliers is not None:
        yield t("limits.fewest suppliers", fewest=limits.fewest_suppliers)
    for one in limits.reserved:
        yield t("limits.reserved", lots=in_a_row(one.lots), whom=tests_in_words(one.when))
    for quota in limits.quotas:
        if quota.most is not None:
            yield t("limits.quota", id=quota.id, most=quota.most, whom=tests_in_words(quota.when))
        if quota.fewest:
            yield t("limits.quota least", id=quota.id, fewest=quota.fewest, whom=tests_in_words(quota.when))
    yield from _offers(limits.offers)
    if limits.order:
        yield t("limits.order", lots=in_a_row(limits.order))


def _offers(taken: OffersTaken) -> Iterator[str]:
    if taken.packages:
        yield t(f"limits.packages {taken.packages}")
    if taken.alone:
        yield t("limits.alone")
    if taken.discounts:
        yield t("limits.discounts")
    if taken.compare:
        yield t("limits.compare")


def _capacity(capacity: Bound) -> str:
    if not capacity.of:
        return shown(capacity.amount)
    pooled = figure_of(capacity) != capacity.of
    return t("limits.share pooled" if pooled else "limits.share", share=percentage(capacity.amount), of=capacity.of)
