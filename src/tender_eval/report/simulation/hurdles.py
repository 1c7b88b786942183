"""What keeps providers away, by effect: each hurdle lifted alone, and which two bind together."""

from __future__ import annotations

from collections.abc import Iterator

from tender_eval.documents.model import Block, Table, heading, items, paragraph, table
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, capital
from tender_eval.report.simulation.figure_format import LONGEST_NAME, FigureFormat, type_name
from tender_eval.simulation.results.outcome import SURE, DesignHurdles, Estimate, HurdleEffect, SimulationOutcome

MOST_PAIRS = 3  # in brief
NOTICEABLE = 0.05  # providers a tender: pairs that do less together are not named


def hurdle_blocks(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """A table of each design, and the pairs of hurdles that bind together."""
    t = fmt.t
    if not outcome.hurdles:
        return
    if not fmt.brief:
        yield heading(t("hurdles"), 2)
        yield paragraph(t("hurdles.says"))
    for found in outcome.hurdles:
        yield _table(fmt, found, outcome.types)
    together = [pair for found in outcome.hurdles for pair in _together(fmt, found, outcome.types)]
    if fmt.brief:
        yield items(together[:MOST_PAIRS])
        return
    yield heading(t("hurdles.pairs"), 2)
    yield items(together) if together else paragraph(t("hurdles.no pairs"))


def _table(fmt: FigureFormat, found: DesignHurdles, types: tuple[str, ...]) -> Table:
    """By how many more of each type bid where a hurdle is lifted; on a page, by how many more win, below it."""
    t = fmt.t
    rows: list[tuple[Inline, ...]] = []
    for effect in (e for e in found.effects if len(e.lifted) == 1):
        for stage in ("bidding",) if fmt.brief else ("bidding", "winning"):
            hurdle = capital(_named(fmt, effect))
            head = hurdle if fmt.brief else t("hurdles.row", hurdle=hurdle, stage=t(f"stage.{stage}"))
            cells = [fmt.change(f"{stage}.{kind}", effect.changes.get(f"{stage}.{kind}")) for kind in types]
            rows.append((head, *cells, *_small(fmt, effect, stage)))
    heads = (t("hurdles.lifted"), *(capital(type_name(kind)) for kind in types))
    caption = t("hurdles.brief" if fmt.brief else "hurdles.of", design=cut(found.label, LONGEST_NAME))
    if fmt.brief:
        spill = range(1, len(heads))
        return table(caption, heads, rows, numbers=range(1, len(heads)), spill=spill)
    return table(caption, (*heads, t("hurdles.share")), rows, numbers=range(1, 1 + len(heads)))


def _small(fmt: FigureFormat, effect: HurdleEffect, stage: str) -> tuple[str, ...]:
    """What it does to the share of the value that small providers win, on a page beside the first row of a hurdle."""
    if fmt.brief:
        return ()
    return (fmt.change("small_win_share", effect.changes.get("small_win_share")) if stage == "bidding" else "",)


def _together(fmt: FigureFormat, found: DesignHurdles, types: tuple[str, ...]) -> Iterator[str]:
    """The pairs that do more together than apart, type by type, the strongest first."""
    bound = [
        (beyond, kind, effect)
        for effect in found.effects
        for kind in types
        if (beyond := effect.beyond.get(f"bidding.{kind}")) is not None and _binds(beyond)
    ]
    for beyond, kind, effect in sorted(bound, key=lambda one: -(one[0].mean or 0.0)):
        both = effect.changes[f"bidding.{kind}"]
        figure = f"bidding.{kind}"
        values = {"both": fmt.change(figure, both), "beyond": fmt.change(figure, beyond), "kind": type_name(kind)}
        label = cut(found.label, LONGEST_NAME)
        yield fmt.t("hurdles.together", design=label, hurdles=_named(fmt, effect), **values)


def _binds(beyond: Estimate) -> bool:
    return beyond.mean is not None and beyond.mean > max(NOTICEABLE, SURE * (beyond.se or 0.0))


def _named(fmt: FigureFormat, effect: HurdleEffect) -> str:
    return fmt.t.listing([fmt.t(f"hurdle.{name}") for name in effect.lifted])
