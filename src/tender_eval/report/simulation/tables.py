"""The tables of a simulation. In brief there are fewer, with levels and differences below each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from tender_eval.documents.model import Table, table
from tender_eval.languages.inert import cut
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import at_digits, at_places, grouped
from tender_eval.languages.runs import Inline, Runs, capital, joined
from tender_eval.report.simulation.figure_format import (
    FIGURES,
    LONGEST_HEAD,
    LONGEST_VALUE,
    FigureFormat,
    assumption,
    design,
    title,
    tried_value,
    type_name,
    unit_of,
    whole_percent,
)
from tender_eval.simulation.results.frontier import SCALES
from tender_eval.simulation.results.outcome import (
    FUNNEL,
    STAGES,
    DesignOutcome,
    FrontierPoint,
    Joint,
    PairedOutcome,
    ParameterEffect,
    SimulationOutcome,
    SweepPoint,
)
from tender_eval.simulation.spec.parameters import Value, is_money

KEY = (
    "small_bidders",
    "small_win_share",
    "bids_per_lot",
    "price_ratio",
    "price",
    "quality",
    "authority_cost",
    "bidder_cost",
)
"""The figures that a table of fewer than all of them has."""

SMALL = ("small_bidders", "small_win_share", "small_lot_share", "small_bid_share", "small_award_rate")
PAID = ("price_ratio", "price", "quality", "price_per_quality", "authority_cost", "bidder_cost", "bidder_cost_wasted")
ALL: tuple[str, ...] = tuple(name for name in FIGURES if name != "cost")
NATIONAL = ("authority_cost", "bidder_cost", "bidder_cost_wasted", "evaluation_days")
MOST_MOVED = 12  # assumptions in brief, and all on quality
MOST_TEAMS = 4  # in brief
QUALITY = ".quality"


def designs_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """What tells the designs apart."""
    t, designs = fmt.t, outcome.designs
    columns: dict[str, list[Inline]] = {
        t("designs.design"): [design(d.label) for d in designs],
        t("designs.lots"): [grouped(str(d.lots)) for d in designs],
        t("designs.scheme"): [design(d.scheme) for d in designs],
        t("designs.set"): [_settings(fmt, d) for d in designs],
    }
    notes: list[Inline] = [t("designs.first")] if outcome.paired else []
    if len({d.scheme for d in designs}) == 1:
        notes.append(t.say("designs.one scheme", scheme=columns.pop(t("designs.scheme"))[0]))
    if not any(d.changed for d in designs):
        del columns[t("designs.set")]
    return table(t("designs"), tuple(columns), list(zip(*columns.values(), strict=True)), numbers=[1], notes=notes)


def figures_table(
    fmt: FigureFormat, designs: Sequence[DesignOutcome], names: Sequence[str], caption: str, joint: Joint | None = None
) -> Table:
    """Figures, one a row, of every design, each with its standard error; below it its range."""
    return side_by_side(fmt, designs, (), names, caption, joint=joint)


def side_by_side(
    fmt: FigureFormat, designs: Sequence[DesignOutcome], paired: Sequence[PairedOutcome], names: Sequence[str],
    caption: str, *, heard: bool = False, joint: Joint | None = None,
) -> Table:  # fmt: skip
    """Designs beside each other; below each figure its difference from the first design, and the ranges of both."""
    differences = {p.label: p for p in paired}
    rows: list[tuple[str, ...]] = []
    for name in names:
        if not any(name in d.figures for d in designs):
            continue
        rows += _level_rows(fmt, title(name), name, designs, joint)
        if differences:
            rows.append((fmt.t("figures.difference"), *_differences(fmt, designs, differences, name)))
            rows += _range_row(fmt, name, designs, joint, apart=True)
    return _by_design(fmt, caption, fmt.t("figures.figure"), designs, rows, heard=heard)


def _level_rows(
    fmt: FigureFormat, head: str, name: str, designs: Sequence[DesignOutcome], joint: Joint | None
) -> list[tuple[str, ...]]:
    """The row of a figure in every design, and below it that of its ranges."""
    levels = (head, *(fmt.level(name, d.figures.get(name)) for d in designs))
    return [levels, *_range_row(fmt, name, designs, joint)]


def _range_row(
    fmt: FigureFormat,
    name: str,
    designs: Iterable[DesignOutcome | PairedOutcome],
    joint: Joint | None,
    *,
    apart: bool = False,
) -> list[tuple[str, ...]]:
    """The row of the ranges of a figure, or of its difference from the first design; none where there are none."""
    found = () if joint is None else joint.paired if apart else joint.designs
    ranges = {d.label: d.figures[name] for d in found if name in d.figures}
    cells = [fmt.between(name, ranges[d.label], difference=apart) if d.label in ranges else "" for d in designs]
    return [(fmt.t("figures.range"), *cells)] if ranges else []


def _differences(
    fmt: FigureFormat, designs: Sequence[DesignOutcome], differences: dict[str, PairedOutcome], name: str
) -> Iterator[str]:
    for d in designs:
        found = differences.get(d.label)
        yield fmt.change(name, found.figures.get(name)) if found else ""


def funnel_table(fmt: FigureFormat, designs: Sequence[DesignOutcome], joint: Joint | None = None) -> Table:
    """Where the small providers end, of every design."""
    rows: list[tuple[str, ...]] = []
    for number, end in enumerate(FUNNEL, 1):
        what = fmt.t(f"end.{end}")
        named = what if fmt.brief else fmt.t("end.numbered", n=number, end=what)
        rows += _level_rows(fmt, named, f"funnel.{end}", designs, joint)
    return _by_design(fmt, fmt.t("funnel"), fmt.t("funnel.end"), designs, rows)


def types_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """How many providers of each type reach each stage."""
    rows: list[tuple[str, ...]] = []
    for kind, stage in product(outcome.types, STAGES):
        name = f"{stage}.{kind}"
        head = fmt.t("types.stage", kind=capital(type_name(kind)), stage=fmt.t(f"stage.{stage}"))
        rows += _level_rows(fmt, head, name, outcome.designs, outcome.joint)
    return _by_design(fmt, fmt.t("types"), fmt.t("types.type and stage"), outcome.designs, rows)


def paired_table(
    fmt: FigureFormat, paired: Sequence[PairedOutcome], names: Sequence[str], caption: str, joint: Joint | None = None
) -> Table:
    """The differences from the first design on the same draws; below each its range."""
    rows: list[tuple[str, ...]] = []
    for name in (name for name in names if any(name in p.figures for p in paired)):
        rows.append((title(name), *(fmt.change(name, p.figures.get(name)) for p in paired)))
        rows += _range_row(fmt, name, paired, joint, apart=True)
    return _by_design(fmt, caption, fmt.t("figures.figure"), paired, rows)


def strongest_effects(fmt: FigureFormat, outcome: SimulationOutcome) -> Sequence[ParameterEffect]:
    """The assumptions that are told: in brief those that move the answer most, and all on quality."""
    every = outcome.sensitivity.parameters
    return [m for n, m in enumerate(every) if not fmt.brief or n < MOST_MOVED or m.name.endswith(QUALITY)]


def effects_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """Assumptions at their low and their high, and what that does to the answer."""
    t, names = fmt.t, tuple(outcome.sensitivity.differences)
    rows = []
    for m in strongest_effects(fmt, outcome):
        for end, value in (("low", m.low), ("high", m.high)):
            changes = [m.effects[name].low if end == "low" else m.effects[name].high for name in names]
            cells = [
                t("moved.as it is") if c is None else fmt.change(f, c) for f, c in zip(names, changes, strict=True)
            ]
            at = _at(fmt, m, end, value)
            stands = () if fmt.brief else (fmt.value(m.name, tried_value(m, m.value)),)
            rows.append(("" if fmt.brief and end == "high" else _moved(fmt, m), at, *stands, *cells))
    heads = [t("moved.assumption"), t("moved.set to"), *([] if fmt.brief else [t("moved.stands")])]
    of_figures = [t(f"moved.brief {name}" if fmt.brief else f"moved.of {name}") for name in names]
    numbers = range(len(heads), len(heads) + len(names))
    return table(t("moved"), (*heads, *of_figures), rows, numbers=numbers, heard=fmt.brief)


def frontier_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """The designs on the four scales of the frontier, numbered as in its chart."""
    t = fmt.t
    rows = []
    for number, p in enumerate(outcome.frontier, 1):
        figures = p.figures.items()
        cells = [fmt.written(n, e.mean) if fmt.brief else fmt.level(n, e) for n, e in figures]
        rows.append((design(p.label), *([] if fmt.brief else [str(number)]), *cells, _place(fmt, p)))
    heads = (*([] if fmt.brief else [t("frontier.number")]), *(t(f"frontier.{n}") for n in SCALES))
    numbers = range(1, 1 + len(heads))
    every = (t("designs.design"), *heads, t("frontier.place"))
    return table(t("frontier"), every, rows, numbers=numbers, heard=fmt.brief, notes=[t("frontier.cost is")])


def teams_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """Weeks in which a whole team does nothing but evaluate, by its size."""
    t, designs = fmt.t, outcome.designs
    rows = [
        (
            t.count("teams.people", team.people),
            whole_percent(team.share),
            *(at_places(team.weeks[d.label], 1) if d.label in team.weeks else t("figure.none") for d in designs),
        )
        for team in outcome.teams
    ]
    heads = (t("teams.team"), t("teams.share"), *(fmt.head(d.label) for d in designs))
    spill = _spill(fmt, designs, 2)
    return table(
        t("teams"), heads, rows, numbers=range(1, len(heads)), brief=MOST_TEAMS, spill=spill, heard=fmt.brief
    )  # fmt: skip


def national_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """Costs and work of all authorities together."""
    rows = []
    for name in NATIONAL:
        means = [d.figures[name].mean if name in d.figures else None for d in outcome.designs]
        cells = (fmt.written(name, None if m is None else m * outcome.authorities) for m in means)
        rows.append((title(name), *cells))
    caption = fmt.t("national", n=grouped(str(outcome.authorities)))
    return _by_design(fmt, caption, fmt.t("national.all"), outcome.designs, rows)


def sweep_caption(fmt: FigureFormat, point: SweepPoint) -> str:
    """The parameters of a point of a sweep, with their values."""
    t = fmt.t
    values = [t("sweep.value", what=assumption(name), value=fmt.value(name, v)) for name, v in point.values.items()]
    return t("sweep.with", values=in_a_row(values))


def equilibrium_table(fmt: FigureFormat, outcome: SimulationOutcome) -> Table:
    """Whether the beliefs of bidders settled, of every design."""
    t = fmt.t
    rows = [
        (
            design(d.label),
            at_digits(d.residual, 2),
            str(d.rounds),
            t("belief.settled" if d.converged else "belief.open"),
        )
        for d in outcome.designs
    ]
    heads = (t("designs.design"), t("belief.residual"), t("belief.rounds"), t("belief.whether"))
    return table(t("belief"), heads, rows, numbers=(1, 2))


def _by_design(
    fmt: FigureFormat,
    caption: str,
    first: str,
    designs: Sequence[DesignOutcome] | Sequence[PairedOutcome],
    rows: Iterable[tuple[str, ...]],
    *,
    heard: bool = False,
) -> Table:
    heads = (first, *(fmt.head(d.label) for d in designs))
    numbers = range(1, len(heads))
    return table(caption, heads, rows, numbers=numbers, spill=_spill(fmt, designs, 1), heard=heard)


def _spill(fmt: FigureFormat, designs: Sequence[object], first: int) -> range:
    """Columns of designs that may stand in a further table."""
    return range(first, first + len(designs)) if fmt.brief else range(0)


def _settings(fmt: FigureFormat, found: DesignOutcome) -> str:
    changed = "; ".join(_changed(fmt, name, value) for name, value in found.changed.items())
    return capital(changed) or fmt.t("designs.nothing else")


def _changed(fmt: FigureFormat, name: str, value: Value) -> str:
    unit = unit_of(name)
    worth = fmt.worth(value, unit if is_money(unit) or "." not in name else "")
    return fmt.t("designs.changed", what=cut(assumption(name), LONGEST_VALUE), value=worth)


def _at(fmt: FigureFormat, effect: ParameterEffect, end: str, value: Value) -> str:
    if not fmt.brief:
        return fmt.t(f"moved.{end} at", value=fmt.value(effect.name, tried_value(effect, value)))
    several = isinstance(effect.value, str)  # of several types together
    return fmt.t(f"moved.{end}") if several else fmt.value(effect.name, tried_value(effect, value))


def _moved(fmt: FigureFormat, effect: ParameterEffect) -> str:
    what = capital(assumption(effect.name))
    if not effect.reverses:
        return what
    if fmt.brief:
        return fmt.t("moved.turns it", what=what)
    figures = [fmt.t(f"moved.turned {name}") for name in effect.reverses]
    return fmt.t("moved.turns", what=what, figures=fmt.t.listing(figures))


def _place(fmt: FigureFormat, point: FrontierPoint) -> Runs | str:
    if not point.dominated_by:
        return fmt.t("frontier.on it")
    most = LONGEST_HEAD if fmt.brief else None
    names = [design(cut(label, most) if most else label) for label in point.dominated_by]
    return fmt.t.say("frontier.behind", designs=joined(names, ", "))
