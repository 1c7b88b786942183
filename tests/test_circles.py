"""No module imports, through whatever others, what imports it: neither when it is loaded nor later, nor for types."""

from graphlib import TopologicalSorter

import pytest
from our_modules import MODULES, imported


def test_imports_are_found_wherever_they_stand() -> None:
    inside = "def f():\n    from tender_eval.base import bounds\n"
    assert list(imported(f"{inside}import tender_eval.model\nfrom tender_eval.base.lock import Busy\nimport os")) == [
        "tender_eval.model",
        "tender_eval.base.lock",
        "tender_eval.base.bounds",
    ]


@pytest.mark.slow
def test_no_module_imports_itself_through_others() -> None:
    graph = {name: set(imported(path.read_text(encoding="utf-8"))) - {name} for name, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle
