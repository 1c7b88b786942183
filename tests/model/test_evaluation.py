"""What an evaluation tells of its bids and criteria beside their figures."""

import pytest
from inline import evaluate, leaf, scheme

from tender_eval import Evaluation

TWO = (leaf("quality", 60, {"name": "mark", "out_of": 10}), leaf("price", 40, "ratio_to_lowest"))


def found(*, minimum: object = None, **prices: int) -> Evaluation:
    """Bids with a mark of 8 each, but for one called "weak"."""
    first = TWO[0] | ({"minimum": minimum} if minimum else {})
    stated = scheme(first, TWO[1], award={"on_rejection": "recompute"})
    bids = {name: {"price": p, "marks": {"quality": 2 if name == "weak" else 8}} for name, p in prices.items()}
    return evaluate(stated, bids)


def test_who_is_ranked_who_wins_and_who_comes_next() -> None:
    result = found(a=120, b=100, weak=90, minimum="50%")
    assert [bid.id for bid in result.ranked] == ["b", "a"]
    assert [bid.id for bid in result.awarded] == ["b"]
    last, after = result.border
    assert (last.id, after and after.id) == ("b", "a")
    assert result.undecided == ()


def test_nobody_comes_next_where_one_bid_is_alone() -> None:
    assert found(a=100).border[1] is None


def test_a_tie_leaves_open_who_wins() -> None:
    assert found(a=100, b=100, c=200).undecided == ("a", "b")


@pytest.mark.parametrize("names", [("a", "weak"), ("weak", "a")])
def test_criteria_are_those_at_which_some_bid_was_scored(names: tuple[str, str]) -> None:
    result = found(**dict.fromkeys(names, 100), minimum="50%")
    assert [c.id for c in result.criteria] == [c.id for c in result.roots] == ["quality", "price"]
