"""Every registered rule: its bad example trips it alone, at a place; its good one none; it has a page and a source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from statistics import median

import pytest
from generated import compiled, schemes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lint_schemes import MODEL, SOUND

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.schemes.dump import dump_scheme
from tender_eval.files.source import Source
from tender_eval.lint.run import LintReport, lint
from tender_eval.lint.thresholds import thresholds
from tender_eval.testing.lint_rules import changed_lines, check_lint_rule

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
RULES = CATALOGUE.lint_rules
CODES = sorted(RULES)
PACKAGE = "tender_eval.lint.rules"


def sound(text: str) -> tuple[Source, CompiledScheme]:
    source = Source("scheme.yaml", text.encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return source, checked.compiled


def linted(text: str, *codes: str) -> LintReport:
    source, scheme = sound(text)
    return lint(source, scheme, [RULES[code] for code in codes or CODES], CODES)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_trips_its_rule_alone_and_the_good_one_none(code: str) -> None:
    check_lint_rule(PACKAGE, code)


@pytest.mark.slow
@pytest.mark.parametrize("code", CODES)
def test_every_finding_is_at_a_line_and_says_how_to_mend_it(code: str) -> None:
    bad = RULES[code].item.example("bad")
    for finding in linted(bad, code).findings:
        assert finding.where.source == "scheme.yaml"
        assert 1 <= finding.where.line <= len(bad.splitlines())
        assert finding.hint
        assert finding.message[0] != finding.message[0].upper() or not finding.message[0].isalpha()


def test_examples_differ_in_about_two_lines() -> None:
    assert median(changed_lines(RULES[code].item) for code in CODES) <= 2


@pytest.mark.parametrize("code", CODES)
def test_a_rule_states_what_it_rests_on_and_explains_itself(code: str) -> None:
    rule = RULES[code].item
    assert rule.code == code
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name)
    assert rule.summary.endswith(".")
    assert rule.keywords, "the index is searched for other words too"
    assert len((rule.__doc__ or "").split()) >= 30, "the page needs what, why and how to mend it"
    assert all(clause.document for clause in rule.clauses)
    assert set(rule.thresholds) <= set(thresholds().names())


def test_names_are_told_apart() -> None:
    names = [RULES[code].item.name for code in CODES]
    assert len(names) == len(set(names))


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    assert sorted(p.stem for p in (ROOT / "docs" / "lint").glob("TE*.md")) == CODES


def test_the_examples_that_others_are_made_from_are_clean() -> None:
    own = [code for code in CODES if code.startswith(("TE3", "TE4"))]
    assert [f.message for f in linted(SOUND, *own).findings] == []
    assert [f.message for f in linted(MODEL).findings] == []


def test_there_are_rules_of_every_kind() -> None:
    assert {code[:3] for code in CODES} == {"TE1", "TE2", "TE3", "TE4"}
    assert len(CODES) >= 35


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(schemes(), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_lint_has_an_answer_for_every_sound_scheme(data: dict, day: date) -> None:
    source, scheme = sound(dump_scheme(compiled(data).scheme))
    first = lint(source, scheme, [RULES[code] for code in CODES], CODES, day)
    again = lint(source, scheme, [RULES[code] for code in reversed(CODES)], CODES, day)
    assert first.findings == again.findings
    lines = len(source.text.splitlines())
    assert all(1 <= f.where.line <= lines for f in first.findings)
