"""What letters, the case and what programs read say of packages and discounts for several lots."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from tender_eval.cli import main

SCHEME = {
    "format": "tender-eval/scheme/1", "id": "s", "title": "S", "currency": "GBP",
    "criteria": [{"id": "quality", "title": "Quality", "weight": 100, "scorer": {"name": "mark", "out_of": 4}}],
    "award": {"rule": "lowest_price", "lots": {"mechanism": "best_total", "packages": "in_one"}},
}  # fmt: skip
MARKS = {"quality": {"agreed": 3, "reason": "A sound method."}}
BIDS = {
    "format": "tender-eval/bids/1", "tender": {"lots": [{"id": "north"}, {"id": "south"}]},
    "bids": [
        {"id": "alder", "supplier": {"name": "Alder House"}, "marks": MARKS,
         "lots": {"north": {"price": 100}, "south": {"price": 100}},
         "packages": [{"lots": ["north", "south"], "price": 160}]},
        {"id": "birch", "supplier": {"name": "Birch Trust"}, "marks": MARKS,
         "lots": {"north": {"price": 90}, "south": {"price": 85}},
         "packages": [{"lots": ["north", "south"], "price": 170}]},
    ],
}  # fmt: skip


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, arguments, prog_name="tender-eval")
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def decided(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("scheme.yaml").write_text(json.dumps(SCHEME), encoding="utf-8")
    Path("bids.yaml").write_text(json.dumps(BIDS), encoding="utf-8")
    run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl")
    for lot in ("north", "south"):
        run("case", "decide", "r.jsonl", "--lot", lot, "--by", "chair")
    return tmp_path


@pytest.mark.slow
def test_each_supplier_is_told_of_each_of_its_offers(decided: Path) -> None:
    run("report", "r.jsonl", "--format", "summaries", "--as", "markdown", "-o", "letters")
    won, lost = (Path("letters", f"{name}.md").read_text(encoding="utf-8") for name in ("alder", "birch"))
    assert won.count("**Your tender was successful.**") == 2
    assert "What follows is of an offer for “north” and “south” together." in won
    assert "For your tender for this lot alone: " in won
    assert "is ranked 1 of the 4 offers for this lot, alone or together with others" in won
    assert "Your tender was successful" not in lost
    assert "What Alder House is awarded here is an offer for “north” and “south” together." in lost
    assert "with it the best total of all lots would be higher by 10" in lost
    assert not re.search(r"\b160\b", lost), "hashes may hold the digits"


@pytest.mark.slow
def test_case_and_record_name_the_offer_and_verify(decided: Path) -> None:
    assert "Alder House" in run("case", "status", "r.jsonl")
    assert "Consistent: yes" in run("audit", "verify", "r.jsonl")
    run("audit", "export", "--redacted", "r.jsonl", "-o", "redacted.json")
    redacted = Path("redacted.json").read_text(encoding="utf-8")
    assert [lot["winner"] for lot in json.loads(redacted)["lots"]] == [["Alder House"]] * 2
    assert "birch" not in redacted
    data = json.loads(run("award", "scheme.yaml", "bids.yaml", "--format", "json"))
    assert [(one["bid"], one["offer_of"], one["figure"]) for one in data["awards"]] == [
        ("alder+north+south", "alder", "80.00")
    ] * 2
    assert data["limits"]["packages"] == "in_one"
    assert "Packages: a bid may state one price for several lots" in run(
        "schemes", "publish", "scheme.yaml", "--format", "markdown"
    )
    assert "Consistent: yes" in run("audit", "verify", "r.jsonl")


@pytest.mark.slow
def test_a_tender_with_several_offers_is_one_tender_and_no_loser_beside_itself(decided: Path) -> None:
    sheet = run("report", "r.jsonl", "--format", "uk6", "--as", "markdown", "--publish-losers")
    for said in ("Tenders received | 2 |", "Tenders assessed in the final stage | 2 "):
        assert sheet.count(said) == 2, sheet
    assert "Birch Trust" in sheet
    release = json.loads(run("report", "r.jsonl", "--format", "ocds", "--ocid", "ocds-1", "--publisher", "P"))[
        "releases"
    ][0]
    counts = {(one["measure"], one["value"]) for one in release["bids"]["statistics"]}
    assert counts == {("bids", 2), ("validBids", 2)}
    assert run("report", "r.jsonl", "--format", "markdown").count("2 bids received, 2 ranked") >= 2


@pytest.mark.slow
def test_packages_are_closed_with_the_prices_and_count_when_these_are_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    bids = [dict(bid) for bid in BIDS["bids"]]  # type: ignore[call-overload]
    marked = [{**bid, "packages": [], "lots": {"north": {}, "south": {}}} for bid in bids]
    priced = [{key: value for key, value in bid.items() if key != "marks"} for bid in bids]
    Path("scheme.yaml").write_text(json.dumps(SCHEME), encoding="utf-8")
    for name, stated in (("marked", marked), ("priced", priced)):
        Path(f"{name}.yaml").write_text(json.dumps({**BIDS, "bids": stated}), encoding="utf-8")
    run("evaluate", "scheme.yaml", "marked.yaml", "--stage", "quality", "--record", "r.jsonl")
    told = run("evaluate", "scheme.yaml", "priced.yaml", "--stage", "price", "--record", "r.jsonl")
    assert "alder+north+south" in told
    assert "Consistent: yes" in run("audit", "verify", "r.jsonl")
