"""No rule fires on a shipped scheme, except where a comment of the scheme says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import check
from tender_eval.files.source import read_source
from tender_eval.lint.run import lint

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
SCHEMES = sorted(p for p in (ROOT / "schemes").glob("*.yaml") if not p.name.endswith(".test.yaml"))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda p: p.stem)
def test_a_shipped_scheme_is_clean_or_says_why_not(path: Path) -> None:
    source = read_source(path)
    compiled = check(source, None, CATALOGUE).compiled
    assert compiled is not None
    found = lint(source, compiled, list(CATALOGUE.lint_rules.values()), CATALOGUE.lint_rules)
    assert [f"{f.where} {f.code}: {f.message}" for f in found.findings] == []
    assert found.unchecked == ()
    assert all(len(one.ignore.reason.split()) >= 5 for one in found.ignored)


def test_there_are_schemes() -> None:
    assert len(SCHEMES) >= 10
