"""Time-stamps of outside authorities (RFC 3161) over a head: that this record stood as it does at that time.

The imprint of a time-stamp is the head itself. A reply is kept whole, in an entry of its own behind what it stands for.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tender_eval.audit.chain import Draft
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED, Check
from tender_eval.audit.commitments.commitment import START
from tender_eval.audit.commitments.outline import hashed
from tender_eval.audit.trail import named, since
from tender_eval.base.times import instant
from tender_eval.case.acts import Entry
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.extras import need
from tender_eval.model.location import Location

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest, TimeStampResponse

ANCHOR = "anchor"
LARGEST_REPLY = 1024 * 1024  # bytes
CLOCKS_DIFFER = timedelta(minutes=5)  # by how much the clock of an authority and that of who enters may be apart
PATIENCE = 30  # seconds that an authority has for its reply
_LIBRARY = "rfc3161_client"


class Reply(NamedTuple):
    """What an authority replied: its bytes (DER), and by what it is named."""

    authority: str
    data: bytes


def request_for(entries: tuple[Entry, ...]) -> TimeStampRequest:
    """What to ask an authority, so that it stamps the time of the hash of the last entry.

    Raises:
        Refused: TE097 without the library.
    """
    need(_LIBRARY, "sign")
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    before = entries[-2].hash if len(entries) > 1 else START
    asked = TimestampRequestBuilder().data(hashed(entries[-1], before)).hash_algorithm(HashAlgorithm.SHA256)
    return asked.nonce(nonce=True).cert_request(cert_request=True).build()


def ask(url: str, request: TimeStampRequest) -> Reply:
    """The reply of an authority.

    Raises:
        Refused: TE098 where there is none, or it is not to this request.
    """
    if not url.startswith(("http://", "https://")):
        raise _no_stamp(url, "an authority is asked at an address that begins with http:// or https://")
    import urllib.request  # many read records, few ask an authority

    headers = {"Content-Type": "application/timestamp-query"}
    try:
        asked = urllib.request.Request(url, request.as_bytes(), headers)  # noqa: S310 its scheme is looked at above
        with urllib.request.urlopen(asked, timeout=PATIENCE) as found:  # noqa: S310
            data = found.read(LARGEST_REPLY + 1)
    except (OSError, ValueError) as e:
        raise _no_stamp(url, str(e)) from None
    reply = Reply(url, data)
    if _response(reply).tst_info.nonce != request.nonce:
        raise _no_stamp(url, "its reply is not to this request")
    return reply


def drafts(entries: tuple[Entry, ...], replies: Iterable[Reply], at: str) -> list[Draft]:
    """The entries that keep replies.

    Args:
        at: when they are entered (RFC 3339).

    Raises:
        Refused: TE098 for one that is no time-stamp of an entry of this record, or of another time than its entries.
    """
    by_hash = {entry.hash: entry for entry in entries}
    found = []
    for reply in replies:
        made = _response(reply)
        head, stamped = _imprint(made), made.tst_info.gen_time
        if head not in by_hash:
            raise _no_stamp(reply.authority, "it is of no entry of this record")
        for told in _misdated(entries, by_hash[head].number, stamped, (Entry(len(entries), ANCHOR, at, {}, ""),)):
            hint = "set the clock of this computer right, leave --at out, and ask again once that time is past"
            raise Refused([Diagnostic("TE098", f"{reply.authority}: {told}", Location(reply.authority), hint)])
        response = base64.b64encode(reply.data).decode("ascii")
        found.append(Draft(ANCHOR, {"head": head, "authority": reply.authority, "response": response}))
    return found


def certificates(paths: Sequence[Path]) -> tuple[Certificate, ...]:
    """The certificates of authorities that a verifier trusts, from PEM files.

    Raises:
        Refused: TE001 where one cannot be read, TE098 where it holds none, TE097 without the library.
    """
    if not paths:
        return ()
    need(_LIBRARY, "sign")
    from cryptography.x509 import load_pem_x509_certificates

    from tender_eval.files.source import read_source

    found: list[Certificate] = []
    for path in paths:
        try:
            found += load_pem_x509_certificates(read_source(path).data)
        except ValueError:
            raise _no_stamp(path.as_posix(), "it holds no certificate in PEM") from None
    return tuple(dict.fromkeys(found))


def check_anchors(entries: tuple[Entry, ...], trusted: Sequence[Certificate]) -> Iterator[Check]:
    """Every time-stamp that is kept, and whether it stands for the record as it is now."""
    by_hash = {entry.hash: entry for entry in entries}
    for entry in (e for e in entries if e.kind == ANCHOR):
        yield from _checks(entry, by_hash.get(str(entry.body.get("head"))), entries, trusted)


def _checks(
    entry: Entry, over: Entry | None, entries: tuple[Entry, ...], trusted: Sequence[Certificate]
) -> Iterator[Check]:
    """What a time-stamp says of the record: of its head, and of the times that its entries state."""
    made, stamped = _check(entry, over, entries, trusted)
    yield made
    if made.outcome == NOT_CHECKED and stamped is None:
        yield Check(NOT_CHECKED, "time", f"entry {entry.number}: the time of the time-stamp could not be read")
    if over is not None and stamped is not None:
        for told in _misdated(entries, over.number, stamped, entries[entry.number :]):
            yield Check(FAILED, "time", told)


def _misdated(entries: tuple[Entry, ...], over: int, stamped: datetime, since: Iterable[Entry]) -> Iterator[str]:
    """The first entry that a time-stamp stands for and that states a later time, and the first that was made when the
    time-stamp was there and states an earlier one.

    Args:
        over: the number of the last entry that it stands for.
        since: the entry that keeps it, and those behind.
    """
    latest, earliest = stamped + CLOCKS_DIFFER, stamped - CLOCKS_DIFFER
    for number, at in ((entry.number, instant(entry.at)) for entry in entries[: over + 1]):
        if at is not None and at > latest:
            words = f"entry {number} is dated {at.isoformat()}, after a time-stamp that was given for it"
            yield f"{words} at {stamped.isoformat()}"
            break
    for number, at in ((entry.number, instant(entry.at)) for entry in since):
        if at is not None and at < earliest:
            words = f"entry {number} is dated {at.isoformat()}, before the time-stamp of {stamped.isoformat()}"
            yield f"{words} that was there when it was made"
            break


def _check(
    entry: Entry, over: Entry | None, entries: tuple[Entry, ...], trusted: Sequence[Certificate]
) -> tuple[Check, datetime | None]:
    """Whether a time-stamp is of an entry before, and whose it is; and its time, where it is one."""
    where, authority = f"entry {entry.number}", str(entry.body.get("authority"))
    if over is None or over.number >= entry.number:
        return Check(FAILED, "anchor", f"{where}, body.head: no entry before it has this hash"), None
    try:
        need(_LIBRARY, "sign")
    except Refused as e:
        return Check(NOT_CHECKED, "anchor", f"{where}: {e.diagnostics[0].message}", "anchored"), None
    try:
        data = base64.b64decode(str(entry.body.get("response")), validate=True)
        response = _response(Reply(authority, data))
    except (binascii.Error, ValueError, Refused):
        return Check(FAILED, "anchor", f"{where}, body.response: it is no time-stamp"), None
    if _imprint(response) != over.hash:
        return Check(FAILED, "anchor", f"{where}, body.response: it is a time-stamp of something else"), None
    return _trusted(entry, over, entries, trusted, response), response.tst_info.gen_time


def _trusted(
    entry: Entry,
    over: Entry,
    entries: tuple[Entry, ...],
    trusted: Sequence[Certificate],
    response: TimeStampResponse,
) -> Check:
    where, authority = f"entry {entry.number}", str(entry.body.get("authority"))
    stamped = f'{where}: "{authority}" stamped entries 0 to {over.number}, at {response.tst_info.gen_time.isoformat()}'
    if not trusted:
        words = f"{stamped}; whose stamp it is was not checked (use --authority)"
        return Check(NOT_CHECKED, "anchor", words, "anchored")
    if why := _untrusted(response, over.hash, trusted):
        return Check(NOTED, "anchor", f"{where}: no given certificate stands behind it: {why}", "anchored")
    if later := since(entries, over.number):
        return Check(
            NOTED, "anchor", f"{stamped}; entered since, for which it does not stand: {named(later)}", "anchored"
        )
    return Check(HELD, "anchor", stamped, "anchored")


def _untrusted(response: TimeStampResponse, head: str, trusted: Sequence[Certificate]) -> str:
    """Why a time-stamp does not verify against certificates; nothing where it does."""
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    for certificate in trusted:
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify(response, bytes.fromhex(head))
    except (VerificationError, ValueError) as e:
        return str(e) or type(e).__name__
    return ""


def _response(reply: Reply) -> TimeStampResponse:
    """A reply that holds a time-stamp.

    Raises:
        Refused: TE098 where it holds none; TE097 without the library.
    """
    need(_LIBRARY, "sign")
    from rfc3161_client import PKIStatus, decode_timestamp_response

    try:
        found = decode_timestamp_response(reply.data[:LARGEST_REPLY])
        if PKIStatus(found.status) != PKIStatus.GRANTED:
            raise _no_stamp(reply.authority, f"it granted none: {', '.join(found.status_string) or found.status}")
        _imprint(found)
    except ValueError:
        raise _no_stamp(reply.authority, "its reply is no time-stamp in strict DER") from None
    return found


def _imprint(response: TimeStampResponse) -> str:
    """The SHA-256 that a time-stamp is of, in hex; nothing for another digest."""
    imprint = response.tst_info.message_imprint
    return imprint.message.hex() if len(imprint.message) == 32 else ""


def _no_stamp(name: str, why: str) -> Refused:
    hint = "see that the authority gives time-stamps by RFC 3161 with SHA-256, and keep its reply as it came (DER)"
    return Refused([Diagnostic("TE098", f"{name}: {why}", Location(name), hint)])
