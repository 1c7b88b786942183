"""What a simulation says, in sentences: the answer with its uncertainty, and what drives it."""

from __future__ import annotations

from tender_eval.languages.lists import in_a_row
from tender_eval.languages.runs import Runs, joined, runs, text_of
from tender_eval.report.simulation.figure_format import (
    STATED_FACT,
    FigureFormat,
    assumption,
    design,
    tried_value,
    value_text,
    whole_percent,
)
from tender_eval.simulation.results.outcome import (
    DesignOutcome,
    Joint,
    JointDesign,
    PairedOutcome,
    ParameterEffect,
    ParameterValue,
    SimulationOutcome,
)
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.labels import label_of, texts
from tender_eval.simulation.spec.variations import FACTS, SCALED

TOLD = ("small_bidders", "small_win_share", "price_ratio")
"""The figures of the first sentence, where nothing is known of their ranges."""

RANGED = ("small_win_share", "price", "quality")
"""The figures of the first sentence with their ranges."""

DRIVERS = 3
OF_EACH = 2  # drivers of a figure
LEFT_OUT = ("packages", "partners", "limits", "hurdles", "authority", "charities", "after")
SURE_SIGN = 0.95  # share of the trials from which on the sign of a figure is said outright


def left_out() -> tuple[str, ...]:
    """What the model knows nothing of."""
    return tuple(texts()(f"left.{part}") for part in LEFT_OUT)


def illustrations(outcome: SimulationOutcome) -> tuple[str, ...]:
    """What of each scheme is an illustration, a sentence a scheme."""
    t, between = texts(), texts()("illustrative.between")
    told = {d.scheme: between.join(d.illustrative) for d in outcome.designs if d.illustrative}
    return tuple(t("illustrative", scheme=scheme, parts=parts) for scheme, parts in told.items())


def headline(outcome: SimulationOutcome) -> Runs:
    """What the last design does beside the first, each figure with its standard error; then what drives it."""
    t, fmt = texts(), FigureFormat(outcome.currency)
    first, last = outcome.designs[0], outcome.designs[-1]
    if outcome.joint:
        return _with_ranges(outcome, outcome.joint)
    drivers = _drivers(outcome)
    if not outcome.paired:
        levels = joined([_level(fmt, first, name) for name in TOLD], t("headline.then"))
        return t.say("headline.alone", design=design(first.label), levels=levels, drivers=drivers)
    changes = t.listed([_change(fmt, first, last, outcome.paired[-1], name) for name in TOLD])
    return t.say("headline", subject=_subject(first, last), changes=changes, drivers=drivers)


def headline_text(outcome: SimulationOutcome) -> str:
    """The same as text."""
    return text_of(headline(outcome))


def sample_note(outcome: SimulationOutcome) -> str:
    """Why the figure about which assumptions move the answer is not quite that of the answer."""
    tried = outcome.sensitivity.draws
    if tried >= outcome.draws:
        return ""
    return texts()("moved.fewer", tried=value_text(tried), draws=value_text(outcome.draws))


def named_design(found: DesignOutcome) -> Runs:
    """A design in a sentence: in quotation marks where the user named it."""
    if found.label == label_of(found.lots):
        return runs(found.label)
    return texts().say("design.named", name=design(found.label))


def parameter_in_words(effect: ParameterEffect, outcome: SimulationOutcome) -> str:
    """An assumption with its value and what was tried."""
    t, what = texts(), assumption(effect.name)
    fmt = FigureFormat(outcome.currency)
    value, low, high = (fmt.value(effect.name, tried_value(effect, v)) for v in (effect.value, effect.low, effect.high))
    if effect.name == FACTS:
        facts = (s.name.partition(STATED_FACT)[2] for s in outcome.assumptions if STATED_FACT in s.name)
        columns = dict.fromkeys(c for c in facts if c.startswith(SCALED))
        return t("moved.facts", what=what, columns=in_a_row(columns), low=low, high=high)
    if isinstance(effect.value, str):  # of several types together
        return what
    return t("moved.named", what=what, value=value, low=low, high=high)


def parameter_value_text(trial: ParameterValue) -> str:
    """A trial, by the parameter and the value that it had."""
    return f"{trial.name} = {trial.value}" if trial.name else texts()("facts.1")


def basis_text(assumption: Assumption) -> str:
    """What a figure rests on."""
    return texts()(f"basis.{assumption.basis}")


def _subject(first: DesignOutcome, last: DesignOutcome) -> Runs:
    plain = first.label == label_of(first.lots) and last.label == label_of(last.lots)
    if plain and first.lots < last.lots:
        return texts().say("subject.cut", first=first.label, last=last.lots)
    return texts().say("subject.instead", first=design(first.label), last=design(last.label))


def _change(fmt: FigureFormat, first: DesignOutcome, last: DesignOutcome, paired: PairedOutcome, name: str) -> str:
    t, what = fmt.t, fmt.t(f"told.{name}")
    before, after, change = first[name], last[name], paired[name]
    if change.mean is None or change.se is None or before.mean is None or after.mean is None:
        return t("change.unknown", what=what)
    values = {
        "what": what, "before": fmt.written(name, before.mean), "after": fmt.written(name, after.mean),
        "change": fmt.difference(name, change.mean, points=True), "error": fmt.error(name, change),
    }  # fmt: skip
    return t({0: "change.unclear", 1: "change.raises", -1: "change.lowers"}[change.sign], **values)


def _with_ranges(outcome: SimulationOutcome, joint: Joint) -> Runs:
    """The answer in three sentences: what changes with its ranges, what the ranges are, and what would change it."""
    t, fmt = texts(), FigureFormat(outcome.currency)
    first, last = outcome.designs[0], outcome.designs[-1]
    drivers = drivers_text(outcome, joint)
    if not outcome.paired:
        shown = [_level_with_range(fmt, first, joint.designs[0], name) for name in RANGED]
        levels = joined(shown, t("headline.then"))
        return t.say("joint.alone", design=design(first.label), levels=levels, points=joint.points, drivers=drivers)
    changes = [_change_with_range(fmt, outcome, joint.paired[-1], name) for name in RANGED]
    subject = _subject(first, last)
    return t.say("joint.headline", subject=subject, changes=t.listed(changes), points=joint.points, drivers=drivers)


def _level_with_range(fmt: FigureFormat, found: DesignOutcome, ranges: JointDesign, name: str) -> str:
    values = {"what": fmt.t(f"ranged.{name}"), "level": fmt.written(name, found[name].mean)}
    if name not in ranges.figures:
        return fmt.t("joint.level unknown", **values)
    low, high = fmt.range_ends(name, ranges.figures[name])
    return fmt.t("joint.level", low=low, high=high, **values)


def _change_with_range(fmt: FigureFormat, outcome: SimulationOutcome, ranges: JointDesign, name: str) -> str:
    t, what = fmt.t, fmt.t(f"ranged.{name}")
    before, after, change = outcome.designs[0][name], outcome.designs[-1][name], outcome.paired[-1][name]
    found = ranges.figures.get(name)
    if change.mean is None or before.mean is None or after.mean is None or found is None:
        return t("change.unknown", what=what)
    low, _ = fmt.range_ends(name, found, difference=True)
    high = fmt.difference(name, found.high, points=True)
    values = {
        "what": what, "before": fmt.written(name, before.mean), "after": fmt.written(name, after.mean),
        "change": fmt.difference(name, change.mean, points=True), "low": low, "high": high,
    }  # fmt: skip
    if found.same_sign < SURE_SIGN or change.mean * found.median <= 0:
        return t("joint.open", **values)
    return t("joint.raises" if change.mean > 0 else "joint.lowers", **values)


def drivers_text(outcome: SimulationOutcome, joint: Joint) -> str:
    """What moves each figure of the answer most over the trials."""
    t = texts()
    told = []
    for name in RANGED:
        if rows := joint.drivers.get(name, ())[:OF_EACH]:
            shown = [t("joint.share", what=assumption(d.assumption), share=whole_percent(d.share)) for d in rows]
            told.append(t("joint.driver", figure=t(f"ranged.{name}"), assumptions=t.listing(shown)))
    return t("joint.drivers", figures=t.listing(told)) if told else t("joint.no drivers")


def _level(fmt: FigureFormat, found: DesignOutcome, name: str) -> str:
    level, error = fmt.written(name, found[name].mean), fmt.error(name, found[name])
    return fmt.t("headline.level", what=fmt.t(f"told.{name}"), level=level, error=error)


def _drivers(outcome: SimulationOutcome) -> str:
    rows = [m for m in outcome.sensitivity.parameters if any(e.significant for e in m.effects.values())][:DRIVERS]
    if not rows:
        return texts()("drivers.none")
    return texts()("drivers", assumptions=texts().listing([parameter_in_words(m, outcome) for m in rows]))
