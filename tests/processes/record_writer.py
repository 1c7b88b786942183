"""A writer of a record that ends at its n-th call to the system: without a word to Python, as if the power had gone.

Arguments: the record, the call, the share of what is written then that reaches the file. It says what is acknowledged.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tender_eval.audit import store
from tender_eval.audit.chain import Draft

AT = "2026-05-02T09:30:00Z"
path, last, share = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
calls = 0
acknowledge = os.write


def hooked(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        global calls  # noqa: PLW0603
        calls += 1
        if calls == last:
            if name == "write":  # some of it reaches the file
                real(args[0], bytes(args[1])[: int(len(args[1]) * share)])
            os._exit(9)
        return real(*args)

    return call


def said(written: store.Written) -> None:
    acknowledge(1, f"{written.entries} {written.head}\n".encode())


def write(drafts: list[Draft]) -> None:
    said(store.append(path, AT, lambda _: drafts))


if __name__ == "__main__":
    for name in ("write", "fsync", "ftruncate", "link", "unlink", "lseek"):
        setattr(os, name, hooked(name, getattr(os, name)))
    first = [Draft("genesis", {}), Draft("inputs", {}), Draft("score", {"x": "1"}), Draft("evaluated", {})]
    if not path.exists():
        said(store.create(path, first, AT))
    note = [Draft("decision", {"text": "x" * 200})]
    correction = [Draft("correction", {}), Draft("score", {"x": "2"}), Draft("evaluated", {})]
    for drafts in (note, correction, note):
        write(drafts)
