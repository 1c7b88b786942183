"""The notebook of the docs runs, and shows what it came to; the page beside it is the same."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from project_scripts import project_script

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    return project_script("notebook")


@pytest.mark.slow
def test_the_notebook_and_its_page_show_what_its_cells_come_to(
    runner: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert runner.main(["--check"]) == 0, capsys.readouterr().out


def test_a_cell_that_fails_unasked_is_no_output(runner: ModuleType) -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": ["1 / 0"]}
    with pytest.raises(ZeroDivisionError):
        runner.executed({"cells": [cell]})
    asked = {"cell_type": "code", "metadata": {"tags": ["raises-exception"]}, "source": ["print(2)\n", "1 / 0"]}
    shown = runner.page(json.loads(runner.text_of(runner.executed({"cells": [asked]}))))
    assert shown.split("```")[3:] == ["text\n2\n", "\n\n", "text\nZeroDivisionError: division by zero\n", "\n"]
