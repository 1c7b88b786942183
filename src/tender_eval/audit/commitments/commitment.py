"""What stands for the content of an entry without telling it: salted digests, and the tree of the bids' parts.

An entry has one salt of 32 random bytes. It stands in the record, and in nothing that leaves the authority; the salt of
a bid's part is worked out from it, and says nothing of it or of the others. Without a salt nobody can try out what a
digest may be of, however few values are possible.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from tender_eval.audit.commitments.merkle import Hash, leaf, path, root, root_by
from tender_eval.base.canonical import Data, NotCanonical, canonical

START = "0" * 64
"""What the first entry names in place of the hash of an entry before."""

_BODY, _PART, _SALT = b"tender-eval/body/1\n", b"tender-eval/part/1\n", b"tender-eval/salt/1\n"


class Proof(NamedTuple):
    """That an entry commits a part: the salt of it, where it stands among how many, and the hashes beside its way."""

    salt: bytes
    position: int
    size: int
    path: tuple[Hash, ...]


def entry_salt(key: bytes, content: bytes) -> bytes:
    """The salt of an entry from a secret key and all that it says: another for whatever else is said."""
    return hmac.new(key, _SALT + content, sha256).digest()


def body_digest(salt: bytes, body: bytes) -> str:
    """What stands for the canonical body in the outline of its entry."""
    return sha256(_BODY + salt + body).hexdigest()


def parts_digest(salt: bytes, parts: Mapping[str, Data]) -> dict[str, Data]:
    """What stands for the parts in the outline of their entry: the root of their tree, and how many they are."""
    return {"root": root(_leaves(salt, parts)).hex(), "size": str(len(parts))}


def prove(salt: bytes, parts: Mapping[str, Data], bid: str) -> Proof:
    """The proof of the part of one bid."""
    leaves, own = _leaves(salt, parts), part_salt(salt, bid)
    position = leaves.index(_leaf(own, parts[bid]))
    return Proof(own, position, len(leaves), path(leaves, position))


def proves(part: Data, proof: Proof, stated: object) -> bool:
    """Whether a part is one of those that stand behind what an outline states of them."""
    if not isinstance(stated, Mapping) or set(stated) != {"root", "size"} or len(proof.salt) != sha256().digest_size:
        return False
    try:
        found = root_by(_leaf(proof.salt, part), proof.position, proof.size, proof.path)
    except NotCanonical:
        return False
    return found is not None and stated == {"root": found.hex(), "size": str(proof.size)}


def part_salt(salt: bytes, bid: str) -> bytes:
    """The salt of the part of a bid, by the salt of the entry."""
    return hmac.new(salt, _PART + bid.encode("utf-8", "surrogatepass"), sha256).digest()


def _leaves(salt: bytes, parts: Mapping[str, Data]) -> Sequence[Hash]:
    """In the order of the hashes, so that where a leaf stands says nothing of whose the others are."""
    return sorted(_leaf(part_salt(salt, bid), part) for bid, part in parts.items())


def _leaf(salt: bytes, part: Data) -> Hash:
    return leaf(_PART + salt + canonical(part))
