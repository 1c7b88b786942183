"""A simulation as a document: the answer with its uncertainty, then charts with their figures, then the basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from tender_eval.documents.model import Beside, Block, Details, Document, Table, heading, items, pairs, paragraph
from tender_eval.languages.inert import cut
from tender_eval.languages.numbers import at_places, grouped
from tender_eval.languages.runs import Inline, code, name
from tender_eval.report.simulation import charts, tables
from tender_eval.report.simulation.answer import answer_blocks, criterion
from tender_eval.report.simulation.assumptions import assumption_blocks, assumptions_brief
from tender_eval.report.simulation.figure_format import LONGEST_NAME, FigureFormat, type_name, value_text, whole_percent
from tender_eval.report.simulation.hurdles import hurdle_blocks
from tender_eval.report.simulation.others import others_blocks
from tender_eval.report.simulation.sentences import basis_text, illustrations, left_out, sample_note
from tender_eval.simulation.results.commissioning_teams import FULL_TIME
from tender_eval.simulation.results.outcome import SimulationOutcome

STEPS = (
    "drawn", "barred", "partners", "late", "worth", "price", "marks", "scheme", "award", "counted",
)  # fmt: skip
"""What happens in a simulated tender, in order."""

RESTS_ON = ("question", "pricing", "small", "common", "sources")

Part: TypeAlias = "Callable[[FigureFormat, SimulationOutcome], Iterable[Block | None]]"


def simulation_document(outcome: SimulationOutcome, *, brief: bool = False) -> Document:
    """The outcome as a document.

    Args:
        brief: for little room: fewer tables, and no method.
    """
    fmt = FigureFormat(outcome.currency, brief)
    t = fmt.t
    facts: list[tuple[Inline, Inline]] = [
        (t("fact.designs"), str(len(outcome.designs))),
        (t("fact.draws"), grouped(str(outcome.draws))),
        (t("fact.seed"), str(outcome.seed)),
    ]
    if outcome.authorities > 1:
        facts.append((t("fact.authorities"), grouped(str(outcome.authorities))))
    return Document(
        title=cut(outcome.title, 4 * LONGEST_NAME) or t("document.title"),
        blocks=tuple(_blocks(fmt, outcome)),
        language=t.tag,
        kind="" if brief else t("document.kind"),
        facts=() if brief else pairs(facts).pairs,
        contents=t("document.contents"),
        foot=() if brief else t.say("document.foot"),
    )


def _blocks(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    for key, part in PARTS.items():
        found = [block for block in part(fmt, outcome) if block is not None]
        if found:
            if key in HEADED or not fmt.brief:
                yield heading(fmt.t(f"section.{key}"), 1, key)
            yield from found


def _designs(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    if fmt.brief:
        yield tables.side_by_side(
            fmt,
            outcome.designs,
            outcome.paired,
            tables.ALL,
            fmt.t("figures.all"),
            heard=True,
            joint=outcome.joint,
        )
    else:
        yield tables.designs_table(fmt, outcome)


def _small(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    if fmt.brief:
        return
    t, designs = fmt.t, outcome.designs
    types = t.listing([type_name(kind) for kind in outcome.small_types]) or t("small.no type")
    lines = t("joint.bars", points=outcome.joint.points) if outcome.joint else t("small.errors")
    yield paragraph(t("small.says", types=types), lines)
    won = "small_lot_share" if outcome.joint else "small_win_share"  # the share of the value is charted at the top
    yield Beside(
        (
            charts.levels_chart(fmt, designs, "small_bidders", joint=outcome.joint),
            charts.levels_chart(fmt, designs, won, most=1.0, joint=outcome.joint),
        )
    )
    yield tables.figures_table(fmt, designs, tables.SMALL, t("small.table"), outcome.joint)
    yield from others_blocks(fmt, outcome)


def _funnel(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    by_type = tables.types_table(fmt, outcome)
    if not fmt.brief:
        yield paragraph(fmt.t("funnel.says"))
        yield charts.funnel_chart(fmt, outcome.designs)
    yield tables.funnel_table(fmt, outcome.designs, outcome.joint)
    yield from hurdle_blocks(fmt, outcome)
    yield by_type if fmt.brief else Details(fmt.t("types.more"), (by_type,))


def _cost(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    t, designs = fmt.t, outcome.designs
    if not fmt.brief:
        yield paragraph(t("cost.says"))
        if outcome.joint is None:
            near = [charts.levels_chart(fmt, designs, name, near=charts.NEAR) for name in ("price_ratio", "quality")]
            costs = [charts.levels_chart(fmt, designs, name) for name in ("authority_cost", "bidder_cost")]
            yield Beside((*near, *costs))
        yield tables.figures_table(fmt, designs, tables.PAID, t("section.cost"), outcome.joint)
        yield _more(t("figures.more"), tables.figures_table(fmt, designs, tables.ALL, t("figures.all"), outcome.joint))
    if outcome.authorities > 1:
        yield tables.national_table(fmt, outcome)


def _frontier(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block | None]:
    if len(outcome.designs) < 2:
        return
    yield paragraph(fmt.t("frontier.brief" if fmt.brief else "frontier.no best"))
    yield charts.frontier_plot(fmt, outcome.frontier)
    yield tables.frontier_table(fmt, outcome)


def _moved(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    t, found = fmt.t, outcome.sensitivity
    if not found.parameters:
        return
    first, last = (cut(label, LONGEST_NAME) for label in (found.first, found.last))
    values = {"first": first, "last": last, "draws": grouped(str(found.draws))}
    table, fewer = tables.effects_table(fmt, outcome), sample_note(outcome)
    if fmt.brief:
        shown = tables.strongest_effects(fmt, outcome)
        on_quality = any(m.name.endswith(tables.QUALITY) for m in shown)
        of = t("moved.with quality" if on_quality else "moved.strongest", shown=len(shown), all=len(found.parameters))
        yield paragraph(t("moved.brief", **values), of, fewer)
        yield table
        return
    stands = t("moved.difference", **values) if outcome.paired else ""
    yield paragraph(t("moved.says", stands=stands, **values), fewer)
    yield from charts.effect_charts(fmt, outcome)
    yield _more(t("moved.more"), table)


def _paired(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    if outcome.paired and not fmt.brief:
        caption = fmt.t("paired", first=cut(outcome.designs[0].label, LONGEST_NAME))
        yield paragraph(fmt.t("paired.says"))
        yield tables.paired_table(fmt, outcome.paired, tables.ALL, caption, outcome.joint)


def _teams(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    t = fmt.t
    days = next(s for s in outcome.assumptions if s.name == "evaluation_days_per_bid")
    values = {"days": value_text(days.value), "basis": basis_text(days).lower(), "full": at_places(FULL_TIME, 1)}
    if fmt.brief:
        yield paragraph(t("teams.brief", **values))
        yield tables.teams_table(fmt, outcome)
        return
    alone = t("teams.alone", share=whole_percent(outcome.teams[0].share)) if outcome.teams else ""
    yield paragraph(t("teams.says", **values), alone, t("teams.other work", **values) if outcome.teams else "")
    if outcome.teams:
        yield charts.weeks_chart(fmt, outcome.designs, outcome.teams[0].weeks)
        yield tables.teams_table(fmt, outcome)
        yield paragraph(t("teams.source"), tone="soft")


def _sweep(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    for point in outcome.sweep:
        caption = tables.sweep_caption(fmt, point)
        if fmt.brief:
            yield tables.side_by_side(fmt, point.designs, point.paired, tables.KEY, caption)
            continue
        yield tables.figures_table(fmt, point.designs, tables.KEY, caption)
        if point.paired:
            differences = fmt.t("sweep.differences", caption=caption)
            yield _more(
                fmt.t("section.paired"), tables.paired_table(fmt, point.paired, tables.KEY, differences)
            )  # fmt: skip


def _assumptions(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    yield from (assumptions_brief if fmt.brief else assumption_blocks)(fmt, outcome)
    yield from (paragraph(told, tone="soft") for told in illustrations(outcome))


def _equilibrium(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    if not fmt.brief:
        yield paragraph(fmt.t("belief.says", criterion=criterion()))
        yield tables.equilibrium_table(fmt, outcome)


def _method(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    if fmt.brief:
        return
    t = fmt.t
    schemes = [name(cut(scheme, LONGEST_NAME)) for scheme in dict.fromkeys(d.scheme for d in outcome.designs)]
    yield paragraph(t("method.says"))
    yield items([t.say(f"step.{step}", schemes=t.listed(schemes)) for step in STEPS], numbered=True)
    yield heading(t("method.rests on"), 2)
    yield items([t(f"rests.{part}") for part in RESTS_ON])
    yield heading(t("method.left out"), 2)
    yield paragraph(t("left.says"))
    yield items([*left_out()])
    yield heading(t("method.again"), 2)
    yield paragraph(t("method.same"))
    yield pairs(
        [
            (t("fact.seed"), str(outcome.seed)),
            (t("fact.draws"), grouped(str(outcome.draws))),
            (t("method.trials"), grouped(str(outcome.sensitivity.draws))),
            (t("method.digest"), code(outcome.spec_sha256)),
        ]
    )


def _more(summary: str, table: Table) -> Details:
    return Details(summary, (table,))


PARTS: dict[str, Part] = {
    "answer": answer_blocks, "designs": _designs, "small": _small, "funnel": _funnel, "cost": _cost,
    "frontier": _frontier, "moved": _moved, "paired": _paired, "teams": _teams, "sweep": _sweep, "stated": _assumptions,
    "equilibrium": _equilibrium, "method": _method,
}  # fmt: skip
"""The sections by the keys of their headings."""

HEADED = ("stated",)
"""Sections that have their heading in brief too: those of the others' tables say enough."""
