"""Standard output holds results and nothing else: what plugins write to its descriptor goes to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper

_DESCRIPTOR = 1
NAMES = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
"""Names of files that stand for it."""


@contextmanager
def kept_apart() -> Iterator[None]:
    """While this lasts our results alone reach standard output, by ``sys.stdout``.

    Whoever writes to descriptor 1 itself (``sys.__stdout__``, ``os.write(1, ...)``, a process that a plugin starts)
    reaches standard error. Nothing is done where ``sys.stdout`` is no descriptor, as in tests. A plugin that looks for
    the descriptor finds it all the same: plugins are trusted code.
    """
    ours = sys.stdout
    if ours is not sys.__stdout__ or not isinstance(ours, TextIOWrapper) or _number(ours) != _DESCRIPTOR:
        yield
        return
    ours.flush()
    kept = os.dup(_DESCRIPTOR)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a device
        try:
            os.dup2(2, _DESCRIPTOR)
        except OSError:  # standard error was closed before we began
            os.dup2(nowhere.fileno(), _DESCRIPTOR)
        results = TextIOWrapper(
            os.fdopen(kept, "wb"), "utf-8", "backslashreplace", newline="\n", line_buffering=ours.line_buffering
        )
        sys.stdout = results
        try:
            yield
        finally:
            with suppress(OSError):  # told already by whoever wrote it; what is left is of a reader that has gone
                results.flush()
            with suppress(OSError):
                ours.flush()
            os.dup2(kept, _DESCRIPTOR)
            os.dup2(nowhere.fileno(), kept)
            results.close()
            sys.stdout = ours


def terminal_columns() -> int:
    """How wide the terminal is that standard output is."""
    try:
        wide = os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        wide = 80
    return shutil.get_terminal_size((wide, 24)).columns


def _number(stream: TextIOWrapper) -> int:
    try:
        return stream.fileno()
    except (OSError, ValueError):  # closed, or none
        return -1
