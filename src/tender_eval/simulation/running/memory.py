"""Memory that arrays leave behind when they are freed is kept for the next ones."""

from __future__ import annotations

from functools import cache

import numpy as np

MOST = 33_000_000  # bytes; a little below the 32 MiB up to which glibc adapts


@cache
def keep_freed() -> None:
    """Have the allocator keep what is freed, once in a process.

    A simulation makes and frees the same arrays over and over. glibc, the C library of most Linux systems, gives
    such memory back, and asks for it again a moment later; a fifth of the time went by on that. But when a block
    of up to 32 MiB that was mapped on its own is freed, it adapts: from then on it maps only blocks larger than
    that, and gives memory back only above twice that (mallopt(3), ``M_MMAP_THRESHOLD``). So we free one, which was
    never written to. Other libraries take no notice.
    """
    np.empty(MOST, dtype=np.uint8)
