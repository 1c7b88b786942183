"""One writer at a time: a lock that the system takes back when its process ends, however it ends.

Not portalocker (4.4): on Windows it takes the first 64 KiB of the file, which nobody else can read while it is held.
On network drives it is as good as what the server and the mount pass on, see docs/records.md.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 10.0  # seconds to wait for another writer
_PAUSE = 0.05
_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def locked(descriptor: int) -> Iterator[None]:
    """Hold the lock of an open file.

    Raises:
        Busy: another process did not give it back in time.
    """
    until = time.monotonic() + PATIENCE
    while not _take(descriptor):
        if time.monotonic() >= until:
            raise Busy
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        _give_back(descriptor)


if sys.platform == "win32":
    import msvcrt

    # A lock on Windows keeps others from the bytes themselves, so one that no record reaches is taken.
    _BYTE = 1 << 40

    def _take(descriptor: int) -> bool:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as e:
            if e.errno in _BUSY:
                return False
            raise
        return True

    def _give_back(descriptor: int) -> None:
        os.lseek(descriptor, _BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as e:
            if e.errno in _BUSY:
                return False
            raise
        return True

    def _give_back(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
