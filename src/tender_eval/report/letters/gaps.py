"""What must still be done before assessment summaries are sent, told to the one who makes them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tender_eval.case.case import Case
from tender_eval.case.matters import LOW
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import money
from tender_eval.languages.results import text
from tender_eval.model.explanation.flags import AbnormallyLowPrice
from tender_eval.model.regime import Law
from tender_eval.regime.duties import covered, duty, threshold
from tender_eval.regime.duty import Duty
from tender_eval.regime.standstill import Standstill
from tender_eval.report.letters.kinds import reaches_all
from tender_eval.report.letters.reasons_check import words_that_name
from tender_eval.report.terms.law import cited, cited_after

t = catalogue("letters")


def gaps(case: Case, told: Collection[str], standstill: Standstill | None = None) -> Iterator[str]:
    """What the law asks for and the summaries cannot hold, what may speak of another bidder, and what is open about a
    tender that they call successful.

    Args:
        told: the ids of the bids whose summaries are made.
        standstill: the period that they state; without it they state none.

    Source: Procurement Regulations 2024 reg. 31(2)(a)-(c) and (3)(a), for the facts of the supplier that the summary is
    of; Procurement Act 2023 s.19(3)-(5) for abnormally low prices.
    """
    regime = case.compiled.scheme.regime
    if regime.unread:
        yield t("gaps.law", words=t.listing(regime.unread))
    for rule in ("assessment_summary", "standstill"):
        if (row := duty(regime, rule)) and not row.verified:
            yield t("gaps.unread", clauses=cited(row.clauses))
    if regime.law is Law.PROCUREMENT_ACT_2023 and covered(regime) is False:
        least = threshold(regime)
        if least and not least.verified and least.figure is not None:
            yield t("gaps.threshold", figure=money(least.figure, "GBP"), clauses=cited(least.clauses))
    row = duty(regime, "standstill")
    if row and row.says == "must" and standstill is None and reaches_all(regime):
        yield t("gaps.standstill", clause=cited_after(row.clauses[0]))
    if facts := duty(regime, "summary_facts"):
        yield from _facts_of_suppliers(case, told, facts)
    for one, name, word in words_that_name(case, told):
        yield t("gaps.word", bid=one.id, mark=name, word=word)
    answered = {entry.body.get("bid") for entry in case.of_kind("abnormally_low_answer")}  # of tender-eval 0.1.0
    answered |= {matter.bid for matter in case.matters if matter.kind == LOW and matter.closed_by is not None}
    for lot, evaluation in case.evaluations.items():
        awarded, at = case.awarded(lot), t("gaps.at_lot", lot=lot) if lot else ""
        for bid in evaluation.bids:
            if bid.id in awarded and bid.id not in answered:
                low = [text(flag) for flag in bid.flags if isinstance(flag, AbnormallyLowPrice)]
                yield from (t("gaps.open_flag", bid=bid.id, lot=at, flag=flag) for flag in low)


def _facts_of_suppliers(case: Case, told: Collection[str], facts: Duty) -> Iterator[str]:
    assessed = {b.id for e in case.evaluations.values() for b in e.bids if b.criteria}
    named = [b for b in case.bids.bids if b.id in assessed and b.id in told]
    unaddressed = [b.id for b in named if not (b.contact.address and b.contact.email)]
    if unaddressed:
        yield t("gaps.addresses", clauses=cited(facts.clauses), bids=t.listing(unaddressed))
    if missing := [b.id for b in named if "supplier.identifier" not in b.figures]:
        yield t("gaps.identifiers", bids=t.listing(missing))
