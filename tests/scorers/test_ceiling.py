"""Discounts off a published ceiling."""

from __future__ import annotations

from fractions import Fraction

from tender_eval.plugins.scorer import Trait
from tender_eval.scorers.ceiling import DiscountFromCeiling

F = Fraction
STATED = {"ceiling": 1000, "significant_discount": "5%", "below_zero": "clamp"}


def test_the_best_discount_earns_all_and_the_others_their_share(scoring, kept):
    assert scoring.exact(DiscountFromCeiling, [800, 900, 1000], kept, **STATED) == [1, F(1, 2), 0]
    assert kept.said["discount = (ceiling - figure) / ceiling"]["ceiling"] == 1000
    assert kept.said["best_discount = (ceiling - lowest) / ceiling"]["lowest"] == 800


def test_a_trifling_best_discount_cannot_earn_full_marks(scoring):
    assert scoring.exact(DiscountFromCeiling, [990, 1000], **STATED) == [F(1, 5), 0]
    assert scoring.exact(DiscountFromCeiling, [1000, 1000], **STATED) == [0, 0]


def test_above_the_ceiling_is_below_zero(scoring):
    assert scoring.exact(DiscountFromCeiling, [900, 1100], **STATED) == [1, 0]
    assert scoring.exact(DiscountFromCeiling, [900, 1100], **{**STATED, "below_zero": "allow"}) == [1, -1]


def test_a_single_bid(scoring):
    assert scoring.exact(DiscountFromCeiling, [900], **STATED) == [1]
    assert scoring.exact(DiscountFromCeiling, [980], **STATED) == [F(2, 5)]
    assert scoring.exact(DiscountFromCeiling, [980], **STATED, single_bid="70%") == [F(7, 10)]


def test_what_must_be_stated(scoring):
    assert sorted(scoring.refused(DiscountFromCeiling)) == ["TE011"] * 3
    assert scoring.refused(DiscountFromCeiling, **{**STATED, "significant_discount": 0}) == ["TE015"]
    assert scoring.refused(DiscountFromCeiling, **{**STATED, "ceiling": 0}) == ["TE015"]


def test_below_zero_a_better_rival_softens_the_loss_so_monotone_is_not_promised(scoring):
    allowed = {**STATED, "below_zero": "allow"}
    worse = scoring.exact(DiscountFromCeiling, [900, 1100], **allowed)[1]
    assert scoring.exact(DiscountFromCeiling, [800, 1100], **allowed)[1] > worse
    assert Trait.MONOTONE not in DiscountFromCeiling().traits_for(scoring.params(DiscountFromCeiling, **allowed))
    assert Trait.MONOTONE in DiscountFromCeiling().traits_for(scoring.params(DiscountFromCeiling, **STATED))


def test_a_free_offer_is_an_error_unless_a_floor_admits_it(scoring):
    assert DiscountFromCeiling().reads(scoring.params(DiscountFromCeiling, **STATED))[0].above == 0
    assert DiscountFromCeiling().reads(scoring.params(DiscountFromCeiling, **STATED, floor=0))[0].above is None
    assert scoring.exact(DiscountFromCeiling, [0, 500], **STATED, floor=0) == [1, F(1, 2)]
    assert scoring.refused(DiscountFromCeiling, **STATED, floor=-1) == ["TE015"]
