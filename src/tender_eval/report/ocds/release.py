"""The evaluation as a release of the Open Contracting Data Standard 1.1: criteria, bids and awards.

Source: OCDS 1.1.5 release and release package schemas; the extensions for bids (``bids.details``), lots, and the
award criteria breakdown (``awardCriteria.criteria`` of a lot, with weights as numbers). The breakdown hangs on
lots, so a tender without lots is published as one lot, as OCDS for eForms does.

A price is published as it was offered: where the scheme makes it of components, their undiscounted total.

Of bids that are not awarded anything nothing is published but how many there are, unless it is asked for: their ids,
names, prices and ranks may be confidential (Procurement Act 2023 s.94). An award notice asks for the names of the
unsuccessful alone, of contracts above five million pounds (`unsuccessful_suppliers` in the table of law).

Under the Procurement Act 2023 the fields of the extension of the United Kingdom are added (`united_kingdom`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.engine.facts.price import offered_price
from tender_eval.engine.plan import Leaf
from tender_eval.engine.questions import counts, expression_of, shares_out_money
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.steps import formula as formula_of
from tender_eval.lots.policy import LotPolicy, policy_of
from tender_eval.lots.questions import keeps_to_limits
from tender_eval.model.bids import Bid
from tender_eval.model.digits import percent, shown
from tender_eval.model.evaluation import BidResult, Evaluation, Step, bids_of
from tender_eval.model.explanation.labels import RankedBy, ranked_figure
from tender_eval.model.scheme import Minimum
from tender_eval.model.suppliers import Key, suppliers_of
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Figure
from tender_eval.report.ocds import united_kingdom
from tender_eval.report.ocds.json_text import json_text
from tender_eval.report.ocds.outcome import Outcome
from tender_eval.report.ocds.parties import Parties, digest
from tender_eval.report.terms.limits import limits_in_words
from tender_eval.report.terms.scheme import near_tie_in_words, people_decide_in_words

t = catalogue("ocds")
_HOME = "https://raw.githubusercontent.com/open-contracting-extensions"
EXTENSIONS = (
    f"{_HOME}/ocds_bid_extension/master/extension.json",
    f"{_HOME}/ocds_lots_extension/v1.1.5/extension.json",
    f"{_HOME}/ocds_awardCriteriaBreakdown_extension/master/extension.json",
)
ONLY_LOT = "1"  # the lot of a tender without lots


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the release, and for which buyer; ``uri``, ``scheme`` and ``uid`` identify the publisher.

    Attributes:
        buyer: by default the publisher itself.
        buyer_id: of the buyer in a register, with its scheme, such as ``GB-PPON-PABC-1234-DEFG``.
    """

    name: str
    uri: str = ""
    scheme: str = ""
    uid: str = ""
    buyer: str = ""
    buyer_id: str = ""


def ocds_release(
    case: Case, ocid: str, date: str, publisher: Publisher, outcome: Outcome, *, uri: str = "", losers: bool = False
) -> str:
    """A release package with one release, as JSON; the same case and arguments give the same bytes.

    Args:
        ocid: the identifier of the contracting process, with the publisher's registered prefix.
        date: when the release is published, RFC 3339 with a zone (``2026-06-01T12:00:00Z``).
        outcome: how far the tender has come, and who is awarded what.
        uri: where the package can be had; default: a URN of the record's head.
        losers: whether the bids that are not awarded anything are published too.
    """
    release = _Release(case, ocid, date, publisher, outcome, losers)
    kind = "draft" if outcome.draft else "record"
    package = {
        "uri": uri or f"urn:tender-eval:{kind}:{case.head}",
        "version": "1.1",
        "extensions": [*EXTENSIONS, *(united_kingdom.EXTENSIONS if release.british else ())],
        "publishedDate": date,
        "publisher": _non_empty(name=publisher.name, scheme=publisher.scheme, uid=publisher.uid, uri=publisher.uri),
        "releases": [release.data()],
    }
    return json_text(package, "") + "\n"


class _Release:
    """One release in the making; parties are collected as they are named."""

    def __init__(self, case: Case, ocid: str, date: str, publisher: Publisher, outcome: Outcome, losers: bool) -> None:
        self.case, self.ocid, self.date = case, ocid, date
        self.outcome, self.losers = outcome, losers
        self.publisher = publisher
        self.currency = case.bids.currency or case.state.whole.scheme.currency
        self.whole = case.state.whole
        self.british = united_kingdom.is_british(self.whole.scheme.regime)
        self.parties = Parties(british=self.british)
        self.lots = {lot: lot or ONLY_LOT for lot in outcome.lots}
        self.told = {lot: found for lot, found in case.evaluations.items() if lot in outcome.told}

    def data(self) -> dict[str, Any]:
        """The release."""
        buyer = self.parties.party(
            self.publisher.buyer_id, self.publisher.buyer or self.publisher.name, "buyer", "procuringEntity"
        )
        bids = [bid for lot, found in self.told.items() for bid in self._bids(lot, found)]
        awards = [award for lot, found in self.told.items() for award in self._awards(lot, found)]
        contracts = list(self._contracts(awards))
        statistics = list(self._statistics())
        tender = self._tender(buyer, bids)
        return {
            "ocid": self.ocid,
            "id": f"{self.ocid}-{'draft-' if self.outcome.draft else ''}{digest(self.case.head, self.date)}",
            "date": self.date,
            "tag": ["award" if awards else self._tag(), *(["contract"] if contracts else [])],
            "initiationType": "tender",
            "language": "en",
            "parties": self.parties.listed,
            "buyer": buyer,
            "tender": tender,
            **({"bids": {"statistics": statistics, **({"details": bids} if bids else {})}} if statistics else {}),
            **({"awards": awards} if awards else {}),
            **({"contracts": contracts} if contracts else {}),
        }

    def _tag(self) -> str:
        """What the release is of, where it has no awards: the tender as it is published, its end, or news of it."""
        if self.outcome.tender == "cancelled":
            return "tenderCancellation"
        return "tender" if self.case.phase() == Phase.PUBLISHED else "tenderUpdate"

    def _tender(self, buyer: dict[str, Any], bids: list[dict[str, Any]]) -> dict[str, Any]:
        scheme, tender = self.whole.scheme, self.case.bids.tender
        tenderers = {t["id"]: t for bid in bids for t in bid["tenderers"]}
        title = tender.title or scheme.title
        return {
            **_non_empty(id=tender.id or self.ocid, title=t("draft", title=title) if self.outcome.draft else title),
            "status": self.outcome.tender,
            "procuringEntity": buyer,
            "awardCriteria": self._kind(),
            "awardCriteriaDetails": self._terms(),
            **({"tenderPeriod": {"endDate": scheme.deadline}} if scheme.deadline else {}),
            **({"numberOfTenderers": self._number_of_tenderers()} if self.told else {}),
            **({"tenderers": list(tenderers.values())} if tenderers else {}),
            **({"lots": list(map(self._lot, self.lots))} if self.lots else {}),
            **self._lot_details(),
            **(united_kingdom.of_tender(scheme.regime) if self.british else {}),
        }

    def _number_of_tenderers(self) -> int:
        """How many organisations tender, alone or together."""
        suppliers = suppliers_of(self.case.bids.bids)
        return len(frozenset[Key]().union(*suppliers.parties.values()))

    def _lot_details(self) -> dict[str, Any]:
        """How many lots one supplier may tender for and be awarded, where the scheme says so."""
        policy = self._policy()
        most = {
            "maximumLotsBidPerSupplier": policy and policy.limits.most_tendered,
            "maximumLotsAwardedPerSupplier": policy and policy.limits.most_awarded,
        }
        stated: dict[str, Any] = {name: number for name, number in most.items() if number}
        if self.british and (reason := self.whole.scheme.regime.no_lots_reason) and "" in self.outcome.lots:
            stated["noLotsDivisionRationale"] = reason
        return {"lotDetails": stated} if stated else {}

    def _policy(self) -> LotPolicy | None:
        """The policy under which lots are awarded together, where they are."""
        if self.whole.scheme.award.lots is None:
            return None
        policy = policy_of(self.whole.scheme, self.whole.plan.catalogue)
        return policy if keeps_to_limits(policy) else None

    def _kind(self) -> str:
        """The code of the awardCriteria codelist."""
        plan = self.whole.plan
        figure, counted = expression_of(plan.rule), counts(plan)
        if isinstance(figure, Unsupported) or shares_out_money(plan):
            return "ratedCriteria"
        by_price = any(isinstance(part, Figure) for part in figure.walk())
        if not counted:
            return "priceOnly" if by_price else "ratedCriteria"
        scored = {leaf for name in counted for leaf in plan.node(name).leaves}
        priced = any(leaf.reads_price for leaf in plan.leaves if leaf.id in scored)
        return "ratedCriteria" if by_price or priced else "qualityOnly"

    def _terms(self) -> str:
        plan = self.whole.plan
        rule = plan.rule.rule
        figure, best = ranked_name(ranked_figure(rule.item.figure)), t(f"best.{rule.item.best}")
        told = [t("ranked", figure=figure, best=best, rule=rule.name)]
        if plan.scheme.conditions:
            told.append(t("conditions", list="; ".join(c.title or c.id for c in plan.scheme.conditions)))
        minimums = [f"{c.title} {_minimum(c.minimum)}" for c in plan.scheme.walk() if c.minimum]
        if minimums:
            told.append(t("minimums", list="; ".join(minimums)))
        ties = t("ties.then").join(tie.label for tie in plan.ties)
        then = people_decide_in_words(plan) or t("ties.declared")
        told.append(t("ties broken" if ties else "ties", ties=ties, then=then))
        told += filter(None, [near_tie_in_words(plan)])
        if policy := self._policy():
            limits = "; ".join(limits_in_words(policy.limits))
            told.append(t("lots", mechanism=policy.mechanism.name, limits=limits))
        digest = plan.scheme.sha256 or t("not stated")
        told.append(t("scheme", title=plan.scheme.title, id=plan.scheme.id, sha256=digest))
        return " ".join(told)

    def _lot(self, lot: str) -> dict[str, Any]:
        titles = {x.id: x.title for x in self.case.bids.tender.lots}
        title = titles.get(lot) or self.case.bids.tender.title or self.whole.scheme.title
        found, rule = self.told.get(lot), self.whole.plan.rule.rule.item
        formula = next((formula_of(step) for bid in found.bids for step in _tops(found, bid)), "") if found else ""
        ranked = ranked_name(ranked_figure(rule.figure)) + (f": {formula}" if formula else "")
        return {
            **_non_empty(id=self.lots[lot], title=title),
            "status": self.outcome.lots[lot],
            "awardCriteria": {
                "weightingDescription": t("ranked in short", figure=ranked, best=t(f"best.{rule.best}")),
                "criteria": [self._criterion(leaf, lot) for leaf in self.whole.for_lot(lot).plan.leaves],
            },
        }

    def _criterion(self, leaf: Leaf, lot: str) -> dict[str, Any]:
        plan = self.whole.for_lot(lot).plan
        stated = {c.id: c for c in plan.scheme.walk()}
        above = [n.title for n in plan.nodes if n.parts and leaf.id in n.leaves]
        whole = plan.available
        numbers = [{"number": leaf.points, "weight": "percentageExact" if whole == 100 else "pointsExact"}]
        minimum = stated[leaf.id].minimum
        if minimum and minimum.mark is not None:
            numbers.append({"number": minimum.mark, "threshold": "minimumScore"})
        described = [stated[leaf.id].description, t("scored", scorer=leaf.scorer.name)]
        if minimum:
            described.append(t("minimum", minimum=_minimum(minimum)))
        priced = any(r.column == "price" for r in leaf.reads)
        return {
            "type": "price" if priced else "quality",
            "name": ": ".join([*above, leaf.title or leaf.id]),
            "description": " ".join(filter(None, described)),
            "numbers": numbers,
        }

    def _bids(self, lot: str, found: Evaluation) -> Iterator[dict[str, Any]]:
        """The bids for a lot that may be published, as they stand for it, in the order of the file."""
        results = {bid.id: bid for bid in found.bids}
        for bid in self.case.bids_for(lot).bids:
            if not self.losers and bid.id not in self.outcome.winners[lot]:
                continue
            result = results[bid.id]
            yield {
                "id": self._bid_id(bid.id, lot),
                "status": _status(result),
                **({"hasRank": True, "rank": result.rank} if result.rank else {"hasRank": False}),
                "tenderers": self.parties.tenderers(bid),
                **self._value(self._price(bid), bid.currency),
                "relatedLots": [self.lots[lot]],
            }

    def _bid_id(self, bid: str, lot: str) -> str:
        return f"{bid}/{lot}" if lot else bid

    def _price(self, bid: Bid) -> Fraction | None:
        return offered_price(bid, self.whole.scheme.price)

    def _value(self, amount: Fraction | None, currency: str = "") -> dict[str, Any]:
        if amount is None:
            return {}
        return {"value": {"amount": amount} | _non_empty(currency=currency or self.currency)}

    def _awards(self, lot: str, found: Evaluation) -> Iterator[dict[str, Any]]:
        """One award for each bid that is awarded."""
        bids = {bid.id: bid for bid in self.case.bids_for(lot).bids}
        for result in found.bids:
            if result.id not in self.outcome.winners[lot]:
                continue
            bid = bids[result.id]
            suppliers = self.parties.tenderers(bid)
            for supplier in suppliers:
                self.parties.add_roles(supplier["id"], "supplier")
            amount = result.award if result.award is not None else self._price(bid)
            yield {
                "id": f"{self.ocid}-award-{self._bid_id(result.id, lot)}",
                "status": self.outcome.awards[lot],
                **self._value(amount),
                "suppliers": suppliers,
                "relatedBids": [self._bid_id(result.id, lot)],
                "relatedLots": [self.lots[lot]],
                **self._decided_on(lot),
                **(united_kingdom.of_award(self.case, lot, self.outcome.summaries_sent_on) if self.british else {}),
            }

    def _contracts(self, awards: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """What the awards came to, under the Act, once the day of signing is stated of their lot."""
        titles = {self.lots.get(x.id): x.title for x in self.case.bids.tender.lots}
        signed = {self.lots[lot]: day for lot, day in self.outcome.signed_on.items()}
        whole = self.case.bids.tender.title or self.whole.scheme.title
        if self.british and not self.outcome.draft:
            for award in awards:
                (lot,) = award["relatedLots"]
                if lot in signed:
                    title = titles.get(lot) or whole
                    yield united_kingdom.of_contract(award, title, self.whole.scheme.regime, signed[lot])

    def _decided_on(self, lot: str) -> dict[str, str]:
        """When it was decided to award a lot."""
        decision = self.case.decision(lot)
        at = next((entry.at for entry in self.case.entries if decision and entry.number == decision.entry), "")
        return _non_empty(date=at)

    def _statistics(self) -> Iterator[dict[str, Any]]:
        for lot, found in self.told.items():
            every, name = bids_of(found.bids), self.lots[lot]
            valid = bids_of(bid for bid in found.bids if _status(bid) == "valid")
            british = united_kingdom.statistics(self.case, lot) if self.british else ()
            for measure, number in (("bids", len(every)), ("validBids", len(valid)), *british):
                yield {"id": f"{measure}-{name}", "measure": measure, "value": number, "relatedLot": name}


def _status(bid: BidResult) -> str:
    """A code of the bidStatus codelist."""
    return "valid" if bid.rank else "withdrawn" if bid.status == "withdrawn" else "disqualified"


def _tops(found: Evaluation, bid: BidResult) -> Iterator[Step]:
    """The step of the figure that a bid is ranked by."""
    return (step for step in bid.step.inputs if bid.figure is not None and step.by and isinstance(step.label, RankedBy))


def _minimum(minimum: Minimum | None) -> str:
    if minimum is None:
        return ""
    return percent(minimum.share) if minimum.share is not None else t("minimum.mark", mark=shown(minimum.mark))


def _non_empty(**texts: str) -> dict[str, Any]:
    return {key: text for key, text in texts.items() if text}
