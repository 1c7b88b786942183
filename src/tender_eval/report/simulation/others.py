"""What others found beside what is found here, agreeing or not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tender_eval.documents.model import Block, heading, paragraph, table
from tender_eval.languages.runs import Inline
from tender_eval.report.simulation.figure_format import FigureFormat
from tender_eval.report.simulation.sentences import SURE_SIGN
from tender_eval.simulation.results.outcome import SimulationOutcome

SMALL_LOT = 25_000.0  # euros, up to which Hoekman and Taş found that small firms win more


class Finding(NamedTuple):
    """A finding of another on what more and smaller lots do.

    Attributes:
        figure: the figure here that it is about.
        sign: of its change; 0 where it does not rise.
        large: whether it is of lots above `SMALL_LOT` alone.
    """

    key: str
    figure: str
    sign: int
    large: bool = False


FINDINGS = (
    Finding("stromback takes part", "small_bidders", -1),
    Finding("stromback awarded", "small_award_rate", 1),
    Finding("hoekman takes part", "small_bidders", 1),
    Finding("hoekman awarded", "small_award_rate", 0, True),
)


def others_blocks(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """A table of the findings, where the last design has more lots than the first."""
    t = fmt.t
    if fmt.brief or not outcome.paired or outcome.designs[-1].lots <= outcome.designs[0].lots:
        return
    value = next(float(s.value) for s in outcome.assumptions if s.name == "value")
    rows: list[tuple[Inline, ...]] = []
    for finding in FINDINGS:
        if finding.large and value / outcome.designs[-1].lots <= SMALL_LOT:
            continue
        change = outcome.paired[-1].figures.get(finding.figure)
        here = fmt.change(finding.figure, change)
        found = outcome.joint.paired[-1].figures.get(finding.figure) if outcome.joint else None
        if found is not None:
            here = t("others.range", change=here, range=fmt.between(finding.figure, found, difference=True))
        agrees = t(f"others.{verdict(finding, outcome)}")
        rows.append((t(f"others.{finding.key}"), t(f"others.{finding.key.split()[0]}"), here, agrees))
    yield heading(t("others"), 2)
    yield paragraph(t("others.says"))
    heads = (t("others.found"), t("others.by"), t("others.here"), t("others.agrees"))
    yield table(t("others.table"), heads, rows, widths=(34, 30, 22, 14))


def verdict(finding: Finding, outcome: SimulationOutcome) -> str:
    """Whether it is so here: over nearly all joint trials, or where there are none beyond what chance does."""
    found = outcome.joint.paired[-1].figures.get(finding.figure) if outcome.joint else None
    change = outcome.paired[-1].figures.get(finding.figure)
    if found is not None:
        here = 0 if found.same_sign < SURE_SIGN else 1 if found.median > 0 else -1
    else:
        here = change.sign if change else 0
    if finding.sign == 0:
        return "otherwise" if here > 0 else "unclear" if here == 0 else "so"
    return "unclear" if here == 0 else "so" if here == finding.sign else "otherwise"
