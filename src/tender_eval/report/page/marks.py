"""What one bid earned at one criterion and why: the mark with its reason, or the rule with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tender_eval.audit.case import Entry
from tender_eval.engine.plan import Leaf
from tender_eval.languages.catalogue import Catalogue
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.evaluation import CriterionResult
from tender_eval.model.scheme import Scheme
from tender_eval.model.wording import shown
from tender_eval.report.in_words import figure_name, formula, grouped
from tender_eval.report.page.numbers import Numbers
from tender_eval.report.page.sayings import paragraphs

MARKS = "marks."


@dataclass(frozen=True, slots=True)
class Card:
    """One criterion of one bid.

    ``got`` are the points, score and mark in a line; ``reason`` is None where no panel gave a mark; ``facts``
    are what else is known of it, each with its name.
    """

    title: str
    within: str
    got: str
    reason: tuple[str, ...] | None
    corrections: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]


class CardMaker:
    """Makes the cards of the bids of one scheme."""

    def __init__(
        self,
        scheme: Scheme,
        within: Mapping[str, str],
        corrections: Sequence[Entry],
        lot: str,
        numbers: Numbers,
        words: Catalogue,
    ) -> None:
        self._corrections = [e for e in corrections if e.body.get("lot", "") in ("", lot)]
        self._titles = {s.id: {step.mark: step.title for step in s.steps} for s in scheme.scales}
        self._within, self._numbers, self._words = within, numbers, words

    def card(self, leaf: Leaf, bid: Bid, found: CriterionResult | None) -> Card | None:
        """The card of a leaf, or None where the bid has neither a mark nor a score there."""
        column = next((r.column for r in leaf.reads if r.column.startswith(MARKS)), "")
        criterion = column.removeprefix(MARKS)
        mark = bid.marks.get(criterion) if column else None
        if found is None and mark is None:
            return None
        return Card(
            title=leaf.title or leaf.id,
            within=self._within.get(leaf.id, ""),
            got=self._got(leaf, found, mark),
            reason=paragraphs(mark.reason) if mark else None,
            corrections=tuple(self._corrected(bid.id, criterion)) if mark else (),
            facts=tuple(self._panel(mark) if mark else self._working(found)),
        )

    def _got(self, leaf: Leaf, found: CriterionResult | None, mark: Mark | None) -> str:
        told = [self._words("mark.not counted")]
        if found:
            points, score = self._numbers.points(found.points), self._numbers.score(found.score)
            told = [self._words("mark.got", points=points, available=self._numbers.available(leaf.points))]
            told.append(self._words("mark.score", score=score))
        if mark:
            given, title = shown(mark.agreed.value), self.title_of(mark, leaf)
            key = "mark.mark titled" if title else "mark.mark"
            told.append(self._words(key, mark=given, title=title))
        return " · ".join(told)

    def _panel(self, mark: Mark) -> Iterator[tuple[str, str]]:
        """The individual marks, and who agreed the one that counts; where that is not recorded, so it says."""
        words = self._words
        given = [f"{who} {shown(figure.value)}" for who, figure in mark.individual.items()]
        yield words("mark.individual"), ", ".join(given) or words("mark.no individual")
        agreed = [words("mark.agreed by", names=words.listing(mark.agreed_by))] if mark.agreed_by else []
        agreed += [words("mark.agreed on", date=words.date(mark.on))] if mark.on else []
        yield words("mark.agreed"), " ".join(agreed) or words("mark.no agreed")

    def _working(self, found: CriterionResult | None) -> Iterator[tuple[str, str]]:
        """How a rule came to a score, for criteria that no panel marks."""
        scored = found.step.inputs[0] if found and found.step.inputs else None
        if scored is None:
            return
        yield self._words("mark.formula"), formula(scored.formula)
        yield self._words("mark.working"), formula(scored.working)
        if read := "; ".join(f"{figure_name(step.label)}: {grouped(shown(step.value))}" for step in scored.inputs):
            yield self._words("mark.read"), read
        yield self._words("mark.by"), scored.by

    def title_of(self, mark: Mark, leaf: Leaf) -> str:
        """The title of a mark on the scale of a criterion; empty where the scale gives none."""
        value = mark.agreed.value
        titles = self._titles.get(leaf.scorer.item.scale_of(leaf.params), {})
        return titles.get(value, "") if isinstance(value, Fraction) else ""

    def _corrected(self, bid: str, criterion: str) -> Iterator[str]:
        for entry in self._corrections:
            body = entry.body
            if body.get("bid") == bid and body.get("criterion") == criterion:
                said = {name: str(body.get(name, "")) for name in ("old", "new", "reason")}
                at, who = self._words.date(entry.at[:10]), body.get("made_by")
                key = "mark.corrected by" if who else "mark.corrected"
                yield self._words(key, at=at, who=who, **said)
