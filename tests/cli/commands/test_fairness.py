import json
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import Result

from tender_eval.model import extras

Run = Callable[..., Result]
FEW = ("--draws", "100")


def test_the_answer_is_printed(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Winner: a\n- a wins with 93.33 points, 5.33 more than b.\n" in result.stdout
    assert "Weights drawn 100 times, seed 1." in result.stdout


@pytest.mark.slow
def test_json_and_page(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--format", "json", "--html", "page.html")
    data = json.loads(result.stdout)
    assert (data["format"], data["winner"], data["draws"]) == ("tender-eval/fairness/1", ["a"], 100)
    assert '<p class="headline">' in Path("page.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_page_with_weights_to_be_moved_is_written_beside_the_answer(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--weights-page", "weights.html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Winner: a" in result.stdout
    assert '<input type="range"' in Path("weights.html").read_text(encoding="utf-8")


def test_two_options_that_name_one_file_are_a_wrong_command_line(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", "--html", "one.html", "--weights-page", "./one.html")
    assert result.exit_code == 2
    assert "one.html is the file of --html" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("shape", "begins"), [("markdown", b"# Fairness report: "), ("html", b"<!doctype html>"), ("docx", b"PK")]
)
def test_the_document_is_written_in_every_format(run: Run, shape: str, begins: bytes) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--format", shape, "--output", "told")
    assert (result.exit_code, result.stdout) == (0, "")
    written = Path("told").read_bytes()
    assert written.startswith(begins)
    again = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--format", shape, "--output", "again")
    assert (again.exit_code, Path("again").read_bytes()) == (0, written)


@pytest.mark.parametrize("output", [(), ("--output", "-")])
def test_a_word_file_is_not_put_on_a_terminal_nor_worked_out_for_one(
    run: Run, monkeypatch: pytest.MonkeyPatch, output: tuple[str, ...]
) -> None:
    terminal = SimpleNamespace(stdout=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("tender_eval.cli.formats.sys", terminal)
    monkeypatch.setattr("tender_eval.fairness.analyse.analyse", lambda *asked: pytest.fail("nothing is analysed"))
    result = run("fairness", "scheme.yaml", "bids.yaml", "--format", "docx", *output)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name a file with --output" in result.stderr


@pytest.mark.parametrize(
    ("option", "library"),
    [
        (("--format", "html"), "jinja2"),
        (("--html", "p.html"), "jinja2"),
        (("--format", "docx"), "docx"),
        (("--sobol",), "SALib"),
    ],
)
def test_a_library_that_is_missing_is_told_before_the_work(
    run: Run, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], library: str
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == library else find_spec(name))
    monkeypatch.setattr("tender_eval.fairness.analyse.analyse", lambda *asked: pytest.fail("nothing is analysed"))
    result = run("fairness", "scheme.yaml", "bids.yaml", *option, "--output", "out")
    assert result.exit_code == 1
    assert f'TE097: "{library}" is not installed' in result.stderr
    assert not Path("out").exists()


def test_the_output_goes_whole_into_a_file(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--output", "out.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Winner: a" in Path("out.txt").read_text(encoding="utf-8")


@pytest.mark.slow
def test_without_bids_they_are_made_up_and_it_is_said(run: Run) -> None:
    result = run("fairness", "scheme.yaml", *FEW)
    assert result.exit_code == 0
    assert "No bids were given. " in result.stdout
    assert json.loads(run("fairness", "scheme.yaml", *FEW, "--format", "json").stdout)["bids_sha256"] is None


@pytest.mark.slow
def test_lots(run: Run) -> None:
    data = json.loads(run("fairness", "scheme.yaml", "lots.yaml", *FEW, "--format", "json").stdout)
    assert list(data["lots"]) == ["north", "south"]
    one = json.loads(run("fairness", "scheme.yaml", "lots.yaml", *FEW, "--lot", "north", "--format", "json").stdout)
    assert list(one["lots"]) == ["north"]
    assert run("fairness", "scheme.yaml", "lots.yaml", *FEW, "--lot", "east").exit_code == 1


@pytest.mark.slow
def test_the_seed_decides(run: Run) -> None:
    first, again, other = (
        run("fairness", "scheme.yaml", *FEW, "--seed", seed, "--format", "json").stdout for seed in ("1", "1", "2")
    )
    assert first == again != other


@pytest.mark.slow
def test_schemes_and_price_formulas_are_compared(run: Run) -> None:
    text = Path("scheme.yaml").read_text(encoding="utf-8")
    Path("other.yaml").write_text(text.replace("weight: 60", "weight: 10").replace("weight: 40", "weight: 90"), "utf-8")
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--compare", "other.yaml", "--price-formulas",
                 "--format", "json")  # fmt: skip
    compared = json.loads(result.stdout)["compare"]
    assert [other["winner"] for other in compared[:2]] == [json.loads(result.stdout)["winner"], ["b"]]
    assert len(compared) > 5
    assert compared[-1]["title"].startswith(f"{compared[0]['title']}, price by discount_from_ceiling (ceiling ")


@pytest.mark.slow
def test_bands(run: Run) -> None:
    asked = ("fairness", "scheme.yaml", "bids.yaml", *FEW, "--format", "json", "--band")
    data = json.loads(run(*asked, "quality=55..65.5").stdout)
    assert data["bands"] == {"quality": ["55", "131/2"]}
    assert all(55 <= weights["quality"] <= 65.5 for weights in data["central_weights"].values())
    unknown = run(*asked, "qualty=50..70")
    assert unknown.exit_code == 1
    assert "TE071" in unknown.stderr
    assert 'did you mean "quality"?' in unknown.stderr


@pytest.mark.slow
def test_sobol_indices_are_given_when_asked_for(run: Run) -> None:
    data = json.loads(run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--sobol", "--format", "json").stdout)
    assert {"sobol_first", "sobol_total"} <= set(data["effective_weights"]["price"])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--band", "quality"), "is no band"),
        (("--band", "quality=70..50"), "begins above its end"),
        (("--band", "quality=1..2", "--band", "quality=1..2"), "is given twice"),
        (("--draws", "0"), "--draws"),
        (("--html", "x", "--output", "x"), "the file of --output"),
        (("--html", "./x", "--output", "x"), "the file of --output"),
    ],
)
def test_a_command_line_that_is_wrong(run: Run, arguments: tuple[str, ...], told: str) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_lot_without_bids_is_a_wrong_command_line(run: Run) -> None:
    assert run("fairness", "scheme.yaml", "--lot", "north").exit_code == 2


@pytest.mark.slow
def test_files_that_are_read_are_not_replaced(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--html", "bids.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert Path("bids.yaml").read_text(encoding="utf-8").startswith("format: tender-eval/bids/1")


@pytest.mark.slow
def test_a_page_that_cannot_be_written_leaves_no_half_of_the_result(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--html", "no/such/folder.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "TE090" in result.stderr


def test_a_lot_of_a_tender_without_lots(run: Run) -> None:
    result = run("fairness", "scheme.yaml", "bids.yaml", *FEW, "--lot", "north")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "the tender has no lots: leave the lot out" in result.stderr


def test_problems_of_every_file_come_in_one_run(run: Run) -> None:
    for name, old, new in (("scheme.yaml", "weight: 60", "weight: 61"), ("bids.yaml", "price: 9000", "price: 9,000")):
        text = Path(name).read_text(encoding="utf-8")
        Path(name).write_text(text.replace(old, new), encoding="utf-8")
    Path("other.yaml").write_text("format: tender-eval/scheme/1\nid: other\n", encoding="utf-8")
    result = run("fairness", "scheme.yaml", "bids.yaml", "--compare", "other.yaml", "--compare", "missing.yaml")
    assert (result.exit_code, result.stdout) == (1, "")
    for told in ("scheme.yaml:6:5: error TE022", "bids.yaml:5:", "other.yaml:", "missing.yaml"):
        assert told in result.stderr
