"""The answer of a simulation for the top of its page: what changes, figure by figure, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tender_eval.languages.inert import cut
from tender_eval.report.lots_figures import FIGURES, error, title, written
from tender_eval.report.lots_words import caveats, headline, listed
from tender_eval.report.page.lots_tables import capital
from tender_eval.report.page.sayings import LONGEST_NAME
from tender_eval.simulation.outcome import DesignOutcome, Outcome, Stated

TOLD = (
    "small_bidders", "small_win_share", "price_ratio", "quality", "authority_cost", "bidder_cost", "evaluation_days",
)  # fmt: skip
LONGEST_SENTENCE = 1500
SURE = 2.0  # standard errors
MARKET = {
    ".count": "how many providers of each type there are",
    ".income": "what they earn",
    ".days": "how long they need to write a bid",
}
OFF = ("common_cost_sd", "incumbent_cost", "tupe_cost")


@dataclass(frozen=True, slots=True)
class Answer:
    """The first sentence; each figure with what is said of it; what is uncertain, and what is not known.

    Attributes:
        unsettled: what is said of designs whose equilibrium was not found; empty where all were.
        heed: what else must be read with the answer.
    """

    headline: str
    figures: tuple[tuple[str, str], ...]
    unsettled: str
    heed: tuple[str, ...]
    unknown: tuple[str, ...]


def answer_of(outcome: Outcome) -> Answer:
    """The answer of an outcome, in sentences that say the last design beside the first."""
    short = _short(outcome)
    settled, *heed = (cut(caveat, LONGEST_SENTENCE) for caveat in caveats(short))
    return Answer(
        cut(headline(short), LONGEST_SENTENCE),
        tuple((capital(title(name)), _told(short, name)) for name in TOLD),
        "" if outcome.converged else settled,
        tuple(heed),
        tuple(_unknown(outcome)),
    )


def _short(outcome: Outcome) -> Outcome:
    """With names of designs that fit into a sentence."""
    return replace(
        outcome,
        designs=tuple(replace(d, label=cut(d.label, LONGEST_NAME)) for d in outcome.designs),
        paired=tuple(replace(p, label=cut(p.label, LONGEST_NAME)) for p in outcome.paired),
    )


def _told(outcome: Outcome, name: str) -> str:
    first, last = outcome.designs[0], outcome.designs[-1]
    if not outcome.paired:
        if first[name].mean is None:
            return "not known, for too few of the simulated tenders have it."
        return f"{written(name, first[name].mean)}, give or take {_spread(name, error(name, first[name]))}."
    change = outcome.paired[-1][name]
    if change.mean is None or change.se is None or first[name].mean is None or last[name].mean is None:
        return "not known, for too few of the simulated tenders have it."
    before, after = written(name, first[name].mean), written(name, last[name].mean)
    levels = f"{before} with {named(first)}, {after} with {named(last)}"
    size = written(name, abs(change.mean), difference=True).lstrip("+")
    spread = _spread(name, error(name, change))
    if abs(change.mean) <= SURE * change.se or change.mean == 0:
        return f"{levels}: no clear change ({size}, give or take {spread})."
    return f"{levels}: {'up' if change.mean > 0 else 'down'} by {size}, give or take {spread}."


def named(design: DesignOutcome) -> str:
    """A design in a sentence: in quotation marks where the user named it."""
    lots = f"{design.lots} lot{'s' * (design.lots != 1)}"
    return lots if design.label == lots else f"“{design.label}”"


def _spread(name: str, shown: str) -> str:
    return f"{shown} points" if FIGURES[name].kind == "share" else shown


def _partly(rows: list[Stated]) -> bool:
    """Whether a file of providers states it of some."""
    return any(s.known for s in rows)


def _unknown(outcome: Outcome) -> Iterator[str]:
    assumed = [s for s in outcome.assumptions if s.basis == "A"]
    quality = [s for s in assumed if s.name.endswith(".quality")]
    if quality:
        whose = "of the providers of whom your file leaves it out" if _partly(quality) else "of each type of provider"
        yield f"How good the bids {whose} are. No source has it: it is assumed, and drives who wins."
    market = {what: [s for s in assumed if s.name.endswith(field)] for field, what in MARKET.items()}
    if any(market.values()):
        left = ", where your file leaves it out" if any(map(_partly, market.values())) else ""
        told = listed([what for what, rows in market.items() if rows])
        yield f"Whether your market is like the one assumed: {told}{left}."
    off = [s for s in outcome.assumptions if s.name in OFF and s.value == 0]
    if off:
        yield (
            "What the present provider saves, what taking over its staff costs another, and costs that all "
            "share: no figure was found, and those that nobody has set are left out."
        )
    yield "What happens after the award: how well services are delivered, and what it costs to manage more contracts."
    yield (
        "Whether real bidders do as these do, who each bid as is best for them given what they believe of the others."
    )
    if outcome.sensitivity.moved:
        yield "What two assumptions do together: each was tried by itself."
    yield (
        "How far the figures depend on the sample of tenders in which bidding is settled: in a county, prices by about "
        "0.0003 of the ceiling from one seed to another and small bidders by about 0.01, which no standard error here "
        "holds."
    )
