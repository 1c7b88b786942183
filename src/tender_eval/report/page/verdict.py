"""Who wins and why, how firm that is, or why nobody does yet: the sentences at the head of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from tender_eval.audit.case import Case
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.report.in_words import ties_in_words
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.sayings import listed, name_of, say, say_count
from tender_eval.report.sentences import tied_names

MOST_NAMED = 6  # more winners than this are counted in the headline, and named in the ranking


@dataclass(frozen=True, slots=True)
class Verdict:
    """``kind`` is won, tied, none, or quality while prices are closed."""

    kind: str
    headline: Markup
    because: tuple[Markup, ...]
    firmness: tuple[Markup, ...]


def verdict_of(evaluation: Evaluation, plan: Plan, numbers: Numbers, words: Catalogue) -> Verdict:
    """The outcome of one tender or lot."""
    return _Teller(evaluation, plan, numbers, words).verdict()


def decided_for(case: Case, evaluation: Evaluation) -> frozenset[str]:
    """The bids that win, or are funded, whatever a tie that is still open decides."""
    winners = frozenset(case.awarded(evaluation.lot))
    return winners if case.across or evaluation.shares_money else winners - set(tied_names(evaluation))


def still_closed(words: Catalogue) -> Verdict:
    """What stands in place of a result at the quality stage of two envelopes."""
    return Verdict("quality", say(words, "verdict.quality"), (say(words, "verdict.quality why"),), ())


class _Teller:
    def __init__(self, evaluation: Evaluation, plan: Plan, numbers: Numbers, words: Catalogue) -> None:
        self.evaluation, self.plan, self.numbers, self.words = evaluation, plan, numbers, words
        self.ranked = [b for b in evaluation.bids if b.rank is not None]
        self.awarded = [b for b in self.ranked if b.id in evaluation.winning]

    def verdict(self) -> Verdict:
        if not self.ranked:
            why = "verdict.all out" if self.evaluation.bids else "verdict.nobody"
            return Verdict("none", say(self.words, "verdict.none"), (say(self.words, why),), ())
        if self.evaluation.shares_money:
            return self._grants()
        if self.evaluation.tied:
            return self._tied()
        return self._won()

    def _won(self) -> Verdict:
        first = self.awarded[0]
        if len(self.awarded) == 1:
            headline = say(self.words, "verdict.won", name=name_of(first.name))
        elif len(self.awarded) <= MOST_NAMED:
            names = [name_of(b.name) for b in self.awarded]
            headline = say(self.words, "verdict.won several", names=listed(self.words, names))
        else:
            headline = say(self.words, "verdict.won many", n=len(self.awarded))
        return Verdict("won", headline, (self._has(), *self._next()), self._firmness())

    def _has(self) -> Markup:
        figure, best = self.evaluation.figure, self.words(f"best.{self.evaluation.best}")
        counts = figure.endswith("points") and self.evaluation.best == "highest"
        if len(self.awarded) == 1:
            value = self.awarded[0].figure
            if len(self.ranked) == 1:
                return say(self.words, "verdict.only", value=self.numbers.value(value))
            return say(
                self.words,
                "verdict.most" if counts else "verdict.best",
                best=best,
                figure=figure,
                value=self.numbers.figure(value),
            )
        each = [
            say(self.words, "verdict.several one", name=name_of(b.name), value=self.numbers.figure(b.figure))
            for b in self.awarded
        ]
        key = "verdict.several most" if counts else "verdict.several"
        return say(self.words, key, best=best, figure=figure, values=listed(self.words, each))

    def _next(self) -> tuple[Markup, ...]:
        last, after = self._border()
        if after is None:
            return ()
        if last.figure == after.figure:
            ties = self.words("list.then").join(ties_in_words(self.plan))
            names = {"first": name_of(last.name), "second": name_of(after.name)}
            return (say(self.words, "verdict.tie broken", ties=ties, **names),)
        key = "verdict.next" if len(self.awarded) == 1 else "verdict.border"
        value, gap = self.numbers.figure(after.figure), self.numbers.gap(last, after)
        return (say(self.words, key, name=name_of(after.name), value=value, gap=gap, last=name_of(last.name)),)

    def _border(self) -> tuple[BidResult, BidResult | None]:
        """The last who wins and the first who does not."""
        rest = [b for b in self.ranked if b.id not in self.evaluation.winning]
        return self.awarded[-1], rest[0] if rest else None

    def _firmness(self) -> tuple[Markup, ...]:
        last, after = self._border()
        if after is None:
            return (say(self.words, "firm.alone"),)
        names = {"first": name_of(last.name), "second": name_of(after.name)}
        if last.figure == after.figure:
            return (say(self.words, "firm.no gap", figure=self.evaluation.figure, **names),)
        gap = say(self.words, "firm.gap", gap=self.numbers.gap(last, after), figure=self.evaluation.figure, **names)
        return (gap, say(self.words, "firm.reading"))

    def _tied(self) -> Verdict:
        tied = tied_names(self.evaluation)
        among = [b for b in self.ranked if b.id in tied]
        placed = [b for b in self.awarded if b.id not in tied]
        headline = say(self.words, "verdict.tied", names=self._names(among))
        because = [say(self.words, "verdict.undecided", value=self.numbers.value(among[0].figure))]
        if placed:
            because.append(say_count(self.words, "verdict.placed", len(placed), names=self._names(placed)))
        return Verdict("tied", headline, tuple(because), (say(self.words, "firm.undecided"),))

    def _grants(self) -> Verdict:
        funded = [b for b in self.ranked if b.award]
        total = self.numbers.money(sum((b.award for b in funded if b.award), Fraction(0)))
        because = [say(self.words, "verdict.shared out", figure=self.evaluation.figure, total=total)]
        tied = [b for b in self.ranked if b.id in tied_names(self.evaluation)]
        if tied:
            because.append(say(self.words, "verdict.unfunded tie", names=self._names(tied)))
        headline = say_count(self.words, "verdict.funded", len(funded))
        return Verdict("tied" if tied else "won" if funded else "none", headline, tuple(because), ())

    def _names(self, bids: Sequence[BidResult]) -> Markup:
        return listed(self.words, [name_of(b.name) for b in bids])
