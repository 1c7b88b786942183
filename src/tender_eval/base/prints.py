"""What the code of others prints: never among results."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO


@contextmanager
def kept_out(who: str) -> Iterator[None]:
    """While this lasts, what is printed is kept; it then goes to standard error under a name.

    Args:
        who: whose code runs, as ``my_scorer (my-plugin 1.0)``.
    """
    with redirect_stdout(StringIO()) as printed:
        try:
            yield
        finally:
            if text := printed.getvalue():
                sys.stderr.write(f"{who} printed {text!r}\n")
