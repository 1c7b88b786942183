"""What others may build on: every public name is documented, typed and listed, and no misspelt one is there."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = re.findall(
    r"^\| `(tender_eval[a-z_.]*)` \|", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.MULTILINE
)
LAZY = ("tender_eval", "tender_eval.testing")


def public(module: ModuleType) -> Iterator[tuple[str, object]]:
    """The public names of a module, and what they stand for."""
    listed = getattr(module, "__all__", None)
    for name in listed or [n for n in list(vars(module)) if not n.startswith("_")]:
        found = getattr(module, name)
        if listed or getattr(found, "__module__", None) == module.__name__:
            yield f"{module.__name__}.{name}", found


def described() -> Iterator[tuple[str, object]]:
    """Every public class and function, and the public methods of classes."""
    for module in MODULES:
        for name, found in public(import_module(module)):
            yield name, found
            if isinstance(found, type):
                for attribute, held in list(vars(found).items()):
                    method = getattr(held, "fget", None) or getattr(held, "__func__", None) or held
                    if not attribute.startswith("_") and isinstance(method, FunctionType):
                        yield f"{name}.{attribute}", method


FOUND = dict(described())


def _overridden(name: str) -> str:
    """What is said of a method where it is first defined: one that overrides it says nothing anew."""
    owner, _, method = name.rpartition(".")
    kind = FOUND.get(owner)
    return inspect.getdoc(getattr(kind, method)) or "" if isinstance(kind, type) else ""


def test_the_page_names_modules_that_are_there() -> None:
    assert len(MODULES) == len(set(MODULES)) == 13
    assert len(FOUND) > 150


def test_every_public_name_is_documented() -> None:
    functions = {name: found for name, found in FOUND.items() if isinstance(found, type | FunctionType)}
    lacking = [name for name, found in functions.items() if not (inspect.getdoc(found) or _overridden(name)).strip()]
    assert lacking == []


def test_every_public_function_states_its_types() -> None:
    lacking = []
    for name, found in FOUND.items():
        if isinstance(found, FunctionType):
            given = inspect.signature(found)
            untyped = [p for n, p in given.parameters.items() if p.annotation is p.empty and n not in ("self", "cls")]
            if untyped or given.return_annotation is inspect.Signature.empty:
                lacking.append(name)
    assert lacking == []


@pytest.mark.parametrize("name", LAZY)
def test_names_are_listed_and_misspelt_ones_are_errors(name: str) -> None:
    module = import_module(name)
    assert set(module.__all__) <= set(dir(module))
    for public_name in module.__all__:
        assert getattr(module, public_name)
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'Scorrer'"):
        _ = module.Scorrer


@pytest.mark.parametrize("name", LAZY)
def test_a_type_checker_sees_no_catch_all_and_every_name(name: str) -> None:
    file = import_module(name).__file__
    tree = ast.parse(Path(str(file)).read_text(encoding="utf-8"))
    assert "__getattr__" not in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    (for_types,) = [n for n in tree.body if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    seen = {alias.asname for node in for_types.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(import_module(name).__all__)


def _not_public(text: str) -> list[str]:
    """What a text of Python imports of tender_eval that is not public."""
    found = []
    for of, names in re.findall(r"^ *from (tender_eval(?:\.[a-z_]+)*) import (\([^)]*\)|.*)", text, re.MULTILINE):
        for name in re.findall(r"[A-Za-z_]+", re.sub(r" as \w+", "", names)):
            if f"{of}.{name}" not in MODULES and (of not in MODULES or name.startswith("_")):
                found.append(f"{of}.{name}")
    return found + re.findall(r"^ *import (tender_eval\.\S+)", text, re.MULTILINE)


def test_what_the_docs_import_is_public() -> None:
    """Found: the page on notebooks built on modules that the page on the API did not name, and nothing told."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    blocks = [b for page in pages for b in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)]
    assert sum("from tender_eval" in block for block in blocks) > 10
    assert [name for block in blocks for name in _not_public(block)] == []
    assert _not_public("from tender_eval.engine.plan import Plan") == ["tender_eval.engine.plan.Plan"]


PLUGINS = sorted((ROOT / "plugins").glob("*/src/**/*.py"))
TEMPLATES = sorted((ROOT / "src" / "tender_eval" / "cli" / "commands" / "plugins" / "templates").glob("*.py.tmpl"))


@pytest.mark.parametrize("file", [*PLUGINS, *TEMPLATES], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_plugins_of_this_project_use_nothing_else(file: Path) -> None:
    """Those of `plugins/`, and what `plugins new` writes."""
    assert _not_public(file.read_text(encoding="utf-8")) == []


def test_the_plugins_of_this_project_are_five() -> None:
    assert len({file.parent for file in PLUGINS}) == 5
