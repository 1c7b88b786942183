"""Rules on what a scheme says of itself: sources, conditions, currency, and how marks are agreed."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.lint.example import SOUND, but
from tender_eval.lint.rules.scale_words import LANCASHIRE
from tender_eval.lint.sources import CLEAR_CRITERIA, act, toolkit
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Finding, LintRule, SchemeView

_SOURCE = 'source: {document: Commissioning strategy of the authority, date: 2026-01, section: "4"}\n'
_NOTES = (
    "notes: The weights were agreed with the survivors' forum. The minimum keeps out bids that would not be safe.\n"
)
_WHY = "    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}\n"


class SourceUnstated(LintRule):
    """The scheme names neither a source nor any notes on why it is as it is.

    Whoever has to defend the weights later, perhaps in court, will want to know who chose them and why. Name the
    strategy, decision or guidance under source:, and say in notes: what was chosen freely.
    """

    code = "TE420"
    name = "source-unstated"
    severity = Severity.NOTE
    summary = "Nothing says where the scheme comes from and why it is as it is."
    clauses = (CLEAR_CRITERIA,)
    bad = but((_SOURCE, ""), (_NOTES, ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if not scheme.scheme.source and not scheme.scheme.notes:
            message = "neither source nor notes say where this scheme comes from"
            yield Finding(
                message, scheme.at("title"), "add source: {document: ..., date: ..., section: ...}, or notes:"
            )


class ConditionUnexplained(LintRule):
    """A condition that can turn a bid away has no title, or no source that says why it is asked.

    A condition is the hardest thing a scheme does to a bidder: it ends a bid unread. It must be proportionate, and
    that can only be judged when it is known what it is for. Give it a title in plain words and the source that asks
    for it, or the reason.
    """

    code = "TE421"
    name = "condition-unexplained"
    severity = Severity.WARNING
    summary = "A condition can end a bid, and nothing says why it is asked."
    clauses = (act("s.22"), CLEAR_CRITERIA)
    bad = but((_WHY, ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for condition in scheme.scheme.conditions:
            lacks = [w for w, text in (("title", condition.title), ("source", condition.source)) if not text]
            if lacks:
                message = f'the condition "{condition.id}" can end a bid, and has no {" and no ".join(lacks)}'
                yield Finding(message, condition.where, "add a title, and source: {document: ..., section: ...}")


class CurrencyUnstated(LintRule):
    """A price or an amount of money is read, and the scheme does not say in which currency.

    Bids in two currencies would be compared as plain numbers. Add currency: GBP; bids files in another one are then
    refused.
    """

    code = "TE422"
    name = "currency-unstated"
    severity = Severity.WARNING
    summary = "Prices are compared, and their currency is not stated; bids in another one would be taken as they are."
    clauses = (CLEAR_CRITERIA,)
    bad = but(("currency: GBP\n", ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        columns = [r.column for r in scheme.rule.reads(scheme.rule_params)]
        columns += [r.column for leaf in scheme.leaves for r in leaf.reads]
        if scheme.scheme.currency:
            return
        if scheme.grants:
            yield Finding("money is granted, and no currency is stated", scheme.at("title"), "add currency: GBP")
        elif any(map(reads_price, columns)):
            yield Finding("prices are compared, and no currency is stated", scheme.at("title"), "add currency: GBP")


class DivergenceUnstated(LintRule):
    """Several people mark, and it is not stated from when their marks must be moderated.

    Marks that lie far apart mean that evaluators read the question or the bid differently; averaged in silence they
    become a score that nobody gave. An award was set aside because the record could not explain the agreed scores.
    State panel: {divergence: 2}; it raises a flag. Ignore it where one person marks.
    """

    code = "TE423"
    name = "divergence-unstated"
    severity = Severity.NOTE
    summary = "Nothing says how far apart evaluators' marks may lie before they must be moderated."
    clauses = (LANCASHIRE, toolkit("3.1"))
    bad = but(("panel: {divergence: 2}\n", ""))
    good = SOUND

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        if scheme.scheme.divergence is None and any(leaf.marked for leaf in scheme.leaves):
            message = "it is not stated how far apart marks may lie before they must be moderated"
            yield Finding(message, scheme.at("award"), "add panel: {divergence: 2}")
