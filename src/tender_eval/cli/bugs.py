"""What is kept of a bug: the details go to a file, for whoever mends it."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from importlib.metadata import version

from tender_eval.languages.inert import inert


def write_details(error: Exception) -> str:
    """Write the traceback to a new temporary file; returns what to tell the user."""
    first, *others = str(error).splitlines() or [""]  # of a worker's traceback, its last line says what happened
    what = inert(f"{type(error).__name__}: {others[-1] if others else first}")
    details = "\n".join(
        [
            f"tender-eval {version('tender-eval')}, Python {platform.python_version()}",
            platform.platform(),
            f"arguments: {sys.argv[1:]!r}",
            "",
            "".join(traceback.format_exception(error)),
        ]
    )
    try:
        handle, name = tempfile.mkstemp(prefix="tender-eval-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(details)
    except OSError as e:
        return f"tender-eval has a bug: {what}. The details could not be written: {e.strerror}."
    return f"tender-eval has a bug: {what}. Nothing is awarded. Please report it with the details in {name}"
