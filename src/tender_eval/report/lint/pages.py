"""The pages of lint rules, in Markdown: an index to search, and a page a rule with what mends its bad scheme."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from difflib import unified_diff

from tender_eval.languages.numbers import money
from tender_eval.lint.citations import OURS
from tender_eval.model.digits import percent, shown
from tender_eval.plugins.lint_rule import Clause, LintRule, Threshold

SEVERITIES = {
    "error": "what the law forbids outright, or what cannot work",
    "warning": "what guidance asks for, or what can change an award",
    "note": "advice",
}


def rule_page(rule: LintRule, rows: Sequence[Threshold], told: str, folder: str) -> str:
    """The page of one rule.

    Args:
        rows: of the table of dated thresholds; those that the rule needs are shown.
        told: what lint prints of the rule's bad example.
        folder: where its two examples are, as a link.
    """
    _, _, more = inspect.cleandoc(rule.__doc__ or "").partition("\n\n")  # its first line says what the summary does
    severity = f"Severity: {rule.severity}, {SEVERITIES[str(rule.severity)]}."
    other_words = f"Other words for it: {rule.keywords}." if rule.keywords else ""
    parts = [f"# {rule.code}: {rule.name}\n\n{rule.summary}\n\n{more}\n\n{f'{severity} {other_words}'.rstrip()}\n"]
    parts += ["\n## It rests on\n\n", *(f"- {clause_line(clause)}\n" for clause in rule.clauses)]
    if needed := [row for row in rows if row.name in rule.thresholds]:
        parts.append(f"\n## Its thresholds\n\n{thresholds_table(needed)}")
    parts.append(f"\n## What mends it\n\n```diff\n{difference(rule)}```\n\n")
    parts.append(f"Lint says nothing of [good.yaml]({folder}/good.yaml), and of [bad.yaml]({folder}/bad.yaml):\n\n")
    parts.append(f"```text\n{told}```\n")
    return "".join(parts)


def difference(rule: LintRule) -> str:
    """What its good example changes in the bad one, as a unified difference with a line around each change."""
    bad, good = rule.example("bad").splitlines(), rule.example("good").splitlines()
    lines = unified_diff(bad, good, "bad.yaml", "good.yaml", n=1, lineterm="")
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def rules_index(topics: Mapping[str, Sequence[LintRule]]) -> str:
    """Rules by topic, a line each, with a link to its page.

    Args:
        topics: what the rules of each topic are about, with those rules.
    """
    heads = ("code", "name", "severity", "what it says", "rests on", "other words for it")
    parts = []
    for about, rules in topics.items():
        parts.append(f"\n## {about.rstrip('.')}\n\n| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n")
        for rule in rules:
            link, clauses = f"[{rule.code}]({rule.code}.md)", _clauses(rule.clauses)
            cells = (link, rule.name, str(rule.severity), rule.summary, clauses, rule.keywords)
            parts.append(f"| {' | '.join(cells)} |\n")
    return "".join(parts)


def clauses_index(rules: Sequence[LintRule]) -> str:
    """The rules that rest on each clause of each document of others."""
    found: dict[str, dict[str, list[str]]] = {}
    for rule in rules:
        for clause in rule.clauses:
            if clause.document not in OURS:
                found.setdefault(clause.document, {}).setdefault(clause.section, []).append(rule.code)
    parts = ["| document | section | rules |\n|---|---|---|\n"]
    for document in sorted(found):
        for section in sorted(found[document]):
            links = ", ".join(f"[{code}]({code}.md)" for code in found[document][section])
            parts.append(f"| {document} | {section} | {links} |\n")
    return "".join(parts)


def thresholds_table(rows: Sequence[Threshold]) -> str:
    """Dated thresholds with their sources."""
    heads = "| threshold | value | from | until | what it is | source |\n|---|---|---|---|---|---|\n"
    return heads + "".join(
        f"| `{r.name}` | {value_text(r)} | {r.since or '-'} | {r.until or '-'} | {r.about} | {_source(r)} |\n"
        for r in rows
    )


def value_text(threshold: Threshold) -> str:
    """A threshold with its unit.

    >>> from fractions import Fraction
    >>> value_text(Threshold("x", Fraction(1, 10), "share", "", Clause("d", "1", True)))
    '10%'
    """
    if threshold.unit == "share":
        return percent(threshold.value)
    if threshold.unit == "GBP":
        return money(threshold.value, threshold.unit)
    return shown(threshold.value) if threshold.unit == "count" else f"{shown(threshold.value)} {threshold.unit}"


def clause_line(clause: Clause) -> str:
    """A clause, and whether its wording was read there, where it is another's."""
    if clause.document in OURS:
        return str(clause)
    return f"{clause} ({'wording read' if clause.verified else 'cited, wording not checked by us'})"


def _clauses(clauses: Sequence[Clause]) -> str:
    """Clauses in short: each document once."""
    found: dict[str, list[str]] = {}
    for clause in clauses:
        found.setdefault(clause.document, []).append("" if clause.document in OURS else clause.section)
    return "; ".join(", ".join([document, *filter(None, sections)]) for document, sections in found.items())


def _source(threshold: Threshold) -> str:
    return "assumption of tender-eval; no document names it" if threshold.assumed else clause_line(threshold.clause)
