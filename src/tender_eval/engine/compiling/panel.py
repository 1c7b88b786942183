"""Whether the marks of a scheme can be computed as its panel rule says."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import scales_of_marks
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.digits import percent, shown
from tender_eval.model.explanation.formulas import Rounded
from tender_eval.model.location import place
from tender_eval.model.marking.scales import Scale
from tender_eval.model.numeric import round_fraction
from tender_eval.model.panel_rule import SHARES, PanelRule, called
from tender_eval.model.tables import share_for


def check_panel(plan: Plan, problems: Problems) -> None:
    """Note what makes computed marks mean two things, or none: what can change an award, the scheme must say."""
    rule = plan.scheme.panel
    _check_common(plan, problems)
    if not rule.computed:
        return
    if not plan.marks_read():
        message = f"the panel's mark is the {called(rule)} of individual ones, but nothing is scored by a mark"
        problems.add("TE028", rule.where, message, "remove panel, or let a criterion be scored by a mark")
    scales = scales_of_marks(plan)
    for scale in dict.fromkeys(scales.values()):
        _check_scale(scale, rule, problems)
    without = sorted(plan.marks_read() - scales.keys())
    if rule.of == SHARES and without:
        message = f"marks.{without[0]} is read on no scale, so that it earns no share that could be averaged"
        problems.add("TE028", rule.where, message, "state of: marks, or score it by a mark on a scale")


def _check_common(plan: Plan, problems: Problems) -> None:
    """Note what is to be marked once for all lots, and is no criterion that is marked."""
    there = {leaf.id for leaf in plan.leaves}
    unsure = {node.id for node in plan.nodes if not there.issuperset(node.leaves)}  # what is at fault is told there
    known = sorted(name for name, marks in plan.marks_by_criterion.items() if marks)
    for name in plan.scheme.panel.for_all_lots:
        if name not in known and name not in unsure:
            message = f'for_all_lots names "{name}", which is no criterion that a panel marks'
            problems.add("TE021", place(name, plan.scheme.panel.where), message, did_you_mean(name, known))


def _check_scale(scale: Scale, rule: PanelRule, problems: Problems) -> None:
    if not scale.better:
        message = f'the marks of scale "{scale.id}" are in no order of their worth, so that they have no {called(rule)}'
        problems.add("TE028", rule.where, message, "let the panel agree its marks, or number the marks by their worth")
    elif not (_in_even_steps(scale) or rule.of):
        message = f'equal steps on scale "{scale.id}" earn unequal shares, so that it changes the award whether the '
        message += f"{called(rule)} is of marks or of the shares that they earn: {_example(scale)}"
        problems.add("TE027", rule.where, message, "state of: marks, or of: shares")
    elif rule.of == SHARES and not _tells_marks_apart(scale):
        message = f'two marks of scale "{scale.id}" earn the same, so that a share of full marks is no one mark'
        problems.add("TE028", rule.where, message, "state of: marks, or let each mark earn another share")
    elif rule.rounding:
        ends = [step.score if rule.of == SHARES else step.mark for step in (scale.steps[0], scale.steps[-1])]
        _check_rounding(rule, rule.rounding, ends, scale, problems)


def _in_even_steps(scale: Scale) -> bool:
    """Whether equal steps between marks earn equal shares: a mean of marks then earns the mean of their shares."""
    return len({(b.score - a.score) / (b.mark - a.mark) for a, b in pairwise(scale.steps)}) <= 1


def _tells_marks_apart(scale: Scale) -> bool:
    """Whether no two marks earn the same."""
    return len({step.score for step in scale.steps}) == len(scale.steps)


def _example(scale: Scale) -> str:
    """Two marks whose means differ, in marks and in shares."""
    for one, other in combinations(scale.steps, 2):
        mark, share = (one.mark + other.mark) / 2, (one.score + other.score) / 2
        earned = share_for(mark, scale)
        if earned != share:
            break
    return f"{shown(one.mark)} and {shown(other.mark)} come to {percent(earned)}, or to {percent(share)}"


def _check_rounding(rule: PanelRule, rounding: Rounded, ends: list[Fraction], scale: Scale, problems: Problems) -> None:
    """Note where a mark would be rounded beyond the worst or the best there is."""
    for end in ends:
        if (found := round_fraction(end, rounding.places, rounding.mode)) != end:
            message = f'{shown(end)}, at the end of scale "{scale.id}", would be rounded to {shown(found)}'
            problems.add("TE028", rule.where, message, "round to more places")
            return
