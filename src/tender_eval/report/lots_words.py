"""What a simulation says, in sentences: the answer with its uncertainty, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.report.lots_figures import STATED_FACT, assumption, error, value_text, written
from tender_eval.simulation.lot_rule import LotRule
from tender_eval.simulation.outcome import DesignOutcome, Estimate, Moved, Outcome, PairedOutcome, Stated
from tender_eval.simulation.variations import FACTS, GAPS, SCALED

TOLD = {
    "small_bidders": "the number of small providers that bid",
    "small_win_share": "the share of the value that they win",
    "price_ratio": "the price, as a share of the ceiling,",
}
RESTS_ON = {"S": "evidence", "D": "evidence, computed", "A": "ASSUMPTION", "C": "choice"}
DRIVERS = 3
MANY_UNSERVED = 0.05
RESIDUAL = "what bids could still gain by other prices, on average and as a share of their lots' value:"
QUALITY = ".quality"
COUNT = ".count"


def headline(outcome: Outcome) -> str:
    """What the last design does beside the first, each figure with its standard error; then what drives it."""
    first, last = outcome.designs[0], outcome.designs[-1]
    if not outcome.paired:
        told = "; ".join(f"{what} is {_level(first, name)}" for name, what in TOLD.items())
        return f"With {first.label}, {told}. {_drivers(outcome)}."
    paired = outcome.paired[-1]
    told = listed([_change(first, last, paired, name) for name in TOLD])
    return f"{_subject(outcome)} {told}, where ± is one standard error. {_drivers(outcome)}."


def caveats(outcome: Outcome) -> tuple[str, ...]:
    """What must be read with the answer."""
    return tuple(_caveats(outcome))


def _caveats(outcome: Outcome) -> Iterator[str]:
    unsettled = [d for d in outcome.designs if not d.converged]
    if unsettled:
        named = listed([f"{d.label} ({RESIDUAL} {d.residual:.2g})" for d in unsettled])
        yield f"What bidders believe about each other did not settle with {named}: read its figures with care."
    else:
        yield f"What bidders believe about each other settled in every design ({RESIDUAL} {outcome.residual:.2g})."
    if outcome.sensitivity.open:
        yield (
            f"In {len(outcome.sensitivity.open)} of the trials of the sensitivity it did not settle: "
            f"{', '.join(outcome.sensitivity.open[:5])}."
        )
    yield from _left_over(outcome)
    yield from _rules(outcome)
    yield _quality(outcome)
    yield from _beside_the_file(outcome)
    assumed = sum(s.basis == "A" for s in outcome.assumptions)
    known, computed = (sum(s.basis in kinds for s in outcome.assumptions) for kinds in ("SD", "D"))
    yield (
        f"Of the figures that went in, {assumed} are assumptions and {known} are evidence with a source, {computed} of "
        "them computed from it; standard errors tell what is left to chance by the number of simulated tenders, and "
        "nothing of the assumptions."
    )
    changed = [(s, s.default) for s in outcome.assumptions if s.changed and s.default is not None]
    if changed:
        told = ", ".join(f"{s.name} {value_text(s.value)} (default {value_text(default)})" for s, default in changed)
        yield f"Set otherwise than the defaults: {told}."
    if facts := [s for s in outcome.assumptions if s.default is None]:
        told = ", ".join(f"{s.name} {value_text(s.value)}" for s in facts)
        yield f"Stated in the spec, and there is no default: {told}."
    if declared := dict.fromkeys(name for d in outcome.designs for name in d.declared):
        yield (
            f"Every provider is assumed to declare what the scheme asks for ({', '.join(declared)}), unless the spec "
            "states otherwise of its type."
        )
    reversing = [m for m in outcome.sensitivity.moved if m.reverses]
    for m in reversing:
        figures = listed([TOLD[f].removesuffix(",") for f in m.reverses])
        yield f"Within its range, {_named(m, outcome)} turns the answer around for {figures}."
    yield "No design is best on every scale: the frontier shows what each gives for the others."


def _left_over(outcome: Outcome) -> Iterator[str]:
    """Lots that nobody wins, where they are many: what shares and prices then mean."""
    many = [(d.label, d["unserved"].mean or 0.0) for d in outcome.designs]
    told = [f"{written('unserved', mean)} of the lots with {label}" for label, mean in many if mean > MANY_UNSERVED]
    if told:
        yield (
            f"Nobody wins {listed(told)}: these are awarded directly, above the ceiling by the direct_award_premium, "
            "and the price holds that. Shares won are of what is won, in the tenders in which anybody wins; a "
            "difference of such shares is over the tenders in which both designs have one, so it is not quite that of "
            "the two."
        )


def _rules(outcome: Outcome) -> Iterator[str]:
    """What was simulated of the scheme's rule across lots, and what bidders make of a cap."""
    groups: dict[tuple[str, LotRule], list[str]] = {}
    for d in outcome.designs:
        groups.setdefault((d.scheme, d.rule), []).append(d.label)
    for (scheme, rule), labels in groups.items():
        whose = f"With {listed(labels)}, lots" if len(groups) > 1 else "Lots"
        if rule.overruled:
            told = [f"{n} {value_text(spec)} in place of {value_text(own)}" for n, own, spec in rule.overruled]
            yield (
                f"{whose} are NOT awarded as the scheme {scheme} says, for the spec states otherwise: {listed(told)}. "
                f"What was simulated: {_limits(rule)}."
            )
        elif rule.of_scheme:
            yield f"{whose} are awarded as the scheme {scheme} says: {_limits(rule)}."
    if any(rule.ordered for _, rule in groups):
        yield "The scheme's order of lots names those of a tender; here they are awarded in the order of the design."
    if any(_capped(d) for d in outcome.designs) or any(p.values.get("lots_awarded") for p in outcome.sweep):
        yield (
            "Bidders decide where to bid, and at what price, as if nothing limited what one of them is awarded: who "
            "wins is under the limit, but prices and the number of bids are those without it."
        )


def _limits(rule: LotRule) -> str:
    limits = {"lots_tendered": rule.lots_tendered, "lots_awarded": rule.lots_awarded, "capacity": rule.capacity}
    return ", ".join([f"mechanism {rule.mechanism}", *(f"{name} {limit}" for name, limit in limits.items() if limit)])


def _capped(design: DesignOutcome) -> bool:
    return 0 < design.rule.lots_awarded < design.lots or bool(design.rule.capacity and design.lots > 1)


def _beside_the_file(outcome: Outcome) -> Iterator[str]:
    """What a file of providers left without use in the spec."""
    types: dict[str, list[str]] = {}
    for name in outcome.unused:
        kind, _, field = name.rpartition(".")
        types.setdefault(field, []).append(_plain(kind))
    if types:
        told = "; ".join(f"{field} of {listed(kinds)}" for field, kinds in types.items())
        yield f"Stated in the spec and not used, for your file of providers states it of each of them: {told}."
    none = [
        _plain(s.name.removesuffix(COUNT))
        for s in outcome.assumptions
        if s.name.endswith(COUNT) and s.basis == "D" and not s.value
    ]
    if none:
        yield f"Your file of providers has nobody of these types, so nobody of them bids: {', '.join(none)}."


def _plain(kind: str) -> str:
    return kind.replace("_", "-")


def _quality(outcome: Outcome) -> str:
    """The figure that drives the answer, shown whether or not it was set; what a file of providers states is known."""
    rows = [s for s in outcome.assumptions if s.name.endswith(QUALITY)]
    known, number = _known_quality(outcome)
    if not rows:
        return "How good the bids of each provider are is taken from your own file of providers, and drives who wins."
    shares = ", ".join(f"{s.name.removesuffix(QUALITY).replace('_', '-')} {value_text(s.value)}" for s in rows)
    whose = "is assumed, not known" if any(s.basis == "A" for s in rows) else "is taken from the sources that you name"
    told = (
        f"How good the bids of each type of provider are {whose} (share of full marks: {shares}), and drives who wins"
    )
    own = f" Of {known} of the {number} providers it is taken from your own file of providers." if known else ""
    gaps = next((m for m in outcome.sensitivity.moved if m.name == GAPS), None)
    if gaps is None:
        return f"{told}.{own}"
    changes = gaps.effects["small_win_share"]
    ends = [
        f"{what} changes that answer by {_signed(change)}"
        for what, change in (("no difference between types", changes.low), ("twice the differences", changes.high))
        if change is not None
    ]
    return f"{told}: {listed(ends)} of the share that small providers win. Set it yourself.{own}"


def _known_quality(outcome: Outcome) -> tuple[int, int]:
    """Of how many providers a file of providers states the quality, and how many there are."""
    left = {s.name.removesuffix(QUALITY): s.known for s in outcome.assumptions if s.name.endswith(QUALITY)}
    counts = {s.name.removesuffix(COUNT): int(s.value) for s in outcome.assumptions if s.name.endswith(COUNT)}
    return sum(left.get(kind, number) for kind, number in counts.items()), sum(counts.values())


def trials_are_others(outcome: Outcome) -> str:
    """Why the figure about which assumptions move the answer is not quite that of the answer."""
    tried = outcome.sensitivity.draws
    if tried >= outcome.draws:
        return ""
    return (
        f"The trials have fewer tenders than the answer ({tried:,}, not {outcome.draws:,}), so the figure from which "
        "they start can differ a little from that of the answer."
    )


def _signed(change: Estimate) -> str:
    shown = written("small_win_share", change.mean, difference=True)
    return f"{shown} (standard error {error('small_win_share', change)})"


def _subject(outcome: Outcome) -> str:
    first, last = outcome.designs[0], outcome.designs[-1]
    plain = first.label == f"{first.lots} lot{'s' * (first.lots != 1)}" and last.label == f"{last.lots} lots"
    if plain and first.lots < last.lots:
        return f"Cutting the contract from {first.label} into {last.lots}"
    return f"“{last.label}” in place of “{first.label}”"


def _change(first: DesignOutcome, last: DesignOutcome, paired: PairedOutcome, name: str) -> str:
    before, after, change = first[name], last[name], paired[name]
    if change.mean is None or change.se is None or before.mean is None or after.mean is None:
        return f"leaves {TOLD[name]} unknown, for too few tenders have one"
    sure = abs(change.mean) > 2 * change.se
    doing = "does not clearly change" if not sure else "raises" if change.mean > 0 else "lowers"
    uncertain = f"{written(name, change.mean, difference=True)} ± {error(name, change)}"
    return f"{doing} {TOLD[name]} from {written(name, before.mean)} to {written(name, after.mean)} ({uncertain})"


def _level(design: DesignOutcome, name: str) -> str:
    return f"{written(name, design[name].mean)} (standard error {error(name, design[name])})"


def _drivers(outcome: Outcome) -> str:
    rows = [m for m in outcome.sensitivity.moved if any(e.sure for e in m.effects.values())][:DRIVERS]
    if not rows:
        return "Of what is assumed, nothing moves it within the ranges tried"
    return f"What is assumed drives it: most of all {listed([_named(m, outcome) for m in rows])}"


def _named(moved: Moved, outcome: Outcome) -> str:
    if moved.name == FACTS:
        named = (s.name.partition(STATED_FACT)[2] for s in outcome.assumptions if STATED_FACT in s.name)
        columns = dict.fromkeys(c for c in named if c.startswith(SCALED))
        return f"{assumption(moved.name)} ({', '.join(columns)}; tried {moved.low} and {moved.high} as much)"
    if isinstance(moved.value, str):  # of several types together
        return assumption(moved.name)
    return f"{assumption(moved.name)} ({value_text(moved.value)}, tried {_range(moved)})"


def _range(moved: Moved) -> str:
    return f"{value_text(moved.low)} to {value_text(moved.high)}"


def listed(parts: list[str]) -> str:
    """Parts of a sentence, the last with "and"."""
    return "".join(parts) if len(parts) < 2 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def basis_text(stated: Stated) -> str:
    """What a figure rests on, for a cell of a table."""
    return RESTS_ON[stated.basis]
