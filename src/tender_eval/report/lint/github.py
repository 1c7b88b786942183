"""What lint has to say, as workflow commands that GitHub shows beside the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.lint.run import LintReport, RuleFinding
from tender_eval.model.diagnostics import Severity
from tender_eval.report.lint.text import clauses_text

t = catalogue("lint")
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def lint_github(linted: Sequence[LintReport]) -> str:
    """A line for each finding: ``::warning file=...,line=...,col=...,title=TE304::message``."""
    return "".join(_line(found) for one in linted for found in one.findings)


def _line(found: RuleFinding) -> str:
    properties = {
        "file": found.where.source,
        "line": str(found.where.line or 1),
        "col": str(found.where.column or 1),
        "title": found.code,
    }
    told = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in properties.items())
    message = f"{inert(found.message)}\nmend: {inert(found.hint)}\n{t('see', clauses=clauses_text(found))}"
    return f"::{_LEVELS[found.severity]} {told}::{message.translate(_DATA)}\n"
