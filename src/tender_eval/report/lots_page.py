"""A simulation as one HTML file: the answer with its uncertainty, then charts with their figures, then the basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from tender_eval.languages.catalogue import catalogue
from tender_eval.languages.inert import cut
from tender_eval.report.fairness_tables import Table
from tender_eval.report.lots_figures import FIGURES, assumption, title, value_text, written
from tender_eval.report.lots_words import basis_text, trials_are_others
from tender_eval.report.page import lots_tables as tables
from tender_eval.report.page.charts import Chart
from tender_eval.report.page.lots_answer import Answer, answer_of
from tender_eval.report.page.lots_charts import (
    FUNNEL_ROW,
    MOVED_ROW,
    Levels,
    MovedRow,
    funnel_chart,
    levels_chart,
    moved_chart,
    weeks_chart,
)
from tender_eval.report.page.lots_frontier import FRONTIER_HEIGHT, FrontierChart, frontier_chart
from tender_eval.report.page.lots_tables import capital
from tender_eval.report.page.sayings import LONGEST_NAME
from tender_eval.report.page.sheet import render
from tender_eval.simulation.equilibrium import CRITERION
from tender_eval.simulation.outcome import Outcome, Stated
from tender_eval.simulation.parameters import setting
from tender_eval.simulation.teams import FULL_TIME, SOURCE

MOST_MOVED = 8  # bars of a chart; the table has them all
NEAR = 0.04  # of the axis of prices and of quality at the least: half a point would else look like all or nothing


@dataclass(frozen=True, slots=True)
class LevelsView:
    """A figure of every design; ``says`` tells it without the picture."""

    id: str
    title: str
    says: str
    levels: Levels


@dataclass(frozen=True, slots=True)
class MovedView:
    """What the assumptions do to the answer in one figure, the strongest first; ``turned`` tells which turn it."""

    id: str
    title: str
    says: str
    stands: str
    turned: str
    rows: tuple[MovedRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the template prints."""

    title: str
    draws: str
    trial_draws: str
    trials_say: str
    seed: str
    sha256: str
    authorities: int
    answer: Answer
    first: str
    last: str
    several: bool
    labels: tuple[str, ...]
    levels: dict[str, LevelsView | None]
    funnel: Chart
    funnel_says: str
    frontier: FrontierChart | None
    frontier_says: str
    moved: tuple[MovedView, ...]
    tables: dict[str, Table | None]
    sweep: tuple[tuple[Table, Table | None], ...]
    settings: tuple[Table, ...]
    market: tuple[Table, ...]
    days_per_bid: str
    full_time: str
    people: str
    criterion: str
    source: str
    small: str
    schemes: tuple[str, ...]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The anchors and headings of the sections that are there."""
        there = {
            "answer": ("The answer", True),
            "designs": ("What was compared", True),
            "small": ("How many small providers bid and win", True),
            "funnel": ("Where small providers drop out", True),
            "cost": ("Price, quality and costs", True),
            "frontier": ("What each design gives for the others", self.several),
            "moved": ("Which assumptions move the answer", bool(self.moved)),
            "paired": ("Differences from the first design", self.several),
            "teams": ("The work of evaluation", True),
            "sweep": ("With other parameters", bool(self.sweep)),
            "stated": ("What went in", True),
            "equilibrium": ("What bidders believe of each other", True),
            "method": ("How this was done", True),
        }
        return tuple((anchor, heading) for anchor, (heading, shown) in there.items() if shown)


def lots_page(outcome: Outcome) -> str:
    """An outcome as the text of an HTML file. The same outcome gives the same text."""
    page = _page(outcome)
    heights = {"funnel": FUNNEL_ROW, "moved": MOVED_ROW, "frontier": FRONTIER_HEIGHT}
    return render(
        "lots.html.j2", "lots.css.j2", page=page, headings=dict(page.contents), t=catalogue("report"), heights=heights
    )  # fmt: skip


def _page(outcome: Outcome) -> Page:
    designs = outcome.designs
    days = next(s for s in outcome.assumptions if s.name == "evaluation_days_per_bid")
    return Page(
        title=cut(outcome.title, 4 * LONGEST_NAME) or "Lots and small providers",
        draws=f"{outcome.draws:,}",
        trial_draws=f"{outcome.sensitivity.draws:,}",
        trials_say=trials_are_others(outcome),
        seed=str(outcome.seed),
        sha256=outcome.spec_sha256,
        authorities=outcome.authorities,
        answer=answer_of(outcome),
        first=cut(designs[0].label, LONGEST_NAME),
        last=cut(designs[-1].label, LONGEST_NAME),
        several=bool(outcome.paired),
        labels=tuple(cut(p.label, LONGEST_NAME) for p in outcome.frontier),
        levels=_levels(outcome),
        funnel=funnel_chart(designs),
        funnel_says=_funnel_says(outcome),
        frontier=frontier_chart(outcome.frontier),
        frontier_says=_frontier_says(outcome),
        moved=_moved(outcome),
        tables=_tables(outcome),
        sweep=tuple(tables.sweep_table(n, point) for n, point in enumerate(outcome.sweep, 1)),
        settings=_stated(outcome, market=False),
        market=_stated(outcome, market=True),
        days_per_bid=f"{value_text(days.value)} working days a bid ({basis_text(days).lower()})",
        full_time=f"{FULL_TIME:.1f}",
        people=f"{100 * outcome.teams[0].share:.0f}%" if outcome.teams else "",
        criterion=CRITERION,
        source=SOURCE,
        small=catalogue("report").listing([cut(kind.replace("_", "-"), LONGEST_NAME) for kind in outcome.small_types]),
        schemes=tuple(dict.fromkeys(cut(d.scheme, LONGEST_NAME) for d in designs)),
    )


def _levels(outcome: Outcome) -> dict[str, LevelsView | None]:
    designs = outcome.designs
    made = {
        "small_bidders": levels_chart(designs, "small_bidders"),
        "small_win_share": levels_chart(designs, "small_win_share", most=1.0),
        "price_ratio": levels_chart(designs, "price_ratio", near=NEAR),
        "quality": levels_chart(designs, "quality", near=NEAR),
        "authority_cost": levels_chart(designs, "authority_cost"),
        "bidder_cost": levels_chart(designs, "bidder_cost"),
    }
    views: dict[str, LevelsView | None] = {"weeks": None} | {
        name: LevelsView(f"{name}-chart", capital(title(name)), _levels_say(levels), levels)
        for name, levels in made.items()
    }
    if outcome.teams:
        levels = weeks_chart(designs, outcome.teams[0].weeks)
        heading = "Weeks in which a team of one does nothing but evaluate"
        views["weeks"] = LevelsView("weeks-chart", heading, _levels_say(levels), levels)
    return views


def _levels_say(levels: Levels) -> str:
    return "; ".join(f"{row.label}: {row.value}" for row in levels.rows)


def _funnel_says(outcome: Outcome) -> str:
    chart = funnel_chart(outcome.designs)
    return ". ".join(f"{bar.label}: {', '.join(s.says for s in bar.segments) or 'not known'}" for bar in chart.bars)


def _frontier_says(outcome: Outcome) -> str:
    rows = tables.frontier_table(outcome).rows
    told = (
        f"{cut(p.label, LONGEST_NAME)}: {row[2]} and {row[3]}" for p, row in zip(outcome.frontier, rows, strict=True)
    )
    return f"Won by small providers, and price over ceiling. {'; '.join(told)}"


def _moved(outcome: Outcome) -> tuple[MovedView, ...]:
    views = []
    for name, stands in outcome.sensitivity.differences.items():
        strongest = sorted(outcome.sensitivity.moved, key=lambda m: -m.effects[name].size)[:MOST_MOVED]
        if not strongest:
            continue
        rows = moved_chart(strongest, name)
        shown = written(name, stands.mean, difference=bool(outcome.paired))
        heading = f"{capital(title(name))}: what moves the answer"
        turning = [assumption(m.name) for m in outcome.sensitivity.moved if name in m.reverses]
        turned = f"Within its range, this turns the answer around: {'; '.join(turning)}." if turning else ""
        views.append(
            MovedView(f"moved-{name}", heading, _moved_say(rows), f"middle line: {shown}, as it stands", turned, rows)
        )
    return tuple(views)


def _moved_say(rows: Sequence[MovedRow]) -> str:
    return "; ".join(
        f"{row.label}: {', '.join(f'{end} {p.value}' for end, p in (('low', row.low), ('high', row.high)) if p)}"
        for row in rows
    )


def _tables(outcome: Outcome) -> dict[str, Table | None]:
    designs, paired = outcome.designs, outcome.paired
    made = (
        tables.designs_table(outcome),
        tables.figures_table(designs, tables.SMALL, "small", "Small providers that bid and win"),
        tables.funnel_table(designs),
        tables.types_table(outcome),
        tables.figures_table(designs, tables.PAID, "paid", "Price, quality and costs"),
        tables.frontier_table(outcome),
        tables.moved_table(outcome),
        tables.paired_table(paired, tuple(FIGURES), "paired", f"Each design less “{cut(designs[0].label, 80)}”"),
        tables.figures_table(designs, tuple(FIGURES), "all", "All figures with their standard errors"),
        tables.teams_table(outcome) if outcome.teams else None,
        tables.national_table(outcome),
        tables.equilibrium_table(outcome),
    )
    ids = ("designs", "small", "funnel", "types", "paid", "frontier", "moved", "paired", "all", "teams", "national")
    return dict.fromkeys(ids) | {table.id: table for table in made if table}


def _stated(outcome: Outcome, market: bool) -> tuple[Table, ...]:
    """A table for each group of parameters, in their order: of the settings, or of the market of providers."""
    tried = frozenset(m.name for m in outcome.sensitivity.moved)
    grouped = groupby((s for s in outcome.assumptions if ("." in s.name) == market), _group)
    anchor = "market" if market else "settings"
    return tuple(tables.stated_table(tuple(of), tried, f"{anchor}-{n}", group) for n, (group, of) in enumerate(grouped))


def _group(stated: Stated) -> str:
    kind, dot, field = stated.name.partition(".")
    if not dot:
        return setting(stated.name).group
    group = "Facts for schemes to read" if field.startswith("facts.") else "What they are like"
    return f"{capital(cut(kind.replace('_', '-'), LONGEST_NAME))} providers: {group.lower()}"
