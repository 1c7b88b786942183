"""Settings for all tests: repeatable, without time limits, and whatever plugins are installed.

Hypothesis draws the same examples each time and keeps none (what it once found is a test of its own); nothing fails
because the machine is busy: there is no deadline, and slow drawing is no fault.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache, partial

import pytest
from hypothesis import HealthCheck, settings

from tender_eval.base import environment

settings.register_profile(
    "repeatable",
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("repeatable")

collect_ignore = ["processes"]  # scripts that tests start: to be read by other Pythons, not by this one

os.environ["TENDER_EVAL_LOAD_PLUGINS"] = ""  # those of plugins say otherwise


_looked_up = environment._files


@cache
def _ours() -> tuple[environment._File, ...]:
    return tuple(_looked_up("tender_eval"))


def _files(package: str) -> Iterator[environment._File]:
    """A record asks for a thousand files at each act: those of the code that is tested stay as they are meanwhile."""
    return iter(_ours()) if package == "tender_eval" else _looked_up(package)


environment._files = partial(_files)  # no function: such that come from elsewhere are found out (plugins/untouched.py)


def pytest_collection_finish() -> None:
    """What collecting made stays: it is looked through for cycles seldom. Not frozen: Hypothesis looks into it."""
    gc.set_threshold(100_000, 20, 100)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """No bytes in the names of tests: an archive holds the time when it was made, and each worker makes its own."""
    return argname if isinstance(val, bytes) else None
