"""The criteria and scales of a scheme as tables, shared by what is published and what is sent to bidders."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.documents.model import Table, table
from tender_eval.engine import questions
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import number, percentage
from tender_eval.languages.runs import strong
from tender_eval.model.digits import shown
from tender_eval.model.marking.scales import Scale
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import minimum_in_words, numbered, share_of_total, title_of

t = catalogue("terms")


def scale_of(plan: Plan, leaf: Leaf) -> Scale | None:
    """The scale that a criterion is marked on, where it has one of the scheme's."""
    name = questions.scale_of(leaf)
    return next((s for s in plan.scheme.scales if s.id == name), None)


def marks_available(plan: Plan, leaf: Leaf) -> str:
    """Which marks can be given, or an empty text where the criterion is not marked."""
    if scale := scale_of(plan, leaf):
        return in_a_row(map(shown, scale.marks))
    highest = leaf.highest_mark
    return t("marks.range", highest=shown(highest)) if highest is not None and len(leaf.marks) == 1 else ""


def criteria_table(plan: Plan) -> Table:
    """Every criterion: number, title, importance, points, minimum, how it is assessed."""
    numbers = numbered(plan.scheme)
    leaves = {leaf.id: leaf for leaf in plan.leaves}
    rows = []
    for criterion in plan.scheme.walk():
        node, leaf = plan.node(criterion.id), leaves.get(criterion.id)
        title = title_of(criterion)
        rows.append(
            (
                numbers[criterion.id],
                title if leaf else strong(title),
                share_of_total(plan, criterion.id),
                number(node.points),
                minimum_in_words(criterion.minimum, group=leaf is None),
                assessed_by(plan, leaf),
            )
        )
    return table(
        t("criteria"),
        heads(t, "criteria", "number title share points minimum by"),
        rows,
        numbers=(2, 3),
        widths=(8, 34, 12, 13, 15, 22),
    )


def assessed_by(plan: Plan, leaf: Leaf | None) -> str:
    """How a criterion is assessed, in a few words."""
    if leaf is None:
        return t("criteria.group")
    if scale := scale_of(plan, leaf):
        return t("criteria.on_scale", marks=in_a_row(map(shown, scale.marks)))
    highest = leaf.highest_mark
    if highest is not None and len(leaf.marks) == 1:
        return t("criteria.up_to", highest=shown(highest))
    return t("criteria.by_formula", name=leaf.scorer.name.replace("_", " "))


def scale_tables(plan: Plan) -> Iterable[Table]:
    """What each mark means, for every scale that a criterion uses."""
    used = {found.id: found for leaf in plan.leaves if (found := scale_of(plan, leaf))}
    for scale in used.values():
        of = t("scale.of", id=scale.id.replace("_", " ")) if len(used) > 1 else ""
        rows = [(shown(s.mark), s.title, percentage(s.score), s.descriptor) for s in scale.steps]
        yield table(
            t("scale", of=of),
            heads(t, "scale", "mark title share looks_for"),
            rows,
            numbers=(2,),
            widths=(8, 20, 15, 57),
        )
