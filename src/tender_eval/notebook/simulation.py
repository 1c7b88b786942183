"""What a simulation comes to, as frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from tender_eval.notebook.frames import Row, frame
from tender_eval.notebook.records import Rows, records, row
from tender_eval.simulation.results.outcome import DesignOutcome, Figures, FrontierPoint, SimulationOutcome, TeamLoad
from tender_eval.simulation.spec.assumptions import Assumption

if TYPE_CHECKING:
    from pandas import DataFrame

_FIGURE = ("design", "figure", "mean", "se", "n")


def outcome_frame(outcome: SimulationOutcome) -> DataFrame:
    """The figures of every design; see `SimulationOutcome.to_frame`."""
    return frame(_figures(outcome.designs), _FIGURE)


def outcome_frames(outcome: SimulationOutcome) -> dict[str, DataFrame]:
    """Everything by its name; see `SimulationOutcome.to_frames`."""
    found = outcome.sensitivity
    return {
        "figures": outcome_frame(outcome),
        "differences": frame(_figures(outcome.paired), _FIGURE),
        "designs": frame(_designs(outcome.designs), ("design", "lots", "scheme", "residual", "converged", "rounds")),
        "sensitivity": frame(_effects(outcome), ("parameter", "value", "low", "high", "figure", "reverses")),
        "without_change": frame(_of(found.last, found.differences), _FIGURE),
        "hurdles": frame(_hurdles(outcome), ("design", "lifted", "beyond_sum", *_FIGURE[1:])),
        "joint": frame(_joint(outcome), ("design", "against", "figure", "low", "median", "high", "same_sign")),
        "drivers": frame(_drivers(outcome), ("figure", "assumption", "share", "slope")),
        "frontier": _frame(records(FrontierPoint, outcome.frontier)),
        "teams": _frame(records(TeamLoad, outcome.teams)),
        "sweep": frame(_sweep(outcome), _FIGURE),
        "assumptions": _frame(records(Assumption, outcome.assumptions)),
    }


def _frame(made: Rows) -> DataFrame:
    columns, rows = made
    return frame(rows, columns)


def _figures(designs: Iterable[Any]) -> Iterator[Row]:
    for design in designs:
        yield from _of(design.label, design.figures)


def _of(label: str, figures: Figures) -> Iterator[Row]:
    for name, estimate in figures.items():
        yield {"design": label, "figure": name, "mean": estimate.mean, "se": estimate.se, "n": estimate.n}


def _designs(designs: Iterable[DesignOutcome]) -> Iterator[Row]:
    for d in designs:
        yield {
            "design": d.label, "lots": d.lots, "scheme": d.scheme, "residual": d.residual, "converged": d.converged,
            "rounds": d.rounds, **{f"changed.{name}": value for name, value in d.changed.items()},
        }  # fmt: skip


def _effects(outcome: SimulationOutcome) -> Iterator[Row]:
    for one in outcome.sensitivity.parameters:
        for figure, effect in one.effects.items():
            yield {
                "parameter": one.name, "value": one.value, "low": one.low, "high": one.high, "figure": figure,
                "reverses": figure in one.reverses,
                **{f"at_low.{name}": cell for name, cell in row(effect.low).items() if effect.low is not None},
                **{f"at_high.{name}": cell for name, cell in row(effect.high).items() if effect.high is not None},
            }  # fmt: skip


def _hurdles(outcome: SimulationOutcome) -> Iterator[Row]:
    """What lifting hurdles changes, and of two what they do beyond what each does, added up."""
    for design in outcome.hurdles:
        for effect in design.effects:
            for beyond, figures in ((False, effect.changes), (True, effect.beyond)):
                lifted = "+".join(effect.lifted)
                yield from ({**one, "lifted": lifted, "beyond_sum": beyond} for one in _of(design.label, figures))


def _joint(outcome: SimulationOutcome) -> Iterator[Row]:
    """Ranges of levels, and of differences from the first design: those have a design that they are against."""
    for d in (*outcome.joint.designs, *outcome.joint.paired) if outcome.joint else ():
        for name, found in d.figures.items():
            yield {"design": d.label, "against": d.against, "figure": name, **row(found)}


def _drivers(outcome: SimulationOutcome) -> Iterator[Row]:
    for name, drivers in outcome.joint.drivers.items() if outcome.joint else ():
        for driver in drivers:
            yield {"figure": name, **driver._asdict()}


def _sweep(outcome: SimulationOutcome) -> Iterator[Row]:
    for point in outcome.sweep:
        for found in _figures(point.designs):
            yield {**found, **{f"at.{name}": value for name, value in point.values.items()}}
