"""The test kit for lint rules: what each promises by the two schemes in its folder.

For plugin authors, in their own tests::

    from tender_eval.testing.lint_rules import check_lint_rules

    def test_my_rules_keep_their_promises():
        check_lint_rules("my_rules")
"""

from __future__ import annotations

from difflib import ndiff
from importlib.resources import files
from importlib.resources.abc import Traversable

from tender_eval import lint as built_in
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.source import Source
from tender_eval.lint.run import LintReport, lint
from tender_eval.lint.thresholds import thresholds
from tender_eval.lots import mechanisms
from tender_eval.plugins.catalogue import Catalogue, PluginInfo, Registered
from tender_eval.plugins.lint_rule import LintRule
from tender_eval.plugins.rule_folders import lint_rules_in

MOST_CHANGED = 12
"""Lines that a good example may take from and add to the bad one: more hide what it is that trips the rule."""


def check_lint_rules(package: str) -> None:
    """Try every rule that has a folder in a package; see `check_lint_rule`.

    Raises:
        AssertionError: a promise is broken, or a folder holds examples and no rule that is found.
    """
    rules = lint_rules_in(package)
    found = {reference.partition(":")[0].rpartition(".")[2] for reference in rules.values()}
    strays = sorted(set(_example_folders(files(package))) - found)
    assert not strays, f"folders with examples whose names are no code and name of a rule: {strays}"
    assert rules, f"{package} has no rule"
    for code in rules:
        check_lint_rule(package, code)


def check_lint_rule(package: str, code: str) -> None:
    """Try one rule among all rules of its package: both examples load, the bad one trips it alone, the good one none.

    Raises:
        AssertionError: a promise is broken.
    """
    plugin = PluginInfo(package, package, "0")
    found = lint_rules_in(package)
    rules: dict[str, Registered[LintRule]] = {
        named: Registered(named, plugin, reference, LintRule)  # type: ignore[type-abstract]
        for named, reference in found.items()
    }
    rule = rules[code].item
    folder = found[code].partition(":")[0].rpartition(".")[2]
    named = f"{code}_{rule.name.replace('-', '_')}".lower()
    assert folder == named, f"{folder} holds a rule that is called {rule.name}"
    catalogue = load_catalogue(further={"lint": built_in, "mechanisms": mechanisms})
    bad, good = (_linted(rule, name, rules, catalogue) for name in ("bad", "good"))
    assert _codes(bad) == {code}, f"bad.yaml of {code} trips {_listed(bad)}"
    assert _codes(good) == set(), f"good.yaml of {code} trips {_listed(good)}"
    changed = changed_lines(rule)
    assert changed <= MOST_CHANGED, f"the examples of {code} differ in {changed} lines, more than {MOST_CHANGED}"


def changed_lines(rule: LintRule) -> int:
    """How many lines the good example of a rule takes from the bad one and adds to it."""
    lines = ndiff(rule.example("bad").splitlines(), rule.example("good").splitlines())
    return sum(line.startswith(("- ", "+ ")) for line in lines)


def example_of(rule: LintRule | type[LintRule], name: str, catalogue: Catalogue) -> tuple[Source, CompiledScheme]:
    """The scheme in the folder of a rule that trips it (``bad``), or the one that does not (``good``).

    Raises:
        AssertionError: it is no sound scheme.
    """
    source = Source(f"{name}.yaml", rule.example("bad" if name == "bad" else "good").encode())
    checked = check(source, None, catalogue)
    assert isinstance(checked, Sound), f"{name}.yaml of {rule.code}: {'; '.join(map(str, checked.diagnostics))}"
    return source, checked.compiled


def _linted(rule: LintRule, name: str, rules: dict[str, Registered[LintRule]], catalogue: Catalogue) -> LintReport:
    source, compiled = example_of(rule, name, catalogue)
    dated = thresholds().with_figures(catalogue.lint_figures)
    report = lint(source, compiled, list(rules.values()), {*catalogue.lint_rules, *rules}, table=dated)
    assert rule.code not in {one.code for one in report.unchecked}, f"{rule.code} was not run on {name}.yaml"
    return report


def _codes(report: LintReport) -> set[str]:
    return {found.code for found in report.findings}


def _listed(report: LintReport) -> str:
    return "; ".join(f"{f.code} at {f.where}: {f.message}" for f in report.findings) or "no rule"


def _example_folders(folder: Traversable) -> list[str]:
    """The names of all folders below that hold an example."""
    entries = list(folder.iterdir())
    own = [folder.name] if any(entry.name in ("bad.yaml", "good.yaml") for entry in entries) else []
    return own + [name for entry in entries if entry.is_dir() for name in _example_folders(entry)]
