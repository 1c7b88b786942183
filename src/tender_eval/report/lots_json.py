"""A simulation as JSON (``tender-eval/lots/1``). The same spec, seed and draws give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender_eval.report.evaluation_json import as_json
from tender_eval.report.lots_words import caveats, headline
from tender_eval.simulation.equilibrium import CRITERION
from tender_eval.simulation.outcome import FUNNEL, DesignOutcome, Estimate, Figures, Moved, Outcome, PairedOutcome
from tender_eval.simulation.parameters import BASES

FORMAT = "tender-eval/lots/1"
PARTED = "."


def lots_json(outcome: Outcome) -> str:
    """The whole outcome; every figure has its mean, its standard error and the number of tenders that have it."""
    return as_json(lots_data(outcome))


def lots_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as plain data."""
    return {
        "format": FORMAT,
        "title": outcome.title,
        "spec_sha256": outcome.spec_sha256,
        "seed": outcome.seed,
        "draws": outcome.draws,
        "authorities": outcome.authorities,
        "answer": headline(outcome),
        "caveats": list(caveats(outcome)),
        "designs": [_design(d) for d in outcome.designs],
        "paired": [_paired(p, outcome) for p in outcome.paired],
        "equilibrium": {
            "residual": outcome.residual,
            "converged": outcome.converged,
            "criterion": CRITERION,
            "designs": [{"label": d.label, **_settled(d)} for d in outcome.designs],
        },
        "bases": dict(BASES),
        "assumptions": [_stated(s) for s in outcome.assumptions],
        "sensitivity": _sensitivity(outcome),
        "frontier": [
            {"label": p.label, **_each(p.figures), "dominated_by": list(p.dominated_by)} for p in outcome.frontier
        ],
        "teams": [{"people": t.people, "share": t.share, "weeks": dict(t.weeks)} for t in outcome.teams],
        "sweep": [
            {
                "values": dict(p.values),
                "designs": [_design(d) for d in p.designs],
                "paired": [_paired(x, outcome) for x in p.paired],
            }
            for p in outcome.sweep
        ],
    }


def _design(design: DesignOutcome) -> dict[str, Any]:
    return {
        "label": design.label,
        "lots": design.lots,
        "scheme": design.scheme,
        "changed": dict(design.changed),
        **_figures(design.figures),
        "equilibrium": _settled(design),
    }


def _settled(design: DesignOutcome) -> dict[str, Any]:
    """How well the beliefs of bidders hold."""
    return {"residual": design.residual, "converged": design.converged, "rounds": design.rounds}


def _paired(paired: PairedOutcome, outcome: Outcome) -> dict[str, Any]:
    lots = next(d.lots for d in outcome.designs if d.label == paired.label)
    return {"label": paired.label, "lots": lots, "against": paired.against, **_figures(paired.figures)}


def _figures(figures: Figures) -> dict[str, Any]:
    """Figures by name; those of the funnel and of types of providers in mappings of their own."""
    types: dict[str, dict[str, Any]] = {}
    for name, estimate in figures.items():
        stage, dot, kind = name.partition(PARTED)
        if dot and stage != "funnel":
            types.setdefault(kind, {})[stage] = _estimate(estimate)
    plain = {name: e for name, e in figures.items() if PARTED not in name}
    funnel = {end: _estimate(figures[f"funnel.{end}"]) for end in FUNNEL if f"funnel.{end}" in figures}
    return {**_each(plain), "funnel": funnel, "types": types}


def _each(figures: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: _estimate(e) for name, e in figures.items()}


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else {"mean": estimate.mean, "se": estimate.se, "n": estimate.n}


def _stated(stated: Any) -> dict[str, Any]:
    names = ("name", "value", "default", "unit", "basis", "source", "about", "changed", "low", "high")
    return {name: getattr(stated, name) for name in names} | {"assumption": stated.basis == "A"}


def _sensitivity(outcome: Outcome) -> dict[str, Any]:
    found = outcome.sensitivity
    return {
        "difference": {"of": found.last, "less": found.first},
        "draws": found.draws,
        "as_stated": _each(found.differences),
        "parameters": [_moved(m) for m in found.moved],
        "not_converged": list(found.open),
    }


def _moved(moved: Moved) -> dict[str, Any]:
    return {
        "name": moved.name,
        "value": moved.value,
        "low": moved.low,
        "high": moved.high,
        "changes": {f: {"low": _estimate(e.low), "high": _estimate(e.high)} for f, e in moved.effects.items()},
        "reverses": list(moved.reverses),
    }
