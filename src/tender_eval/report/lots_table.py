"""A simulation for the terminal: the answer, the designs side by side, and what it all rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from textwrap import fill

from tabulate import tabulate

from tender_eval.languages.inert import cut, inert
from tender_eval.report.lots_figures import (
    ENDS,
    FIGURES,
    STAGES,
    STATED_FACT,
    assumption,
    error,
    title,
    value_text,
    written,
)
from tender_eval.report.lots_words import QUALITY, basis_text, caveats, headline, trials_are_others
from tender_eval.simulation.outcome import DesignOutcome, Estimate, FrontierPoint, Moved, Outcome, PairedOutcome
from tender_eval.simulation.parameters import OWN
from tender_eval.simulation.teams import FULL_TIME

LINE = 100  # columns, where the terminal does not say
LONGEST = 18
BESIDE = 4  # designs in one table
BEFORE, COLUMN = 44, 18  # columns of the line that the titles take, and each design
NARROW = 100  # below it labels are cut
MOST_MOVED = 12
UNIT = 2  # its column among those of what went in; it has what the others leave


def lots_table(outcome: Outcome, line: int = LINE) -> str:
    """The whole outcome in words and tables, in lines of about so many columns."""
    return "\n".join(_told(outcome, line)) + "\n"


def _told(outcome: Outcome, line: int) -> Iterator[str]:
    if outcome.title:
        yield from (inert(outcome.title), "")
    yield fill(inert(headline(outcome)), line)
    yield ""
    for caveat in caveats(outcome):
        yield fill(inert(caveat), line, initial_indent="- ", subsequent_indent="  ")
    yield ""
    about = (
        f"Means of {outcome.draws:,} simulated tenders, ± their standard errors (seed {outcome.seed}). Differences are "
        "from the first design, on the same draws; those of shares are in points of 100."
    )
    yield fill(about, line)
    for part in _parts(outcome, line):
        yield from _side_by_side(part, line)
        yield from _where_they_end(part)
        yield from _by_type(part)
    for point in outcome.sweep:
        at = ", ".join(f"{name} {value_text(v)}" for name, v in point.values.items())
        yield from ("", f"With {inert(at)}")
        for part in _parts(replace(outcome, designs=point.designs, paired=point.paired), line):
            yield from ("", _designs_table(part.designs, part.paired, _KEY, line))
    yield from _sensitivity(outcome, line)
    yield from _frontier(outcome, line)
    for part in _parts(outcome, line):
        yield from _teams(part, line)
        yield from _all_authorities(part)
    yield from _went_in(outcome, line)


_KEY = ("small_bidders", "small_win_share", "bids_per_lot", "price_ratio", "quality", "authority_cost")


def _parts(outcome: Outcome, line: int) -> Iterator[Outcome]:
    """The outcome with no more designs at a time than stand beside each other."""
    each = BESIDE if line >= NARROW else min(max((line - BEFORE) // COLUMN, 1), BESIDE)
    for start in range(0, len(outcome.designs), each):
        designs = outcome.designs[start : start + each]
        labels = {d.label for d in designs}
        yield replace(outcome, designs=designs, paired=tuple(p for p in outcome.paired if p.label in labels))


def _side_by_side(outcome: Outcome, line: int) -> Iterator[str]:
    yield from ("", _designs_table(outcome.designs, outcome.paired, tuple(FIGURES), line))


def _designs_table(
    designs: Sequence[DesignOutcome], paired: Sequence[PairedOutcome], names: Sequence[str], line: int
) -> str:
    """Designs beside each other; below each figure its difference from the first design."""
    rows = []
    differences = {p.label: p for p in paired}
    for name in names:
        if not any(name in d.figures for d in designs):
            continue
        rows.append([cut(title(name), max(line - 2 * COLUMN, BEFORE)), *(_level(d, name) for d in designs)])
        if differences:
            rows.append(["  difference", *(_difference(differences.get(d.label), name) for d in designs)])
    return _drawn(["", *(cut(d.label, LONGEST) for d in designs)], rows)


def _level(design: DesignOutcome, name: str) -> str:
    found = design.figures.get(name)
    return "-" if found is None else f"{written(name, found.mean)} ±{error(name, found)}"


def _difference(paired: PairedOutcome | None, name: str) -> str:
    found = None if paired is None else paired.figures.get(name)
    return "" if found is None else _signed(name, found)


def _signed(name: str, found: Estimate) -> str:
    return f"{written(name, found.mean, difference=True, unit='')} ±{error(name, found)}"


def _where_they_end(outcome: Outcome) -> Iterator[str]:
    rows = [
        [what, *(_level(d, f"funnel.{end}") for d in outcome.designs)]
        for end, what in ENDS.items()
        if any(f"funnel.{end}" in d.figures for d in outcome.designs)
    ]
    if rows:
        yield from ("", "Where the small providers end, as a share of them", "")
        yield _drawn(["", *(cut(d.label, LONGEST) for d in outcome.designs)], rows)


def _by_type(outcome: Outcome) -> Iterator[str]:
    rows = [
        [f"{inert(kind).replace('_', '-')}: {what}", *(_level(d, f"{stage}.{kind}") for d in outcome.designs)]
        for kind in outcome.types
        for stage, what in STAGES.items()
        if any(f"{stage}.{kind}" in d.figures for d in outcome.designs)
    ]
    if rows:
        yield from ("", "Providers by type, in number a tender", "")
        yield _drawn(["", *(cut(d.label, LONGEST) for d in outcome.designs)], rows)


def _sensitivity(outcome: Outcome, line: int) -> Iterator[str]:
    found = outcome.sensitivity
    shown = [m for n, m in enumerate(found.moved) if n < MOST_MOVED or m.name.endswith(QUALITY)]
    if not shown:
        return
    on_quality = ", among them all on quality" if any(m.name.endswith(QUALITY) for m in shown) else ""
    about = (
        f"What the assumptions move: the change of the difference between {found.last} and {found.first} where one is "
        f"at its low or its high ({found.draws:,} tenders each, the beliefs of bidders solved anew). The strongest "
        f"first; {len(shown)} of {len(found.moved)}{on_quality}. JSON and CSV have the rest."
    )
    yield from ("", fill(inert(f"{about} {trials_are_others(outcome)}".rstrip()), line), "")
    names = tuple(found.differences)
    rows = []
    for m in shown:
        ends = {n: (e.low, e.high) for n, e in m.effects.items()}
        for which, value in enumerate((m.low, m.high)):
            cells = [ends[n][which] for n in names]
            label = "" if which else _which(m, line)
            told = ["as it is" if c is None else _signed(n, c) for n, c in zip(names, cells, strict=True)]
            several = isinstance(m.value, str)
            at = ("low", "high")[which] if several else value_text(value)
            rows.append([label, at, *told])
    yield _drawn(["assumption", "set to", *(_SHORT[n] for n in names)], rows)


def _which(moved: Moved, line: int) -> str:
    turns = " (turns it)" if moved.reverses else ""
    return cut(assumption(moved.name), 44 if line >= NARROW else line - 58 - len(turns)) + turns


_SHORT = {"small_bidders": "small bidders", "small_win_share": "won by small", "price_ratio": "price"}


def _frontier(outcome: Outcome, line: int) -> Iterator[str]:
    if len(outcome.designs) < 2:
        return
    about = (
        "No single best: designs on four scales, and which are worse than another on one and better on none. The cost "
        "is that of tendering, to everyone."
    )
    yield from ("", fill(about, line), "")
    narrow = line < NARROW
    rows = [
        [
            cut(p.label, 14 if narrow else LONGEST),
            *(written("authority_cost" if n == "cost" else n, e.mean) for n, e in p.figures.items()),
            cut(_place(p), 17) if narrow else _place(p),
        ]
        for p in outcome.frontier
    ]
    heads = ["price", "quality", "won by small", "cost"]
    yield _drawn(["", *heads, ""], rows)


def _place(point: FrontierPoint) -> str:
    if not point.dominated_by:
        return "on the frontier"
    return f"behind {', '.join(cut(label, LONGEST) for label in point.dominated_by)}"


def _teams(outcome: Outcome, line: int) -> Iterator[str]:
    days = next(s.value for s in outcome.assumptions if s.name == "evaluation_days_per_bid")
    about = (
        f"Weeks of the whole team's work to evaluate the bids, at {value_text(days)} days a bid, by size of team "
        f"(survey of 2020). Most have other work too: each person counts as {FULL_TIME:.1f} of full time."
    )
    yield from ("", fill(about, line), "")
    labels = [d.label for d in outcome.designs]
    rows = [
        [f"{t.people} ({t.share:.0%} of councils)", *(f"{t.weeks[x]:.1f}" if x in t.weeks else "-" for x in labels)]
        for t in outcome.teams[:4]
    ]
    yield _drawn(["people", *(cut(x, LONGEST) for x in labels)], rows)


def _all_authorities(outcome: Outcome) -> Iterator[str]:
    if outcome.authorities == 1:
        return
    yield from ("", f"If {outcome.authorities} authorities each tendered once like this", "")
    names = ("authority_cost", "bidder_cost", "bidder_cost_wasted", "evaluation_days")
    rows = []
    for name in names:
        means = [d[name].mean for d in outcome.designs]
        rows.append(
            [
                title(name),
                *(written(name, None if m is None else m * outcome.authorities) for m in means),
            ]
        )
    yield _drawn(["", *(cut(d.label, LONGEST) for d in outcome.designs)], rows)


def _went_in(outcome: Outcome, line: int) -> Iterator[str]:
    yield from ("", "What went in", "")
    sources: dict[str, str] = {}  # and their numbers
    rows = []
    for s in outcome.assumptions:
        if STATED_FACT in s.name or s.unit in ("name", "true or false"):
            continue
        rests = basis_text(s) + (", changed" if s.changed else "")
        number = "" if s.source in ("", OWN) else sources.setdefault(s.source, f"({len(sources) + 1})")
        rows.append([cut(s.name, 26), cut(value_text(s.value), 14), s.unit, rests, number])
    heads = ["parameter", "value", "unit", "rests on", "source"]
    others = sum(max(len(head) + 2, *(len(row[n]) for row in rows)) + 2 for n, head in enumerate(heads) if n != UNIT)
    for row in rows:
        row[UNIT] = cut(row[UNIT], max(line - others, 12))
    yield _drawn(heads, rows, "l" * len(heads))
    yield ""
    for source, number in sources.items():
        yield fill(f"{number} {inert(source)}", line, subsequent_indent=" " * (len(number) + 1))
    changed = [(d.label, name, v) for d in outcome.designs for name, v in d.changed.items()]
    for label, name, value in changed:
        yield fill(inert(f"{label} alone has {name} {value_text(value)}."), line)


def _drawn(heads: Sequence[str], rows: Sequence[Sequence[str]], align: str = "") -> str:
    kinds = {"l": "left", "r": "right"}
    columns = [kinds[c] for c in align] or ["left", *["right"] * (len(heads) - 1)]
    return tabulate(rows, heads, tablefmt="simple", colalign=columns if rows else None, disable_numparse=True)
