"""Predictions of real tenders: nothing tuned, each outcome where it is known, and the page counts as its rows do."""

from __future__ import annotations

import re
from types import ModuleType

import numpy as np
import pytest
from project_scripts import project_script

from tender_eval.files.source import Source
from tender_eval.simulation.spec.assumptions import assumptions_of


@pytest.fixture(scope="module")
def script() -> ModuleType:
    return project_script("out_of_sample")


@pytest.fixture(scope="module")
def tenders(script: ModuleType) -> dict[str, object]:
    return {tender.id: tender for tender in script.known()}


def test_what_happened_is_read_off_the_rows(script: ModuleType, tenders: dict[str, object]) -> None:
    haringey, lambeth, hull = (tenders[f"ocds-h6vhtk-{n}"] for n in ("051630", "050d9e", "05d494"))
    assert [script.unserved(t) for t in (haringey, lambeth, hull)] == [0.5, 1.0, 0.0]
    assert [script.days_to_award(t) for t in (haringey, lambeth, hull)] == [175, None, 76]
    told = {o.title: [t.id for t in tenders.values() if o.happened(t) is not None] for o in script.OUTCOMES}  # type: ignore[attr-defined]
    assert [len(ids) for ids in told.values()] == [16, 6, 2, 3, 3, 1, 9]
    for named in (script.WINNERS, script.SMALL_OR_MEDIUM, script.CHARITIES, script.PRICES, script.ALL_YEARS):
        assert set(named) <= {row["tender_id"] for row in script.rows("tenders.csv")}


def test_nothing_is_set_but_what_the_notice_stated(script: ModuleType, tenders: dict[str, object]) -> None:
    """All that is assumed has its default; the joint range goes over all of it."""
    spec = script.read(tenders["ocds-h6vhtk-050b42"])  # at most two lots of three
    settings = spec.designs[0].settings
    assert (settings.lots_tendered, settings.lots_awarded, settings.years) == (2, 2, 4)
    assert settings.value == 3 * 4 * script.SECTOR_LOT
    changed = {s.name for s in assumptions_of(spec) if s.changed}
    assert changed == {"value", "areas", "rerun", "lots_tendered", "lots_awarded", "regional.small"}
    assert all(s.basis == "C" for s in assumptions_of(spec) if s.changed)
    hull = script.read(tenders["ocds-h6vhtk-05d494"])
    shares = [sum(hull.area_weights[n] for n in lot) for lot in hull.designs[0].partition]
    assert shares == pytest.approx([1204983 / 1852140, 167466 / 1852140, 479691 / 1852140])
    assert hull.designs[0].settings.timetable_days == 30


@pytest.mark.slow
def test_a_prediction_is_a_range_of_simulated_tenders(script: ModuleType, tenders: dict[str, object]) -> None:
    tender = tenders["leics-pcc-victim-first"]
    found = script.simulated(tender, 3, 20)
    assert {len(values) for values in found.values()} == {60}
    (bids,) = (o for o in script.OUTCOMES if o.title == "bids for the contract")
    (told,) = script.compared(bids, [tender], {"leics-pcc-victim-first": found})
    values = found["bids_per_lot"]
    assert (told.low, told.high) == tuple(np.quantile(values, (0.05, 0.95)))
    assert told.inside == (told.low <= 2 <= told.high)
    assert told.baseline is None


def test_others_say_what_the_rest_of_the_table_says(script: ModuleType, tenders: dict[str, object]) -> None:
    some = [tenders[f"ocds-h6vhtk-{n}"] for n in ("054893", "05e2f5", "050b42")]  # 3 of 4, 1 of 2, 3 of 3
    (winners,) = (o for o in script.OUTCOMES if o.title.startswith("different"))
    nothing = {t.id: {"winning.local": np.zeros(4)} for t in some}  # type: ignore[attr-defined]
    first = script.compared(winners, some, nothing)[0]
    assert first.baseline == pytest.approx((4 * 0.525, 4 * 0.75, 4 * 0.975))
    assert script.summary([first]).split(" | ")[:2] == ["1", "0"]


def test_the_page_counts_as_its_rows_do(script: ModuleType) -> None:
    text = script.PAGE.read_text(encoding="utf-8")
    summary = re.findall(r"^\| ([a-z].*?) \([a-zA-Z ]+\) \| (\d+) \| (\d+) \| ([\d.]+) \|", text, re.M)
    sections = re.split(r"^### ", text, flags=re.M)[1:]
    assert len(summary) == len(sections) == len(script.OUTCOMES)
    for (title, number, inside, width), section in zip(summary, sections, strict=True):
        assert section.lower().startswith(title.lower())
        rows = re.findall(r"\| ([\d.]+) to ([\d.]+) \| [\d.]+ \| ([\d.]+) \| (yes|no) \|", section)
        assert (len(rows), sum(row[3] == "yes" for row in rows)) == (int(number), int(inside))
        assert np.mean([float(high) - float(low) for low, high, *_ in rows]) == pytest.approx(float(width), abs=0.02)
    assert Source("page", text.encode()).text.startswith(script.NOTE)
