"""What one bid earned at one criterion and why: the mark with its reason, or the rule with its figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from tender_eval.case.acts import Act
from tender_eval.documents.model import Block, Notice, heading, pairs, paragraph
from tender_eval.engine.plan import Leaf
from tender_eval.engine.questions import scale_of
from tender_eval.languages import steps
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.phrases import named
from tender_eval.languages.runs import Inline, joined, name, soft, strong
from tender_eval.model.bids import Bid, Mark
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import CriterionResult
from tender_eval.report.evaluation.evaluated_lot import EvaluatedLot
from tender_eval.report.evaluation.figures import WORDS
from tender_eval.report.terms.figures import figure, figure_name
from tender_eval.report.terms.formulas import formula

MARKS = "marks."


class MarkCards:
    """Tells of the marks of the bids of one tender or lot."""

    def __init__(self, evaluated: EvaluatedLot) -> None:
        plan, lot = evaluated.plan, evaluated.evaluation.lot
        self._contest, self._leaves = evaluated, plan.leaves
        self._within = {part: node.title for node in plan.nodes for part in node.parts}
        self._titles = {s.id: {step.mark: step.title for step in s.steps} for s in plan.scheme.scales}
        self._corrections: dict[tuple[str, str], list[Act]] = {}
        for act, *_ in evaluated.case.corrections:
            if act.said("lot") in ("", lot):
                self._corrections.setdefault((act.said("bid"), act.said("field")), []).append(act)

    def cards(self, bid: Bid, found: Mapping[str, CriterionResult], level: int) -> Iterator[Block]:
        """What a bid earned at each criterion where it has a mark or a score, in a box each.

        Args:
            level: of its heading.
        """
        for leaf in self._leaves:
            column = next((r.column for r in leaf.reads if r.column.startswith(MARKS)), "")
            criterion, result = column.removeprefix(MARKS), found.get(leaf.id)
            mark = bid.marks.get(criterion) if column else None
            if result is None and mark is None:
                continue
            title: Inline = leaf.title or leaf.id
            if within := self._within.get(leaf.id):
                title = joined((title, soft(WORDS("aside", text=within))), " ")
            told: list[Block] = [heading(title, level), paragraph(strong(self._got(leaf, result, mark)))]
            told += _reason(mark) if mark else []
            told += self._corrected(bid.id, criterion) if mark else []
            facts = tuple(_panel(mark) if mark else _working(result, self._contest.figures.currency))
            yield Notice((), (*told, *([pairs(facts, "soft")] if facts else [])), "group")

    def _got(self, leaf: Leaf, found: CriterionResult | None, mark: Mark | None) -> str:
        """The points, score and mark in a line."""
        figures, told = self._contest.figures, [WORDS("mark.not counted")]
        if found:
            points, available = figures.points(found.points), figures.available(leaf.points)
            told = [WORDS("mark.got", points=points, available=available)]
            told.append(WORDS("mark.score", score=figures.score(found.score)))
        if mark:
            given, title = shown(mark.value), self._title_of(mark, leaf)
            told.append(WORDS("mark.mark titled" if title else "mark.mark", mark=given, title=title))
        return " · ".join(told)

    def _title_of(self, mark: Mark, leaf: Leaf) -> str:
        """The title of a mark on the scale of a criterion; empty where the scale gives none."""
        value = mark.value
        titles = self._titles.get(scale_of(leaf), {})
        return titles.get(value, "") if isinstance(value, Fraction) else ""

    def _corrected(self, bid: str, criterion: str) -> Iterator[Block]:
        for act in self._corrections.get((bid, f"{MARKS}{criterion}"), ()):
            said = {key: name(act.said(key)) for key in ("old", "new", "reason")}
            at, who = WORDS.date(act.at[:10]), in_a_row(act.listed("made_by"))
            key = "mark.corrected by" if who else "mark.corrected"
            yield Notice((), (paragraph(WORDS.say(key, at=at, who=name(who), **said)),), "heed")


def _reason(mark: Mark) -> Iterator[Block]:
    """The reason, a paragraph a line, for text of markers has no markup."""
    lines = [line.strip() for line in mark.reason.splitlines() if line.strip()]
    if not lines:
        yield paragraph(WORDS.say("mark.no reason"), tone="bad")
    for line in lines:
        yield paragraph(name(line))


def _panel(mark: Mark) -> Iterator[tuple[Inline, Inline]]:
    """The individual marks, and who agreed the one that counts; where that is not recorded, so it says."""
    given = [f"{who} {shown(figure.value)}" for who, figure in mark.individual.items()]
    yield WORDS("mark.individual"), in_a_row(given) or WORDS("mark.no individual")
    agreed = (
        [WORDS.say("mark.agreed by", names=WORDS.listed(list(map(name, mark.agreed_by))))] if mark.agreed_by else []
    )
    agreed += [WORDS.say("mark.agreed on", date=WORDS.date(mark.on))] if mark.on else []
    yield WORDS("mark.agreed"), joined(agreed, " ") or WORDS("mark.no agreed")


def _working(found: CriterionResult | None, currency: str) -> Iterator[tuple[Inline, Inline]]:
    """How a rule came to a score, for criteria that no panel marks."""
    scored = found.step.inputs[0] if found and found.step.inputs else None
    if scored is None:
        return
    yield WORDS("mark.formula"), formula(steps.formula(scored))
    yield WORDS("mark.working"), formula(steps.working(scored))
    columns = [(steps.label(step.label), step.value) for step in scored.inputs]
    if read := "; ".join(f"{figure_name(column)}: {figure(column, value, currency)}" for column, value in columns):
        yield WORDS("mark.read"), read
    yield WORDS("mark.by"), named(scored.by.partition(" ")[0])
