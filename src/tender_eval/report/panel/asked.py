"""The rows of somebody's sheet: each mark that they give, with what it is about and what it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tender_eval.case.panel.sheets import plan_at
from tender_eval.case.state import State
from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.lists import in_a_row
from tender_eval.model.digits import shown
from tender_eval.model.panel import ABSTAIN, OneMark
from tender_eval.report.template.required_fields import Field, required_fields

t = catalogue("panel")


class AskedMark(NamedTuple):
    """A row: the mark, the supplier whose bid it is of, and what the scheme says of the mark."""

    key: OneMark
    supplier: str
    field: Field
    for_all_lots: bool = False

    @property
    def question(self) -> str:
        """What is asked: the title of the criterion; of a bid for lots that is marked once, that it is."""
        title = self.field.title or self.key.criterion
        return t("for all lots", question=title) if self.for_all_lots else title

    @property
    def scale(self) -> tuple[str, ...]:
        """What marks there are and what each means, a line each."""
        if self.field.steps:
            return tuple(
                t("step" if step.title or step.descriptor else "step alone", mark=shown(step.mark),
                  says=": ".join(part for part in (step.title, step.descriptor) if part))
                for step in self.field.steps
            )  # fmt: skip
        if self.field.one_of:
            return (in_a_row(map(shown, self.field.one_of)),)
        if self.field.least is not None and self.field.most is not None:
            return (t("between", least=shown(self.field.least), most=shown(self.field.most)),)
        return ()

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be chosen in place of writing, where the marks can be counted."""
        return (*map(shown, self.field.one_of), ABSTAIN) if self.field.one_of else ()


def asked_marks(state: State, keys: Iterable[OneMark]) -> tuple[AskedMark, ...]:
    """Rows for some marks, in their order."""
    bids = {bid.id: bid for bid in state.received.bids} if state.received else {}
    fields: dict[str, Mapping[str, Field]] = {}
    found = []
    for key in keys:
        if key.lot not in fields:
            asked = required_fields(plan_at(state, key.lot)).marks
            fields[key.lot] = {one.heading.removeprefix("marks."): one for one in asked}
        field = fields[key.lot].get(key.criterion) or Field(f"marks.{key.criterion}")
        found.append(AskedMark(key, bids[key.bid].name, field, not key.lot and bool(bids[key.bid].lots)))
    return tuple(found)
