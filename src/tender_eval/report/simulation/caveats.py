"""What must be read with the answer of a simulation, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.languages.inert import cut
from tender_eval.languages.lists import in_a_row
from tender_eval.languages.numbers import at_digits, money, percentage
from tender_eval.languages.runs import Inline, Run, Runs, joined, name, runs, text_of
from tender_eval.report.simulation.figure_format import LONGEST_NAME, FigureFormat, design, short, type_name
from tender_eval.report.simulation.sentences import parameter_in_words, parameter_value_text
from tender_eval.simulation.results.outcome import DesignOutcome, Estimate, SimulationOutcome
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.labels import texts
from tender_eval.simulation.spec.lot_rule import LotRule
from tender_eval.simulation.spec.parameters import GRANTS
from tender_eval.simulation.spec.variations import GAPS

MANY_UNSERVED = 0.05
LONGEST_WHY = 200
MOST_TRIALS = 5  # that are named
QUALITY = ".quality"
COUNT = ".count"


def caveats(outcome: SimulationOutcome) -> tuple[Runs, ...]:
    """What must be read with the answer; whether the beliefs of bidders settled comes first."""
    return tuple(map(runs, _caveats(outcome)))


def caveat_texts(outcome: SimulationOutcome) -> tuple[str, ...]:
    """The same as texts."""
    return tuple(map(text_of, caveats(outcome)))


def _caveats(outcome: SimulationOutcome) -> Iterator[Inline]:
    t = texts()
    yield _settled(outcome)
    if trials := outcome.sensitivity.unsettled:
        shown = in_a_row(cut(parameter_value_text(trial), LONGEST_NAME) for trial in trials[:MOST_TRIALS])
        yield t("caveat.trials", n=len(trials), trials=shown)
    yield from _trials(outcome)
    yield from _left_over(outcome)
    yield from _rules(outcome)
    yield _quality(outcome)
    yield from _beside_the_file(outcome)
    yield from _what_went_in(outcome)
    if declared := dict.fromkeys(column for d in outcome.designs for column in d.declared):
        yield t("caveat.declared", columns=in_a_row(declared))
    if undeclared := dict.fromkeys(column for d in outcome.designs for column in d.undeclared):
        yield t("caveat.undeclared", columns=in_a_row(undeclared))
    if any(s.name in GRANTS for s in outcome.assumptions):
        yield t("caveat.grants")
    for effect in outcome.sensitivity.parameters:
        if effect.reverses:
            figures = t.listing([t(f"turned.{figure}") for figure in effect.reverses])
            yield t("caveat.turns", what=parameter_in_words(effect, outcome), figures=figures)
    yield t("caveat.no best")


def _settled(outcome: SimulationOutcome) -> Inline:
    t = texts()
    unsettled = [
        t.say("caveat.unsettled design", design=design(d.label), residual=at_digits(d.residual, 2))
        for d in outcome.designs
        if not d.converged
    ]
    if unsettled:
        return t.say("caveat.unsettled", designs=t.listed(unsettled))
    return t("caveat.settled", residual=at_digits(outcome.residual, 2))


def _trials(outcome: SimulationOutcome) -> Iterator[Inline]:
    """What became of the trials that did not go as the others."""
    t = texts()
    refused = outcome.sensitivity.refused
    for at, why in refused[:MOST_TRIALS]:
        yield t("caveat.refused", trial=cut(parameter_value_text(at), LONGEST_NAME), why=cut(why, LONGEST_WHY))
    if len(refused) > MOST_TRIALS:
        yield t("caveat.refused more", n=len(refused) - MOST_TRIALS)
    if outcome.joint is None:
        return
    if outcome.joint.unsettled:
        yield t("caveat.joint unsettled", n=outcome.joint.unsettled, points=outcome.joint.points)
    for why, n in [*outcome.joint.refused.items()][:MOST_TRIALS]:
        yield t("caveat.joint refused", n=n, why=cut(why, LONGEST_WHY))


def _left_over(outcome: SimulationOutcome) -> Iterator[Inline]:
    """Lots that nobody wins, where they are many: what shares and prices then mean."""
    t, fmt = texts(), FigureFormat(outcome.currency)
    many = [
        t.say("caveat.unserved of", share=fmt.written("unserved", mean), design=design(d.label))
        for d in outcome.designs
        if (mean := d["unserved"].mean or 0.0) > MANY_UNSERVED
    ]
    if many:
        yield t.say("caveat.unserved", shares=t.listed(many))


def _rules(outcome: SimulationOutcome) -> Iterator[Inline]:
    """What was simulated of the scheme's rule across lots, and what bidders make of a cap."""
    t = texts()
    groups: dict[tuple[str, LotRule], list[Run]] = {}
    for d in outcome.designs:
        groups.setdefault((d.scheme, d.rule), []).append(design(d.label))
    for (scheme, rule), labels in groups.items():
        whose = t.say("rule.lots of", designs=t.listed(labels)) if len(groups) > 1 else t.say("rule.lots")
        values = {
            "lots": whose, "scheme": name(cut(scheme, LONGEST_NAME)), "rule": _limits(rule, outcome.currency),
        }  # fmt: skip
        if rule.overruled:
            changes = [t("rule.in place", parameter=n, value=short(v), own=short(own)) for n, own, v in rule.overruled]
            yield t.say("rule.overruled", changes=t.listing(changes), **values)
        elif rule.of_scheme:
            yield t.say("rule.of scheme", **values)
        if rule.lapsed:
            yield t.say("rule.lapsed", lots=whose, limits=t.listing(rule.lapsed))
        if rule.offers:
            yield t.say("rule.offers", offers=t.listing(rule.offers), **values)
    if any(rule.ordered for _, rule in groups):
        yield t("rule.ordered")
    if any(rule.by_share for _, rule in groups):
        yield t("rule.reserved by share")
    if any(_capped(d) for d in outcome.designs) or any(p.values.get("lots_awarded") for p in outcome.sweep):
        yield t("rule.foreseen")
    if any(rule.most_suppliers or rule.fewest_suppliers or rule.quotas for _, rule in groups):
        yield t("rule.not foreseen")


def _limits(rule: LotRule, currency: str) -> str:
    limits: dict[str, object] = {"lots_tendered": rule.lots_tendered, "lots_awarded": rule.lots_awarded}
    if bound := rule.capacity:
        share = texts()("rule.share of", share=percentage(bound.amount), figure=bound.of) if bound.of else ""
        limits["capacity"] = share or money(bound.amount, currency)
    if rule.most_value is not None:
        limits["most_value"] = percentage(rule.most_value)
    limits |= {"most_suppliers": rule.most_suppliers, "fewest_suppliers": rule.fewest_suppliers}
    limited = [f"mechanism {short(rule.mechanism)}", *(f"{limit} {value}" for limit, value in limits.items() if value)]
    if rule.reserved:
        limited.append(texts()("rule.reserved", lots=in_a_row(rule.reserved)))
    return in_a_row([*limited, *(f"quotas.{short(quota)}" for quota in rule.quotas)])


def _capped(found: DesignOutcome) -> bool:
    by_value = found.rule.capacity or found.rule.most_value
    return 0 < found.rule.lots_awarded < found.lots or bool(by_value and found.lots > 1)


def _beside_the_file(outcome: SimulationOutcome) -> Iterator[Inline]:
    """What a file of providers left without use in the spec."""
    t = texts()
    types: dict[str, list[str]] = {}
    for parameter in outcome.unused:
        kind, _, field = parameter.rpartition(".")
        types.setdefault(field, []).append(type_name(kind))
    if types:
        fields = [t("caveat.unused of", field=field, types=t.listing(kinds)) for field, kinds in types.items()]
        yield t("caveat.unused", fields="; ".join(fields))
    none = [
        type_name(s.name.removesuffix(COUNT))
        for s in outcome.assumptions
        if s.name.endswith(COUNT) and s.basis == "D" and not s.value
    ]
    if none:
        yield t("caveat.nobody", types=in_a_row(none))


def _what_went_in(outcome: SimulationOutcome) -> Iterator[Inline]:
    """How much is assumed, and what the user stated."""
    t, fmt = texts(), FigureFormat(outcome.currency)
    assumed, known, computed = (
        sum(s.basis in kinds for s in outcome.assumptions) for kinds in (("A",), ("S", "D"), ("D",))
    )
    yield t("caveat.assumed", assumed=assumed, known=known, computed=computed)
    pounds = [s for s in outcome.assumptions if s.source.in_pounds]
    if pounds:
        currency = t.currency(outcome.currency)
        yield t("caveat.pounds", currency=currency, parameters=in_a_row(s.name for s in pounds))
    changed = [(s, s.default) for s in outcome.assumptions if s.changed and s.default is not None]
    if changed:
        values = [
            t(
                "caveat.changed to",
                parameter=s.name,
                value=fmt.value(s.name, s.value),
                default=fmt.value(s.name, default),
            )
            for s, default in changed
        ]
        yield t("caveat.changed", parameters=in_a_row(values))
    if facts := [f"{s.name} {short(s.value)}" for s in outcome.assumptions if s.default is None]:
        yield t("caveat.no default", facts=in_a_row(facts))


def _quality(outcome: SimulationOutcome) -> Inline:
    """The figure that drives the answer, shown whether or not it was set; what a file of providers states is known."""
    t = texts()
    rows = [s for s in outcome.assumptions if s.name.endswith(QUALITY)]
    if not rows:
        return t("quality.from file")
    shares = in_a_row(f"{type_name(s.name.removesuffix(QUALITY))} {short(s.value)}" for s in rows)
    key = "quality.assumed" if any(s.basis == "A" for s in rows) else "quality.sourced"
    known, number = _known_quality(outcome.assumptions)
    own = t("quality.known", known=known, number=number) if known else ""
    gaps = next((m for m in outcome.sensitivity.parameters if m.name == GAPS), None)
    if gaps is None:
        return joined([t(key, shares=shares, effect=""), *([own] if own else [])], " ")
    effects = gaps.effects["small_win_share"]
    ends = [
        t(f"quality.gaps {end}", change=_signed(change))
        for end, change in (("low", effects.low), ("high", effects.high))
        if change is not None and change.mean is not None
    ]
    told = t(key, shares=shares, effect=t("quality.effect", changes=t.listing(ends)))
    return joined([told, t("quality.set it"), *([own] if own else [])], " ")


def _known_quality(assumptions: tuple[Assumption, ...]) -> tuple[int, int]:
    """Of how many providers a file of providers states the quality, and how many there are."""
    left = {s.name.removesuffix(QUALITY): s.providers_known for s in assumptions if s.name.endswith(QUALITY)}
    counts = {s.name.removesuffix(COUNT): int(s.value) for s in assumptions if s.name.endswith(COUNT)}
    return sum(left.get(kind, number) for kind, number in counts.items()), sum(counts.values())


def _signed(change: Estimate) -> str:
    fmt = FigureFormat()
    shown = fmt.difference("small_win_share", change.mean or 0.0, points=True)
    return fmt.t("quality.change", change=shown, error=fmt.error("small_win_share", change))
