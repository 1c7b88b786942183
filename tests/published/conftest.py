"""The published cases: each test is handed the case whose id it is named after."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

Case = dict[str, Any]
HERE = Path(__file__).parent


def _load() -> list[Case]:
    text = (HERE / "cases.json").read_text(encoding="utf-8")
    found: list[Case] = json.loads(text, parse_float=Fraction)  # the digits that were published, exactly
    return found


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    """Every case by the name of its test."""
    return {"test_" + case["id"].replace("-", "_"): case for case in _load()}


@pytest.fixture
def case(request: pytest.FixtureRequest, cases: dict[str, Case]) -> Case:
    """The case that this test is named after."""
    return cases[request.function.__name__]
