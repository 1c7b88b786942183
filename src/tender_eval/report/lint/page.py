"""The page of a lint rule, in Markdown: what it says and rests on, a scheme that trips it and one that does not."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

from tender_eval.languages.numbers import money
from tender_eval.lint.sources import OURS
from tender_eval.model.wording import percent, shown
from tender_eval.plugins.lint_rule import Clause, Figure, LintRule

KINDS = {
    "TE1": "What guidance asks for",
    "TE2": "What the law asks for",
    "TE3": "Arithmetic and gaming",
    "TE4": "Clarity",
}
SEVERITIES = {
    "error": "what the law forbids outright, or what cannot work",
    "warning": "what guidance asks for, or what can change an award",
    "note": "advice",
}


def rule_page(rule: LintRule, rows: Sequence[Figure], told: str) -> str:
    """The page of one rule.

    Args:
        rows: of the table of dated figures; those that the rule needs are shown.
        told: what lint prints of the rule's bad example.
    """
    severity = f"Severity: {rule.severity}, {SEVERITIES[str(rule.severity)]}."
    parts = [
        f"# {rule.code}: {rule.name}\n\n{rule.summary}\n\n{severity}\n\n{inspect.cleandoc(rule.__doc__ or '')}\n\n",
        "## It rests on\n\n",
        "".join(f"- {clause_line(clause)}\n" for clause in rule.clauses),
    ]
    if needed := [row for row in rows if row.name in rule.figures]:
        parts.append(f"\n## Its figures\n\n{figures_table(needed)}")
    parts.append(f"\n## A scheme that trips it\n\n```yaml\n{rule.bad}```\n\n```text\n{told}```\n")
    parts.append(f"\n## A scheme that does not\n\n```yaml\n{rule.good}```\n")
    return "".join(parts)


def rules_table(rules: Sequence[LintRule]) -> str:
    """Rules by kind, each with a link to its page."""
    parts = []
    for kind, title in KINDS.items():
        of_kind = [rule for rule in rules if rule.code.startswith(kind)]
        parts.append(f"\n### {kind}xx: {title}\n\n| code | name | severity | what it says |\n|---|---|---|---|\n")
        parts += [f"| [{r.code}](lint/{r.code}.md) | {r.name} | {r.severity} | {r.summary} |\n" for r in of_kind]
    return "".join(parts)


def figures_table(rows: Sequence[Figure]) -> str:
    """Dated figures with their sources."""
    heads = "| figure | value | from | until | what it is | source |\n|---|---|---|---|---|---|\n"
    return heads + "".join(
        f"| `{r.name}` | {value_text(r)} | {r.since or '-'} | {r.until or '-'} | {r.about} | {_source(r)} |\n"
        for r in rows
    )


def value_text(figure: Figure) -> str:
    """A figure with its unit.

    >>> from fractions import Fraction
    >>> value_text(Figure("x", Fraction(1, 10), "share", "", Clause("d", "1", True)))
    '10%'
    """
    if figure.unit == "share":
        return percent(figure.value)
    if figure.unit == "GBP":
        return money(figure.value, figure.unit)
    return shown(figure.value) if figure.unit == "count" else f"{shown(figure.value)} {figure.unit}"


def clause_line(clause: Clause) -> str:
    """A clause, and whether its wording was read there, where it is another's."""
    if clause.document in OURS:
        return str(clause)
    return f"{clause} ({'wording read' if clause.verified else 'cited, wording not checked by us'})"


def _source(figure: Figure) -> str:
    return "assumption of tender-eval; no document names a figure" if figure.assumed else clause_line(figure.clause)
