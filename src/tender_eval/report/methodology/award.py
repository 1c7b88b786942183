"""Who goes on and who is awarded: shortlist, award rule, tie break, with the numbers of the worked example."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from tender_eval.documents.model import Block, heading, items, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages import steps as steps_in_words
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.numbers import money, percentage
from tender_eval.languages.runs import capital, name, spaced, strong
from tender_eval.model.evaluation import BidResult, Step
from tender_eval.model.explanation.labels import CommonFigure, ranked_figure
from tender_eval.model.explanation.workings import pieces
from tender_eval.plugins.table import words_for
from tender_eval.report.terms.figures import ranking_figure
from tender_eval.report.terms.formulas import formula, formulas, ranking_step, workings
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.parameters import parameters_table
from tender_eval.report.terms.scheme import (
    first_sentence,
    further_sentences,
    near_tie_in_words,
    people_decide_in_words,
    quoted,
    ties_in_words,
)
from tender_eval.synthetic.example import Example

t = catalogue("methodology", "terms")


def shortlisted(plan: Plan) -> str:
    """Who goes through the first stage, in words."""
    by = quoted(plan, plan.shortlist_by)
    found = plan.scheme.shortlist
    if found and found.top is not None:
        return t("shortlist.top", n=found.top, by=by)
    return t("shortlist.least", share=percentage(found.at_least) if found and found.at_least else "0%", by=by)


def shortlist_section(plan: Plan) -> Iterator[Block]:
    """The first stage, where there is one."""
    if plan.scheme.shortlist:
        yield heading(t("shortlist"))
        yield paragraph(t("shortlist.say", who=shortlisted(plan)))


def award_section(plan: Plan, example: Example | None) -> Iterator[Block]:
    """The rule, its settings, the tie break, and what a rejection does."""
    scheme, rule = plan.scheme, plan.rule.rule
    yield heading(t("award"))
    ranked = t("steps.rank", figure=ranked_name(ranked_figure(rule.item.figure)), best=t(f"best.{rule.item.best}"))
    yield paragraph(ranked, first_sentence(rule.item))
    if rule.item.shares_out_money():  # who is given what in a tie, or is passed over, stands in its docstring
        yield from map(paragraph, further_sentences(rule.item))
    counting = rule.item.criteria(plan.rule.params)
    if counting:
        yield paragraph(t("award.counting", list=quoted(plan, counting)))
    call = scheme.award.rule
    others = {key: value for key, value in call.params.items() if not _names(value, counting)}  # told already
    yield from parameters_table(t("award.in"), replace(call, params=others), plan.rule.params)
    if example:
        yield from ranking_table(plan, example)
    if scheme.award.suppliers > 1:
        yield paragraph(t("award.suppliers", n=scheme.award.suppliers))
    yield paragraph(t("award.variants" if scheme.award.variants else "award.one bid"))
    yield from _ties(plan)
    alone = not plan.compares and not plan.compares_prices
    yield paragraph(t(f"award.rejection.{scheme.award.on_rejection or ('alone' if alone else 'before')}"))


def _ties(plan: Plan) -> Iterator[Block]:
    """Which tenders count as equal, and what parts them."""
    near, ties, then = near_tie_in_words(plan), ties_in_words(plan), people_decide_in_words(plan)
    if near:
        last = t("award.near_figure") if plan.figure_decides_last else t("award.near_others")
        yield paragraph(near, last)
    if ties:
        yield paragraph(t("award.ties"))
        yield items(ties, numbered=True)
    if then:
        yield paragraph(t("award.people" if ties else "award.people_alone", then=then))
    else:
        yield paragraph(t("award.still_equal" if ties else "award.no_ties"))


def _names(value: object, criteria: tuple[str, ...]) -> bool:
    """Whether a setting is a list of these criteria and nothing else."""
    return bool(criteria) and isinstance(value, list | tuple) and tuple(map(str, value)) == criteria


def ranking_table(plan: Plan, example: Example) -> Iterator[Block]:
    """How the figure that tenders are ranked by comes about, for each tender of the example."""
    evaluation = example.evaluation
    ranked = evaluation.ranked
    steps = [(b, ranking_step(b)) for b in ranked]
    told = next((formulas(step, _titles(plan, step)) for _, step in steps if step), ())
    if told and told != (ranked_name(evaluation.figure),):
        yield items([spaced(strong(t("scoring.formula")), text) for text in told])
    rows = [
        (
            name(b.name),
            "; ".join(workings(step)) if step else t("figure.none"),
            ranking_figure(evaluation, b.figure, plan.scheme.currency),
            str(b.rank),
        )
        for b, step in steps
    ]
    named = heads(t, "award.example", "tender numbers figure rank", figure=capital(ranked_name(evaluation.figure)))
    yield table(
        t("award.example", figure=ranked_name(evaluation.figure)), named, rows, numbers=(2, 3), widths=(20, 48, 22, 10)
    )
    yield from _money_given(plan, ranked)


def _money_given(plan: Plan, ranked: Sequence[BidResult]) -> Iterator[Block]:
    """What each tender of the example is given, where the rule shares out money."""
    given = [
        (b, next((s for s in b.step.inputs if s.label is CommonFigure.AWARD), None))
        for b in ranked
        if b.award is not None
    ]
    if not given:
        return
    rows = [
        (name(b.name), formula(steps_in_words.working(step)) if step else t("figure.none"),
         money(b.award or Fraction(0), plan.scheme.currency))
        for b, step in given
    ]  # fmt: skip
    named = heads(t, "award.money", "tender numbers given")
    yield table(t("award.money"), named, rows, numbers=(2,), widths=(20, 58, 22))


def _titles(plan: Plan, step: Step) -> Mapping[str, str]:
    """The titles of criteria for their ids in a sum of them; nothing for a formula that reads other figures."""
    counting = plan.rule.rule.item.criteria(plan.rule.params) or plan.roots
    titles = {w: t("quoted", text=plan.node(of).title or of) for w, of in words_for(counting).items()}
    said = steps_in_words.formula(step).partition(", rounded ")[0]
    of_criteria = all(piece.kind == "sign" or piece.text in titles for piece in pieces(said))
    return titles if of_criteria and not plan.rule.reads else {}
