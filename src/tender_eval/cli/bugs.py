"""What is kept of a bug: where in the code it came about goes to a file, for whoever mends it.

The file is sent to others. So it holds no argument of the command, no name of a file of the user, and no message of an
exception, in which text of bids may stand.
"""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tender_eval.languages.inert import inert

_OPTION = re.compile(r"--?[a-z][a-z-]*(=|$)")
_OF_WORKER = re.compile(r'^\s*File "(?P<file>[^"\n]+)", line (?P<line>\d+), in (?P<name>[\w<>.]+)$', re.MULTILINE)


def write_details(error: Exception) -> str:
    """Write the traceback to a new temporary file; returns what to tell the user."""
    first, *others = str(error).splitlines() or [""]  # of a worker's traceback, its last line says what happened
    what = inert(f"{type(error).__name__}: {others[-1] if others else first}")
    details = "\n".join(
        [
            f"tender-eval {version('tender-eval')}, Python {platform.python_version()}",
            platform.platform(),
            f"options: {' '.join(_options(sys.argv[1:]))}",
            "",
            *(line for one in _chain(error) for line in (*_frames(one), type(one).__name__, "")),
        ]
    )
    try:
        handle, name = tempfile.mkstemp(prefix="tender-eval-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(details)
    except OSError as e:
        return f"tender-eval has a bug: {what}. The details could not be written: {e.strerror}."
    return (
        f"tender-eval has a bug: {what}. Nothing is awarded. Please report it with the details in {name}, which hold no"
        " text of bids and no argument"
    )


def _options(arguments: list[str]) -> Iterator[str]:
    """The names of options, without what was given with them."""
    return (one.partition("=")[0] for one in arguments if _OPTION.match(one))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception after those that it came from."""
    before, seen = [error], {id(error)}
    while (earlier := before[-1].__cause__ or before[-1].__context__) and id(earlier) not in seen:
        before.append(earlier)
        seen.add(id(earlier))
    return reversed(before)


def _frames(error: BaseException) -> Iterator[str]:
    """Where in the code it was, and where in a worker, whose traceback came as text."""
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"  {_module(frame.filename)}:{frame.lineno} in {frame.name}"
    for found in _OF_WORKER.finditer(str(error)):
        yield f"  in a worker: {_module(found['file'])}:{found['line']} in {found['name']}"


def _module(path: str) -> str:
    """The last parts of a path, which say which module it is and not whose computer."""
    return "/".join(Path(path).parts[-3:])
