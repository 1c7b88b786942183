"""What rules claim of a scheme is what the engine does with it."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from fractions import Fraction

import pytest
from lint_schemes import SOUND, but, priced

from tender_eval import bids_from_data, load_catalogue
from tender_eval import lint as built_in
from tender_eval.engine.check import Sound, check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.source import Source
from tender_eval.lint.run import RuleFinding, lint
from tender_eval.model.evaluation import BidResult, Evaluation

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
PRICES = (500000, 700000, 800000, 1000000)
ROUNDING = ("rounding: {places: 2, mode: half_up, at: [total]}\n", "")


def linted(text: str, code: str) -> tuple[CompiledScheme, tuple[RuleFinding, ...]]:
    source = Source("s.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return checked.compiled, lint(source, checked.compiled, [CATALOGUE.lint_rules[code]], CATALOGUE.lint_rules).findings


def says(text: str, code: str) -> list[str]:
    return [found.message for found in linted(text, code)[1]]


def every_bid(scheme: CompiledScheme) -> Evaluation:
    """Every bid of a grid of marks and prices, evaluated together."""
    bids = [
        {"id": f"b{n}-{price}", "price": price, "declarations": {"safeguarding_policy": True},
         "marks": {"delivery": a, "safety": b, "social_value": c}}
        for n, (a, b, c, price) in enumerate(itertools.product(range(4), range(4), range(4), PRICES))
    ]  # fmt: skip
    return scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": bids}))


MONEY = "{name: lowest_price_less_quality_value, values: [{criterion: quality, full_marks: 300000}]}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rule", "ties", "idle"),
    [
        ("highest_score", ["highest: quality", "highest: price"], 2),
        ("highest_score", ["highest: price", "highest: quality"], 2),
        ("highest_score", ["highest: delivery", "highest: quality", "lowest: price"], None),
        ("{name: highest_score, count: [quality]}", ["highest: quality"], 1),
        ("lowest_cost_per_quality_point", ["highest: quality", "lowest: price"], 2),
        ("lowest_cost_per_quality_point", ["lowest: price", "highest: delivery"], None),
        ("{name: highest_quality_within_budget, budget: 1100000}", ["highest: quality"], 1),
        (MONEY, ["highest: quality", "lowest: price"], 2),
        ("lowest_price", ["lowest: price"], 1),
        ("lowest_price", ["highest: quality", "highest: quality"], 2),
    ],
)
def test_a_step_of_the_tie_break_that_is_called_idle_never_decides(
    rule: str, ties: list[str], idle: int | None
) -> None:
    listed = ", ".join(f"{{{tie}}}" for tie in ties)
    text = but(
        ("  rule: highest_score\n", f"  rule: {rule}\n"), ("[{highest: quality}, {lowest: price}]", f"[{listed}]"),
        ROUNDING, ("    minimum: 50%\n", ""), ("abnormally_low: {below_mean_by: 25%}\n", ""),
    )  # fmt: skip
    scheme, found = linted(text, "TE331")
    assert len(found) == (0 if idle is None else 1)
    equal = defaultdict(set)
    before = ties[: (idle or len(ties)) - 1]
    for bid in every_bid(scheme).bids:
        if bid.figure is not None:
            key = (bid.figure, *(value_of(bid, tie) for tie in before))
            equal[key].add(value_of(bid, ties[len(before)]))
    open_ = any(len(values) > 1 for values in equal.values())
    assert open_ is (idle is None), "an idle step has one value in every group of equal bids; a step that decides, more"


def value_of(bid: BidResult, tie: str) -> Fraction:
    best, _, reads = tie.partition(": ")
    if (best, reads) == ("lowest", "price"):
        return Fraction(bid.id.partition("-")[2])
    found = bid.criterion(reads)
    assert found is not None
    return found.points


@pytest.mark.parametrize(
    ("scorer", "nominal", "acts_like"),
    [("linear_between_bids", 40, 69), ("linear_between_bids", 10, 27), ("ratio_to_lowest", 40, None)],
)
def test_what_a_price_weighs(scorer: str, nominal: int, acts_like: int | None) -> None:
    weights = ((70, 100 - nominal, "    "), (30, nominal, "    "), (40, 70 - nominal, "        "))
    text = priced(scorer, *((f"\n{at}weight: {old}\n", f"\n{at}weight: {new}\n") for old, new, at in weights))
    said = says(text, "TE350")
    if acts_like is None:
        assert said == []
    else:
        assert said[0].startswith(f'"price" is published at {nominal}%, but acts like {acts_like}%')


def test_formulas_that_ask_what_prices_are_counted_in_are_not_tried() -> None:
    assert says(SOUND, "TE350") == []
    assert says(priced('{name: formula, expression: "1 - price / 2000000"}'), "TE350") == []


def test_ten_percent_on_a_steep_line_costs_what_is_said() -> None:
    text = priced("{name: linear_above_lowest, zero_at_percent: 40, below_zero: clamp}")
    scheme, (found,) = linted(text, "TE304")
    lost = re.search(r"loses ([\d.]+)% of its points", found.message)
    assert lost is not None
    rest = {"declarations": {"safeguarding_policy": True}, "marks": {"delivery": 3, "safety": 3, "social_value": 3}}
    bids = [{"id": "a", "price": 100000, **rest}, {"id": "b", "price": 110000, **rest}]
    result = scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": bids}))
    points = {bid.id: bid.figure for bid in result.bids}
    assert points["a"] - points["b"] == Fraction(lost[1]) * 30 / 100  # type: ignore[operator]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("minimum", "lowest", "highest", "code"),
    [
        ("30%", 30, 100, "TE340"),
        ("20%", 30, 100, "TE340"),
        ("31%", 30, 100, None),
        ("0", 0, 100, "TE340"),
        ("1", 0, 100, None),
        ("85%", 0, 80, "TE341"),
        ("80%", 0, 80, "TE342"),
        ("75%", 0, 80, None),
        ("100%", 0, 100, "TE342"),
        ("3", 0, 100, "TE342"),
    ],
)
def test_minimums_are_missed_and_met_by_whom_it_is_said(
    minimum: str, lowest: int, highest: int, code: str | None
) -> None:
    text = but(
        ("    minimum: 50%\n", f"    minimum: {minimum}\n"), ("mark: 0, score: 0%", f"mark: 0, score: {lowest}%"),
        ("mark: 3, score: 100%", f"mark: 3, score: {highest}%"),
    )  # fmt: skip
    assert [c for c in ("TE340", "TE341", "TE342") if says(text, c)] == ([code] if code else [])
    scheme, _ = linted(text, "TE340")
    bids = every_bid(scheme).bids
    kept = [bid for bid in bids if bid.status == "ranked"]
    match code:
        case "TE340":
            assert len(kept) == len(bids)
        case "TE341":
            assert kept == []
        case "TE342":
            assert len(kept) == len(PRICES), "full marks at each price"
        case _:
            assert len(PRICES) < len(kept) < len(bids)


def test_a_band_above_the_estimate_gives_every_bid_within_it_the_same() -> None:
    scheme, (found,) = linted(priced("{name: fixed_band, full_at: 900000, zero_at: 1200000}"), "TE308")
    assert "full marks" in found.message
    within = [b for b in every_bid(scheme).bids if b.status == "ranked" and int(b.id.partition("-")[2]) <= 900000]
    assert {b.criterion("price").score for b in within} == {1}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "expression", ["min(1, max(0, 2 - price / 700000))", "lowest / price", "lowest(price) / price"]
)
def test_a_formula_that_cannot_leave_its_range_is_left_alone(expression: str) -> None:
    assert says(priced(f'{{name: formula, expression: "{expression}"}}'), "TE366") == []


@pytest.mark.parametrize("expression", ["2 - price / 700000", "lowest / price * 2", "min(1, 2 - price / 700000)"])
def test_a_formula_that_can_is_told(expression: str) -> None:
    assert len(says(priced(f'{{name: formula, expression: "{expression}"}}'), "TE366")) == 1


@pytest.mark.parametrize(
    ("descriptor", "vague"),
    [
        ("Good.", True),
        ("Meets all of the requirements to a high standard", True),
        ("Fully meets expectations; minor concerns", True),
        ("Good, with results", False),
        ("Meets the requirement in every county", False),
        ("As 2, with people named", False),
    ],
)
def test_descriptors_that_are_only_a_grade(descriptor: str, vague: bool) -> None:
    text = but(('"As 2, with results of like work."', f'"{descriptor}"'))
    assert bool(says(text, "TE403")) is vague


@pytest.mark.parametrize(
    ("descriptor", "compares"),
    [
        ("Better than the other bids", True),
        ("Offers more than most bidders", True),
        ("Stronger evidence than any other tender", True),
        ("The best of all answers", True),
        ("Compared with the other proposals it convinces", True),
        ("Goes further than the specification asks", False),
        ("More than one partner is named", False),
        ("As 3, better than required, with results", False),
    ],
)
def test_descriptors_that_compare_bids(descriptor: str, compares: bool) -> None:
    text = but(('"As 2, with results of like work."', f'"{descriptor}"'))
    assert bool(says(text, "TE402")) is compares


@pytest.mark.parametrize(
    ("title", "overlaps"),
    [
        ("How are survivors supported?", True),
        ("Support", False),
        ("Supporting children", False),
        ("Survivors supported in court and at home", False),
    ],
)
def test_titles_of_nearly_the_same_words(title: str, overlaps: bool) -> None:
    text = but(("title: How survivors and children are kept safe", f"title: {title}"))
    assert bool(says(text, "TE411")) is overlaps


@pytest.mark.parametrize(
    ("title", "odd"),
    [("q2_safe", True), ("Q3", True), ("safety", True), ("Safety", False), ("Safety in year 2", False)],
)
def test_titles_that_are_ids(title: str, odd: bool) -> None:
    text = but(("title: How survivors and children are kept safe", f"title: {title}"))
    assert bool(says(text, "TE412")) is odd


def test_with_the_utility_index_a_third_bid_turns_the_order_of_two() -> None:
    text = but(
        ("  rule: highest_score\n", "  rule: {name: utility_index, quality_weight: 60, price_weight: 40}\n"),
        ("    minimum: 50%\n", ""), ROUNDING,
    )  # fmt: skip
    scheme, found = linted(text, "TE312")
    assert len(found) == 1
    marks = {"a": (3, 3, 1), "b": (3, 2, 2), "c": (3, 3, 3)}
    bids = [
        {"id": name, "price": price, "declarations": {"safeguarding_policy": True},
         "marks": dict(zip(("delivery", "safety", "social_value"), marks[name], strict=True))}
        for name, price in (("a", 800000), ("b", 744000), ("c", 2000000))
    ]  # fmt: skip

    def leader(*names: str) -> str:
        entered = [bid for bid in bids if bid["id"] in names]
        return scheme.evaluate(bids_from_data({"format": "tender-eval/bids/1", "bids": entered})).winner[0]

    assert {leader("a", "b"), leader("a", "b", "c")} == {"a", "b"}
