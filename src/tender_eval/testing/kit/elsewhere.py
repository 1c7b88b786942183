"""A plugin tried in processes of their own: under two hash seeds, within a limit of time, and whatever it does there.

What has no end, or ends its process, would take the tests with it. So this is tried first, and what does so is tried by
no other check.
"""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

LIMIT = 60.0
"""Seconds in which a plugin must answer all that it is asked there."""

START = 120.0
"""Seconds more in which a process must have started and ended."""

SEEDS = ("0", "1")

CHILD = f"{__package__}.child"
"""The program of such a process."""


class Elsewhere(NamedTuple):
    """What came of trying a plugin in other processes.

    Attributes:
        fault: what it did that no further check survives; empty where nothing.
        answers: what it gave under each of `SEEDS`.
        replaced: what of tender-eval it put something else in the place of; empty where nothing.
        unknown: why it could not be tried there at all; empty where it was.
    """

    fault: str = ""
    answers: tuple[tuple[str, ...], ...] = ()
    replaced: str = ""
    unknown: str = ""


@cache
def elsewhere(plugin: type) -> Elsewhere:
    """What a plugin gives in processes of their own; asked once for each."""
    if "<" in plugin.__qualname__:
        return Elsewhere(
            unknown=f"{plugin.__qualname__} is made on the spot: define it where a module can be asked for it"
        )
    found: list[tuple[str, ...]] = []
    for seed in SEEDS:
        one = _tried(plugin, seed)
        if one.fault or one.unknown or one.replaced:
            return one
        found += one.answers
    return Elsewhere(answers=tuple(found))


def _tried(plugin: type, seed: str) -> Elsewhere:
    asked = {
        "path": sys.path, "module": plugin.__module__, "file": inspect.getsourcefile(plugin),
        "class": plugin.__qualname__, "limit": LIMIT,
    }  # fmt: skip
    environ = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", CHILD], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        try:
            out, err = process.communicate(json.dumps(asked), timeout=LIMIT + START)
        except subprocess.TimeoutExpired:
            process.kill()
            return Elsewhere(f"did not come to an end within {LIMIT:g} s")
    if out.startswith("{"):
        return _read(json.loads(out))
    if "Timeout (" in err:
        return Elsewhere(f"did not come to an end within {LIMIT:g} s{_place(err)}")
    return Elsewhere(f"ended the process, with exit code {process.returncode}")


def _read(told: Mapping[str, Any]) -> Elsewhere:
    answers = (tuple(told["answers"]),) if "answers" in told else ()
    return Elsewhere(answers=answers, replaced=told.get("replaced", ""), unknown=told.get("unknown", ""))


def _place(trace: str) -> str:
    """Where it was at work, of what faulthandler wrote: the innermost place is first."""
    place = next((line for line in trace.splitlines() if line.lstrip().startswith("File ")), "")
    return f": it was at work at {place.strip()}" if place else ""
