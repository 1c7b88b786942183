"""Methods are asked what they are, never what they are called: every one answers, and nobody reads its name."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from generated import CATALOGUE, RULES, SCORERS
from inline import leaf, scheme

import tender_eval
from tender_eval import Refused, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import (
    accepts_of,
    can_be_endless,
    counts,
    expression_of,
    likely,
    price_column,
    scale_of,
    shares_out_money,
    weights_of,
)
from tender_eval.lots import mechanisms
from tender_eval.plugins import expression as e
from tender_eval.plugins.answers import Likely, Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.expression.tree import Comparison, Node
from tender_eval.plugins.rule import Weights
from tender_eval.plugins.scorer import Scorer
from tender_eval.plugins.table import Reads
from tender_eval.report.methodology.document import publish
from tender_eval.testing.kit import prepare

SRC = Path(tender_eval.__file__).parent
PROBES = (
    r"\b(scorer|rule|item|mechanism)\.name (==|!=|in\b|not in\b)",
    r"getattr\([\w.]*(params|rule|leaf|risk|band|point|part)\b, ",
    r"type\([\w.]*(rule|item)\)\.\w+ is",
    r"__module__",
)
PUBLISHED = "a published method with figures of its own: what its sources say of it alone"
OF_THE_ACT = "the Act speaks of proximity and social value, which built-in methods score"
ALLOWED = {
    "lint/expressions.py": "a formula of the scheme's own is text that its readers must be able to follow",
    "lint/topics.py": "guidance speaks of built-in methods that score what it asks for",
    "lint/rules/award/te312_utility_turns_on_the_best/__init__.py": PUBLISHED,
    "lint/rules/award/te313_grant_takes_the_pot/__init__.py": PUBLISHED,
    "lint/rules/award/te314_grant_without_floor/__init__.py": PUBLISHED,
    "lint/rules/award/te317_quality_money_out_of_proportion/__init__.py": PUBLISHED,
    "lint/rules/law_award/te212_local_outside_light_touch/__init__.py": OF_THE_ACT,
    "lint/rules/law_award/te213_postcode_not_benefit/__init__.py": OF_THE_ACT,
    "fairness/scenarios/reranking.py": "a rule that prepares nothing need not be asked again for each weight",
    "synthetic/example.py": "tries every number of the parameters as a size, whatever they mean",
    "report/terms/parameters.py": "a methodology prints every parameter that a scheme states, whatever it means",
    "synthetic/tender.py": "a contract runs as long, and is worth as much, as any method says",
    # The conventions of the contract itself:
    "plugins/scorer.py": "a parameter called below_zero declares by default that scores may fall below zero",
    "scorers/common.py": "parameters of one family of scorers",
    "scorers/fact_bands.py": "parameters of one family of scorers",
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


@pytest.mark.parametrize("scorer", SCORERS)
def test_every_scorer_answers_every_question(scorer: str) -> None:
    item = CATALOGUE.scorers[scorer].item
    for example in item.examples:
        params = prepare(item, example).params
        assert isinstance(item.expression(params), Node)
        assert isinstance(item.can_be_endless(params), bool)
        assert item.scale_of(params) in ("", "zero_to_five")
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
    assert isinstance(expression_of(plan.rule), Node)
    assert isinstance(accepts_of(plan.rule), Comparison | None)
    assert isinstance(price_column(plan.rule), str)
    assert isinstance(weights_of(plan.rule), Weights | None)
    assert set(counts(plan)) <= {"quality", "price"}
    assert shares_out_money(plan) is (rule == "grants_within_pot")
    for reads in plan.rule.reads:
        assert isinstance(likely(plan.rule, reads.column), Likely | Unsupported)


def test_every_mechanism_says_whether_it_keeps_to_limits() -> None:
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"mechanisms": mechanisms})
    said = {name: registered.item.honours_limits for name, registered in catalogue.mechanisms.items()}
    assert said == {"independent": False, "lot_order": True, "largest_lead": True}


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

    faulty = type("Faulty_", (Faulty,), {"name": "faulty", "__doc__": Faulty.__doc__, "score": score})
    registered = Registered("faulty", PluginInfo("invented", "invented", "1"), faulty, Scorer)
    catalogue = CATALOGUE._replace(scorers={**CATALOGUE.scorers, "faulty": registered})
    compiled = compile_scheme(scheme_from_data(scheme(leaf("price", 100, {"name": "faulty"}))), catalogue)
    with pytest.raises(Refused, match="raised ValueError: broken"):
        publish(compiled)
