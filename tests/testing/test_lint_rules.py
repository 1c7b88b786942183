"""The test kit for lint rules passes the rule of the guide, and tells each promise that a rule breaks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from lint_plugin import NAME, write_plugin

from tender_eval import Refused
from tender_eval.plugins.rule_folders import lint_rules_in
from tender_eval.testing.lint_rules import check_lint_rules


@pytest.fixture
def rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the guide's rule, as part of a package that can be imported."""
    monkeypatch.setenv("TENDER_EVAL_LOAD_PLUGINS", "")
    monkeypatch.syspath_prepend(tmp_path)
    forget()  # what tests beside this one imported from folders of their own
    yield write_plugin(tmp_path)
    forget()


def forget() -> None:
    for name in [name for name in sys.modules if name.startswith(NAME)]:
        del sys.modules[name]


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def swap(rule: Path) -> None:
    (rule / "bad.yaml").rename(rule / "other.yaml")
    (rule / "good.yaml").rename(rule / "bad.yaml")
    (rule / "other.yaml").rename(rule / "good.yaml")


def only_price(rule: Path) -> None:
    change(rule / "good.yaml", "  - {id: quality, title: Quality, weight: 60, scorer: {name: mark, out_of: 5}}\n", "")
    change(rule / "good.yaml", "weight: 40", "weight: 100")


def grow(rule: Path) -> None:
    scales = "".join(f"    - {{mark: {n}, score: {n * 5}%}}\n" for n in range(13))
    change(rule / "good.yaml", "award:", f"scales:\n  long:\n{scales}award:")


def copy(rule: Path, name: str, *files: str) -> None:
    folder = rule.parent / name
    folder.mkdir()
    for file in files:
        (folder / file).write_text((rule / file).read_text(encoding="utf-8"), encoding="utf-8")


def test_the_rule_of_the_guide_keeps_its_promises(rule: Path) -> None:
    check_lint_rules(NAME)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (swap, "bad.yaml of LCC001 trips no rule"),
        (only_price, "good.yaml of LCC001 trips LCC001 "),
        (lambda rule: change(rule / "bad.yaml", "highest", "hihgest"), "bad.yaml of LCC001: .*hihgest_score"),
        (lambda rule: change(rule / "good.yaml", "format:", "fromat:"), "good.yaml of LCC001: "),
        (grow, "differ in .* lines, more than 12"),
        (lambda rule: change(rule / "__init__.py", '"price-alone"', '"price-only"'), "is called price-only"),
        (lambda rule: copy(rule, "price_only", "bad.yaml"), r"no code and name of a rule: \['price_only'\]"),
    ],
)
def test_a_broken_promise_is_told(rule: Path, fault: Callable[[Path], None], told: str) -> None:
    fault(rule)
    with pytest.raises(AssertionError, match=told):
        check_lint_rules(NAME)


def test_a_bad_example_that_trips_another_rule_of_the_plugin_too_is_told(rule: Path) -> None:
    copy(rule, "lcc002_price_only", "__init__.py", "bad.yaml", "good.yaml")
    for old, new in (("LCC001", "LCC002"), ("price-alone", "price-only"), ("PriceAlone", "PriceOnly")):
        change(rule.parent / "lcc002_price_only" / "__init__.py", old, new)
    with pytest.raises(AssertionError, match=r"bad.yaml of LCC001 trips LCC001 .*; LCC002 "):
        check_lint_rules(NAME)


def test_a_folder_whose_class_is_called_otherwise_is_told(rule: Path) -> None:
    change(rule / "__init__.py", "class PriceAlone", "class PriceOnly")
    with pytest.raises(Refused, match="TE043"):
        check_lint_rules(NAME)


def test_two_folders_of_one_code_are_told(rule: Path) -> None:
    copy(rule, "lcc001_price_only", "__init__.py")
    with pytest.raises(ValueError, match="two folders have the code LCC001"):
        lint_rules_in(NAME)


def test_a_package_without_a_rule_is_told(rule: Path) -> None:
    for file in rule.iterdir():
        file.unlink()
    with pytest.raises(AssertionError, match="has no rule"):
        check_lint_rules(NAME)
