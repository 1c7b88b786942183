"""The key that the salts of entries are made from: fresh for every write, unless one is given so that bytes repeat."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SIZE = 32
_GIVEN: ContextVar[bytes | None] = ContextVar("salts", default=None)


def salts_key() -> bytes:
    """The key of a write. Salts are never used twice: each hangs on its key and on all that its entry says."""
    return _GIVEN.get() or secrets.token_bytes(SIZE)


@contextmanager
def salts_from(key: bytes) -> Iterator[None]:
    """While this lasts, salts are made from this key, and the same entries have the same bytes."""
    before = _GIVEN.set(key)
    try:
        yield
    finally:
        _GIVEN.reset(before)
