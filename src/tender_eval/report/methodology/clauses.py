"""What holds of every tender: conditions, rounding, abnormally low prices."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.engine.plan import Plan
from tender_eval.languages.catalogue import catalogue
from tender_eval.model.digits import percent
from tender_eval.report.terms.heads import heads
from tender_eval.report.terms.scheme import condition_in_words, source_line

t = catalogue("methodology", "terms")


def conditions_section(plan: Plan) -> Iterator[Block]:
    """Conditions of participation."""
    if not plan.scheme.conditions:
        return
    yield heading(t("conditions"))
    yield paragraph(t("conditions.say"))
    rows = [(c.title or c.id, condition_in_words(c), source_line(c.source)) for c in plan.scheme.conditions]
    yield table(t("conditions.table"), heads(t, "conditions", "condition asked source"), rows, widths=(35, 40, 25))


def rounding_section(plan: Plan) -> Iterator[Block]:
    """What is rounded, when and how."""
    yield heading(t("rounding"))
    rounding = plan.scheme.rounding
    if rounding is None:
        yield paragraph(t("rounding.none"))
        return
    places = t.count("rounding.places", rounding.places) if rounding.places else t("rounding.whole")
    stages = t.listing([t(f"rounding.stage.{stage}") for stage in rounding.at])
    mode = t(f"rounding.mode.{rounding.mode}")
    yield paragraph(t("rounding.say", places=places, mode=mode, stages=stages))


def low_section(plan: Plan) -> Iterator[Block]:
    """What is done about abnormally low prices."""
    low = plan.scheme.abnormally_low
    if low:
        yield heading(t("low"))
        yield paragraph(t("low.say", below=percent(low.below), of=low.of))
