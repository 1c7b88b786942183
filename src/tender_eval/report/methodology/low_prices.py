"""What is done about abnormally low prices, with each test worked on the prices of the example."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.engine.recomputing.low_prices import TestedPrice, tests_of_prices
from tender_eval.engine.recomputing.prices import prices_of
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money
from tender_eval.languages.runs import Inline, name
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.low_prices import low_price_test
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def low_section(plan: Plan, worked: Example | None) -> Iterator[Block]:
    """When a price is queried, and what that comes to in the example."""
    low = plan.scheme.abnormally_low
    if low is None:
        return
    yield heading(t("low"))
    told = [low_price_test(test, plan.scheme.currency) for test in low.tests]
    if len(told) == 1:
        yield paragraph(t("low.say", told=told[0]))
    else:
        yield paragraph(t("low.say_several"))
        yield items(told)
    yield paragraph(t("low.asked"))
    if worked is not None:
        yield from _example(plan, worked)


def _example(plan: Plan, worked: Example) -> Iterator[Block]:
    """Each test over the prices of the example: what each is held against, and the answer."""
    found, names = prices_of(plan, worked.bids, worked.evaluation), {b.id: b.name for b in worked.evaluation.bids}
    as_bid = {bid: one.price if one.unadjusted is None else one.unadjusted for bid, one in found.items()}
    prices = {bid: price for bid, price in as_bid.items() if price is not None}
    for test in tests_of_prices(plan, worked.bids, worked.evaluation, prices):
        rows = [_row(one, names, plan.scheme.currency) for one in sorted(test.prices, key=lambda one: one.bid)]
        caption = t("low.example", told=low_price_test(test.test, plan.scheme.currency))
        named = heads(t, "low.example", "tender price against limit queried")
        yield table(caption, named, rows, numbers=(1, 2, 3), widths=(28, 18, 18, 18, 18))


def _row(one: TestedPrice, names: dict[str, str], currency: str) -> tuple[Inline, ...]:
    said = t("low.not_ranked") if one.flagged is None else t("low.queried" if one.flagged else "low.not_queried")
    return (
        name(names[one.bid]),
        _amount(one.price, currency),
        _amount(one.against, currency),
        _amount(one.limit, currency),
        said,
    )


def _amount(value: Fraction | None, currency: str) -> str:
    return t("figure.none") if value is None else money(value, currency)
