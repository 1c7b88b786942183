"""A simulation as JSON (``tender-eval/lots/1``). The same spec, seed and draws give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tender_eval.languages.inert import json_text
from tender_eval.report.simulation.answer import criterion
from tender_eval.report.simulation.caveats import caveat_texts
from tender_eval.report.simulation.figure_format import tried_value
from tender_eval.report.simulation.sentences import headline_text, left_out, parameter_value_text
from tender_eval.simulation.results.outcome import (
    FUNNEL,
    DesignOutcome,
    Estimate,
    Figures,
    HurdleEffect,
    JointDesign,
    PairedOutcome,
    ParameterEffect,
    SimulationOutcome,
)
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.labels import about, basis_meaning, origin_in_words, unit_in_words
from tender_eval.simulation.spec.parameters import BASES

FORMAT = "tender-eval/lots/1"
PARTED = "."


def lots_json(outcome: SimulationOutcome) -> str:
    """The whole outcome; every figure has its mean, its standard error and the number of tenders that have it."""
    return json_text(lots_data(outcome))


def lots_data(outcome: SimulationOutcome) -> dict[str, Any]:
    """The outcome as plain data."""
    return {
        "format": FORMAT,
        "title": outcome.title,
        "spec_sha256": outcome.spec_sha256,
        "seed": outcome.seed,
        "draws": outcome.draws,
        "authorities": outcome.authorities,
        "currency": outcome.currency,
        "answer": headline_text(outcome),
        "caveats": list(caveat_texts(outcome)),
        "left_out": list(left_out()),
        "designs": [_design(d) | _levels(d.label, outcome) for d in outcome.designs],
        "paired": [_paired(p, outcome) for p in outcome.paired],
        "equilibrium": {
            "residual": outcome.residual,
            "converged": outcome.converged,
            "criterion": criterion(),
            "designs": [{"label": d.label, **_settled(d)} for d in outcome.designs],
        },
        "bases": {basis: basis_meaning(basis) for basis in BASES},
        "assumptions": [_assumption(s, outcome.currency) for s in outcome.assumptions],
        "sensitivity": _sensitivity(outcome),
        "hurdles": [{"design": h.label, "effects": [_hurdle(e) for e in h.effects]} for h in outcome.hurdles],
        "joint": _joint(outcome),
        "refused_trials": _refused(outcome),
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
        **({"illustrative": list(design.illustrative)} if design.illustrative else {}),
        "changed": dict(design.changed),
        **_figures(design.figures),
        "equilibrium": _settled(design),
    }


def _levels(label: str, outcome: SimulationOutcome) -> dict[str, Any]:
    """The ranges of a design's figures over the joint trials."""
    found = [d for d in outcome.joint.designs if d.label == label] if outcome.joint else []
    return {"ranges": _ranges(found[0])} if found else {}


def _ranges(found: JointDesign) -> dict[str, Any]:
    """Low and high are the ends that 5% of the trials lie beyond; keys as those of figures, see `_figures`."""
    of = {"low": "low", "median": "median", "high": "high", **({"same_sign": "same_sign"} if found.against else {})}
    return _grouped({n: {key: getattr(r, name) for key, name in of.items()} for n, r in found.figures.items()})


def _joint(outcome: SimulationOutcome) -> dict[str, Any] | None:
    found = outcome.joint
    if found is None:
        return None
    return {
        "points": found.points,
        "paired": [{"label": d.label, "against": d.against, "figures": _ranges(d)} for d in found.paired],
        "drivers": {
            name: [{"assumption": d.assumption, "share": d.share} for d in drivers]
            for name, drivers in found.drivers.items()
        },
    }


def _hurdle(effect: HurdleEffect) -> dict[str, Any]:
    """What lifting hurdles changes; of two, also what they do together beyond what each does, added up."""
    beyond = {"beyond_sum": _figures(effect.beyond)} if effect.beyond else {}
    return {"lifted": list(effect.lifted), "changes": _figures(effect.changes), **beyond}


def _refused(outcome: SimulationOutcome) -> list[dict[str, Any]]:
    """Trials that the scheme or a mechanism refused: of the sensitivity by what was set, of the joint ones how many."""
    single = [{"trial": parameter_value_text(at), "trials": 1, "why": why} for at, why in outcome.sensitivity.refused]
    several = outcome.joint.refused.items() if outcome.joint else ()
    return [*single, *({"trial": "joint", "trials": n, "why": why} for why, n in several)]


def _settled(design: DesignOutcome) -> dict[str, Any]:
    """How well the beliefs of bidders hold."""
    return {"residual": design.residual, "converged": design.converged, "rounds": design.rounds}


def _paired(paired: PairedOutcome, outcome: SimulationOutcome) -> dict[str, Any]:
    lots = next(d.lots for d in outcome.designs if d.label == paired.label)
    return {"label": paired.label, "lots": lots, "against": paired.against, **_figures(paired.figures)}


def _figures(figures: Figures) -> dict[str, Any]:
    """Figures by name; those of the funnel and of types of providers in mappings of their own."""
    return _grouped({name: _estimate(estimate) for name, estimate in figures.items()})


def _grouped(figures: Mapping[str, Any]) -> dict[str, Any]:
    types: dict[str, dict[str, Any]] = {}
    for name, written in figures.items():
        stage, dot, kind = name.partition(PARTED)
        if dot and stage != "funnel":
            types.setdefault(kind, {})[stage] = written
    plain = {name: written for name, written in figures.items() if PARTED not in name}
    funnel = {end: figures[f"funnel.{end}"] for end in FUNNEL if f"funnel.{end}" in figures}
    return {**plain, "funnel": funnel, "types": types}


def _each(figures: Mapping[str, Estimate]) -> dict[str, Any]:
    return {name: _estimate(e) for name, e in figures.items()}


def _estimate(estimate: Estimate | None) -> dict[str, Any] | None:
    return None if estimate is None else {"mean": estimate.mean, "se": estimate.se, "n": estimate.n}


def _assumption(stated: Assumption, currency: str) -> dict[str, Any]:
    return {
        "name": stated.name,
        "value": stated.value,
        "default": stated.default,
        "unit": unit_in_words(stated.unit, currency),
        "basis": stated.basis,
        "source": origin_in_words(stated, currency),
        "about": about(stated.name),
        "changed": stated.changed,
        "low": stated.low,
        "high": stated.high,
        "assumption": stated.basis == "A",
    }


def _sensitivity(outcome: SimulationOutcome) -> dict[str, Any]:
    found = outcome.sensitivity
    return {
        "difference": {"of": found.last, "less": found.first},
        "draws": found.draws,
        "as_stated": _each(found.differences),
        "parameters": [_moved(m) for m in found.parameters],
        "not_converged": [parameter_value_text(trial) for trial in found.unsettled],
    }


def _moved(moved: ParameterEffect) -> dict[str, Any]:
    return {
        "name": moved.name,
        **{end: tried_value(moved, getattr(moved, end)) for end in ("value", "low", "high")},
        "changes": {f: {"low": _estimate(e.low), "high": _estimate(e.high)} for f, e in moved.effects.items()},
        "reverses": list(moved.reverses),
    }
