"""``tender-eval schemes publish`` and ``from-notice``."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.mark.slow
def test_to_standard_output(run: Run) -> None:
    text = run("schemes", "publish", "scheme.yaml").stdout
    assert text.startswith("# Refuge services\n\nHow tenders will be assessed\n")
    assert run("schemes", "publish", "scheme.yaml").stdout == text
    page = run("schemes", "publish", "scheme.yaml", "--format", "html", "--published-on", "2026-05-01").stdout
    assert page.startswith("<!doctype html>")
    assert "Friday 1 May 2026" in page


@pytest.mark.slow
def test_into_a_file(run: Run) -> None:
    result = run("schemes", "publish", "scheme.yaml", "--format", "docx", "-o", "m.docx")
    assert (result.exit_code, result.stdout) == (0, "")
    first = Path("m.docx").read_bytes()
    assert zipfile.is_zipfile("m.docx")
    assert run("schemes", "publish", "scheme.yaml", "--format", "docx").stdout_bytes == first
    assert run("schemes", "publish", "scheme.yaml", "--format", "docx", "-o", "scheme.yaml").exit_code == 2
    assert run("schemes", "publish", "scheme.yaml", "--format", "docx", "-o", "none/m.docx").exit_code == 1


def test_with_tenders_for_the_example(run: Run) -> None:
    text = run("schemes", "publish", "scheme.yaml", "--example", "bids.yaml").stdout
    assert "| Alder | price 12,000 | 10,000 / 12,000 = 0.833333... | 0.833333... | 33.33 |" in text
    assert "Bidder A" not in text
    assert run("schemes", "publish", "scheme.yaml", "--example", "lots.yaml").exit_code == 2


def test_a_broken_scheme(run: Run) -> None:
    Path("broken.yaml").write_text("format: tender-eval/scheme/1\nid: [\n", encoding="utf-8")
    result = run("schemes", "publish", "broken.yaml")
    assert result.exit_code == 1
    assert "TE003" in result.stderr


def test_begun_from_a_notice(run: Run) -> None:
    notice = Path(__file__).parents[3] / "fixtures" / "ocds" / "tender-notice.json"
    result = run("schemes", "from-notice", str(notice), "-o", "ours.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "9 values are to be asked for: tender-eval validate ours.yaml\n"
    asked = run("validate", "ours.yaml")
    assert (asked.exit_code, asked.stdout.count("error TE018") + asked.stderr.count("error TE018")) == (1, 9)
    refused = run("schemes", "from-notice", "scheme.yaml")
    assert refused.exit_code == 1
    assert "error TE003" in refused.stdout + refused.stderr
    table = run("schemes", "from-notice", str(Path(__file__).parents[3] / "fixtures" / "two-schemes.bids.xlsx"))
    assert "this is a table of bids, where a notice in JSON should be" in table.stderr
