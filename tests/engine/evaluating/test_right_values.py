"""Small inputs that gave a wrong value once, each under the name that it was filed by, with the right one and why."""

from __future__ import annotations

from fractions import Fraction

from inline import evaluate, figures, leaf, ranks, scheme

MARK = {"name": "mark", "out_of": 5}


def test_log_tie() -> None:
    """All four have 70 points: a logarithm of a power is no noise in the fiftieth digit, and the tie break decides."""
    price = {"name": "log_ratio", "zero_at_multiple": 32, "below_zero": "clamp"}
    stated = scheme(leaf("quality", 50, MARK), leaf("price", 50, price), award={"ties": [{"highest": "quality"}]})
    doubled = {"a": (100_000, 2), "b": (200_000, 3), "c": (400_000, 4), "d": (800_000, 5)}
    result = evaluate(stated, {n: {"price": price, "marks": {"quality": mark}} for n, (price, mark) in doubled.items()})
    assert set(figures(result).values()) == {70}
    assert ranks(result) == {"d": 1, "c": 2, "b": 3, "a": 4}


def test_quality_price() -> None:
    """No criterion made of the price is quality, by whatever name the rule calls its price: 2,000 against 2,222."""
    stated = scheme(
        leaf("quality", 60, MARK),
        leaf("price", 40, "ratio_to_lowest"),
        rule={"name": "lowest_cost_per_quality_point", "price": "prices.annual"},
        award={"on_rejection": "recompute"},
        price={"components": {"annual": "per_year", "mobilisation": "once"}, "years": 4},
    )
    offered = {
        "good": {"prices": {"annual": 120_000, "mobilisation": 0}, "marks": {"quality": 5}},
        "poor": {"prices": {"annual": 80_000, "mobilisation": 0}, "marks": {"quality": 3}},
    }
    result = evaluate(stated, offered)
    assert figures(result) == {"good": 2000, "poor": Fraction(20_000, 9)}
    assert result.winner == ("good",)


def test_wvi_crash() -> None:
    """A bid that its minimum rejected, with -120 points, never stops the others: the index of good is 1/100000."""
    days = {"name": "linear_above_lowest", "field": "values.days", "below_zero": "allow"}
    stated = scheme(
        leaf("quality", 60, days, minimum="50%"),
        leaf("price", 40, "ratio_to_lowest"),
        rule="weighted_value_index",
        award={"on_rejection": "keep_order"},
    )
    offered = {"good": {"price": 100_000, "values": {"days": 10}}, "slow": {"price": 95_000, "values": {"days": 40}}}
    result = evaluate(stated, offered)
    assert figures(result) == {"good": Fraction(1, 100_000), "slow": None}
    assert result.winner == ("good",)
