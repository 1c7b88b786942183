"""A design is compiled from its own scheme."""

from __future__ import annotations

from typing import Any

import pytest
from inline import CATALOGUE
from simulated import design, shipped_scheme, standard_types

from tender_eval.simulation.tendering import design as designs


class Overtaken(list[Any]):
    """What was compiled last, where another thread puts its own there at once."""

    def __setitem__(self, at: Any, found: Any) -> None:
        (own,) = found
        super().__setitem__(at, [(own[0], own[1], "of another thread")])


def test_a_thread_that_is_overtaken_has_its_own_scheme_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(designs, "_LAST", Overtaken())
    found = designs.model_of(design(2, shipped_scheme()), standard_types(), (), [0.125] * 8, CATALOGUE)
    assert found.scheme.scheme is shipped_scheme()
