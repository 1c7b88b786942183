"""The expression of every scorer comes to its score, in fractions and in float64; and what is read from it."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from drawn import drawn_schemes, scorer_calls
from figures import tables
from generated import CATALOGUE, RULES, SCORERS, bids_for, compiled, evaluated
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.facts.price import evaluated_price
from tender_eval.engine.plan import Plan
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Refused
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.numeric import TOLERANCE, exact_array, round_fraction
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.endless import can_be_endless
from tender_eval.plugins.expression.evaluate import evaluate, holds
from tender_eval.plugins.expression.parts import whether
from tender_eval.plugins.expression.tree import Chain, Choice, Function, Lookup, Number, OverBids, Round, criteria_of
from tender_eval.plugins.expression.validity import unsound
from tender_eval.plugins.expression.words import compared, said
from tender_eval.plugins.table import BidTable, FigureError
from tender_eval.plugins.tally import Tally
from tender_eval.testing.kit.agreement import expression_is_the_score
from tender_eval.testing.kit.prepared import Prepared, prepare

SOME = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def drawn(data: st.DataObject, scorer: str) -> Prepared:
    """A scorer with parameters drawn."""
    call = data.draw(scorer_calls(scorer))
    try:
        return prepare(CATALOGUE.scorers[scorer].item, {k: v for k, v in call.items() if k != "name"})
    except Refused:
        assume(False)
        raise


@pytest.mark.slow
@pytest.mark.parametrize("scorer", SCORERS)
def test_the_expression_of_a_scorer_comes_to_its_score(scorer: str) -> None:
    @SOME
    @given(data=st.data())
    def holds_for(data: st.DataObject) -> None:
        prepared = drawn(data, scorer)
        columns = data.draw(tables(prepared)) if prepared.reads else {"price": [Fraction(1)]}
        try:
            scores = prepared.exact(columns)
        except FigureError:
            assume(False)
            return
        expression_is_the_score(prepared, columns, scores)

    holds_for()


@pytest.mark.parametrize("scorer", SCORERS)
def test_every_scorer_states_an_expression_with_each_of_its_examples(scorer: str) -> None:
    item = CATALOGUE.scorers[scorer].item
    for example in item.examples:
        prepared = prepare(item, example)
        assert not isinstance(item.expression(prepared.params), Unsupported)
        assert isinstance(item.can_be_endless(prepared.params), bool)


@pytest.mark.slow
@pytest.mark.parametrize("scorer", SCORERS)
def test_scores_have_endless_decimals_only_where_the_scorer_says_that_they_can(scorer: str) -> None:
    @SOME
    @given(data=st.data())
    def holds_for(data: st.DataObject) -> None:
        prepared = drawn(data, scorer)
        if prepared.scorer.can_be_endless(prepared.params) is not False or not prepared.reads:
            return
        columns = data.draw(tables(prepared))
        assume(all(_ends(figure) for column in columns.values() for figure in column))
        try:
            scores = prepared.exact(columns)
        except FigureError:
            return
        assert all(_ends(score) for score in scores)

    holds_for()


def _ends(number: Fraction) -> bool:
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


PRICE, HOURS = e.figure("price"), e.figure("values.hours")
TABLE = e.Table(((Fraction(0), Fraction(0)), (Fraction(4), Fraction(1, 2)), (Fraction(10), Fraction(1))), "curve")


@pytest.mark.parametrize(
    ("expression", "words", "endless", "comes_to"),
    [
        (PRICE - (PRICE - 2), "price - (price - 2)", False, [2, 2, 2]),
        (PRICE / (PRICE / 2), "price / (price / 2)", True, [2, 2, 2]),
        ((PRICE + 1) * 3 / 8, "(price + 1) * 3 / 8", False, [Fraction(15, 8), Fraction(27, 8), Fraction(27, 8)]),
        (1 - PRICE * -HOURS, "1 - price * (-values.hours)", False, [5, 17, 73]),
        ((PRICE**2) ** 2 / 2, "(price ** 2) ** 2 / 2", False, [128, 2048, 2048]),
        (2**-PRICE, "2 ** (-price)", True, [Fraction(1, 16), Fraction(1, 256), Fraction(1, 256)]),
        (e.lowest(PRICE / HOURS), "lowest(price / values.hours)", True, [Fraction(8, 9)] * 3),
        (e.deviation(PRICE, "population") ** 2, "population_deviation(price) ** 2", True, [Fraction(32, 9)] * 3),
        (e.median(e.root(PRICE * PRICE)), "median(root(price * price))", True, [8, 8, 8]),
        (e.look_up(HOURS, TABLE, "line"), "curve(values.hours, in straight lines)", True, None),
        (e.look_up(HOURS, TABLE, "lower"), "curve(values.hours, in steps)", False, [0, 0, Fraction(1, 2)]),
        (e.steps(HOURS - 1, TABLE), "if_(values.hours - 1 < 0, 0, curve(values.hours - 1, in steps))", False, None),
        (
            e.if_(e.compare(PRICE / 3, ">", Fraction(1, 3)), PRICE, 2),
            "if_(price / 3 > 0.333333..., price, 2)",
            False,
            None,
        ),
        (e.look_up(HOURS / 3, TABLE, "upper"), "curve(values.hours / 3, in steps)", False, None),
        (
            e.rounded(PRICE / 3, 1, "half_up") * 2,
            "round(price / 3, 1, half_up) * 2",
            False,
            [Fraction(13, 5), Fraction(27, 5), Fraction(27, 5)],
        ),
        (e.parameter("limit", Fraction(1, 3)) * PRICE, "limit * price", True, None),
        (e.named("Cost", PRICE + HOURS) * 2, "(price + values.hours) * 2", False, [10, 20, 34]),
        (
            e.if_(e.compare(HOURS, ">=", 2), e.smaller(PRICE, 5), e.absolute(-HOURS)),
            "if_(values.hours >= 2, min(price, 5), abs(-values.hours))",
            False,
            [1, 5, 5],
        ),
    ],
)
def test_what_an_expression_says_and_comes_to(
    expression: e.Node, words: str, endless: bool, comes_to: list[Any] | None
) -> None:
    assert said(expression) == words
    assert can_be_endless(expression) is endless
    columns = {"price": [4, 8, 8], "values.hours": [1, 2, 9]}
    exact = BidTable({n: exact_array(c) for n, c in columns.items()}, np.ones(3, dtype=np.bool_))
    batch = BidTable({n: np.array([c], dtype=float).T for n, c in columns.items()}, np.ones((3, 1), dtype=np.bool_))
    came = evaluate(expression, exact)
    assert comes_to is None or list(came) == comes_to
    assert evaluate(expression, batch)[:, 0] == pytest.approx([float(v) for v in came])


def test_a_branch_that_is_not_taken_does_not_matter() -> None:
    table = BidTable({"price": exact_array([0, 2])}, np.ones(2, dtype=np.bool_))
    guarded = e.if_(e.compare(PRICE, "==", 0), 1, 1 / PRICE)
    assert list(evaluate(guarded, table)) == [1, Fraction(1, 2)]
    with pytest.raises(FigureError, match=r'divides by zero in "price" where price = 0'):
        evaluate(1 / PRICE, table)
    with pytest.raises(FigureError, match=r'takes the log of a number that has none in "log\(price\)"'):
        evaluate(e.log(PRICE), table)


def test_a_comparison_says_for_which_bids_it_holds() -> None:
    table = BidTable({"price": exact_array([1, 2, 3])}, np.ones(3, dtype=np.bool_))
    test = e.compare(PRICE, "<=", e.mean(PRICE))
    assert compared(test) == "price <= mean(price)"
    assert holds(test, table).tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        (lambda: e.compare(PRICE, "=", 1), ValueError, '"=" is none of <, <=, >, >=, ==, !='),  # type: ignore[arg-type]
        (lambda: e.if_(PRICE == 1, 1, 0), TypeError, "write compare"),  # type: ignore[arg-type]
        (lambda: e.look_up(PRICE, e.Table(()), "line"), ValueError, "do not rise"),
        (lambda: e.steps(PRICE, e.Table(((2, 0), (1, 1)), "bands")), ValueError, "table bands do not rise"),
        (lambda: e.look_up(PRICE, TABLE, "nearest"), ValueError, '"nearest" is none of'),  # type: ignore[arg-type]
        (lambda: e.deviation(PRICE, "both"), ValueError, '"both" is none of'),  # type: ignore[arg-type]
        (lambda: e.rounded(PRICE, 2, "half"), ValueError, '"half" is none of half_up, half_even'),
        (lambda: min(PRICE, HOURS), TypeError, "not supported"),  # type: ignore[type-var]
        (lambda: PRICE * 0.5, TypeError, "0.5 is no exact number"),  # type: ignore[operator]
        (lambda: e.parameter("limit", 0.1), TypeError, "0.1 is no exact number"),  # type: ignore[arg-type]
    ],
)
def test_mistakes_are_told_where_they_are_made(wrong: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=re.escape(said)):
        wrong()


def test_points_are_nothing_to_a_scorer() -> None:
    table = BidTable({"price": exact_array([1])}, np.ones(1, dtype=np.bool_))
    with pytest.raises(TypeError, match="only award rules see"):
        evaluate(e.points("quality"), table)


def test_what_is_not_answered_is_neither_yes_nor_no() -> None:
    with pytest.raises(TypeError, match="it states no expression"):
        bool(Unsupported("it states no expression"))


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_the_expression_of_a_rule_comes_to_its_figure(rule: str) -> None:
    @settings(SOME, max_examples=5)
    @given(data=st.data())
    def holds_for(data: st.DataObject) -> None:
        scheme = compiled(data.draw(drawn_schemes(rule=rule)))
        assume(scheme.plan.recomputes and not scheme.plan.rounds("total"))
        bids = data.draw(bids_for(scheme))
        found, asked = evaluated(scheme, bids), scheme.plan.rule
        expression, accepts = asked.rule.item.expression(asked.params), asked.rule.item.accepts(asked.params)
        assert not isinstance(expression, Unsupported)
        assert not isinstance(accepts, Unsupported)
        assert asked.rule.item.counts(asked.params, scheme.plan.roots) == criteria_of(expression, scheme.plan.roots)
        ranked = [bid for bid in found.bids if bid.rank is not None]
        assume(ranked)
        tally = told_again(scheme, bids, ranked)
        assert list(evaluate(expression, tally)) == [bid.figure for bid in ranked]
        assert accepts is None or holds(accepts, tally).all()

    holds_for()


def told_again(scheme: CompiledScheme, bids: Bids, ranked: list[BidResult]) -> Tally:
    """What the rule saw of the ranked bids, put together from the result."""
    plan = scheme.plan

    def points(criteria: tuple[str, ...]) -> Any:
        return exact_array(sum((b.criterion(c).points for c in criteria), Fraction(0)) for b in ranked)  # type: ignore[union-attr]

    def shares(criterion: str) -> Any:
        own = [b.criterion(criterion).score for b in ranked]  # type: ignore[union-attr]
        return points((criterion,)) / plan.node(criterion).points if None in own else exact_array(own)

    read = {r.column: [figure_of(plan, bids, bid.id, r.column) for bid in ranked] for r in plan.rule.reads}
    table = BidTable({name: exact_array(column) for name, column in read.items()}, np.ones(len(ranked), dtype=np.bool_))
    return Tally(table, points, lambda name: plan.node(name).points, shares, plan.roots)


def figure_of(plan: Plan, bids: Bids, bid: str, column: str) -> Fraction:
    """A figure of a bid as the rule reads it."""
    found = next(b for b in bids.bids if b.id == bid)
    if column == "price" and plan.scheme.price is not None:
        step = evaluated_price(found, plan.scheme)
        assert isinstance(step, Step)
        value = step.value
    else:
        value = found.figures[column].value
    assert isinstance(value, Fraction)
    rounding = plan.scheme.price_rounding
    if column == "price" and rounding is not None:
        return round_fraction(value, rounding.places, rounding.mode)
    return value


NEAR, FAR = 0.9 * TOLERANCE, 1.1 * TOLERANCE


@pytest.mark.parametrize(
    ("sign", "below", "at", "above"),
    [
        ("<", True, False, False), ("<=", True, True, False), (">", False, False, True),
        (">=", False, True, True), ("==", False, True, False), ("!=", True, False, True),
    ],
)  # fmt: skip
def test_a_comparison_has_its_boundary_where_its_sign_says(sign: str, below: bool, at: bool, above: bool) -> None:
    """Exactly in fractions; in floats what is within the tolerance is at the boundary, what is beyond it is not."""
    ends = [Fraction(99, 100), Fraction(1), Fraction(101, 100)]
    assert list(whether(exact_array(ends), sign, Fraction(1))) == [below, at, above]
    floats = np.array([1 - FAR, 1 - NEAR, 1.0, 1 + NEAR, 1 + FAR])
    assert list(whether(floats, sign, 1.0)) == [below, at, at, at, above]


FIGURE = e.figure("price")
DEEP: Any = FIGURE
for _ in range(300):
    DEEP = -DEEP
WIDE: Any = FIGURE
for _ in range(30):
    WIDE = e.smaller(WIDE, WIDE)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Chain(FIGURE, (("-", e.node(1)), ("/", e.node(100)))), "the signs ['-', '/'] in one chain"),
        (Chain(FIGURE, (("^", e.node(2)),)), "the signs ['^'] in one chain"),
        (Chain(FIGURE, ()), "a chain of no pairs"),
        (Function("sine", (FIGURE,)), "'sine' of 1 parts"),
        (Function("root", (FIGURE, FIGURE)), "'root' of 2 parts"),
        (Round(FIGURE, 2, "half"), "a rounding 'half' to 2 places"),
        (Round(FIGURE, 13, "up"), "a rounding 'up' to 13 places"),
        (OverBids("mode", FIGURE), "'mode' over the bids"),
        (OverBids("count", FIGURE), "'count' over the bids"),
        (Number(0.5), "the number 0.5, which is not exact"),
        (Lookup(FIGURE, e.Table(()), "lower"), "a table without rows"),
        (Lookup(FIGURE, e.Table(((Fraction(1), Fraction(1)),)), "near"), "a table read as 'near'"),
        (Choice(e.Comparison(FIGURE, "~", FIGURE), FIGURE, FIGURE), "the comparison '~'"),
        (e.smaller(FIGURE, Function("min", ("x",))), "str, which is no part"),
        (DEEP, "within each other"),
        (WIDE, "more than 20000 parts"),
    ],
)  # fmt: skip
def test_an_expression_that_others_would_read_otherwise_is_told(wrong: Any, said: str) -> None:
    assert said in unsound(wrong)


@pytest.mark.parametrize("scorer", SCORERS)
def test_the_expression_of_every_scorer_is_sound(scorer: str) -> None:
    item = CATALOGUE.scorers[scorer].item
    assert [unsound(item.expression(prepare(item, example).params)) for example in item.examples] == [""] * len(
        item.examples
    )
