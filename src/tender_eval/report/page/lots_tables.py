"""The tables of a simulation's page: captions, heads and cells, ready to print. Names of others stand in ``bdi``."""

from __future__ import annotations

from collections.abc import Container, Sequence

from markupsafe import Markup

from tender_eval.languages.inert import cut
from tender_eval.report.fairness_tables import Table
from tender_eval.report.lots_figures import ENDS, STAGES, assumption, error, title, value_text, written
from tender_eval.report.lots_words import basis_text
from tender_eval.report.page.sayings import name_of
from tender_eval.simulation.outcome import (
    DesignOutcome,
    Estimate,
    Moved,
    Outcome,
    PairedOutcome,
    Stated,
    SweepPoint,
)
from tender_eval.simulation.parameters import Value, setting

NONE = "-"
LONGEST_VALUE = 60
LONGEST_SOURCE = 300
KEY = ("small_bidders", "small_win_share", "bids_per_lot", "price_ratio", "quality", "authority_cost", "bidder_cost")
"""The figures that a table of fewer than all of them has."""

SMALL = ("small_bidders", "small_win_share", "small_lot_share", "small_bid_share")
PAID = ("price_ratio", "quality", "price_per_quality", "authority_cost", "bidder_cost", "bidder_cost_wasted")
NATIONAL = ("authority_cost", "bidder_cost", "bidder_cost_wasted", "evaluation_days")
UNITS = {"number": "", "name": "", "true or false": "", "multiple": "times"}
"""Units that read otherwise behind a value, or say no more than it."""

PLAIN = {
    "small_win_share": "won by small providers", "small_bidders": "small providers that bid", "price_ratio": "price",
}  # fmt: skip


def designs_table(outcome: Outcome) -> Table:
    """What tells the designs apart."""
    designs = outcome.designs
    columns: dict[str, list[str]] = {
        "Design": [name_of(d.label) for d in designs],
        "Lots": [f"{d.lots:,}" for d in designs],
        "Scheme": [name_of(d.scheme) for d in designs],
        "Set in this design alone": [_settings(d) for d in designs],
    }
    notes = ["The first design is the one that the others are compared with."] if outcome.paired else []
    if len({d.scheme for d in designs}) == 1:
        notes.append(Markup("Bids are scored by the scheme {}.").format(columns.pop("Scheme")[0]))
    if not any(d.changed for d in designs):
        del columns["Set in this design alone"]
    rows: tuple[tuple[str, ...], ...] = tuple(zip(*columns.values(), strict=True))
    return Table("designs", "The designs compared", tuple(columns), rows, frozenset((1,)), tuple(notes))


def figures_table(designs: Sequence[DesignOutcome], names: Sequence[str], table: str, caption: str) -> Table:
    """Figures, one a row, of every design, each with its standard error."""
    shown = [name for name in names if any(name in d.figures for d in designs)]
    rows = tuple((capital(title(name)), *(_level(d, name) for d in designs)) for name in shown)
    return _by_design(table, caption, "Figure", designs, rows)


def funnel_table(designs: Sequence[DesignOutcome]) -> Table:
    """Where the small providers end, of every design."""
    rows = tuple(
        (f"{number}. {capital(what)}", *(_level(d, f"funnel.{end}") for d in designs))
        for number, (end, what) in enumerate(ENDS.items(), 1)
    )
    return _by_design("funnel", "Where the small providers end, as a share of them", "End", designs, rows)


def types_table(outcome: Outcome) -> Table:
    """How many providers of each type reach each stage."""
    rows = tuple(
        (
            Markup("{}: {}").format(name_of(capital(kind.replace("_", "-"))), what),
            *(_level(d, f"{stage}.{kind}") for d in outcome.designs),
        )
        for kind in outcome.types
        for stage, what in STAGES.items()
    )
    caption = "Providers of each type at each stage, in number a tender"
    return _by_design("types", caption, "Type and stage", outcome.designs, rows)


def paired_table(paired: Sequence[PairedOutcome], names: Sequence[str], table: str, caption: str) -> Table | None:
    """The differences from the first design on the same draws."""
    shown = [name for name in names if any(name in p.figures for p in paired)]
    if not paired:
        return None
    rows = tuple((capital(title(name)), *(_difference(name, p.figures.get(name)) for p in paired)) for name in shown)
    return _by_design(table, caption, "Figure", paired, rows)


def moved_table(outcome: Outcome) -> Table | None:
    """Every assumption at its low and its high, and what that does to the answer."""
    found = outcome.sensitivity
    if not found.moved:
        return None
    names = tuple(found.differences)
    rows = []
    for m in found.moved:
        for end, value in (("low", m.low), ("high", m.high)):
            changes = [m.effects[name].low if end == "low" else m.effects[name].high for name in names]
            cells = [NONE if c is None else _difference(name, c) for name, c in zip(names, changes, strict=True)]
            what = capital(assumption(m.name)) + (f" (turns {_turned(m)})" if m.reverses else "")
            rows.append((what, f"{end}: {shown_value(value)}", shown_value(m.value), *cells))
    heads = ("Assumption (tag A)", "Set to", "As it is", *(capital(PLAIN[name]) for name in names))
    caption = "By how much each assumption, at its low and its high, moves the answer"
    return Table("moved", caption, heads, tuple(rows), frozenset(range(3, 3 + len(names))))


def frontier_table(outcome: Outcome) -> Table:
    """The designs on the four scales of the frontier, numbered as in its chart."""
    heads = (
        "Design",
        "Number",
        "Won by small providers",
        "Price over ceiling",
        "Quality",
        "Cost of tendering",
        "Place",
    )
    rows = []
    for number, p in enumerate(outcome.frontier, 1):
        cells = [
            _estimate("authority_cost" if scale == "cost" else scale, p.figures[scale])
            for scale in ("small_win_share", "price_ratio", "quality", "cost")
        ]
        behind = Markup(", ").join(name_of(label) for label in p.dominated_by)
        place = Markup("behind {}").format(behind) if p.dominated_by else "on the frontier"
        rows.append((name_of(p.label), str(number), *cells, place))
    caption = "The designs on four scales: none is called the best"
    note = "Cost of tendering is what it costs the authority and the bidders together."
    return Table("frontier", caption, heads, tuple(rows), frozenset((1, 2, 3, 4, 5)), (note,))


def teams_table(outcome: Outcome) -> Table:
    """Weeks in which a whole team does nothing but evaluate, by its size."""
    rows = tuple(
        (
            f"{t.people} {'people' if t.people > 1 else 'person'}",
            f"{100 * t.share:.0f}%",
            *(f"{t.weeks[d.label]:.1f}" if d.label in t.weeks else NONE for d in outcome.designs),
        )
        for t in outcome.teams
    )
    heads = ("Team", "Share of local authorities", *(name_of(d.label) for d in outcome.designs))
    caption = "Weeks of a whole team's work to evaluate the bids, by size of team"
    return Table("teams", caption, heads, rows, frozenset(range(1, len(heads))))


def national_table(outcome: Outcome) -> Table | None:
    """Costs and work of all authorities together."""
    if outcome.authorities == 1:
        return None
    rows = tuple(
        (capital(title(name)), *(_times(name, d.figures.get(name), outcome.authorities) for d in outcome.designs))
        for name in NATIONAL
    )
    caption = f"If {outcome.authorities:,} authorities each tendered once like this"
    return _by_design("national", caption, "All authorities together", outcome.designs, rows)


def sweep_table(number: int, point: SweepPoint) -> tuple[Table, Table | None]:
    """The key figures, and their differences, with parameters at other values."""
    at = ", ".join(f"{assumption(name)} at {shown_value(v)}" for name, v in point.values.items())
    levels = figures_table(point.designs, KEY, f"sweep-{number}", f"With {at}")
    caption = f"With {at}: differences from the first design"
    return levels, paired_table(point.paired, KEY, f"sweep-{number}-paired", caption)


def stated_table(rows: Sequence[Stated], tried: Container[str], table: str, caption: str) -> Table:
    """Parameters with value, unit and basis; ``tried`` are those that the sensitivity has at their low and high."""
    heads = ("Parameter", "Value and unit", "Rests on", "Tried")
    return Table(table, caption, heads, tuple(_stated(s, tried) for s in rows), frozenset())


def equilibrium_table(outcome: Outcome) -> Table:
    """Whether the beliefs of bidders settled, of every design."""
    rows = tuple(
        (name_of(d.label), f"{d.residual:.2g}", f"{d.rounds}", "settled" if d.converged else "DID NOT SETTLE")
        for d in outcome.designs
    )
    heads = ("Design", "Residual, as a share of a lot's value", "Rounds", "Whether beliefs settled")
    return Table("equilibrium", "The equilibrium of each design", heads, rows, frozenset((1, 2)))


def capital(text: str) -> str:
    """
    >>> capital("price over ceiling")
    'Price over ceiling'
    """
    return text[:1].upper() + text[1:]


def shown_value(value: Value) -> str:
    """A parameter's value, cut where it is long."""
    return cut(value_text(value), LONGEST_VALUE)


def _by_design(
    table: str,
    caption: str,
    first: str,
    designs: Sequence[DesignOutcome] | Sequence[PairedOutcome],
    rows: tuple[tuple[str, ...], ...],
) -> Table:
    heads = (first, *(name_of(d.label) for d in designs))
    return Table(table, caption, heads, rows, frozenset(range(1, len(heads))))


def _settings(design: DesignOutcome) -> str:
    return capital("; ".join(_changed(name, value) for name, value in design.changed.items())) or "nothing else"


def _changed(name: str, value: Value) -> str:
    told = f"{cut(assumption(name), LONGEST_VALUE)}: {shown_value(value)}"
    unit = "" if "." in name else setting(name).unit
    return f"{told} {_unit(unit)}".rstrip()


def _unit(unit: str) -> str:
    return UNITS.get(unit, unit.replace("multiple of", "times"))


def _level(design: DesignOutcome, name: str) -> str:
    found = design.figures.get(name)
    return NONE if found is None else _estimate(name, found)


def _estimate(name: str, found: Estimate) -> str:
    if found.mean is None:
        return "not known"
    return written(name, found.mean) + (f" ± {error(name, found)}" if found.se is not None else "")


def _difference(name: str, found: Estimate | None) -> str:
    if found is None or found.mean is None:
        return "not known"
    if found.mean == 0 and not found.se:
        return "the same"
    shown = written(name, found.mean, difference=True, unit="")
    return shown + (f" ± {error(name, found)}" if found.se is not None else "")


def _times(name: str, found: Estimate | None, number: int) -> str:
    return NONE if found is None or found.mean is None else written(name, found.mean * number)


def _turned(moved: Moved) -> str:
    return " and ".join(PLAIN[name] for name in moved.reverses)


def _stated(stated: Stated, tried: Container[str]) -> tuple[str, ...]:
    jointly = f"types.{stated.name.rpartition('.')[2]}"  # with the same field of all other types
    was = stated.basis == "A" and (stated.name in tried or ("." in stated.name and jointly in tried))
    return (
        Markup("{} <code>{}</code>").format(stated.about, cut(stated.name, LONGEST_VALUE)),
        f"{shown_value(stated.value)} {_unit(stated.unit)}".rstrip(),
        _basis(stated),
        f"{value_text(stated.low or 0)} to {value_text(stated.high or 0)}" if was else NONE,
    )


def _basis(stated: Stated) -> str:
    default = stated.default
    set_by = f", set by you (default: {shown_value(default)})" if stated.changed and default is not None else ""
    told = Markup("<strong>{}</strong>{}").format(basis_text(stated).capitalize(), set_by)
    return Markup("{}: {}").format(told, name_of(stated.source, LONGEST_SOURCE)) if stated.source else told
