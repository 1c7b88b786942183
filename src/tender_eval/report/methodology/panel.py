"""Which mark counts where the scheme computes it, with a worked example: made by the engine, as every such mark is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import count, cycle
from string import ascii_uppercase

from tender_eval.documents.model import Block, heading, items, paragraph
from tender_eval.engine.facts.panel_marks import mark_that_counts
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.languages import steps
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.numbers import number, percentage
from tender_eval.languages.runs import capital
from tender_eval.model.bids import Bid, Figure, Mark
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import Step
from tender_eval.model.marking.scales import Scale
from tender_eval.model.panel_rule import MEDIAN, PanelRule
from tender_eval.model.tables import share_for
from tender_eval.report.terms.formulas import formula
from tender_eval.report.terms.panel import marks_in_words
from tender_eval.report.terms.scheme import numbered

t = catalogue("methodology", "terms")


def marks_section(plan: Plan) -> Iterator[Block]:
    """The rule in words, and a mark worked out by it."""
    rule = plan.scheme.panel
    yield heading(t("award_criteria.marks"), 2)
    yield paragraph(" ".join(marks_in_words(rule, t(f"rounding.mode.{rule.rounding.mode}") if rule.rounding else "")))
    scales = scales_of_marks(plan)
    leaf = next((leaf for leaf in plan.leaves if leaf.marks and leaf.marks[0] in scales), None)
    if leaf is not None:
        name = leaf.marks[0]
        given = _marks(scales[name], rule)
        bid = Bid("example", "", marks={name: Mark(individual={who: Figure(mark) for who, mark in given.items()})})
        found = mark_that_counts(bid, name, rule, scales, _roles(given, rule))
        if isinstance(found, Step) and isinstance(found.value, Fraction):
            roles = _roles(given, rule)
            said = t.listing([_gives(who, mark, roles) for who, mark in given.items()])
            yield paragraph(t("award_criteria.marks_example", given=said))
            question = numbered(plan.scheme)[leaf.id]
            yield items([*_worked(found), _earned(found.value, scales[name], question, leaf.points)])
    if rule.divergence is not None:
        yield paragraph(t("award_criteria.panel_computed", apart=number(rule.divergence)))


def _marks(scale: Scale, rule: PanelRule) -> dict[str, Fraction]:
    """Marks of the scale that somebody might give, as few as the rule takes and at least three."""
    low, high = scale.steps[0].mark, scale.steps[-1].mark
    middle = len(scale.steps) // 2
    near, next_to_it = scale.steps[middle - 1].mark, scale.steps[middle].mark
    if rule.marks == MEDIAN or rule.trim:
        pairs = next(n for n in count(max(rule.trim, 1)) if 2 * n + 2 >= rule.fewest)
        marks = [low] * pairs + [near, next_to_it] + [high] * pairs
    else:
        marks = [near] * (max(rule.fewest, 3) - 1) + [next_to_it]
    return {_called(n): mark for n, mark in enumerate(marks)}


def _roles(people: Iterable[str], rule: PanelRule) -> dict[str, str]:
    """The roles that are weighed, one after the other."""
    return dict(zip(people, cycle(rule.weights), strict=False)) if rule.weights else {}


def _gives(who: str, mark: Fraction, roles: Mapping[str, str]) -> str:
    if who not in roles:
        return t("award_criteria.gives", who=who, mark=shown(mark))
    return t("award_criteria.gives_in_role", who=who, mark=shown(mark), role=roles[who])


def _called(n: int) -> str:
    return ascii_uppercase[n] if n < len(ascii_uppercase) else f"{ascii_uppercase[n % 26]}{n // 26}"


def _worked(mark: Step) -> Iterator[str]:
    """What the mark is worked out of, first things first."""
    for part in (*mark.inputs, mark):
        if part.how is not None:
            what = t("award_criteria.mark") if part is mark else capital(steps.label(part.label))
            said = {"what": what, "formula": formula(steps.formula(part)), "working": formula(steps.working(part))}
            yield t("award_criteria.marks_worked", value=shown(part.value), **said)


def _earned(mark: Fraction, scale: Scale, question: str, available: Fraction) -> str:
    share = share_for(mark, scale)
    said = {"mark": shown(mark), "share": percentage(share), "question": question}
    return t("award_criteria.marks_earned", points=number(share * available), available=number(available), **said)
