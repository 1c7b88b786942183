"""Who wins and why, how firm that is, or why nobody does yet: the same for every document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from tender_eval.documents.model import Block, Notice, Tone, paragraph
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.runs import Runs, name
from tender_eval.model.evaluation import BidResult, Evaluation
from tender_eval.model.explanation.labels import Unit, unit_of
from tender_eval.report.evaluation.figures import WORDS, PrintedFigures

MOST_NAMED = 6  # more winners than this are counted on a page, and named in its ranking


class Verdict(NamedTuple):
    """The outcome; ``tone`` is won, tied or none, or heed while prices are closed."""

    tone: Tone
    headline: Runs
    because: tuple[Runs, ...]
    firmness: tuple[Runs, ...] = ()
    level: bool = False  # whether only a tie break separates the last who wins from the next

    def notice(self, *more: Block) -> Notice:
        """The outcome as the box that is read first, with what else stands in it."""
        why = (paragraph(*self.because),) if self.because else ()
        return Notice(self.headline, (*why, *more), self.tone, large=True)


def verdict_of(evaluation: Evaluation, figures: PrintedFigures | None = None) -> Verdict:
    """The outcome of one tender or lot, as it stands by itself.

    Args:
        figures: how figures are printed; as bare digits where that is not given.
    """
    return _VerdictWriter(evaluation, figures or PrintedFigures(evaluation, brief=True)).verdict()


def closed_verdict(*, opened: bool = False) -> Verdict:
    """What stands in place of a result at the quality stage of two envelopes; ``opened`` once prices were read."""
    if opened:
        return Verdict("heed", WORDS.say("verdict.prices open"), (WORDS.say("verdict.prices open why"),))
    return Verdict("heed", WORDS.say("verdict.quality"), (WORDS.say("verdict.quality why"),))


def nobody(evaluation: Evaluation) -> Verdict:
    """What stands in place of a result where no bid is ranked."""
    why = "verdict.all out" if evaluation.bids else "verdict.nobody"
    return Verdict("none", WORDS.say("verdict.none"), (WORDS.say(why),))


class _VerdictWriter:
    def __init__(self, evaluation: Evaluation, figures: PrintedFigures) -> None:
        self.evaluation, self.figures = evaluation, figures
        self.ranked, self.awarded = evaluation.ranked, evaluation.awarded

    def verdict(self) -> Verdict:
        if not self.ranked:
            return nobody(self.evaluation)
        if self.evaluation.shares_money:
            return self._grants()
        if self.evaluation.tied:
            return self._tied()
        because = self._alone() if len(self.awarded) == 1 else self._several()
        last, after = self.evaluation.border
        level = after is not None and self.evaluation.level(last, after) and not self._drawn(last, after)
        return Verdict("won", self._winners(self.awarded), because, self._firmness(), level)

    def _winners(self, bids: Sequence[BidResult]) -> Runs:
        if len(bids) > MOST_NAMED and not self.figures.brief:
            return WORDS.say("verdict.winners many", n=len(bids))
        return WORDS.say_count("verdict.winners", len(bids), names=self._names(bids))

    def _alone(self) -> tuple[Runs, ...]:
        """Why the one winner wins."""
        first, after = self.evaluation.border
        told = {"name": self.figures.called(first), "value": self.figures.named(first.figure)}
        if after is None:
            return (WORDS.say("verdict.only", **told),)
        told["next"] = self.figures.called(after)
        if self.evaluation.level(first, after):
            near = "near" if first.figure != after.figure else "level"
            told["theirs"] = self.figures.figure(after.figure)
            return (WORDS.say(f"verdict.{near} settled" if self._drawn(first, after) else f"verdict.{near}", **told),)
        key = "verdict.more" if (first.figure or 0) > (after.figure or 0) else "verdict.less"
        return (WORDS.say(key, gap=self.figures.gap(first, after), **told),)

    def _several(self) -> tuple[Runs, ...]:
        """Why these are the winners, and what separates the last of them from the first who is not."""
        each = [
            WORDS.say("verdict.several one", name=self.figures.called(b), value=self.figures.figure(b.figure))
            for b in self.awarded
        ]
        counts = unit_of(self.evaluation.figure) is Unit.POINTS and self.evaluation.best == "highest"
        best, figure = WORDS(f"best.{self.evaluation.best}"), ranked_name(self.evaluation.figure)
        key = "verdict.several most" if counts else "verdict.several best"
        told = [WORDS.say(key, best=best, figure=figure, values=WORDS.listed(each))]
        last, after = self.evaluation.border
        if after is None:
            return tuple(told)
        names = {"last": self.figures.called(last), "next": self.figures.called(after)}
        if self.evaluation.level(last, after):
            key = "verdict.border settled" if self._drawn(last, after) else "verdict.border level"
            return (*told, WORDS.say(key, **names))
        value, gap = self.figures.figure(after.figure), self.figures.gap(last, after)
        return (*told, WORDS.say("verdict.border", value=value, gap=gap, **names))

    def _drawn(self, *bids: BidResult) -> bool:
        """Whether people settled the order of these bids, which the scheme leaves open."""
        return all(bid.id in self.evaluation.settled for bid in bids)

    def _firmness(self) -> tuple[Runs, ...]:
        last, after = self.evaluation.border
        if after is None:
            return (WORDS.say("firm.alone"),)
        told = {
            "first": self.figures.called(last),
            "second": self.figures.called(after),
            "figure": ranked_name(self.evaluation.figure),
        }
        if self.evaluation.level(last, after):
            open_key = "firm.no gap" if last.figure == after.figure else "firm.near"
            return (WORDS.say("firm.settled" if self._drawn(last, after) else open_key, **told),)
        return (WORDS.say("firm.gap", gap=self.figures.gap(last, after), **told), WORDS.say("firm.reading"))

    def _tied(self) -> Verdict:
        tied = self.evaluation.undecided
        among = [b for b in self.ranked if b.id in tied]
        placed = [b for b in self.awarded if b.id not in tied]
        because = [*self._equal(among), self._open()]
        headline = WORDS.say("verdict.tied", names=self._names(among))
        if placed:
            headline = WORDS.say("verdict.placed and tied", winners=self._winners(placed), names=self._names(among))
            because.append(WORDS.say_count("verdict.placed", len(placed), names=self._names(placed)))
        return Verdict("tied", headline, tuple(because), (WORDS.say("firm.undecided"),))

    def _open(self) -> Runs:
        """What the scheme says of bids that its steps leave equal."""
        then = self.evaluation.then
        if then is None:
            return WORDS.say("verdict.open")
        return WORDS.say("verdict.open draw" if then.by_draw else "verdict.open decide", how=name(then.how))

    def _equal(self, among: Sequence[BidResult]) -> Iterator[Runs]:
        """What makes these bids equal: their figure, or that they are near enough to the best one."""
        if len({bid.figure for bid in among}) == 1:
            yield WORDS.say("verdict.tied why", value=self.figures.named(among[0].figure))
        else:
            values = [self.figures.figure(bid.figure) for bid in among]
            yield WORDS.say(
                "verdict.near tied why", figure=ranked_name(self.evaluation.figure), values=WORDS.listed(values)
            )

    def _grants(self) -> Verdict:
        funded = [b for b in self.ranked if b.award]
        total = self.figures.money(sum((b.award for b in funded if b.award), Fraction(0)))
        because = [WORDS.say("verdict.shared out", figure=ranked_name(self.evaluation.figure), total=total)]
        names = self.evaluation.undecided
        if tied := [b for b in self.ranked if b.id in names]:
            because += [WORDS.say("verdict.unfunded tie", names=self._names(tied)), self._open()]
        return Verdict("tied" if tied else "won" if funded else "none", self._funded(funded), tuple(because))

    def _names(self, bids: Sequence[BidResult]) -> Runs:
        return WORDS.listed([self.figures.called(b) for b in bids])

    def _funded(self, funded: Sequence[BidResult]) -> Runs:
        if not funded:
            return WORDS.say("verdict.funded none")
        if len(funded) > MOST_NAMED and not self.figures.brief:
            return WORDS.say("verdict.funded many", n=len(funded))
        return WORDS.say("verdict.funded", names=self._names(funded))
