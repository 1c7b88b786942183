"""What a bid asks for, before anything is discounted."""

from fractions import Fraction

from tender_eval.engine.facts.price import evaluated_price, offered_price
from tender_eval.model.bids import Bid, Figure
from tender_eval.model.evaluation import Step
from tender_eval.model.pricing.price import Component, PriceModel
from tender_eval.model.scheme import Award, Call, Scheme

MODEL = PriceModel((Component("setup", "once"), Component("annual", "per_year")), 3, Fraction(1, 10))


def bid(**figures: int) -> Bid:
    return Bid("a", "A", figures={name.replace("_", "."): Figure(Fraction(value)) for name, value in figures.items()})


def test_a_price_is_what_is_asked() -> None:
    assert offered_price(bid(price=100), None) == 100
    assert offered_price(bid(), None) is None


def test_components_are_added_up_over_the_years_and_not_discounted() -> None:
    asked = bid(prices_setup=10, prices_annual=20)
    assert offered_price(asked, MODEL) == 10 + 3 * 20
    evaluated = evaluated_price(asked, Scheme("s", "S", (), Award(Call("lowest_price")), price=MODEL))
    assert isinstance(evaluated, Step)
    assert evaluated.value == 10 + 20 * (1 + Fraction(10, 11) + Fraction(100, 121))


def test_without_all_components_nothing_is_asked() -> None:
    assert offered_price(bid(prices_setup=10), MODEL) is None
