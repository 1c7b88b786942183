"""Methods are asked what they are, never what they are called: every one answers, and nobody reads its name."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from generated import CATALOGUE, RULES, SCORERS
from inline import bids, leaf, scheme

import tender_eval
from tender_eval import Refused, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import (
    accepts_of,
    can_be_endless,
    counts,
    expression_of,
    likely,
    own_formula,
    pot_of,
    price_column,
    scale_of,
    shares_out_money,
    subjects_of,
    weights_of,
    worth_of_quality,
    years_of,
)
from tender_eval.lots import mechanisms
from tender_eval.model.explanation.formulas import FacetOf
from tender_eval.model.explanation.terms import Title
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Likely, OwnFormula, Pot, Subject, Unsupported
from tender_eval.plugins.catalogue import Catalogue, PluginInfo, Registered
from tender_eval.plugins.expression.tree import Comparison, Lookup, Node, Parameter, Titled
from tender_eval.plugins.rule import AwardRule, Weights
from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.table import Reads
from tender_eval.report.methodology.document import publish
from tender_eval.testing.kit.prepared import prepare

SRC = Path(tender_eval.__file__).parent
INVENTED = PluginInfo("invented", "invented", "1")
PROBES = (
    r"\b(scorer|rule|item|mechanism)\.name (==|!=|in\b|not in\b)",
    r"(get|has)attr\([\w.]*(params|rule|leaf|risk|band|point|part|scorer|item|mechanism)\b, ",
    r"\bparams\.get\(",
    r"\b(scorer|rule|mechanism) (in|not in|==|!=) [_A-Z\"']",
    r"type\([\w.]*(rule|item)\)\.\w+ is",
    r"__module__",
)
GENERIC = "every number or parameter alike, whatever it is called"
WHOSE = "asks whose code it watches, which no method is asked for"
ALLOWED = {
    "plugins/manager.py": "whether a class is abstract is Python's to say",
    "synthetic/example.py": f"tries {GENERIC}, as a size",
    "report/terms/parameters.py": f"prints {GENERIC}",
    "plugins/untouched.py": WHOSE,
    **{f"testing/kit/{module}.py": WHOSE for module in ("checks", "drawing", "elsewhere", "kinds", "lint", "watching")},
}


def probes() -> dict[str, list[str]]:
    """Each file that reads a method's name or guesses its parameters, with the lines that do."""
    found: dict[str, list[str]] = {}
    for path in sorted(SRC.rglob("*.py")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if any(re.search(probe, line) for probe in PROBES):
                found.setdefault(path.relative_to(SRC).as_posix(), []).append(line.strip())
    return found


@pytest.mark.slow
def test_nothing_reads_the_names_of_methods_but_for_a_reason() -> None:
    assert {file: lines for file, lines in probes().items() if file not in ALLOWED} == {}


@pytest.mark.slow
def test_every_reason_is_still_needed() -> None:
    assert sorted(ALLOWED) == sorted(probes())


def check_no_words(expression: Node, params: Any) -> None:
    """What a built-in method names in its expression is a name of the scheme format, or data that has its words."""
    for part in expression.walk():
        match part:
            case Titled(title=title):
                assert isinstance(title, Title)
            case Parameter(name=name):
                assert isinstance(name, FacetOf) or name in type(params).model_fields
            case Lookup(table=table) if isinstance(table.name, str):
                assert " " not in table.name


@pytest.mark.parametrize("scorer", SCORERS)
def test_every_scorer_answers_every_question(scorer: str) -> None:
    item = CATALOGUE.scorers[scorer].item
    for example in item.examples:
        params = prepare(item, example).params
        expression = item.expression(params)
        assert isinstance(expression, Node)
        check_no_words(expression, params)
        assert isinstance(item.can_be_endless(params), bool)
        assert item.scale_of(params) in ("", "zero_to_five")
        own = item.own_formula(params)  # names that the scheme gives to values stand in it as what they stand for
        assert own is None or (own.text == example["expression"]) == ("where" not in example)
        assert item.years(params) == example.get("years", 0)
        assert item.unbounded_below(params) is (example.get("below_zero") == "allow")
        assert item.unbounded_above(params) is (example.get("above_full") == "allow")
        assert all(isinstance(subject, Subject) for subject in item.subjects)
        for reads in item.reads(params):
            found = item.likely(reads.column, params, {"tender.annual_value": Fraction(1000)})
            assert isinstance(found, Likely | Unsupported)
            assert found.why if isinstance(found, Unsupported) else found.low <= found.high
            assert isinstance(found, Unsupported) or found.by


def plan_of(rule: str) -> Plan:
    item = CATALOGUE.rules[rule].item
    stated = scheme(
        leaf("quality", 60, {"name": "mark", "out_of": 5}),
        leaf("price", 40, {"name": "ratio_to_lowest"}),
        rule={"name": rule},
    )
    named = {"quality": ["quality"]} if "quality" in item.Params.model_fields else {}
    stated["award"] = {"rule": {"name": rule, **item.examples[-1], **named}, "on_rejection": "recompute"}
    return compile_scheme(scheme_from_data(stated), CATALOGUE).plan


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_answers_every_question(rule: str) -> None:
    plan = plan_of(rule)
    expression = expression_of(plan.rule)
    assert isinstance(expression, Node)
    check_no_words(expression, plan.rule.params)
    assert isinstance(accepts_of(plan.rule), Comparison | None)
    assert isinstance(price_column(plan.rule), str)
    weights = weights_of(plan.rule)
    assert isinstance(weights, Weights | None)
    for weight in weights or ():
        check_no_words(weight, plan.rule.params)
    assert set(counts(plan)) <= {"quality", "price"}
    assert shares_out_money(plan) is (rule == "grants_within_pot")
    assert isinstance(pot_of(plan), Pot) is shares_out_money(plan)
    assert (worth_of_quality(plan.rule) is not None) is (rule == "lowest_price_less_quality_value")
    for reads in plan.rule.reads:
        assert isinstance(likely(plan.rule, reads.column), Likely | Unsupported)


def test_every_mechanism_says_whether_it_keeps_to_limits() -> None:
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"mechanisms": mechanisms})
    said = {name: registered.item.honours_limits for name, registered in catalogue.mechanisms.items()}
    assert said == {
        "best_total": True,
        "bidder_preference": True,
        "independent": False,
        "lot_order": True,
        "largest_lead": True,
    }


def test_what_the_rules_say_of_figures_that_they_name() -> None:
    said = {rule: {r.column: likely(plan_of(rule).rule, r.column) for r in plan_of(rule).rule.reads} for rule in RULES}
    told = {rule: {c: a for c, a in by.items() if isinstance(a, Likely)} for rule, by in said.items()}
    assert {rule: by for rule, by in told.items() if by} == {
        "highest_quality_within_budget": {"price": Likely(Fraction(80000), Fraction(100000), "budget")},
        "lowest_price_less_quality_premium": {"price": Likely(Fraction(80000), Fraction(120000), "estimate")},
        "grants_within_pot": {
            "price": Likely(Fraction(250), Fraction(500), "cap"),
            "values.floor": Likely(Fraction(125), Fraction(125), "cap"),
        },
    }


class Faulty(Scorer):
    """Answers what nobody can use.

    Source: invented for this test.
    """

    name = "faulty"
    answer: Any = None

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", above=Fraction(0)),)

    def score(self, table: Any, params: Any, steps: Any) -> Any:
        return table.column("price") * 0

    def expression(self, params: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ("price / 2", "TE046", "criterion \"price\": faulty (invented 1) returned 'price / 2' where an expression is"),
        (e.figure("values.x"), "TE046", "returned an expression of values.x, which reads() does not name"),
        (e.points("price") / 2, "TE046", "returned an expression of points, which only award rules see"),
        (None, "TE046", "returned None where an expression is asked for"),
        (ValueError("no"), "TE045", "faulty (invented 1) raised ValueError: no"),
    ],
)
def test_an_answer_that_is_none_names_the_plugin(answer: Any, code: str, said: str) -> None:
    faulty = type("Faulty_", (Faulty,), {"answer": answer, "name": "faulty", "__doc__": Faulty.__doc__})
    registered = Registered("faulty", PluginInfo("invented", "invented", "1"), faulty, Scorer)
    catalogue = CATALOGUE._replace(scorers={**CATALOGUE.scorers, "faulty": registered})
    plan = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "faulty"}))), catalogue).plan
    for question in (expression_of, can_be_endless) if code == "TE045" else (expression_of,):
        with pytest.raises(Refused) as refused:
            question(plan.leaves[0])
        (found,) = refused.value.diagnostics
        assert found.code == code
        assert said in found.message


class Silent(Exception):
    """Cannot even say what it is."""

    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "code"),
    [(SystemExit(0), "TE045"), (GeneratorExit(), "TE045"), (Silent(), "TE045"), (["scale"], "TE046"), (None, "TE046")],
)
def test_whatever_a_method_does_when_asked_for_its_scale_names_it(answer: Any, code: str) -> None:
    """An exit with code 0 would have ended letters and methodology in silence."""

    def scale_of_it(self: Scorer, params: Any) -> Any:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    changes = {"name": "faulty", "__doc__": Faulty.__doc__, "answer": e.figure("price"), "scale_of": scale_of_it}
    faulty = type("Faulty_", (Faulty,), changes)
    registered = Registered("faulty", PluginInfo("invented", "invented", "1"), faulty, Scorer)
    catalogue = CATALOGUE._replace(scorers={**CATALOGUE.scorers, "faulty": registered})
    compiled = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "faulty"}))), catalogue)
    for asked in (lambda: scale_of(compiled.plan.leaves[0]), lambda: publish(compiled)):
        with pytest.raises(Refused) as refused:
            asked()
        assert [d.code for d in refused.value.diagnostics] == [code]
        assert "faulty (invented 1)" in refused.value.diagnostics[0].message


def test_a_worked_example_is_not_looked_for_past_a_plugin_at_fault() -> None:
    def score(self: Scorer, table: Any, params: Any, steps: Any) -> Any:
        raise ValueError("broken")

    says = {"name": "faulty", "__doc__": Faulty.__doc__, "score": score, "answer": Unsupported("it does not say")}
    faulty = type("Faulty_", (Faulty,), says)
    registered = Registered("faulty", PluginInfo("invented", "invented", "1"), faulty, Scorer)
    catalogue = CATALOGUE._replace(scorers={**CATALOGUE.scorers, "faulty": registered})
    compiled = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "faulty"}))), catalogue)
    with pytest.raises(Refused, match="raised ValueError: broken"):
        publish(compiled)


def catalogue_with(method: type[Scorer] | type[AwardRule], **answers: Any) -> Catalogue:
    """The built-in methods, and one that answers so."""
    brought = type("Brought", (method,), {"name": "brought", "__doc__": "Source: a test.", **answers})
    if issubclass(brought, Scorer):
        registered = Registered("brought", INVENTED, brought, Scorer)
        return CATALOGUE._replace(scorers={**CATALOGUE.scorers, "brought": registered})
    ranked = Registered("brought", INVENTED, brought, AwardRule)
    return CATALOGUE._replace(rules={**CATALOGUE.rules, "brought": ranked})


class Ranked(AwardRule):
    """The price, and no bid without quality.

    Source: invented for this test.
    """

    name = "ranked"
    figure = "price"
    best = "lowest"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return (Reads("price", better="lower", above=Fraction(0)),)

    def reject(self, tally: Any, params: Any, steps: Any) -> Any:
        return {"no quality": tally.points(("quality",)) <= 0}

    def rank_by(self, tally: Any, params: Any, steps: Any) -> Any:
        return tally.column("price")


def answers(value: Any) -> Any:
    return lambda self, *asked: value


def ranked_plan(**said: Any) -> Plan:
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 5}), leaf("price", 40, "ratio_to_lowest"))
    stated["award"] = {"rule": "brought", "on_rejection": "recompute"}
    return compile_scheme(scheme_from_data(stated), catalogue_with(Ranked, **said)).plan


@pytest.mark.parametrize(
    ("question", "asked", "value", "told"),
    [
        ("weights", lambda plan: weights_of(plan.rule), (60, 40), "returned (60, 40) where weights are asked for"),
        ("weights", lambda plan: weights_of(plan.rule), Weights(60, 40), "weights with 60, which is no expression"),  # type: ignore[arg-type]
        (
            "weights", lambda plan: weights_of(plan.rule), Weights(e.parameter("q", 60), e.figure("price")),
            "returned weights that differ from bid to bid",
        ),
        (
            "weights", lambda plan: weights_of(plan.rule), Weights(e.parameter("q", 60), e.figure("cost")),
            "an expression of cost, which reads() does not name",
        ),
        ("counts", counts, ("quality", "looks"), "('quality', 'looks') where criteria of the scheme are asked for"),
        ("counts", counts, ["quality"], "['quality'] where criteria of the scheme are asked for"),
        ("counts", counts, (["quality"],), "where criteria of the scheme are asked for"),
        ("price_column", lambda plan: price_column(plan.rule), "cost", '"cost" as the price, which reads()'),
        ("price_column", lambda plan: price_column(plan.rule), None, "None where a column is asked for"),
        ("pot", pot_of, Pot(5000.0, Fraction(1)), "where the money that is shared out is asked for"),  # type: ignore[arg-type]
        ("pot", pot_of, 5000, "5000 where the money that is shared out is asked for"),
        ("worth_of_quality", lambda plan: worth_of_quality(plan.rule), 5.5, "5.5 where a sum of money is asked for"),
        ("shares_out_money", shares_out_money, "yes", "'yes' where yes or no is asked for"),
        ("accepts", lambda plan: accepts_of(plan.rule), True, "returned True where a comparison is asked for"),
        (
            "accepts", lambda plan: accepts_of(plan.rule), Comparison(e.figure("cost"), ">", e.node(0)),
            "an expression of cost, which reads() does not name",
        ),
    ],
)  # fmt: skip
def test_a_rule_that_answers_amiss_is_named(question: str, asked: Any, value: Any, told: str) -> None:
    with pytest.raises(Refused) as refused:
        asked(ranked_plan(**{question: answers(value)}))
    (found,) = refused.value.diagnostics
    assert found.code == "TE046"
    assert found.message.startswith("the award rule: brought (invented 1) returned ")
    assert told in found.message


@pytest.mark.parametrize(
    ("question", "asked", "value", "told"),
    [
        ("own_formula", own_formula, "price / 2", "'price / 2' where the scheme's own formula is asked for"),
        ("own_formula", own_formula, OwnFormula("x", "y"), "where the scheme's own formula is asked for"),  # type: ignore[arg-type]
        ("own_formula", own_formula, OwnFormula(5, frozenset()), "where the scheme's own formula is asked for"),  # type: ignore[arg-type]
        ("years", years_of, 2.5, "2.5 where a number of years is asked for"),
        ("years", years_of, -1, "-1 where a number of years is asked for"),
        ("scale_of", scale_of, 5, "5 where the name of a scale is asked for"),
        ("likely", lambda leaf: likely(leaf, "price"), Likely(Fraction(2), Fraction(1), "cap"), "a likely range that"),
        ("likely", lambda leaf: likely(leaf, "price"), Likely(1.0, 2.0, "cap"), "a likely range that"),  # type: ignore[arg-type]
        ("can_be_endless", can_be_endless, "no", "'no' where yes or no is asked for"),
    ],
)
def test_a_scorer_that_answers_amiss_is_named(question: str, asked: Any, value: Any, told: str) -> None:
    catalogue = catalogue_with(Faulty, answer=e.figure("price"), **{question: answers(value)})
    plan = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "brought"}))), catalogue).plan
    with pytest.raises(Refused) as refused:
        asked(plan.leaves[0])
    (found,) = refused.value.diagnostics
    assert found.code == "TE046"
    assert found.message.startswith('criterion "price": brought (invented 1) returned ')
    assert told in found.message


def test_subjects_that_are_none_name_the_scorer() -> None:
    catalogue = catalogue_with(Faulty, answer=e.figure("price"), subjects=frozenset({"social value"}))
    plan = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "brought"}))), catalogue).plan
    with pytest.raises(Refused, match=r"brought \(invented 1\) returned \['social value'\] where subjects"):
        subjects_of(plan.leaves[0])


QUALITY = e.points("quality")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (e.compare(QUALITY, ">", 0), ""),
        (e.compare(QUALITY, ">", 40), 'it kept the bid "a"'),
        (e.compare(QUALITY, ">", -1), 'it turned the bid "b" away'),
        (None, 'it turned the bid "b" away'),
        (Unsupported("it does not say"), ""),
        (e.compare(1 / (QUALITY - 36), ">", 0), ""),  # it comes to nothing for some bid
    ],
)
def test_a_rule_that_lies_of_whom_it_keeps_stops_the_run_and_is_named(says: Any, told: str) -> None:
    """Else a workbook would show a bid as turned away that is ranked, and a search would pass over its weights."""
    stated = scheme(leaf("quality", 60, {"name": "mark", "out_of": 5}), leaf("price", 40, "ratio_to_lowest"))
    stated["award"] = {"rule": "brought", "on_rejection": "recompute"}
    compiled = compile_scheme(scheme_from_data(stated), catalogue_with(Ranked, accepts=answers(says)))
    given = bids({n: {"price": p, "marks": {"quality": q}} for n, p, q in (("a", 9, 3), ("b", 5, 0), ("c", 8, 5))})
    if not told:
        assert compiled.evaluate(bids_from_data(given)).winner == ("c",)
        return
    with pytest.raises(Refused) as refused:
        compiled.evaluate(bids_from_data(given))
    (found,) = refused.value.diagnostics
    assert (found.code, told in found.message) == ("TE046", True)
    assert found.message.startswith("the award rule: brought (invented 1) returned a comparison of whom it accepts")


@pytest.mark.parametrize("name", [n for n in SCORERS if "below_zero" in CATALOGUE.scorers[n].item.Params.model_fields])
def test_a_scorer_that_lets_the_scheme_take_points_away_says_whether_it_does(name: str) -> None:
    item = CATALOGUE.scorers[name].item
    made = item.Params.model_construct(below_zero="allow", above_one=None, above_full=None)
    assert item.unbounded_below(made) is True
    assert item.unbounded_below(made.model_copy(update={"below_zero": "clamp"})) is False
