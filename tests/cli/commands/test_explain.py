import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


def test_every_figure_down_to_its_line(run: Run) -> None:
    result = run("explain", "scheme.yaml", "bids.yaml", "a")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "marks.quality = 5\n" in result.stdout
    assert "at bids.yaml:3:69" in result.stdout
    assert "10000 / 12000" in result.stdout


def test_one_criterion(run: Run) -> None:
    text = run("explain", "scheme.yaml", "bids.yaml", "a", "--criterion", "price").stdout
    assert "\nPrice = 33.333333...\n" in text
    assert "Quality" not in text


def test_as_json(run: Run) -> None:
    data = json.loads(run("explain", "scheme.yaml", "bids.yaml", "b", "--format", "json").stdout)
    assert (data["bid"], data["step"]["where"]) == ("b", "bids.yaml:4:5")


def test_an_unknown_bid_and_criterion_are_both_told(run: Run) -> None:
    result = run("explain", "scheme.yaml", "bids.yaml", "aa", "--criterion", "prise")
    assert result.exit_code == 1
    assert 'TE070: there is no bid "aa"' in result.stderr
    assert 'did you mean "price"?' in result.stderr
    assert result.stderr.endswith("2 errors\n")


def test_a_criterion_at_which_a_bid_was_not_scored(run: Run) -> None:
    text = Path("scheme.yaml").read_text(encoding="utf-8")
    condition = "conditions: [{id: small, reads: price, at_most: 11000}]\ncriteria:\n"
    Path("scheme.yaml").write_text(text.replace("criteria:\n", condition), encoding="utf-8")
    result = run("explain", "scheme.yaml", "bids.yaml", "a", "--criterion", "price")
    assert result.exit_code == 0
    assert 'not scored at "price"' in result.stdout
    assert "is not met" in result.stdout


@pytest.mark.slow
def test_every_lot_of_a_bid_or_one(run: Run) -> None:
    both = run("explain", "scheme.yaml", "lots.yaml", "a").stdout
    assert [line.partition(":")[0] for line in both.splitlines() if line.startswith("Lot ")] == [
        "Lot north",
        "Lot south",
    ]
    alone = run("explain", "scheme.yaml", "lots.yaml", "a", "--lot", "north").stdout
    assert alone.startswith("Refuge services (demo), lot north\nbid a, ")
    assert "south" not in alone
    wrong = run("explain", "scheme.yaml", "lots.yaml", "b", "--lot", "south")
    assert wrong.exit_code == 1
    assert 'bid "b" is not for lot "south"' in wrong.stderr
    lots = json.loads(run("explain", "scheme.yaml", "lots.yaml", "a", "--format", "json").stdout)["lots"]
    assert list(lots) == ["north", "south"]


@pytest.mark.parametrize(("shape", "begins"), [("markdown", "# Refuge services"), ("html", "<!doctype html>")])
def test_in_every_format_of_documents(run: Run, shape: str, begins: str) -> None:
    result = run("explain", "scheme.yaml", "bids.yaml", "a", "--format", shape)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.lower().startswith(begins.lower())
    assert "10000 / 12000" in result.stdout


@pytest.mark.slow
def test_into_a_file_that_is_none_of_those_read(run: Run) -> None:
    told = run("explain", "scheme.yaml", "bids.yaml", "a").stdout
    assert run("explain", "scheme.yaml", "bids.yaml", "a", "--output", "a.txt").stdout == ""
    assert Path("a.txt").read_text(encoding="utf-8") == told
    assert run("explain", "scheme.yaml", "bids.yaml", "a", "--format", "docx", "-o", "a.docx").exit_code == 0
    assert Path("a.docx").read_bytes().startswith(b"PK")
    refused = run("explain", "scheme.yaml", "bids.yaml", "a", "--output", "bids.yaml")
    assert refused.exit_code == 2
    assert "one of the files that are read" in refused.stderr


def test_in_welsh(run: Run) -> None:
    result = run("explain", "scheme.yaml", "bids.yaml", "a", "--language", "cy")
    assert "tendr a, " in result.stdout
    assert "nid oes siaradwr Cymraeg" in result.stdout
    assert "has no title_cy" in result.stderr
    both = run("explain", "scheme.yaml", "bids.yaml", "a", "--language", "side-by-side", "--checked-by", "Mair Rees")
    assert "nid oes siaradwr" not in both.stdout
    assert "tendr a, " in both.stdout
    assert "bid a, " in both.stdout
    assert "give --language cy" in run("explain", "scheme.yaml", "bids.yaml", "a", "--checked-by", "Mair Rees").stderr
    assert (
        "no language" in run("explain", "scheme.yaml", "bids.yaml", "a", "--language", "cy", "--format", "json").stderr
    )
