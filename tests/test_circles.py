"""No module imports, through whatever others, what imports it: neither when it is loaded nor later, nor for types."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "src"
MODULES = {
    ".".join(path.relative_to(SOURCES).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCES.rglob("*.py")
}


def imported(text: str) -> Iterator[str]:
    """The modules of ours that a source imports anywhere."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "an import names the whole way"
            if node.module not in MODULES:
                continue
            for name in node.names:
                inner = f"{node.module}.{name.name}"
                yield inner if inner in MODULES else node.module


def test_imports_are_found_wherever_they_stand() -> None:
    inside = "def f():\n    from tender_eval.base import bounds\n"
    assert list(imported(f"{inside}import tender_eval.model\nfrom tender_eval.base.lock import Busy\nimport os")) == [
        "tender_eval.model",
        "tender_eval.base.lock",
        "tender_eval.base.bounds",
    ]


def test_no_module_imports_itself_through_others() -> None:
    graph = {name: set(imported(path.read_text(encoding="utf-8"))) - {name} for name, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
