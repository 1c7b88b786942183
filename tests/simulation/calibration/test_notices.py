"""Bids a lot out of notices with the statistics of the OCDS UK extension."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.simulation.calibration.notices import LotBids, lot_bids, notice_targets


def statistic(measure: str, value: object, lot: object = "1") -> dict[str, Any]:
    return {"id": f"{measure}{lot}", "measure": measure, "value": value} | (
        {"relatedLots": lot} if isinstance(lot, list) else {"relatedLot": lot} if lot else {}
    )


def release(*statistics: Any, ocid: str = "ocds-h6vhtk-1") -> dict[str, Any]:
    return {"ocid": ocid, "tag": ["award"], "bids": {"statistics": list(statistics)}}


def read(data: object) -> tuple[tuple[LotBids, ...], list[str]]:
    problems = Problems()
    found = lot_bids(Source("notice.json", json.dumps(data, indent=1).encode()), problems)
    return found, [str(d) for d in problems]


def test_each_lot_has_its_bids_and_what_is_not_told_is_not_known() -> None:
    one = release(
        statistic("finalStageBids", 5), statistic("smeFinalStageBids", 3), statistic("vcseFinalStageBids", 2),
        statistic("finalStageBids", 1, ["2", "3"]), statistic("requests", 9),
    )  # fmt: skip
    other = release(statistic("finalStageBids", 0, None), ocid="ocds-h6vhtk-2")
    package = {"releases": [one, other]}
    lots = (
        LotBids("ocds-h6vhtk-1", "1", 5, 3, 2), LotBids("ocds-h6vhtk-1", "2", 1), LotBids("ocds-h6vhtk-1", "3", 1),
        LotBids("ocds-h6vhtk-2", "", 0),
    )  # fmt: skip
    assert read(package) == (lots, [])
    assert read({"records": [{"compiledRelease": one}, {"releases": [other]}]}) == (lots, [])
    assert read(one) == (lots[:3], [])


def test_the_figures_to_fit_to() -> None:
    lots = [LotBids("a", "1", 4, 2, 1), LotBids("a", "2", 1, 1, 0), LotBids("b", "", 0), LotBids("c", "", None)]
    found = {t.name: t for t in notice_targets(lots)}
    assert found["bids"].value == pytest.approx(5 / 3)
    assert found["bids"].error == pytest.approx((13 / 3) ** 0.5 / 3**0.5)  # a variance of 13/3
    assert found["single"].value == 0.5  # of those that had any
    assert (found["sme_bids"].value, found["vcse_bids"].value) == (0.75, 0.125)
    assert notice_targets([LotBids("c", "")]) == ()
    assert notice_targets(lots[:1])[0].error is None  # of one lot nothing is known of the spread


def test_every_fault_is_told_at_its_place() -> None:
    data = release(
        statistic("finalStageBids", "many"), statistic("finalStageBids", -1, "2"), {"measure": "finalStageBids"},
        statistic("finalStageBids", 3, "4"), statistic("finalStageBids", 4, "4"),
        statistic("smeFinalStageBids", 9, "4"),
    )  # fmt: skip
    found, told = read(data)
    assert [lot.lot for lot in found] == ["1", "2", "", "4"]
    assert len(told) == 5
    assert all(line.startswith("notice.json") for line in told)
    for part in ('"many" is no number of bids', '"-1" is no', "needs a value", "are 3 and 4", "has 3 bids, and 9 sme"):
        assert any(part in line for line in told), part


def test_what_is_no_notice_is_said() -> None:
    assert "holds no release" in read({"tender": []})[1][0]
    assert "bids must be an object" in read({"bids": []})[1][0]
    assert read([])[0] == ()
    problems = Problems()
    assert lot_bids(Source("notice.json", b"{"), problems) == ()
    assert problems


def test_the_faults_of_several_files_are_told_together() -> None:
    problems = Problems()
    for name, text in (("a.json", b"{"), ("b.json", b'{"bids": []}'), ("c.json", b"[")):
        assert lot_bids(Source(name, text), problems) == ()
    assert {str(found).partition(":")[0] for found in problems} == {"a.json", "b.json", "c.json"}
