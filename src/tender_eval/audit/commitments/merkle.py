"""Merkle trees as RFC 9162 (section 2.1) builds them: leaves and nodes are told apart, and no leaf is ever doubled.

What a leaf holds is hashed after a byte 0, two children after a byte 1; a tree is split at the largest power of two
that is less than its number of leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

Hash = bytes


def leaf(content: bytes) -> Hash:
    """The hash of a leaf that holds this."""
    return sha256(b"\x00" + content).digest()


def root(leaves: Sequence[Hash]) -> Hash:
    """The hash that stands for all the leaves, of which there is at least one or the tree is empty."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256().digest()
    half = _half(len(leaves))
    return _node(root(leaves[:half]), root(leaves[half:]))


def path(leaves: Sequence[Hash], position: int) -> tuple[Hash, ...]:
    """What proves that a leaf stands at its position: the hashes beside its way up, from below."""
    if len(leaves) < 2:
        return ()
    half = _half(len(leaves))
    if position < half:
        return (*path(leaves[:half], position), root(leaves[half:]))
    return (*path(leaves[half:], position - half), root(leaves[:half]))


def root_by(one: Hash, position: int, size: int, beside: Sequence[Hash]) -> Hash | None:
    """The root that a leaf comes to by its path; None where no tree of this size has such a path."""
    if not 0 <= position < size:
        return None
    if size == 1:
        return one if not beside else None
    if not beside:
        return None
    half, last = _half(size), beside[-1]
    if position < half:
        below = root_by(one, position, half, beside[:-1])
        return below and _node(below, last)
    below = root_by(one, position - half, size - half, beside[:-1])
    return below and _node(last, below)


def _node(left: Hash, right: Hash) -> Hash:
    return sha256(b"\x01" + left + right).digest()


def _half(size: int) -> int:
    """The largest power of two below a size of at least two."""
    return 1 << (size - 1).bit_length() - 1
