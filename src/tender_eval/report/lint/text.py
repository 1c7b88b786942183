"""What lint has to say, for people: as diagnostics are told, with the clause that each finding rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import inert
from tender_eval.lint.run import IgnoredFinding, LintReport, RuleFinding, RuleNotRun
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.report.diagnostics import counted, lines_of, told_of

t = catalogue("lint")


def lint_text(linted: Sequence[LintReport], texts: Mapping[str, str], ignored: bool = False) -> str:
    """Every finding with its excerpt, its mend and its clauses; then how many, and what was ignored or not run.

    Args:
        texts: the content of the files by name.
        ignored: whether what comments silence is told as well.
    """
    findings = "".join(findings_text(one, texts.get(one.source, "")) for one in linted)
    findings += "".join(f"{silenced(i)}\n" for one in linted for i in one.ignored) if ignored else ""
    return findings + "".join(f"{one}\n" for one in closing(linted))


def closing(linted: Sequence[LintReport]) -> list[str]:
    """How much was found, ignored and not run, of which days the figures are, and that it is advice."""
    found = [diagnostic_of(f) for one in linted for f in one.findings]
    several = t("schemes", n=len(linted)) if len(linted) > 1 else ""
    told = [(counted(found) or t("nothing")) + several + _ignored(linted)]
    told += _unchecked(u for one in linted for u in one.unchecked)
    told += [
        inert(t("silent", method=one.name, why=one.why)) for one in dict.fromkeys(s for r in linted for s in r.silent)
    ]
    days = sorted({one.on for one in linted if one.on})
    told += [t("figures", days=t.listing([d.isoformat() for d in days]))] if days else []
    return [*told, t("advice")]


def findings_text(linted: LintReport, text: str) -> str:
    """The findings of one scheme alone, in the order of its lines."""
    lines = lines_of(text)
    return "".join(f"{_told(found, lines)}\n" for found in linted.findings)


def diagnostic_of(found: RuleFinding) -> Diagnostic:
    """A finding as a diagnostic."""
    return Diagnostic(found.code, found.message, found.where, found.hint, found.severity)


def _told(found: RuleFinding, lines: list[str]) -> str:
    return "\n".join((told_of(diagnostic_of(found), lines), "  " + t("see", clauses=clauses_text(found))))


def clauses_text(found: RuleFinding) -> str:
    """The clauses of a finding; which of them we have not read ourselves is said."""
    return inert("; ".join(str(c) if c.verified else t("cited", clause=c) for c in found.clauses))


def _ignored(linted: Iterable[LintReport]) -> str:
    number = sum(len(one.ignored) for one in linted)
    return t("ignored", n=number) if number else ""


def silenced(one: IgnoredFinding) -> str:
    """What a comment silences, and the reason that it gives."""
    found = one.finding
    told = t("silenced", where=found.where, code=found.code, message=found.message)
    return f"{inert(told)}\n  {inert(t('because', reason=one.ignore.reason))}"


def _unchecked(unchecked: Iterable[RuleNotRun]) -> list[str]:
    """A line for each figure and day that lacks, with the rules that need it."""
    lacking: dict[tuple[str, date], dict[str, None]] = {}
    for one in unchecked:
        lacking.setdefault((one.threshold, one.on), {})[one.code] = None
    return [
        inert(t.count("unchecked", len(codes), codes=t.listing(list(codes)), figure=figure, on=on))
        for (figure, on), codes in lacking.items()
    ]
