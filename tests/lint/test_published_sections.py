"""Lint says of schemes after published sections what a reader would stand by, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tender_eval import lint as built_in
from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import read_source
from tender_eval.lint.run import lint
from tender_eval.model.regime import Authority, Law, Nation

FOLDER = Path(__file__).parents[2] / "fixtures" / "published-sections"
FINDINGS: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "findings.yaml").read_text(encoding="utf-8"))
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})


def sound(name: str) -> Sound:
    checked = check(read_source(FOLDER / f"{name}.yaml"), None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    return checked


@pytest.mark.slow
@pytest.mark.parametrize("name", FINDINGS)
def test_nothing_false_is_found(name: str) -> None:
    source = read_source(FOLDER / f"{name}.yaml")
    found = lint(source, sound(name).compiled, list(CATALOGUE.lint_rules.values()), CATALOGUE.lint_rules)
    told = {finding.code: finding.message for finding in found.findings}
    assert set(told) == set(FINDINGS[name]), told
    assert found.ignored == (), "a false finding is mended in the rule, and not ignored here"
    assert all(len(why.split()) >= 5 for why in FINDINGS[name].values())


@pytest.mark.slow
def test_they_are_of_every_kind_of_authority_and_law() -> None:
    schemes = [sound(name).compiled.scheme for name in FINDINGS]
    assert {path.stem for path in FOLDER.glob("*.yaml")} == {*FINDINGS, "findings"}
    assert len(schemes) >= 18
    assert all(s.source.get("document") and s.source.get("section") and s.illustrative for s in schemes)
    regimes = [scheme.regime for scheme in schemes]
    assert {r.authority for r in regimes} >= {Authority.COUNCIL, Authority.PCC, Authority.NHS}
    assert {r.nation for r in regimes} >= {Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND, Nation.NONE}
    assert {r.law for r in regimes} >= {
        Law.PROCUREMENT_ACT_2023, Law.PCR_2015, Law.PSR_2023, Law.PCSR_2015, Law.WORLD_BANK, Law.EU_2014_24,
    }  # fmt: skip
