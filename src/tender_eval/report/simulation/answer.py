"""The answer at the top of the page: what changes, figure by figure, and what nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Beside, Block, Notice, heading, items, paragraph
from tender_eval.languages.numbers import grouped
from tender_eval.languages.runs import Runs, runs, strong
from tender_eval.report.simulation import charts
from tender_eval.report.simulation.caveats import caveats
from tender_eval.report.simulation.figure_format import FigureFormat, assumption, kind_of, title, whole_percent
from tender_eval.report.simulation.sentences import headline, named_design
from tender_eval.simulation.bidding.equilibrium import BIDS_TOLERANCE, PRICE_TOLERANCE
from tender_eval.simulation.bidding.lot_state import GAIN_TOLERANCE
from tender_eval.simulation.results.outcome import JointRange, SimulationOutcome
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.labels import texts

TOLD = (
    "small_bidders", "small_win_share", "price_ratio", "quality", "authority_cost", "bidder_cost", "evaluation_days",
)  # fmt: skip
CHARTED = ("small_win_share", "price", "quality", "cost")
"""The figures of the chart at the top."""

DRIVERS = 4  # that are named of a figure

MARKET = ("count", "income", "days")
"""What is assumed of the market, by the field of a type."""

OFF = ("common_cost_sd", "incumbent_cost", "tupe_cost", "mobilisation_needed", "effort_quality")


def answer_blocks(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """The answer with its uncertainty, and what must be read with it; on a page, figure by figure too."""
    t = fmt.t
    settled, *heed = caveats(outcome)
    yield Notice(headline(outcome), tone="told", large=True)
    if fmt.brief:
        yield items([settled, *heed])
        yield paragraph(t("answer.means", draws=grouped(str(outcome.draws)), seed=outcome.seed))
        return
    yield from _ranged(fmt, outcome)
    if not outcome.converged:
        yield Notice(runs(t("answer.not found")), (paragraph(settled),), "bad")
    yield Notice(runs(t("answer.read with")), (items(heed),))
    yield heading(t("answer.figures"), 2)
    yield items([t.say("answer.figure", figure=strong(title(n)), says=figure_says(fmt, outcome, n)) for n in TOLD])
    yield paragraph(t("answer.left to chance" if outcome.joint else "answer.give or take"), tone="soft")
    yield heading(t("answer.unknown"), 2)
    yield items(unknown(outcome))


def _ranged(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """The four figures of every design with their ranges, and what would change the answer."""
    t, joint = fmt.t, outcome.joint
    if joint is None:
        return
    designs = outcome.designs
    yield Beside(
        (
            charts.levels_chart(fmt, designs, "small_win_share", most=1.0, joint=joint),
            charts.levels_chart(
                fmt, designs, "price", near=charts.NEAR * (designs[0]["price"].mean or 0.0), joint=joint
            ),
            charts.levels_chart(fmt, designs, "quality", near=charts.NEAR, joint=joint),
            charts.levels_chart(fmt, designs, "cost", joint=joint),
        )
    )
    yield paragraph(t("joint.bars", points=joint.points), tone="soft")
    yield heading(t("joint.change"), 2)
    told = [_driven(fmt, outcome, name) for name in CHARTED if joint.drivers.get(name)]
    yield items(told) if told else paragraph(t("joint.no drivers"))


def _driven(fmt: FigureFormat, outcome: SimulationOutcome, name: str) -> Runs:
    """What moves a figure: each assumption, by how much from one end of its range to the other."""
    t, joint = fmt.t, outcome.joint
    drivers = joint.drivers[name][:DRIVERS] if joint else ()
    shown = [
        t(
            "joint.moves",
            what=assumption(d.assumption),
            change=fmt.difference(name, d.slope, points=True),
            share=whole_percent(d.share),
        )
        for d in drivers
    ]
    return t.say("answer.figure", figure=strong(title(name)), says=runs(f"{'; '.join(shown)}."))


def figure_says(fmt: FigureFormat, outcome: SimulationOutcome, name: str) -> Runs:
    """What is said of a figure: of the last design beside the first."""
    t, first, last = fmt.t, outcome.designs[0], outcome.designs[-1]
    if not outcome.paired:
        if first[name].mean is None:
            return t.say("says.not known")
        return t.say("says.level", level=fmt.written(name, first[name].mean), error=_spread(fmt, name, outcome))
    change = outcome.paired[-1][name]
    if change.mean is None or change.se is None or first[name].mean is None or last[name].mean is None:
        return t.say("says.not known")
    size = fmt.difference(name, abs(change.mean), points=True).lstrip("+")
    values = {
        "before": fmt.written(name, first[name].mean), "first": named_design(first),
        "after": fmt.written(name, last[name].mean), "last": named_design(last),
        "change": size, "error": _spread(fmt, name, outcome),
    }  # fmt: skip
    found = outcome.joint.paired[-1].figures.get(name) if outcome.joint else None
    if found is not None:
        return t.say(
            "says.range", **values, **_range(fmt, name, found), signed=fmt.difference(name, change.mean, points=True)
        )
    return t.say({0: "says.unclear", 1: "says.up", -1: "says.down"}[change.sign], **values)


def _range(fmt: FigureFormat, name: str, found: JointRange) -> dict[str, str]:
    """The ends of a range, and in how many trials the sign is the same."""
    low, high = fmt.range_ends(name, found, difference=True)
    return {"low": low, "high": high, "same": whole_percent(found.same_sign)}


def criterion() -> str:
    """When the beliefs of bidders count as settled."""
    values = {"prices": PRICE_TOLERANCE, "bids": BIDS_TOLERANCE, "gain": GAIN_TOLERANCE}
    return texts()("belief.criterion", **values)


def unknown(outcome: SimulationOutcome) -> Iterator[str]:
    """What no figure of the outcome holds, in sentences."""
    t = texts()
    assumed = [s for s in outcome.assumptions if s.basis == "A"]
    if quality := [s for s in assumed if s.name.endswith(".quality")]:
        yield t("unknown.quality left out" if _known_of_some(quality) else "unknown.quality")
    market = {field: [s for s in assumed if s.name.endswith(f".{field}")] for field in MARKET}
    if any(market.values()):
        fields = t.listing([t(f"unknown.of {field}") for field, rows in market.items() if rows])
        yield t(
            "unknown.market left out" if any(map(_known_of_some, market.values())) else "unknown.market", fields=fields
        )
    if any(s.name in OFF and s.value == 0 for s in outcome.assumptions):
        yield t("unknown.off")
    yield t("unknown.after")
    yield t("unknown.conduct")
    if outcome.sensitivity.parameters and outcome.joint is None:
        yield t("unknown.together")


def _spread(fmt: FigureFormat, name: str, outcome: SimulationOutcome) -> str:
    found = outcome.paired[-1][name] if outcome.paired else outcome.designs[0][name]
    error = fmt.error(name, found)
    return fmt.t("figure.points", n=error) if kind_of(name) == "share" else error


def _known_of_some(rows: list[Assumption]) -> bool:
    """Whether a file of providers states it of some."""
    return any(s.providers_known for s in rows)
