"""A real cluster on the loopback of this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from other_processes import finding

SUPPORT = Path(__file__).parent
PATIENCE = 600  # seconds for a process to start, on however busy a machine


class Cluster:
    """Processes that are ended when the cluster is left, whatever they are at."""

    def __init__(self, folder: Path, modules: Path, tls: Mapping[str, str]) -> None:
        self._tls = {f"DASK_DISTRIBUTED__COMM__TLS__{_setting(name)}": path for name, path in tls.items()}
        self._file, self._folder, self._modules = folder / "scheduler.json", folder, modules
        self._processes: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        """Start the scheduler and wait until it listens."""
        process = self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
                              "--scheduler-file", str(self._file),
                              *(["--protocol", "tls"] if self._tls else []))  # fmt: skip
        until = time.monotonic() + PATIENCE
        while not self.address:
            assert process.poll() is None, "the scheduler ended"
            assert time.monotonic() < until, "the scheduler did not start"
            time.sleep(0.02)

    @property
    def address(self) -> str:
        """Of the scheduler; empty before it is there."""
        try:
            return str(json.loads(self._file.read_text(encoding="utf-8"))["address"])
        except (OSError, ValueError, KeyError):
            return ""

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker, of one thread; nobody starts it again when it dies."""
        return self._start("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny",
                           "--no-dashboard", "--local-directory", str(self._folder),
                           "--death-timeout", str(PATIENCE))  # fmt: skip

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        environment = finding(self._modules, OMP_NUM_THREADS="1", **self._tls)
        with (self._folder / f"{kind}{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self._folder)
        self._processes.append(process)
        return process

    def end_scheduler(self) -> None:
        """End the scheduler alone."""
        self._processes[0].kill()

    def end(self) -> None:
        """End every process."""
        for process in reversed(self._processes):
            process.kill()
        for process in self._processes:
            process.wait()


def _setting(name: str) -> str:
    """A setting of Dask as its variable is called: ``CLIENT__CERT`` for ``client.cert``."""
    return name.replace(".", "__").replace("-", "_").upper()


@contextmanager
def cluster(
    folder: Path, workers: int, modules: Path = SUPPORT, tls: Mapping[str, str] = MappingProxyType({})
) -> Iterator[Cluster]:
    """A scheduler and so many workers, which may still be starting.

    Args:
        folder: for their logs.
        modules: where the workers find what they are to run.
        tls: the files of TLS by the settings of Dask; without them there is none.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found = Cluster(folder, modules, tls)
    try:
        found.begin()
        for _ in range(workers):
            found.worker()
        yield found
    finally:
        found.end()
