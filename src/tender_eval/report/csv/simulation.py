"""A simulation as CSV (RFC 4180), one row a figure, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from tender_eval.report.csv.evaluation import guarded
from tender_eval.report.simulation.caveats import caveat_texts
from tender_eval.report.simulation.figure_format import tried_value
from tender_eval.report.simulation.sentences import basis_text, headline_text, illustrations
from tender_eval.simulation.results.outcome import DesignOutcome, Estimate, PairedOutcome, SimulationOutcome
from tender_eval.simulation.spec.labels import origin_in_words

HEADS = (
    "section", "at", "design", "against", "lots", "type", "figure", "mean", "se", "tenders",
    "parameter", "value", "default", "low", "high", "basis", "source", "text",
)  # fmt: skip


def lots_csv(outcome: SimulationOutcome) -> str:
    """The answer in words, designs, paired differences, sweep, sensitivity, frontier, and all that went in."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADS)
    for row in _rows(outcome):
        cells = [_cell(value) for value in row]
        writer.writerow([guarded(c) for c in (*cells, *[""] * (len(HEADS) - len(cells)))])
    return out.getvalue()


def _rows(outcome: SimulationOutcome) -> Iterator[Sequence[object]]:
    told = [("answer", headline_text(outcome)), *(("caveat", c) for c in caveat_texts(outcome))]
    told += [("illustrative", one) for one in illustrations(outcome)]
    for section, text in [*told, ("currency", outcome.currency)]:
        yield section, *[""] * (len(HEADS) - 2), text
    yield from _compared("", outcome.designs, outcome.paired)
    for point in outcome.sweep:
        at = "; ".join(f"{name}={value}" for name, value in point.values.items())
        yield from _compared(at, point.designs, point.paired)
    yield from _hurdles(outcome)
    yield from _joint(outcome)
    for place in outcome.frontier:
        by = "; ".join(place.dominated_by)
        for name, estimate in place.figures.items():
            yield "frontier", "", place.label, by, "", "", name, *_estimate(estimate)
    found = outcome.sensitivity
    for moved in found.parameters:
        for name, effect in moved.effects.items():
            for at, change in (("low", effect.low), ("high", effect.high)):
                if change is not None:
                    value, *ends = (tried_value(moved, v) for v in (moved.value, moved.low, moved.high))
                    about = (moved.name, value, "", *ends)
                    yield "sensitivity", at, found.last, found.first, "", "", name, *_estimate(change), *about
    for s in outcome.assumptions:
        rests_on = basis_text(s), origin_in_words(s, outcome.currency)
        about_it = (s.name, s.value, s.default, s.low, s.high, *rests_on)
        yield "stated", "changed" if s.changed else "", *[""] * 8, *about_it


def _hurdles(outcome: SimulationOutcome) -> Iterator[Sequence[object]]:
    """What lifting hurdles changes, and of two what they do beyond what each does, added up."""
    for design in outcome.hurdles:
        for lifted in design.effects:
            for section, figures in (("hurdle", lifted.changes), ("hurdle beyond sum", lifted.beyond)):
                for name, estimate in figures.items():
                    yield section, "+".join(lifted.lifted), design.label, "", "", *_figure(name), *_estimate(estimate)


def _joint(outcome: SimulationOutcome) -> Iterator[Sequence[object]]:
    """The median of the joint trials as the mean, and the ends that 5% of them lie beyond as low and high."""
    if outcome.joint is None:
        return
    lots = {d.label: d.lots for d in outcome.designs}
    for d in (*outcome.joint.designs, *outcome.joint.paired):
        for name, r in d.figures.items():
            row = ("joint", "", d.label, d.against, lots[d.label], *_figure(name), r.median, "", outcome.joint.points)
            yield *row, "same_sign" if d.against else "", r.same_sign if d.against else "", "", r.low, r.high
    for name, drivers in outcome.joint.drivers.items():
        for driver in drivers:
            yield "driver", "", "", "", "", *_figure(name), driver.share, "", "", driver.assumption


def _compared(at: str, designs: Sequence[DesignOutcome], paired: Sequence[PairedOutcome]) -> Iterator[Sequence[object]]:
    lots = {d.label: d.lots for d in designs}
    for d in designs:
        yield "design", at, d.label, "", d.lots, "", "residual", d.residual
        yield "design", at, d.label, "", d.lots, "", "converged", float(d.converged)
        yield "design", at, d.label, "", d.lots, "", "rounds", float(d.rounds)
        for name, estimate in d.figures.items():
            yield "design", at, d.label, "", d.lots, *_figure(name), *_estimate(estimate)
    for p in paired:
        for name, estimate in p.figures.items():
            yield "paired", at, p.label, p.against, lots[p.label], *_figure(name), *_estimate(estimate)


def _figure(name: str) -> tuple[str, str]:
    """The type of providers and the figure."""
    stage, dot, kind = name.partition(".")
    return (kind, stage) if dot and stage != "funnel" else ("", name)


def _estimate(estimate: Estimate) -> tuple[object, ...]:
    return estimate.mean, estimate.se, estimate.n


def _cell(value: object) -> str:
    """A cell; numbers in plain digits, for spreadsheets take a minus with letters behind it for a formula."""
    if isinstance(value, float):
        digits = f"{value:.12f}".rstrip("0").rstrip(".")
        return "0" if digits == "-0" else digits
    return "" if value is None else str(value)
