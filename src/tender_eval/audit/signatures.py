"""Ed25519 signatures over the head of a record.

A signature is an entry of the record itself: one file holds all, each signer signs what those before signed,
and the chain keeps their order and times. What is signed is the entry without its hash and signature; it names
the entry before by hash, and so stands for every byte up to it.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tender_eval.audit.approval import Signed, by_keys, by_policy, fingerprint
from tender_eval.audit.chain import Draft, Link
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED, Check
from tender_eval.audit.trail import named, since_signed
from tender_eval.base.canonical import Data, canonical
from tender_eval.case.acts import Entry
from tender_eval.files.policy import Policy, is_weak
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM = "Ed25519"
PURPOSE = b"tender-eval/signature/1\n"


def signature(key: Ed25519PrivateKey, signer: str, at: str, link: Link) -> Draft:
    """The entry by which a signer signs a record up to its head.

    Args:
        link: the end of the record.
    """
    public = _encoded(key.public_key().public_bytes_raw())
    body: dict[str, Data] = {"algorithm": ALGORITHM, "public_key": public, "signer": signer}
    signed = key.sign(_message(body, at, link))
    return Draft("signature", {**body, "signature": _encoded(signed)})


def read_private(path: Path, password: bytes | None) -> Ed25519PrivateKey:
    """A private key from a PEM file.

    Raises:
        Refused: TE001 where it cannot be read, TE086 where it is no such key, TE097 without `cryptography`.
    """
    data = _read(path)
    _needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(data, password)
    except TypeError as e:  # a password is lacking, or given for nothing
        raise _no_key(path, str(e)) from None
    except (ValueError, UnsupportedAlgorithm):
        raise _no_key(path, "it is no private key in PEM, or the password is wrong") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path, f"it is not of {ALGORITHM}")
    return key


def is_encrypted(path: Path) -> bool:
    """Whether a key file asks for a password."""
    return b"ENCRYPTED" in _read(path)


def read_public(path: Path) -> bytes:
    """The raw public key of a PEM file.

    Raises:
        Refused: TE001 where it cannot be read, TE086 where it is no such key, TE097 without `cryptography`.
    """
    data = _read(path)
    _needed()
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(data)
    except (ValueError, UnsupportedAlgorithm):
        raise _no_key(path, "it is no public key in PEM") from None
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path, f"it is not of {ALGORITHM}")
    if is_weak(raw := key.public_bytes_raw()):
        raise _no_key(path, "anybody can sign in its name")
    return raw


def check_signatures(entries: tuple[Entry, ...], keys: Sequence[bytes], policy: Policy | None = None) -> list[Check]:
    """Every signature of a record, and whether it is approved by the keys and the policy that were given."""
    if not _installed():
        checks = [Check(NOT_CHECKED, "signatures", _MISSING)] if any(e.kind == "signature" for e in entries) else []
        return [*checks, Check(NOT_CHECKED, "approval", _MISSING, "approved")] if keys or policy else checks
    checks = []
    signed: list[Signed] = []
    known = {*keys, *(person.key for person in policy.people)} if policy else set(keys)
    for entry in (e for e in entries if e.kind == "signature"):
        public = _holds(entry, entries)
        signer = str(entry.body.get("signer", ""))
        if public is None:
            checks.append(Check(FAILED, "signature", f"entry {entry.number}, body.signature: it is not of this record"))
            continue
        signed.append(Signed(entry.number, public, signer))
        other = "" if public in known else "; the key is not one of those given, so whose it is was not checked"
        who = f'"{signer}" with key {fingerprint(public)}'
        words = f"entry {entry.number}: {who} signed entries 0 to {entry.number - 1}"
        checks.append(Check(NOTED if other else HELD, "signature", words + other))
    for one in since_signed(entries) if signed else ():
        words = f'entered since "{one.signer}" signed (entry {one.signature.number}): {named(one.later)}'
        checks.append(Check(NOTED, "order", words))
    checks += by_keys(entries, signed, keys)
    return [*checks, *by_policy(entries, signed, policy)] if policy else checks


def _holds(entry: Entry, entries: tuple[Entry, ...]) -> bytes | None:
    """The public key of a signature that holds."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    body = entry.body
    if set(body) != {"algorithm", "public_key", "signer", "signature"} or body["algorithm"] != ALGORITHM:
        return None
    unsigned: dict[str, Data] = {name: str(body[name]) for name in ("algorithm", "public_key", "signer")}
    try:
        public = base64.b64decode(str(body["public_key"]), validate=True)
        signed = base64.b64decode(str(body["signature"]), validate=True)
        link = Link(entry.number, entries[entry.number - 1].hash)
        Ed25519PublicKey.from_public_bytes(public).verify(signed, _message(unsigned, entry.at, link))
    except (binascii.Error, ValueError, InvalidSignature):
        return None
    return None if is_weak(public) else public


def _message(body: dict[str, Data], at: str, link: Link) -> bytes:
    said: dict[str, Data] = {"at": at, "body": body, "kind": "signature", "n": str(link.number), "prev": link.head}
    return PURPOSE + canonical(said)


def _encoded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_MISSING = "signatures need the package cryptography: pip install 'tender-eval[sign]'"


def _installed() -> bool:
    try:
        import cryptography  # noqa: F401
    except ImportError:
        return False
    return True


def _needed() -> None:
    if not _installed():
        raise Refused([Diagnostic("TE097", _MISSING, None, "pip install 'tender-eval[sign]'")])


def _no_key(path: Path, why: str) -> Refused:
    message = f"{path.as_posix()} cannot be used: {why}"
    hint = "make one with: openssl genpkey -algorithm ed25519 -out key.pem"
    return Refused([Diagnostic("TE086", message, Location(path.as_posix()), hint)])


def _read(path: Path) -> bytes:
    from tender_eval.files.source import read_source

    return read_source(path).data
