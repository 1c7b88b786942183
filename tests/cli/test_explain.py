import json
from collections.abc import Callable

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
    from pathlib import Path

    text = Path("scheme.yaml").read_text(encoding="utf-8")
    condition = "conditions: [{id: small, reads: price, at_most: 11000}]\ncriteria:\n"
    Path("scheme.yaml").write_text(text.replace("criteria:\n", condition), encoding="utf-8")
    result = run("explain", "scheme.yaml", "bids.yaml", "a", "--criterion", "price")
    assert result.exit_code == 0
    assert 'not scored at "price"' in result.stdout
    assert "is not met" in result.stdout


def test_every_lot_of_a_bid_or_one(run: Run) -> None:
    both = run("explain", "scheme.yaml", "lots.yaml", "a").stdout
    assert [line for line in both.splitlines() if ", lot " in line] == [
        "Refuge services (demo), lot north",
        "Refuge services (demo), lot south",
    ]
    assert "lot south" not in run("explain", "scheme.yaml", "lots.yaml", "a", "--lot", "north").stdout
    wrong = run("explain", "scheme.yaml", "lots.yaml", "b", "--lot", "south")
    assert wrong.exit_code == 1
    assert 'bid "b" is not for lot "south"' in wrong.stderr
    lots = json.loads(run("explain", "scheme.yaml", "lots.yaml", "a", "--format", "json").stdout)["lots"]
    assert list(lots) == ["north", "south"]
