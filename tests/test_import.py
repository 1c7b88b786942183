"""What is loaded when: the bare import stays light, and heavy parts wait until something asks for them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import tender_eval

ROOT = Path(__file__).resolve().parents[1]

HEAVY = ("numpy", "pandas", "scipy", "matplotlib", "pydantic", "openpyxl", "yaml", "click", "pluggy", "hypothesis")


def loaded_after(code: str, *names: str) -> list[str]:
    """Which of these packages a fresh interpreter has loaded after running the code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps([n for n in {names!r} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    found: list[str] = json.loads(done.stdout)
    return found


def test_import_loads_nothing_heavy() -> None:
    assert loaded_after("import tender_eval", *HEAVY) == []


def test_import_loads_no_other_module_of_the_package() -> None:
    code = "import sys, tender_eval\nassert [n for n in sys.modules if n.startswith('tender_eval.')] == []"
    assert loaded_after(code) == []


@pytest.mark.slow
def test_diagnostics_and_results_need_no_arithmetic() -> None:
    assert loaded_after("from tender_eval import Diagnostic, Evaluation, Refused", *HEAVY) == []


@pytest.mark.slow
def test_loading_a_scheme_needs_no_arrays_and_no_spreadsheets() -> None:
    assert loaded_after("from tender_eval import load_scheme, load_bids", "numpy", "openpyxl", "pandas") == []


@pytest.mark.slow
def test_evaluating_needs_no_further_packages() -> None:
    code = "from tender_eval import compile_scheme, load_catalogue\nload_catalogue({'TENDER_EVAL_LOAD_PLUGINS': ''})"
    assert loaded_after(code, "pandas", "scipy", "matplotlib", "openpyxl", "hypothesis", "click") == []


@pytest.mark.parametrize("name", tender_eval.__all__)
def test_every_public_name_can_be_imported(name: str) -> None:
    assert getattr(tender_eval, name) is not None


def test_public_names_are_sorted_and_an_unknown_one_is_an_attribute_error() -> None:
    assert tender_eval.__all__ == sorted(set(tender_eval.__all__))
    with pytest.raises(AttributeError, match="module 'tender_eval' has no attribute 'load_schema'"):
        _ = tender_eval.load_schema


@pytest.mark.slow
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_the_evaluate_command_loads_no_writer_but_its_own(form: str) -> None:
    scheme, bids = ROOT / "schemes/light-touch-60-40.yaml", ROOT / "fixtures/two-schemes.bids.yaml"
    args = ["evaluate", str(scheme), str(bids), "--format", form]
    code = f"from click.testing import CliRunner\nfrom tender_eval.cli import main\nCliRunner().invoke(main, {args})"
    assert loaded_after(code, "tender_eval.engine.plan", "jinja2", "docx", "babel", "openpyxl", "xlsxwriter") == [
        "tender_eval.engine.plan"
    ]
