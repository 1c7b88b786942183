"""A run that ends at its n-th call to the system: without a word to Python, as if the power had gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import synthetic_tenders

from tender_eval.simulation.running import checkpoint
from tender_eval.simulation.running.engines import run

path, log = map(Path, sys.argv[1:3])
draws, last, share = map(int, sys.argv[3:6])
calls = 0


def ends() -> bool:
    global calls  # noqa: PLW0603
    calls += 1
    return calls == last


def hooked(real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if ends():
            os._exit(9)
        return real(*args, **kwargs)

    return call


whole = checkpoint._write


def write(file: BinaryIO, data: bytes) -> None:
    if ends():  # some of it reaches the file
        file.write(data[: len(data) * share // 100])
        file.flush()
        os._exit(9)
    whole(file, data)


if __name__ == "__main__":
    for name in ("fsync", "replace", "unlink"):
        setattr(os, name, hooked(getattr(os, name)))
    checkpoint._write, checkpoint.COMPACTED_AFTER = write, 3
    run(synthetic_tenders.job(draws, synthetic_tenders.Market(log=log)), workers=1, checkpoint=path)
