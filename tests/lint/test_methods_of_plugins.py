"""Lint speaks of the methods of plugins as of the built-in ones: it asks them, and says where they do not answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from lint_schemes import but, priced

from tender_eval import Refused, load_catalogue
from tender_eval import lint as built_in
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import LintReport, SilentMethod, lint
from tender_eval.model.numeric import Array
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import OwnFormula, Pot, Subject, Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.rule import AwardRule, Weights
from tender_eval.plugins.scorer import Scorer, Trait
from tender_eval.plugins.table import BidTable, FigureError, Reads, Steps
from tender_eval.plugins.tally import Tally

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
INVENTED = PluginInfo("invented", "invented", "1")
PRICE, QUALITY = e.figure("price"), e.points("quality")
NO_ROUNDING = ("rounding: {places: 2, mode: half_up, at: [total]}\n", "")


class Priced(Scorer):
    """A score of the price by an expression.

    Source: invented for this test.
    """

    name = "priced"
    stated: e.Node | Unsupported = Unsupported("its author keeps it secret")

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", better="lower", above=Fraction(0)),)

    def score(self, table: BidTable, params: Any, steps: Steps) -> Array:
        return table.column("price") * 0

    def expression(self, params: Any) -> e.Node | Unsupported:
        return self.stated


class Ranked(AwardRule):
    """A figure by an expression.

    Source: invented for this test.
    """

    name = "ranked"
    figure = "figure"
    best = "lowest"
    stated: e.Node | Unsupported = Unsupported("its author keeps it secret")
    set_at: Weights | Unsupported | None = None

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", better="lower", above=Fraction(0)),)

    def price_column(self, params: Any) -> str:
        return "price"

    def rank_by(self, tally: Tally, params: Any, steps: Steps) -> Array:
        return evaluate(PRICE, tally)

    def expression(self, params: Any) -> e.Node | Unsupported:
        return self.stated

    def weights(self, params: Any) -> Weights | Unsupported | None:
        return self.set_at


def says(code: str, text: str, method: type[Scorer] | type[AwardRule], **answers: Any) -> list[str]:
    """What one lint rule says of a scheme whose method answers so."""
    return [found.message for found in reported(code, text, method, **answers).findings]


def reported(code: str, text: str, method: type[Scorer] | type[AwardRule], **answers: Any) -> LintReport:
    brought = type(
        "Brought", (method,), {"__doc__": "Source: a test.", "name": method.name, **_kept(method), **answers}
    )
    if issubclass(brought, Scorer):
        scorers = {**CATALOGUE.scorers, brought.name: Registered(brought.name, INVENTED, brought, Scorer)}
        catalogue = CATALOGUE._replace(scorers=scorers)
    else:
        rules = {**CATALOGUE.rules, brought.name: Registered(brought.name, INVENTED, brought, AwardRule)}
        catalogue = CATALOGUE._replace(rules=rules)
    source = Source("s.yaml", text.encode())
    checked = check(source, None, catalogue)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    rule = catalogue.lint_rules[code]
    return lint(source, checked.compiled, [rule], catalogue.lint_rules)


def _kept(method: type) -> dict[str, Any]:
    return {name: getattr(method, name) for name in ("figure", "best") if hasattr(method, name)}


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        (e.within(1 - PRICE / 1000000), []),
        (
            e.within(1 - PRICE / 300000),
            ['points of "price" can have endless decimals, and rounding is not stated'],
        ),
        (
            Unsupported("its author keeps it secret"),
            ['priced does not say whether points of "price" can have endless decimals, and rounding is not stated'],
        ),
    ],
)
def test_endless_decimals(stated: Any, said: list[str]) -> None:
    assert says("TE424", priced("priced", NO_ROUNDING), Priced, stated=stated) == said


@pytest.mark.parametrize(
    ("code", "stated", "said"),
    [
        ("TE302", (e.highest(PRICE) - PRICE) / e.highest(PRICE), True),
        ("TE302", e.lowest(PRICE) / PRICE, False),
        ("TE302", Unsupported("secret"), False),
        ("TE303", e.within(1 - (PRICE - e.mean(PRICE)) / e.mean(PRICE)), True),
        ("TE303", e.mean(PRICE) / PRICE, False),
    ],
)
def test_from_where_a_price_is_measured(code: str, stated: Any, said: bool) -> None:
    assert bool(says(code, priced("priced"), Priced, stated=stated)) is said


def test_a_method_that_states_no_formula_is_told_of_once() -> None:
    assert reported("TE302", priced("priced"), Priced).silent == (SilentMethod("priced", "its author keeps it secret"),)
    assert reported("TE310", but(RANKED), Ranked).silent == (SilentMethod("ranked", "its author keeps it secret"),)
    assert reported("TE302", priced("priced"), Priced, stated=e.within(1 - PRICE / 1000000)).silent == ()


RANKED = ("  rule: highest_score\n", "  rule: ranked\n")
OPEN = ("    minimum: 50%\n", "")


@pytest.mark.parametrize(
    ("stated", "outcome"),
    [
        (PRICE * 1000 / QUALITY, "a bid ten times cheaper may be ten times worse"),
        (PRICE / QUALITY**2, "a price that is low enough makes up for poor quality"),
        (PRICE - QUALITY * 1000, ""),
        (Unsupported("its author keeps it secret"), ""),
    ],
)
def test_a_quotient_without_a_minimum(stated: Any, outcome: str) -> None:
    said = says("TE310", but(RANKED, OPEN), Ranked, stated=stated)
    assert said == ([f"ranked with no minimum: {outcome}"] if outcome else [])


@pytest.mark.parametrize(
    ("stated", "idle"),
    [(PRICE / 2 - QUALITY, True), (PRICE / QUALITY, True), (PRICE * QUALITY, False), (PRICE**2, False)],
)
def test_a_tie_break_by_a_price_that_is_known(stated: e.Node, idle: bool) -> None:
    """Of equal figures and equal points the price is equal too, where the figure tells it."""
    assert bool(says("TE331", but(RANKED, NO_ROUNDING), Ranked, stated=stated)) is idle


@pytest.mark.parametrize(("stated", "coarse"), [(PRICE, False), (PRICE - QUALITY, False), (QUALITY, True)])
def test_what_is_rounded_to_whole_numbers(stated: e.Node, coarse: bool) -> None:
    """Whole pounds are no coarse rounding of a price."""
    rounded = ("rounding: {places: 2", "rounding: {places: 0")
    assert bool(says("TE323", but(RANKED, rounded), Ranked, stated=stated)) is coarse


@pytest.mark.parametrize(
    ("set_at", "said"),
    [
        (None, []),
        (
            Weights(e.parameter("quality", 20), e.parameter("price", 80)),
            ["the price has 80% of the weight, more than 40% (our reading: the guidance names no figure)"],
        ),
        (Weights(e.available("quality"), e.available("price")), []),
        (
            Unsupported("it keeps them secret"),
            ["how much the price weighs cannot be told: of ranked, it keeps them secret"],
        ),
    ],
)
def test_the_weight_of_the_price(set_at: Any, said: list[str]) -> None:
    assert says("TE101", but(RANKED), Ranked, stated=PRICE / QUALITY, set_at=set_at) == said


def fails(*_: Any) -> Any:
    raise ZeroDivisionError("oh")


def fails_at_a_hundred(self: Scorer, table: BidTable, params: Any, steps: Steps) -> Array:
    """As no real price is: what lint tries alone."""
    return fails() if table.column("price")[0] == 100 else table.column("price") * 0


@pytest.mark.parametrize(
    ("text", "method", "answers", "who"),
    [
        (priced("priced"), Priced, {"scale_of": fails}, 'criterion "price": priced'),
        (
            priced("priced"),
            Priced,
            {"score": fails_at_a_hundred, "traits": frozenset({Trait.SCALE_FREE})},
            'criterion "price": priced',
        ),
        (but(RANKED), Ranked, {"shares_out_money": fails}, "the award rule: ranked"),
    ],
)
def test_a_method_that_fails_when_lint_asks_it_stops_the_run_and_is_named(
    text: str, method: type[Scorer] | type[AwardRule], answers: dict[str, Any], who: str
) -> None:
    """The method, not the lint rule that wanted to know."""
    with pytest.raises(Refused) as refused:
        says("TE350", text, method, **answers)
    (told,) = refused.value.diagnostics
    assert (told.code, told.message) == ("TE045", f"{who} (invented 1) raised ZeroDivisionError: oh")
    assert told.where is not None


def test_a_scorer_that_cannot_score_what_lint_tries_is_left_alone() -> None:
    def refuses(self: Scorer, table: BidTable, params: Any, steps: Steps) -> Array:
        if table.column("price")[0] == 100:
            raise FigureError("too few bids", "wait for more")
        return table.column("price") * 0

    assert says("TE350", priced("priced"), Priced, score=refuses, traits=frozenset({Trait.SCALE_FREE})) == []


BEST = e.highest(QUALITY)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ((BEST - QUALITY) / PRICE, True),
        (PRICE * (1 + (BEST - QUALITY) / 100), True),
        (PRICE + (BEST - QUALITY) * 1000, False),  # the same sum for every bid
        (PRICE / QUALITY, False),
        (Unsupported("secret"), False),
    ],
)
def test_a_distance_from_the_best_turns_the_order_where_it_is_scaled(stated: Any, said: bool) -> None:
    assert bool(says("TE312", but(RANKED), Ranked, stated=stated)) is said


def answer(value: Any) -> Any:
    return lambda self, *asked: value


@pytest.mark.parametrize(
    ("pot", "takes_all", "whole_or_nothing"),
    [
        (None, [], False),
        (Pot(Fraction(30000), Fraction(5000)), [], True),
        (
            Pot(Fraction(5000), Fraction(5000)),
            ["a grant of up to 5000 from a pot of 5000: one bidder can take all"],
            True,
        ),
        (Pot(Fraction(30000), Fraction(5000), "values.least"), [], False),
        (Unsupported("secret"), ["whether one bidder can take the whole pot cannot be told: of ranked, secret"], False),
    ],
)
def test_what_one_bidder_can_get_of_a_pot(pot: Any, takes_all: list[str], whole_or_nothing: bool) -> None:
    assert says("TE313", but(RANKED), Ranked, pot=answer(pot)) == takes_all
    assert bool(says("TE314", but(RANKED), Ranked, pot=answer(pot))) is whole_or_nothing


@pytest.mark.parametrize(
    ("worth", "said"),
    [
        (None, []),
        (Fraction(100000), []),
        (Fraction(1800000), ["full marks are worth 1800000, which is 200% of the estimate"]),
        (Unsupported("secret"), ["what quality is worth in money cannot be told: of ranked, secret"]),
    ],
)
def test_what_quality_is_worth_in_money(worth: Any, said: list[str]) -> None:
    assert says("TE317", but(RANKED), Ranked, worth_of_quality=answer(worth)) == said


@pytest.mark.parametrize(
    ("subjects", "said"),
    [({Subject.PROXIMITY}, True), ({Subject.PROXIMITY, Subject.SOCIAL_VALUE}, False), (set(), False)],
)
def test_a_criterion_is_about_what_its_scorer_is_made_for(subjects: set[Subject], said: bool) -> None:
    text = priced("priced", ("light_touch: true", "light_touch: false"))
    assert bool(says("TE212", text, Priced, subjects=frozenset(subjects))) is said


def test_a_formula_of_the_scheme_is_one_whoever_works_it_out() -> None:
    own = answer(OwnFormula("1 - price / mean", frozenset({"above_one"}), "text"))
    assert says("TE303", priced("priced"), Priced, own_formula=own)
    (told,) = says("TE366", priced("priced"), Priced, own_formula=own)
    assert told == 'the formula of "price" can leave the range of scores: no below_zero'
