"""What a letter is called, and to whom it tells of the winner, by the law that governs the award.

The Procurement Act 2023 has assessment summaries, for assessed tenders alone (s.50(3) and (5)). The regulations before
it, and those of Scotland, have a notice of the decision for every tenderer that is not definitively excluded, with the
characteristics and relative advantages of the successful tender (Public Contracts Regulations 2015 reg. 86(1), (2) and
(7); Public Contracts (Scotland) Regulations 2015 reg. 85(1), (2) and (9)). Under the Provider Selection Regime each
provider is told in writing whether its offer was successful, and an unsuccessful one the criteria and the reasons for
both (Health Care Services (Provider Selection Regime) Regulations 2023 reg. 11(8) and Schedule 9).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.regime import Law, Regime
from tender_eval.regime.duties import duty
from tender_eval.report.letters.scores import AssessedBid
from tender_eval.report.terms.heads import heads

t = catalogue("letters", "terms")

SUMMARY, NOTICE, OFFER, PLAIN = "summary", "notice", "offer", "plain"
_KINDS = {
    Law.PROCUREMENT_ACT_2023: SUMMARY,
    Law.PCR_2015: NOTICE,
    Law.UCR_2016: NOTICE,
    Law.CCR_2016: NOTICE,
    Law.PCSR_2015: NOTICE,
    Law.PSR_2023: OFFER,
    Law.PSR_WALES_2025: OFFER,
}


def kind_of(regime: Regime, day: date | None = None) -> str:
    """What the law has its letters be; ``plain`` where it has none."""
    row = duty(regime, "assessment_summary", day)
    return PLAIN if row is None or regime.law is None else _KINDS.get(regime.law, PLAIN)


def reaches_all(regime: Regime) -> bool:
    """Whether the law has every tenderer told of the winner, and not those alone whose tenders were assessed."""
    return kind_of(regime) in (NOTICE, OFFER)


def advantages(own: AssessedBid, best: AssessedBid, level: int) -> Iterator[Block]:
    """At which questions the successful tender earned more points, where the law asks for its relative advantages."""
    if kind_of(own.case.compiled.scheme.regime) != NOTICE or not own.result.criteria:
        return
    leaves = {leaf.id for leaf in own.case.plan(own.lot).leaves}
    mine = {found.id: found for found in own.result.criteria if found.id in leaves}
    more = [
        (found.title or found.id, own.printed(mine[found.id]), best.printed(found))
        for found in best.result.criteria
        if found.id in mine and found.points > mine[found.id].points
    ]
    yield heading(t("advantages"), level)
    if more:
        yield table(t("advantages.caption"), heads(t, "advantages", "title own theirs"), more, numbers=(1, 2))
    else:
        yield paragraph(t("advantages.none"))
