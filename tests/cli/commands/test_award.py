import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]

TENDER = """\
format: tender-eval/bids/1
tender: {lots: [{id: north, annual_value: 120000}, {id: south, annual_value: 90000}]}
bids:
  - {id: a, supplier: {name: Alder}, marks: {quality: 5}, lots: {north: {price: 12000}, south: {price: 9000}}}
  - {id: b, supplier: {name: Birch}, marks: {quality: 4}, lots: {north: {price: 12000}}}
  - {id: c, supplier: {name: Cedar}, marks: {quality: 1}, lots: {south: {price: 8000}}}
"""


@pytest.fixture(autouse=True)
def lots(folder: Path) -> None:
    """A scheme that awards a bid one lot at most, and a tender in two lots."""
    stated = (folder / "scheme.yaml").read_text(encoding="utf-8")
    limits = "lots: {mechanism: largest_lead, most_awarded: 1}}"
    (folder / "limited.yaml").write_text(stated.replace("recompute}", f"recompute, {limits}"), encoding="utf-8")
    (folder / "tender.yaml").write_text(TENDER, encoding="utf-8")


def as_json(run: Run, *args: str) -> Any:
    result = run(*args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_as_json(run: Run) -> None:
    """South: a alone, for c is below the minimum; so a is awarded south, and north goes to b, 48 + 40 points."""
    data = as_json(run, "award", "limited.yaml", "tender.yaml")
    assert data["format"] == "tender-eval/award/1"
    assert data["mechanism"] == "largest_lead"
    assert data["awards"] == [
        {"lot": "north", "bid": "b", "figure": "88.00", "exact_figure": "88", "value": "120000"},
        {"lot": "south", "bid": "a", "figure": "100.00", "exact_figure": "100", "value": "90000"},
    ]
    assert (data["unawarded"], data["undecided"], data["tied"]) == ([], [], False)
    assert data["order"] == ["south", "north"]
    assert data["limits"] == {"most_tendered": None, "most_awarded": 1, "capacity": None, "order": []}
    (capped,) = data["reasons"]["north"]
    assert (capped["bid"], capped["kind"], capped["holds"]) == ("a", "capped", ["south"])
    (rejected,) = data["reasons"]["south"]
    assert rejected["kind"] == "rejected"
    assert "below the minimum" in rejected["text"]


def test_an_outscored_bid_is_told_by_whom_and_by_how_much(run: Run) -> None:
    data = as_json(run, "award", "scheme.yaml", "tender.yaml")
    assert data["mechanism"] == "independent"
    assert [(award["lot"], award["bid"]) for award in data["awards"]] == [("north", "a"), ("south", "a")]
    (outscored,) = data["reasons"]["north"]
    assert {k: outscored[k] for k in ("bid", "kind", "by", "margin", "exact_margin")} == {
        "bid": "b", "kind": "outscored", "by": "a", "margin": "12.00", "exact_margin": "12",
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["scheme.yaml", "limited.yaml"])
def test_evaluate_and_award_agree(run: Run, scheme: str) -> None:
    award = as_json(run, "award", scheme, "tender.yaml")
    across = as_json(run, "evaluate", scheme, "tender.yaml")["award"]
    assert across == {k: v for k, v in award.items() if k not in ("format", "scheme", "bids_sha256")}


def test_as_a_table(run: Run) -> None:
    text = run("award", "limited.yaml", "tender.yaml").stdout
    assert "Across the lots, by the mechanism largest_lead\n" in text
    assert "north  b      Birch       points  88.00" in text
    assert "  lots that one supplier may be awarded: at most 1\n" in text
    assert "Why not: lot north\n  a: ranked 1, but its supplier is awarded south: 1 is the most lots" in text
    assert text == run("award", "limited.yaml", "tender.yaml").stdout


@pytest.mark.parametrize("shape", ["table", "markdown"])
def test_evaluate_names_no_winner_of_a_lot_that_limits_decide(run: Run, shape: str) -> None:
    text = run("evaluate", "limited.yaml", "tender.yaml", "--format", shape).stdout
    assert "Winner" not in text
    assert "Who is awarded the lot is told below, across the lots." in text
    assert "by the mechanism largest" in text
    assert "Winner: A" in run("evaluate", "scheme.yaml", "tender.yaml", "--format", shape).stdout.replace(": a", ": A")


def test_a_lot_by_itself_comes_with_a_word_on_the_limits(run: Run) -> None:
    assert (
        "tender-eval award says who is awarded it"
        in run("evaluate", "limited.yaml", "tender.yaml", "--lot", "north").stderr
    )
    assert run("evaluate", "scheme.yaml", "tender.yaml", "--lot", "north").stderr == ""


def test_output_goes_into_a_file(run: Run, folder: Path) -> None:
    result = run("award", "limited.yaml", "tender.yaml", "--format", "json", "--output", "award.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((folder / "award.json").read_text(encoding="utf-8"))["tied"] is False
    assert run("award", "limited.yaml", "tender.yaml", "--output", "tender.yaml").exit_code == 2


def test_names_of_bidders_cannot_steer_a_terminal(run: Run, folder: Path) -> None:
    hostile = TENDER.replace("Birch", '"\\e[2J\\u202eBirch"')
    (folder / "tender.yaml").write_text(hostile, encoding="utf-8")
    text = run("award", "limited.yaml", "tender.yaml").stdout
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_every_problem_at_once_in_its_place(run: Run, folder: Path) -> None:
    """Mechanism, both limits, the figure of the capacity and the order of lots, all in one run."""
    faulty = """lots:
      mechanism: {name: largest_lead, size: 3}
      most_tendered: 0
      most_awarded: two
      capacity: 60% of supplier.annual_incom
      order: [south, south, nort]
"""
    stated = (folder / "scheme.yaml").read_text(encoding="utf-8").partition("award: ")[0]
    award = f"award:\n    rule: highest_score\n    on_rejection: recompute\n    {faulty}"
    (folder / "limited.yaml").write_text(stated + award, encoding="utf-8")
    first = stated.count("\n") + 5
    result = run("award", "limited.yaml", "tender.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    told = re.findall(r"^limited.yaml:(\d+):\d+: error (TE\d+)", result.stderr, re.MULTILINE)
    lines = [*range(first, first + 5), first + 4]
    codes = ("TE010", "TE015", "TE013", "TE031", "TE020", "TE056")
    assert told == [(str(line), code) for line, code in zip(lines, codes, strict=True)]
    alone = run("validate", "limited.yaml")
    assert [c for c in ("TE010", "TE015", "TE013", "TE031", "TE020", "TE056") if c not in alone.stderr] == ["TE056"]


def test_a_tender_without_lots(run: Run) -> None:
    result = run("award", "scheme.yaml", "bids.yaml")
    assert result.exit_code == 1
    assert "TE056: the tender has no lots to award" in result.stderr


def test_limits_are_held_against_bids_by_validate_and_evaluate(run: Run, folder: Path) -> None:
    stated = (folder / "limited.yaml").read_text(encoding="utf-8")
    (folder / "limited.yaml").write_text(stated.replace("most_awarded", "most_tendered"), encoding="utf-8")
    for args in (
        ("validate", "--scheme", "limited.yaml", "tender.yaml"),
        ("evaluate", "limited.yaml", "tender.yaml"),
        ("evaluate", "limited.yaml", "tender.yaml", "--record", "r.jsonl"),
        ("award", "limited.yaml", "tender.yaml"),
    ):
        result = run(*args)
        assert result.exit_code == 1
        assert 'TE500: bid "a" is for 2 lots (north, south)' in result.stderr
    assert not (folder / "r.jsonl").exists()


@pytest.mark.slow
def test_the_methodology_and_the_scheme_tell_of_lots(run: Run) -> None:
    published = run("schemes", "publish", "limited.yaml").stdout
    assert "## The lots" in published
    assert "- Lots that one supplier may be awarded: at most 1" in published
    assert "leads the next bid with room by most" in published
    assert (
        "Lots: largest_lead; lots that one supplier may be awarded: at most 1"
        in run("schemes", "show", "limited.yaml").stdout
    )


@pytest.mark.slow
def test_a_record_holds_the_award_and_shows_it(run: Run) -> None:
    result = run("evaluate", "limited.yaml", "tender.yaml", "--record", "r.jsonl", "--at", "2026-05-02T09:30:00Z")
    assert result.exit_code == 0, result.stderr
    assert "Across the lots, by the mechanism largest_lead\n" in result.stdout
    assert "Winner" not in result.stdout
    assert run("audit", "verify", "r.jsonl").exit_code == 0
    shown = run("audit", "show", "r.jsonl").stdout
    assert "  across lots\n       by the mechanism largest_lead (tender-eval " in shown
    assert "       most awarded: 1\n" in shown
    assert "       awarded in the order south, north\n" in shown
    assert "       lot north: b with 88, annual value 120000\n" in shown
    assert (
        "       lot north, why not a: ranked 1, but its supplier is awarded south: 1 is the most lots that one supplier"
        in shown
    )
    assert "winner:" not in shown


def test_a_record_shows_a_tie_that_is_open(run: Run, folder: Path) -> None:
    (folder / "tender.yaml").write_text(TENDER.replace("quality: 4", "quality: 5"), encoding="utf-8")
    stated = (folder / "limited.yaml").read_text(encoding="utf-8").replace("largest_lead", "lot_order")
    (folder / "limited.yaml").write_text(stated, encoding="utf-8")
    assert run("evaluate", "limited.yaml", "tender.yaml", "--record", "r.jsonl").exit_code == 0
    assert "       lot north: not awarded, a tie is open\n" in run("audit", "show", "r.jsonl").stdout


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["html", "ocds"])
def test_reports_of_the_record_name_who_is_awarded_a_lot(run: Run, shape: str) -> None:
    run("evaluate", "limited.yaml", "tender.yaml", "--record", "r.jsonl")
    assert run("case", "decide", "r.jsonl").exit_code == 0
    asked = ("--ocid", "ocds-1", "--publisher", "P") if shape == "ocds" else ()
    text = run("report", "r.jsonl", "--format", shape, *asked).stdout
    assert ("Winner: <bdi>Birch</bdi>" if shape == "html" else "award-b/north") in text
    assert "award-a/north" not in text


def test_in_welsh(run: Run) -> None:
    result = run("award", "limited.yaml", "tender.yaml", "--language", "cy", "--price-of-limits")
    assert result.exit_code == 0
    for said in ("Ar draws y lotiau", "Pam ddim: lot ", "Cost pob terfyn", "nid oes siaradwr Cymraeg"):
        assert said in result.stdout
    assert "no language" in run("award", "limited.yaml", "tender.yaml", "--language", "cy", "--format", "json").stderr
