"""One tender, or one lot of it, as the sections of its report ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tender_eval.case.case import Case
from tender_eval.case.phases import Phase
from tender_eval.case.state import QUALITY
from tender_eval.engine.plan import Plan
from tender_eval.languages.inert import cut
from tender_eval.languages.messages import Called
from tender_eval.languages.results import flags, lost, reasons
from tender_eval.languages.runs import Runs
from tender_eval.lots.reasons import Reason
from tender_eval.model.bids import Bid
from tender_eval.model.evaluation import BidResult, CriterionResult, Evaluation, bids_of
from tender_eval.report.evaluation.figures import LONGEST_NAME, WORDS, PrintedFigures
from tender_eval.report.evaluation.id_names import called_in
from tender_eval.report.evaluation.outcome import outcome_of
from tender_eval.report.evaluation.verdict import Verdict


@dataclass(frozen=True)
class EvaluatedLot:
    """A tender or lot.

    Attributes:
        title: of the lot, where it has one.
        anchor: what the anchors of its sections begin with.
        level: of the headings of its sections.
        bids: as they are listed: in rank order, or by id while prices are closed.
        stated: what each bid stated, by id.
        decided: the bids that win, or are funded, while nothing leaves that open.
        criteria: every criterion at which some bid was scored, in the order of the scheme.
        numbers: of the bids, as they are listed.
    """

    case: Case
    evaluation: Evaluation
    figures: PrintedFigures
    title: str
    anchor: str
    level: int
    closed: bool
    bids: tuple[BidResult, ...]
    stated: dict[str, Bid]
    decided: frozenset[str]
    criteria: tuple[CriterionResult, ...]
    numbers: dict[str, int]
    verdict: Verdict

    @property
    def plan(self) -> Plan:
        """The compiled scheme's, as it stands for the lot."""
        return self.case.plan(self.evaluation.lot)

    @property
    def lot_name(self) -> str:
        """What the lot is called."""
        key = "result.lot titled" if self.title else "result.lot"
        return WORDS(key, id=self.evaluation.lot, title=self.title)

    @property
    def phase(self) -> Phase:
        """How far the tender or lot has come."""
        return self.case.phase(self.evaluation.lot)

    @property
    def told(self) -> bool:
        """Whether ranks, totals and winners may be told."""
        return self.case.evaluated(self.evaluation.lot)

    @cached_property
    def called(self) -> Called:
        """What stands for ids in what results say."""
        return called_in(self.case)

    def reasons(self, bid: BidResult) -> tuple[Runs, ...]:
        """Why a bid is not ranked, or not funded."""
        return reasons(bid, called=self.called)

    def flags(self, bid: BidResult) -> tuple[Runs, ...]:
        """What a panel must look at of a bid before it decides; told once, for it stands in several places."""
        if bid.id not in self._flags:
            self._flags[bid.id] = flags(bid, called=self.called)
        return self._flags[bid.id]

    @cached_property
    def _flags(self) -> dict[str, tuple[Runs, ...]]:
        return {}

    def lost(self, why: Reason) -> Runs:
        """Why a bid is not awarded a lot."""
        return lost(why, called=self.called)

    def at(self, section: str) -> str:
        """The anchor of a section."""
        return f"{self.anchor}-{section}"

    def anchor_of(self, bid: BidResult) -> str:
        """The anchor of a bid's own section."""
        return f"{self.anchor}-bid-{self.numbers[bid.id]}"

    def counts(self) -> str:
        """How many bids there are, and how many of them are ranked where there is a result."""
        bids, ranked = bids_of(self.bids), bids_of(bid for bid in self.bids if bid.rank)
        received = WORDS.count("bids", len(bids))
        if not self.told:
            return received
        return WORDS("result.counts", received=received, ranked=len(ranked), out=len(bids - ranked))

    def status_of(self, bid: BidResult) -> str:
        """How a bid came out, in a word."""
        if bid.id in self.decided:
            return WORDS("funded" if self.evaluation.shares_money else "awarded")
        if bid.rank is not None and self.closed:
            return WORDS("status.scored")
        return WORDS("tied" if bid.tied else f"status.{bid.status}")


def evaluated_lots(case: Case) -> tuple[EvaluatedLot, ...]:
    """The lots of a case in the order of the tender; one for a tender without lots."""
    titles = {lot.id: cut(lot.title, LONGEST_NAME) for lot in case.bids.tender.lots}
    return tuple(_evaluated_lot(case, lot, titles.get(lot, ""), n) for n, lot in enumerate(case.evaluations, 1))


def _evaluated_lot(case: Case, lot: str, title: str, number: int) -> EvaluatedLot:
    evaluation, closed = case.evaluations[lot], case.stage == QUALITY
    bids = tuple(sorted(evaluation.bids, key=lambda b: b.id)) if closed else evaluation.bids
    scored = {c.id: c for c in evaluation.criteria}
    figures = PrintedFigures(evaluation, case.compiled.scheme.currency)
    return EvaluatedLot(
        case=case,
        evaluation=evaluation,
        figures=figures,
        title=title,
        anchor=f"lot-{number}",
        level=2 if lot else 1,
        closed=closed,
        bids=bids,
        stated={b.id: b for b in case.bids_for(lot).bids},
        decided=frozenset(case.awarded(lot)),
        criteria=tuple(scored[node.id] for node in case.plan(lot).nodes if node.id in scored),
        numbers={bid.id: n for n, bid in enumerate(bids, 1)},
        verdict=outcome_of(case, lot, figures),
    )
