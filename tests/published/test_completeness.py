"""Every published case is either a test that is named after it, or listed with the reason why it is none."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

Case = dict[str, Any]
HERE = Path(__file__).parent


def covered() -> dict[str, str]:
    """The tests of published cases by name, each with its docstring."""
    tree = ast.parse((HERE / "test_published_cases.py").read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {f.name: " ".join((ast.get_docstring(f) or "").split()) for f in functions if f.name.startswith("test_")}


def listed() -> dict[str, str]:
    """The cases that are no test, by the name that a test would have, with the reason."""
    readme = (HERE / "README.md").read_text(encoding="utf-8")
    section = readme.partition("\n## Not expressed\n")[2].partition("\n## ")[0]
    found = re.findall(r"^- `([a-z0-9-]+)`: (.+)$", section, flags=re.MULTILINE)
    return {"test_" + name.replace("-", "_"): reason for name, reason in found}


def test_every_case_is_tested_or_listed(cases: dict[str, Case]) -> None:
    assert sorted(cases) == sorted([*covered(), *listed()])


def test_every_test_names_its_source_and_title(cases: dict[str, Case]) -> None:
    for name, docstring in covered().items():
        assert cases[name]["title"] in docstring, name
        assert f"Source: {cases[name]['source']}" in docstring, name


def test_every_slip_that_the_cases_note_is_asserted_as_one(cases: dict[str, Case]) -> None:
    noted = {name for name, case in cases.items() if case.get("notes", "").casefold().count("slip:")}
    assert noted == {name for name, docstring in covered().items() if "published slip" in docstring}
    assert len(noted) == 3


def test_ids_are_unique(cases: dict[str, Case]) -> None:
    text = (HERE / "cases.json").read_text(encoding="utf-8")
    assert len(re.findall(r'^  "id": ', text, flags=re.MULTILINE)) == len(cases) == 23
