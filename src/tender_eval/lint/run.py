"""One scheme through every rule that is asked for: what is found, what is ignored and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from tender_eval.base.prints import kept_out
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.source import Source
from tender_eval.lint.ignore_comments import ignores_in
from tender_eval.lint.scheme_view import view_of
from tender_eval.lint.thresholds import Thresholds, thresholds
from tender_eval.model.diagnostics import Diagnostic, Refused, Severity
from tender_eval.model.location import Location
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.lint_rule import Clause, Finding, Ignore, LintRule, SchemeView


class RuleFinding(NamedTuple):
    """A finding with the rule that it is of."""

    code: str
    name: str
    severity: Severity
    message: str
    where: Location
    hint: str
    clauses: tuple[Clause, ...]
    origin: PluginInfo


class IgnoredFinding(NamedTuple):
    """A finding that a comment of the scheme silences, and the reason that it gives."""

    finding: RuleFinding
    ignore: Ignore


class RuleNotRun(NamedTuple):
    """A rule that was not run, because a dated threshold that it needs does not hold on that day."""

    code: str
    name: str
    threshold: str
    on: date


class SilentMethod(NamedTuple):
    """A scorer or award rule that states no formula, so that rules that go by it find nothing there, and why."""

    name: str
    why: str


class LintReport(NamedTuple):
    """What the rules have to say of one scheme, in the order of its lines."""

    source: str
    findings: tuple[RuleFinding, ...]
    ignored: tuple[IgnoredFinding, ...]
    unchecked: tuple[RuleNotRun, ...]
    on: date
    silent: tuple[SilentMethod, ...] = ()


def lint(
    source: Source,
    compiled: CompiledScheme,
    rules: Sequence[Registered[LintRule]],
    codes: Iterable[str],
    on: date | None = None,
    table: Thresholds | None = None,
) -> LintReport:
    """Hold a sound scheme against rules.

    Args:
        codes: of every rule that is installed, so that an ignore comment for one of no name is seen.
        on: the day whose thresholds are asked for; default: the day that the scheme says it is published on, else
            the day on which the table was last checked.
        table: of dated figures; default: the one that is shipped.

    Raises:
        Refused: naming the plugin whose rule raised, or stated or returned what it may not.
    """
    dated = table or thresholds()
    day = on or compiled.scheme.regime.published or dated.checked
    ignores = ignores_in(source.text, source.name)
    views = [
        view_of(source, compiled.for_lot(lot), day, dated.on(day), ignores, frozenset(codes))
        for lot in compiled.plan.by_lot or ("",)
    ]
    view = views[0]
    ready: list[Registered[LintRule]] = []
    unchecked = []
    for rule in rules:
        if odd := _odd_statement(rule.item):
            raise _fault("TE046", rule, f"states {odd}", view)
        if lacks := next((f for f in rule.item.thresholds if f not in view.thresholds), None):
            unchecked.append(RuleNotRun(rule.name, rule.item.name, lacks, day))
        else:
            ready.append(rule)
    first = [rule for rule in ready if not rule.item.last]
    found = [
        *dict.fromkeys(one for own in views for rule in first for one in _found(rule, own))
    ]  # told once of all lots
    kept, ignored = _silenced(found, ignores)
    ran = frozenset(rule.name for rule in ready)
    last = view._replace(unused=tuple(_unused(ignores, ignored, ran)))
    kept += [one for rule in ready if rule.item.last for one in _found(rule, last)]
    return LintReport(source.name, _in_order(kept), tuple(ignored), tuple(unchecked), day, tuple(_silent(views)))


def _silent(views: Sequence[SchemeView]) -> dict[SilentMethod, None]:
    """The methods that state no formula, each once."""
    stated = [(view.rule.name, view.figure) for view in views]
    stated += [(leaf.scorer.name, leaf.expression) for view in views for leaf in view.leaves]
    return {SilentMethod(name, formula.why): None for name, formula in stated if isinstance(formula, Unsupported)}


def _found(registered: Registered[LintRule], view: SchemeView) -> Iterator[RuleFinding]:
    """What a rule finds, checked. A rule that raises or returns rubbish stops the run: it may have missed something.

    Raises:
        Refused: TE045 or TE046, naming the rule and its plugin.
    """
    rule = registered.item
    try:
        with kept_out(str(registered)):
            returned = list(rule.check(view))
    except Refused:
        raise
    except (Exception, SystemExit) as e:  # whatever a plugin raises is its fault, and is named
        raise _fault("TE045", registered, f"raised {type(e).__name__}: {e}", view) from e
    for finding in returned:
        if odd := _oddity(finding, view):
            raise _fault("TE046", registered, f"returned {odd}", view)
        yield RuleFinding(
            rule.code, rule.name, rule.severity, finding.message, finding.where, finding.hint, rule.clauses,
            registered.origin,
        )  # fmt: skip


def _odd_statement(rule: LintRule) -> str:
    """What a rule states of itself that no report can print; empty where all is well."""
    if not isinstance(rule.severity, Severity):
        return "a severity that is none of Severity"
    if not (_texts(rule.name, rule.summary) and _all(rule.thresholds, str)):
        return "a name, a summary or thresholds that are no texts"
    if not (
        _all(rule.clauses, Clause) and all(isinstance(c.section, str) and _texts(c.document) for c in rule.clauses)
    ):
        return "clauses that are no tuple of Clause"
    return ""


def _oddity(finding: object, view: SchemeView) -> str:
    """Why a value is no finding of this scheme; empty where it is one."""
    if not isinstance(finding, Finding):
        return f"a {type(finding).__name__}, which is no Finding"
    if not _texts(finding.message, finding.hint):
        return "a Finding without a message, or without a hint of what would mend it"
    where: object = finding.where
    if not (isinstance(where, Location) and type(where.line) is type(where.column) is int):
        return "a Finding without a place"
    if where.source != view.document.where.source or where.line < 0 or where.column < 0:
        return "a Finding at a place outside of the scheme"
    return ""


def _texts(*values: object) -> bool:
    """Whether all of them are texts that say something and can be written."""
    return all(isinstance(v, str) and v.strip() and v == v.encode("utf-8", "ignore").decode() for v in values)


def _all(values: object, kind: type) -> bool:
    return isinstance(values, tuple) and type(values) is not kind and all(isinstance(v, kind) for v in values)


def _fault(code: str, rule: Registered[LintRule], what: str, view: SchemeView) -> Refused:
    message = f"lint rule {rule} {what}"
    hint = "report it to the plugin's author; until then --ignore the rule"
    return Refused([Diagnostic(code, message, view.document.where, hint)])


def _silenced(
    found: Iterable[RuleFinding], ignores: Sequence[Ignore]
) -> tuple[list[RuleFinding], list[IgnoredFinding]]:
    by_line: Mapping[tuple[str, int], Ignore] = {
        (code, ignore.line): ignore
        for ignore in reversed(ignores)
        if ignore.reason and not ignore.fault
        for code in ignore.codes
    }
    kept: list[RuleFinding] = []
    ignored: list[IgnoredFinding] = []
    for one in found:
        if ignore := by_line.get((one.code, one.where.line)) or by_line.get((one.code, 0)):
            ignored.append(IgnoredFinding(one, ignore))
        else:
            kept.append(one)
    return kept, ignored


def _unused(
    ignores: Iterable[Ignore], ignored: Sequence[IgnoredFinding], ran: frozenset[str]
) -> Iterator[tuple[Ignore, tuple[str, ...]]]:
    """Ignore comments that silence nothing: only codes that were run, for of others nothing is known."""
    used = {(one.finding.code, one.ignore) for one in ignored}
    for ignore in ignores:
        if ignore.reason and not ignore.fault:
            idle = tuple(code for code in ignore.codes if code in ran and (code, ignore) not in used)
            if idle:
                yield ignore, idle


def _in_order(found: Iterable[RuleFinding]) -> tuple[RuleFinding, ...]:
    return tuple(sorted(found, key=lambda f: (f.where.line, f.where.column, f.code, f.message)))
