"""Tenders that cost nothing to simulate, for what runs them; at the top of a module, so that any process finds it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import SeedSequence, default_rng
from numpy.typing import NDArray

from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.simulation.running.chunks import Job

CHUNK = 64


@dataclass(frozen=True)
class Market:
    """A design: what its prices are multiplied by, and what shall happen while it is simulated."""

    level: float = 1.0
    log: Path | None = None  # the number of each chunk is written here when it is computed
    pause: float = 0.0  # seconds a chunk takes
    meet: int = 1  # no chunk is finished before so many processes have begun one, however busy the machine is
    most: int = sys.maxsize  # of the chunks that are begun; one beyond them waits until its process is killed
    dies: int = -1  # at this chunk its process kills itself ...
    once: Path | None = None  # ... unless this file, which it makes, is there
    fails: int = -1  # at this chunk it raises
    refuses: int = -1  # at this chunk it refuses


class Unreadable(Market):
    """A design that no other process can make from its pickle."""

    def __reduce__(self) -> tuple[object, ...]:
        return _broken, ()


def _broken() -> Market:
    raise RuntimeError("made of nothing")


def simulate(prepared: Sequence[Market], seed: SeedSequence, draws: int) -> tuple[dict[str, NDArray[np.float64]], ...]:
    """Prices, bids, a figure that is often undefined, and one that is always the same."""
    index = seed.spawn_key[0]
    _happen(prepared[0], index)
    rng = default_rng(seed)
    common = rng.lognormal(0, 0.3, draws)
    bids = rng.poisson(2, (len(prepared), draws)).astype(np.float64)
    return tuple(
        {
            "price": common * market.level,
            "bids": row,
            "price_per_bid": np.where(row > 0, common / np.maximum(row, 1), np.nan),
            "value": np.full(draws, 0.1 * market.level),
        }
        for market, row in zip(prepared, bids, strict=True)
    )


def _happen(market: Market, index: int) -> None:
    if market.log is not None:
        with market.log.open("ab", buffering=0) as file:
            file.write(f"{index} {os.getpid()}\n".encode())
        while len(processes(market.log)) < market.meet:
            time.sleep(0.005)
        while len(computed(market.log)) > market.most:
            time.sleep(0.005)
    time.sleep(market.pause)
    if market.fails == index:
        raise ZeroDivisionError("one over nothing")
    if market.refuses == index:
        raise Refused([Diagnostic("TE045", "the scorer failed", None, "mend it")])
    if market.dies == index and not (market.once and market.once.exists()):
        if market.once:
            market.once.touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def job(draws: int, first: Market = Market(), seed: int = 7, chunk: int = CHUNK, **changes: str) -> Job[Market]:
    """Two designs, of which the first says what happens."""
    return Job(simulate, (first, Market(1.25)), seed, draws, chunk, changes.get("fingerprint", "sha256 of inputs"))


def computed(log: Path) -> list[int]:
    """The numbers of the chunks that were begun, in the order of their beginning."""
    return [int(line.split()[0]) for line in log.read_text(encoding="utf-8").splitlines()] if log.exists() else []


def processes(log: Path) -> set[int]:
    """The processes that began chunks."""
    return {int(line.split()[1]) for line in log.read_text(encoding="utf-8").splitlines()} if log.exists() else set()
