"""Findings as text, JSON and workflow commands; text from a scheme can steer none of them."""

from __future__ import annotations

import json
from datetime import date

from tender_eval.lint.citations import ARITHMETIC
from tender_eval.lint.run import IgnoredFinding, LintReport, RuleFinding, RuleNotRun, SilentMethod
from tender_eval.model.diagnostics import Severity
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import PluginInfo
from tender_eval.plugins.lint_rule import Clause, Ignore
from tender_eval.report.json.lint import lint_json
from tender_eval.report.lint.github import lint_github
from tender_eval.report.lint.pages import clause_line
from tender_eval.report.lint.text import lint_text

ADVICE = "This is advice, not legal advice: it cites what it rests on; read that, and ask who knows the case."

DAY = date(2026, 2, 1)
TEXT = "format: x\nid: odd\n"


def found(message: str, severity: Severity = Severity.WARNING, file: str = "s.yaml") -> RuleFinding:
    clauses = (Clause("Guidance", "2.3b", True), Clause("Act", "s.9", False))
    return RuleFinding(
        "TE999", "a-rule", severity, message, Location(file, 2, 5), "mend it", clauses, PluginInfo("p", "d", "1")
    )


def linted(*findings: RuleFinding, file: str = "s.yaml", **more: object) -> LintReport:
    return LintReport(file, findings, more.get("ignored", ()), more.get("unchecked", ()), DAY, more.get("silent", ()))  # type: ignore[arg-type]


def test_text_has_place_excerpt_mend_and_clauses() -> None:
    assert lint_text([linted(found("it is odd"))], {"s.yaml": TEXT}) == (
        "s.yaml:2:5: warning TE999: it is odd\n"
        "   2 | id: odd\n"
        "     |     ^\n"
        "  mend: mend it\n"
        "  see: Guidance, 2.3b; Act, s.9 (cited, wording not checked)\n"
        "1 warning\n"
        "Figures of 2026-02-01.\n"
        f"{ADVICE}\n"
    )


def test_text_of_a_clean_scheme_says_so_and_that_it_is_advice() -> None:
    assert lint_text([linted()], {"s.yaml": TEXT}) == f"nothing found\nFigures of 2026-02-01.\n{ADVICE}\n"


def test_text_counts_what_was_ignored_and_names_what_was_not_run_once() -> None:
    ignored = (IgnoredFinding(found("x"), Ignore(("TE999",), "so", Location("s.yaml", 1, 1), 2)),)
    unchecked = (RuleNotRun("TE998", "other", "threshold", DAY),)
    told = lint_text([linted(ignored=ignored, unchecked=unchecked), linted(file="t.yaml", unchecked=unchecked)], {})
    first, second, third, _ = told.splitlines()
    assert first == "nothing found in 2 schemes; 1 ignored with a reason (--ignored tells them)"
    assert second == 'TE998 was not run: the table has no "threshold" for 2026-02-01'
    assert third == "Figures of 2026-02-01."


def test_text_names_the_rules_that_lack_one_figure_together() -> None:
    unchecked = tuple(RuleNotRun(code, "a-rule", "threshold", DAY) for code in ("TE997", "TE998"))
    told = lint_text([linted(unchecked=unchecked)], {})
    assert 'TE997 and TE998 were not run: the table has no "threshold" for 2026-02-01\n' in told


def test_text_names_the_methods_that_state_no_formula_once() -> None:
    silent = (SilentMethod("priced\x1b", "it is a secret"),)
    told = lint_text([linted(silent=silent), linted(file="t.yaml", silent=silent)], {})
    assert told.count("What rests on the formula of priced\\x1b was not checked: it is a secret\n") == 1


def test_a_page_says_of_documents_alone_whether_they_were_read() -> None:
    lines = [clause_line(c) for c in (ARITHMETIC, Clause("Guidance", "2.3b", True), Clause("Act", "s.9", False))]
    assert lines == [str(ARITHMETIC), "Guidance, 2.3b (wording read)", "Act, s.9 (cited, wording not checked by us)"]


def test_text_is_inert() -> None:
    assert "\x1b" not in lint_text([linted(found("a\x1b[2J\u202e"))], {"s.yaml": "\n\x1b[31m\n"})


def test_json_says_everything() -> None:
    ignored = (IgnoredFinding(found("x"), Ignore(("TE999",), "so", Location("s.yaml", 1, 1), 2)),)
    unchecked = (RuleNotRun("TE998", "other", "threshold", DAY),)
    silent = (SilentMethod("priced", "it is a secret"),)
    one = linted(found("it is odd"), ignored=ignored, unchecked=unchecked, silent=silent)
    data = json.loads(lint_json([one]))
    finding = {
        "code": "TE999", "name": "a-rule", "severity": "warning", "file": "s.yaml", "line": 2, "column": 5,
        "message": "it is odd", "hint": "mend it", "plugin": "d 1",
        "clauses": [
            {"document": "Guidance", "section": "2.3b", "verified": True},
            {"document": "Act", "section": "s.9", "verified": False},
        ],
    }  # fmt: skip
    assert data == {
        "format": "tender-eval/lint/1",
        "advice": ADVICE,
        "schemes": [{"file": "s.yaml", "on": "2026-02-01"}],
        "findings": [finding],
        "ignored": [{**finding, "message": "x", "reason": "so", "comment_line": 1}],
        "unchecked": [
            {"file": "s.yaml", "code": "TE998", "name": "other", "figure": "threshold", "on": "2026-02-01"},
        ],
        "unanswered": [{"file": "s.yaml", "method": "priced", "why": "it is a secret"}],
    }


def test_github_has_a_line_a_finding_with_its_level() -> None:
    every = [found("x", severity) for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)]
    lines = lint_github([linted(*every)]).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "::warning", "::notice"]
    assert lines[1] == (
        "::warning file=s.yaml,line=2,col=5,title=TE999::"
        "x%0Amend: mend it%0Asee: Guidance, 2.3b; Act, s.9 (cited, wording not checked)"
    )


def test_github_commands_cannot_be_forged() -> None:
    odd = found("50% ::error::x\r\n::set-env name=A::b", file="a,line=9:: %0A.yaml")
    (line,) = lint_github([linted(odd)]).splitlines()
    assert line.startswith(
        "::warning file=a%2Cline=9%3A%3A %250A.yaml,line=2,col=5,title=TE999::50%25 ::error::x\\r\\n::set-env"
    )
    assert "\n" not in line
    assert "\r" not in line


def test_a_finding_without_a_line_stands_at_the_first() -> None:
    told = lint_github([linted(found("x")._replace(where=Location("s.yaml")))])
    assert told.startswith("::warning file=s.yaml,line=1,col=1,")
