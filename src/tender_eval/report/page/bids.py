"""One bid as the report shows it: where it came, its points criterion by criterion, and its marks."""

from __future__ import annotations

from dataclasses import dataclass

from tender_eval.audit.case import Case
from tender_eval.languages import results
from tender_eval.languages.catalogue import Catalogue
from tender_eval.languages.inert import cut
from tender_eval.model.bids import Bid, Member
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.wording import percent
from tender_eval.report.page.charts import share
from tender_eval.report.page.conditions import Answer, answers
from tender_eval.report.page.marks import Card, CardMaker
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.prices import PriceSection, PriceView
from tender_eval.report.page.sayings import DEEPEST, LONGEST_NAME
from tender_eval.report.printed import rank_of

LONGEST_HEAD = 34
QUALITY = "quality"  # the stage at which prices are closed and no rank means anything


@dataclass(frozen=True, slots=True)
class Points:
    """A row of a bid's points; ``bar`` is the share of the points available, from 0 to 100."""

    title: str
    depth: int
    group: bool
    available: str
    score: str
    points: str
    bar: str


@dataclass(frozen=True, slots=True)
class BidView:
    """A bid. ``short`` is its name for the head of a narrow column."""

    anchor: str
    id: str
    name: str
    short: str
    whole_name: str
    rank: str
    status: str
    ranked: bool
    awarded: bool
    figure: str
    value: str
    award: str
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    members: tuple[str, ...]
    answers: tuple[Answer, ...]
    points: tuple[Points, ...]
    by_criterion: dict[str, Points]
    cards: tuple[Card, ...]
    price: PriceView | None


class BidViewer:
    """Makes the views of the bids of one evaluation."""

    def __init__(
        self, case: Case, evaluation: Evaluation, decided: frozenset[str], numbers: Numbers, words: Catalogue,
        prices: PriceSection, anchor: str,
    ) -> None:  # fmt: skip
        plan = case.compiled.plan
        self._plan, self._evaluation, self._numbers, self._words = plan, evaluation, numbers, words
        self._prices, self._anchor = prices, anchor
        self._open = case.stage != QUALITY
        self._decided = decided
        self._awards = evaluation.shares_money
        within = {part: node.title for node in plan.nodes for part in node.parts}
        self._cards = CardMaker(plan.scheme, within, case.corrections, evaluation.lot, numbers, words)
        self._groups = {node.id for node in plan.nodes if node.parts}

    def view(self, bid: BidResult, stated: Bid, number: int) -> BidView:
        """A bid from its result and from what it stated."""
        points = {c.id: self._points(c.id, bid) for c in bid.criteria}
        name = cut(bid.name, LONGEST_NAME)
        return BidView(
            anchor=f"{self._anchor}-bid-{number}", id=bid.id, name=name, short=cut(bid.name, LONGEST_HEAD),
            whole_name=bid.name if name != bid.name else "", rank=rank_of(bid) if self._open else "",
            status=self._status(bid), ranked=bid.rank is not None,
            awarded=self._is_awarded(bid), figure=self._numbers.figure(bid.figure),
            value=self._numbers.value(bid.figure) if bid.figure is not None and self._open else "",
            award=self._numbers.money(bid.award) if self._awards else "",
            reasons=tuple(map(results.text, bid.reasons)), flags=tuple(map(results.text, bid.flags)),
            members=tuple(self._member(m) for m in stated.members),
            answers=answers(bid, self._plan.scheme.conditions),
            points=tuple(points.values()), by_criterion=points,
            cards=tuple(
                card for leaf in self._plan.leaves
                if (card := self._cards.card(leaf, stated, bid.criterion(leaf.id))) is not None
            ),
            price=self._prices.by_bid.get(bid.id),
        )  # fmt: skip

    def _is_awarded(self, bid: BidResult) -> bool:
        return self._open and bid.id in self._decided

    def _status(self, bid: BidResult) -> str:
        if bid.rank is not None and not self._open:
            return self._words("status.scored")
        if self._is_awarded(bid):
            return self._words("funded" if self._awards else "awarded")
        return self._words("tied") if bid.tied else self._words(f"status.{bid.status}")

    def _points(self, criterion: str, bid: BidResult) -> Points:
        found = bid.criterion(criterion)
        if found is None:
            raise KeyError(criterion)
        return Points(
            found.title or found.id,
            min(found.depth, DEEPEST),
            criterion in self._groups,
            self._numbers.available(found.available),
            self._numbers.score(found.score),
            self._numbers.points(found.points),
            share(found.points, found.available),
        )

    def _member(self, member: Member) -> str:
        facts = [member.role] if member.role else []
        facts += [self._words("bids.share", share=percent(member.share))] if member.share else []
        facts.append(self._words("bids.confirmed" if member.confirmed else "bids.unconfirmed"))
        return self._words("bids.member", name=cut(member.name, LONGEST_NAME), facts=", ".join(facts))
