"""What lint has to say, for programs (``tender-eval/lint/1``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import json_text
from tender_eval.lint.run import LintReport, RuleFinding

LINT_FORMAT = "tender-eval/lint/1"


def lint_json(linted: Sequence[LintReport]) -> str:
    """Every finding, what comments silence with their reasons, what was not run, and methods that state no formula."""
    data = {
        "format": LINT_FORMAT,
        "advice": catalogue("lint")("advice"),
        "schemes": [{"file": one.source, "on": one.on.isoformat()} for one in linted],
        "findings": [_found(f) for one in linted for f in one.findings],
        "ignored": [
            {**_found(i.finding), "reason": i.ignore.reason, "comment_line": i.ignore.where.line}
            for one in linted
            for i in one.ignored
        ],
        "unchecked": [
            {"file": one.source, "code": u.code, "name": u.name, "figure": u.threshold, "on": u.on.isoformat()}
            for one in linted
            for u in one.unchecked
        ],
        "unanswered": [
            {"file": one.source, "method": method.name, "why": method.why} for one in linted for method in one.silent
        ],
    }
    return json_text(data)


def _found(found: RuleFinding) -> dict[str, Any]:
    return {
        "code": found.code,
        "name": found.name,
        "severity": str(found.severity),
        "file": found.where.source,
        "line": found.where.line,
        "column": found.where.column,
        "message": found.message,
        "hint": found.hint,
        "clauses": [{"document": c.document, "section": c.section, "verified": c.verified} for c in found.clauses],
        "plugin": str(found.origin),
    }
