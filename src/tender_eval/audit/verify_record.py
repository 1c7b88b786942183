"""A second verifier of records of tender-eval: one file, of the standard library of Python 3.11 or later alone.

python verify_record.py RECORD.jsonl [--head HASH] [--key PUBLIC.pem ...]
python verify_record.py FILE.json --head HASH

RECORD is a record; FILE is what `audit disclose` gave to a bidder, or `audit export --redacted` to anybody. It shares
no line with tender-eval, and was written by the page docs/records.md. It checks that nothing was changed: chain,
digests, order of times, signatures (Ed25519, RFC 8032), the parts of bids. It evaluates nothing: whether the figures
follow from the files is what `tender-eval audit verify` recomputes.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

ZEROS = "0" * 64
HEX = re.compile(r"[0-9a-f]{64}")
NUMBER = re.compile(r"0|[1-9][0-9]{0,17}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII | re.IGNORECASE)
PLAIN = {"at", "body", "hash", "kind", "n", "prev"}
COMMITS = {"inputs", "receive", "offer", "open_prices", "prices", "correct_file", "evaluated", "marks_locked", "decide"}
DISCLOSED = {"bid", "format", "head", "outlines", "parts"}
FILES = ("file", "scheme", "bids", "panel")
STAMPED = re.compile(r"(\d{14})(\.\d{1,9})?Z", re.ASCII)
OID_SIGNED, OID_STAMP = bytes.fromhex("2a864886f70d010702"), bytes.fromhex("2a864886f70d0109100104")
OID_SHA256 = bytes.fromhex("608648016503040201")
CLOCKS_DIFFER = timedelta(minutes=5)
SILENT = {"signature", "anchor"}  # they say nothing of the case


class Found(NamedTuple):
    """One thing that was looked at: whether it holds, what it is, what was found in words, and at which entry."""

    holds: bool
    what: str
    words: str
    entry: int = -1


class Bad(Exception):
    """Something that is not as the format says."""


def read_json(data: bytes, numbers: bool = False) -> Any:
    try:
        text = data.decode("utf-8")
        if numbers:
            return json.loads(text, object_pairs_hook=_once)
        return json.loads(text, object_pairs_hook=_once, parse_int=_number, parse_float=_number, parse_constant=_number)
    except (UnicodeDecodeError, ValueError, RecursionError) as e:
        raise Bad(f"it is not JSON as a record holds it: {e}") from None


def canonical(value: Any) -> bytes:
    try:
        return json.dumps(_sorted(value), ensure_ascii=False, separators=(",", ":")).encode()
    except (UnicodeEncodeError, RecursionError) as e:
        raise Bad(f"it cannot be written: {e}") from None


def _number(text: str) -> NoReturn:
    raise ValueError(f"the number {text[:20]} is not in quotes")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda k: k.encode("utf-16-be", "surrogatepass"))}
    return [_sorted(part) for part in value] if isinstance(value, list) else value


# Hashes, outlines and trees


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def outline(line: dict[str, Any]) -> dict[str, Any]:
    """What the hash of an entry is of: the entry itself without a salt, else with digests for body and parts."""
    made = {name: value for name, value in line.items() if name not in ("hash", "salt")}
    if "salt" not in line:
        return made
    salt = bytes.fromhex(line["salt"])
    made["body"] = sha(b"tender-eval/body/1\n", salt, canonical(line["body"])).hex()
    if "parts" in line:
        salts = {bid: hmac.digest(salt, b"tender-eval/part/1\n" + bid.encode(), "sha256") for bid in line["parts"]}
        leaves = sorted(leaf(salts[bid], part) for bid, part in line["parts"].items())
        made["parts"] = {"root": root(leaves).hex(), "size": str(len(leaves))}
    return made


def leaf(salt: bytes, part: Any) -> bytes:
    return sha(b"\x00", b"tender-eval/part/1\n", salt, canonical(part))


def half(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def root(leaves: list[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else sha()
    at = half(len(leaves))
    return sha(b"\x01", root(leaves[:at]), root(leaves[at:]))


def root_by(one: bytes, position: int, size: int, path: list[bytes]) -> bytes:
    if not 0 <= position < size or (size == 1) != (not path):
        raise Bad("the path does not fit the tree")
    if size == 1:
        return one
    at = half(size)
    if position < at:
        return sha(b"\x01", root_by(one, position, at, path[:-1]), path[-1])
    return sha(b"\x01", path[-1], root_by(one, position - at, size - at, path[:-1]))


# Records


def read_lines(data: bytes) -> tuple[list[dict[str, Any]], list[Found]]:
    """The entries up to the first that is at fault, and what was found of the chain."""
    entries: list[dict[str, Any]] = []
    *lines, torn = data.split(b"\n")
    for number, text in enumerate(lines):
        try:
            entries.append(_entry(text, number, entries))
        except Bad as e:
            return entries, [Found(False, "chain", str(e), number)]
    if torn or not entries:
        return entries, [Found(False, "chain", "it ends in the middle of an entry, or is empty", len(entries))]
    return entries, [Found(True, "chain", f"{len(entries)} entries, each tied to the one before")]


def _entry(text: bytes, number: int, before: list[dict[str, Any]]) -> dict[str, Any]:
    line = read_json(text)
    if not isinstance(line, dict) or set(line) - {"parts", "salt"} != PLAIN or ("parts" in line and "salt" not in line):
        raise Bad("it does not have the fields of an entry")
    if not isinstance(line["at"], str) or not isinstance(line["kind"], str) or not isinstance(line["body"], dict):
        raise Bad("at and kind must be text, body a mapping")
    if not isinstance(line.get("parts", {}), dict) or not _is_hash(line.get("salt", ZEROS)):
        raise Bad("parts must be a mapping, salt 64 hexadecimal digits")
    if canonical(line) != text:
        raise Bad("it is not written in the canonical way")
    if line["n"] != str(number) or line["prev"] != (before[-1]["hash"] if before else ZEROS):
        raise Bad("it does not follow the entry before")
    if line["hash"] != sha(canonical(outline(line))).hex():
        raise Bad("its hash is not that of its content")
    if before and ("salt" in before[0]) != ("salt" in line):
        raise Bad("entries have salts all or none")
    return line


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def check_record(data: bytes, keys: tuple[bytes, ...] = (), head: str = "") -> list[Found]:
    """Everything that can be checked of a record without evaluating."""
    entries, found = read_lines(data)
    if not found[0].holds:
        return found
    for what, words, look in (
        ("time", "no entry is before the one that it follows", _times),
        ("digest", "every file has the digest that is stated", _digests),
        ("parts", "each part is of its bid, in entries that commit parts", _parts),
    ):
        bad = [Found(False, what, told, number) for number, told in look(entries)]
        found += bad or [Found(True, what, words)]
    found += check_signatures(entries, keys) + check_anchors(entries)
    return found + ([of_head([line["hash"] for line in entries], head)] if head else [])


def _times(entries: list[dict[str, Any]]) -> list[tuple[int, str]]:
    last = datetime.min.replace(tzinfo=UTC)
    for number, line in enumerate(entries):
        try:
            if not TIME.fullmatch(line["at"]) or (at := datetime.fromisoformat(line["at"].upper())) < last:
                return [(number, "at is before that of the entry that it follows, or no RFC 3339 time")]
        except (ValueError, OverflowError):
            return [(number, "at is no RFC 3339 time")]
        last = at
    return []


def _digests(entries: list[dict[str, Any]]) -> list[tuple[int, str]]:
    bad, first, lock, sealed = [], entries[0]["body"], "", ""
    for number, line in enumerate(entries):
        body, kind = line["body"], line["kind"]
        files = {"": body} if kind == "prices" else {k: v for k, v in body.items() if k in FILES}
        files = {name: file for name, file in files.items() if isinstance(file, dict)}
        for name, file in files.items():
            if not _is_whole(file):
                bad.append((number, "the bytes of a file do not have the digest that is stated"))
            elif kind in ("inputs", "scheme") and first.get(f"{name}_sha256") != file["sha256"]:
                bad.append((0, f"{name}_sha256 is not the digest of the file in entry {number}"))
        if kind in ("receive", "offer") and isinstance(body.get("sealed"), dict):
            sealed = body["sealed"].get("sha256") or sealed
        if kind == "open_prices" and sealed and files.get("file", {}).get("sha256") != sealed:
            bad.append((number, "this is not the file of prices that was sealed"))
        if kind == "price_opened" and body.get("lock") != lock:
            bad.append((number, "it does not name the lock of the marks"))
        lock = line["hash"] if kind == "marks_locked" else lock
    closing = next((line for line in entries if line["kind"] in ("evaluated", "marks_locked")), None)
    if closing and "marks_sha256" in first and closing["body"].get("marks_sha256") != first["marks_sha256"]:
        bad.append((0, "marks_sha256 is not that of the first evaluation"))
    return bad


def _is_whole(file: dict[str, Any]) -> bool:
    try:
        content = base64.b64decode(file["base64"], validate=True)
    except (KeyError, TypeError, ValueError):
        return False
    return set(file) - {"reader"} == {"name", "sha256", "base64"} and sha(content).hex() == file["sha256"]


def _parts(entries: list[dict[str, Any]]) -> list[tuple[int, str]]:
    bad, salts = [], set[str]()
    for number, line in enumerate(entries):
        parts = line.get("parts")
        if line.get("salt") in salts:
            bad.append((number, "its salt is that of an entry before"))
        salts |= {line["salt"]} if "salt" in line else set()
        if "salt" in line and (parts is not None) != (line["kind"] in COMMITS):
            bad.append((number, "parts stand where none are due, or are missing"))
        if any(not isinstance(part, dict) or part.get("bid") != bid for bid, part in (parts or {}).items()):
            bad.append((number, "a part is not of the bid under which it stands"))
    return bad


# Signatures: Ed25519, RFC 8032 section 5.1

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    x, y = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = y - x, z - t, z + t, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times_point(number: int, point: Point) -> Point:
    made: Point = (0, 1, 1, 0)
    while number:
        made = _add(made, point) if number & 1 else made
        point, number = _add(point, point), number >> 1
    return made


def _point(data: bytes) -> Point | None:
    number = int.from_bytes(data, "little")
    y, sign = number & (1 << 255) - 1, number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _bytes(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _point(bytes.fromhex("58" + "66" * 31))


def signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    point = _point(public) if len(public) == 32 else None
    scalar = int.from_bytes(signature[32:], "little")
    if point is None or BASE is None or len(signature) != 64 or scalar >= L:
        return False
    if _bytes(_times_point(8, point)) == _bytes((0, 1, 1, 0)):  # of small order: anybody can sign in its name
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    minus = (P - point[0], point[1], point[2], P - point[3])
    found = _add(_times_point(scalar, BASE), _times_point(int.from_bytes(digest, "little") % L, minus))
    return _bytes(found) == signature[:32]


def check_signatures(entries: list[dict[str, Any]], keys: tuple[bytes, ...]) -> list[Found]:
    found, last = [], dict.fromkeys(keys, -1)
    for number, line in enumerate(entries):
        if line["kind"] != "signature":
            continue
        public = _signer(line)
        if public is None:
            found.append(Found(False, "signature", "it is not of this record", number))
            continue
        last[public] = number
        known = "" if public in keys else "; whose key that is was not checked"
        words = f"{line['body']['signer']!a} with key {sha(public).hex()[:16]} signed all before{known}"
        found.append(Found(True, "signature", words, number))
    for key in keys:
        later = [line["kind"] for line in entries[last[key] + 1 :] if line["kind"] not in SILENT]
        words = f"key {sha(key).hex()[:16]} signed " + (
            "nothing of " + ", ".join(later) if later else "all that stands"
        )
        found.append(Found(last[key] >= 0 and not later, "key", words))
    return found


def _signer(line: dict[str, Any]) -> bytes | None:
    body = line["body"]
    if set(body) != {"algorithm", "public_key", "signer", "signature"} or body["algorithm"] != "Ed25519":
        return None
    said = {name: line[name] for name in ("at", "kind", "n", "prev")}
    said["body"] = {name: body[name] for name in ("algorithm", "public_key", "signer")}
    try:
        public, signature = (base64.b64decode(body[name], validate=True) for name in ("public_key", "signature"))
    except (TypeError, ValueError):
        return None
    message = b"tender-eval/signature/1\n" + canonical(said)
    return public if signed_by(public, message, signature) else None


def check_anchors(entries: list[dict[str, Any]]) -> list[Found]:
    """Whether the time-stamps (RFC 3161) are of entries before; whose stamps they are is for OpenSSL."""
    found = []
    for number, line in enumerate(entries):
        if line["kind"] != "anchor":
            continue
        head, before = line["body"].get("head"), [one["hash"] for one in entries[:number]]
        try:
            imprint, stamped = read_stamp(base64.b64decode(str(line["body"].get("response")), validate=True))
            held = head in before and imprint.hex() == head
        except (Bad, ValueError):
            held, stamped = False, datetime.min.replace(tzinfo=UTC)
        words = f"a time-stamp of head {head}; its signature: decode response from base64 into reply.tsr, then openssl "
        words += f"ts -verify -digest {head} -in reply.tsr -CAfile AUTHORITY.pem"
        found.append(Found(held, "anchor", words if held else "it is no time-stamp of an entry before", number))
        found += _misdated(entries, before.index(head), number, stamped) if held else []
    return found


def _misdated(entries: list[dict[str, Any]], over: int, kept: int, stamped: datetime) -> list[Found]:
    """What is dated after a time-stamp over it, or before one that was there when it was made: the first of each."""
    times = [_time(line["at"]) for line in entries]
    late = [n for n, at in enumerate(times[: over + 1]) if at and at > stamped + CLOCKS_DIFFER]
    early = [n for n, at in enumerate(times) if n >= kept and at and at < stamped - CLOCKS_DIFFER]
    found = [Found(False, "time", f"it is dated after its time-stamp of {stamped.isoformat()}", n) for n in late[:1]]
    words = f"it is dated before the time-stamp of {stamped.isoformat()} that was there when it was made"
    return found + [Found(False, "time", words, n) for n in early[:1]]


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text.upper()) if TIME.fullmatch(text) else None
    except ValueError:
        return None


# Time-stamps: RFC 3161 in the DER of X.690, as far as to read which hash was stamped, and when


def read_stamp(reply: bytes) -> tuple[bytes, datetime]:
    """The hash (SHA-256) that a reply is a time-stamp of, and its time."""
    status, token = _parts_of(_one(reply, 0x30), 0x30, 0x30)
    granted, signed = _inner(status, 0x02), _parts_of(token, 0x06, 0xA0)
    if granted != b"\0" or signed[0] != OID_SIGNED:
        raise Bad("no time-stamp was granted")
    _, _, held = _parts_of(_one(signed[1], 0x30), 0x02, 0x31, 0x30)
    kind, content = _parts_of(held, 0x06, 0xA0)
    _, _, imprint, _, when = _parts_of(_one(_one(content, 0x04), 0x30), 0x02, 0x06, 0x30, 0x02, 0x18)
    algorithm, stamped = _parts_of(imprint, 0x30, 0x04)
    if kind != OID_STAMP or _inner(algorithm, 0x06) != OID_SHA256 or len(stamped) != 32:
        raise Bad("it is no time-stamp of a SHA-256")
    said = STAMPED.fullmatch(when.decode("ascii", "replace"))
    if said is None:
        raise Bad("it has no time")
    moment = datetime.strptime(said[1], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return stamped, moment + timedelta(microseconds=int(f"{(said[2] or '')[1:]:0<6}"[:6]))


def _element(data: bytes) -> tuple[int, bytes, bytes]:
    """The tag of the first element, its content, and what follows it."""
    if len(data) < 2:
        raise Bad("it ends in the middle")
    size, start = data[1], 2
    if size > 0x80:
        start += size - 0x80
        size = int.from_bytes(data[2:start], "big")
    if size == 0x80 or start + size > len(data):
        raise Bad("an element is longer than what holds it")
    return data[0], data[start : start + size], data[start + size :]


def _parts_of(data: bytes, *tags: int) -> list[bytes]:
    """The contents of the first elements, which must have these tags."""
    found = []
    for tag in tags:
        own, content, data = _element(data)
        if own != tag:
            raise Bad("an element is of another kind than is due")
        found.append(content)
    return found


def _inner(data: bytes, tag: int) -> bytes:
    return _parts_of(data, tag)[0]


def _one(data: bytes, tag: int) -> bytes:
    """The content of the only element."""
    if _element(data)[2]:
        raise Bad("something follows that does not belong to it")
    return _inner(data, tag)


def read_key(pem: bytes) -> bytes:
    """The raw key of a PEM file (SubjectPublicKeyInfo)."""
    inner = re.search(rb"-----BEGIN PUBLIC KEY-----\s(.*?)-----END PUBLIC KEY-----", pem, re.DOTALL)
    der = base64.b64decode(inner[1]) if inner else b""
    start = bytes.fromhex("302a300506032b6570032100")
    if len(der) != 44 or not der.startswith(start):
        raise Bad("this is no Ed25519 public key in PEM")
    return der[len(start) :]


# What is given to others: disclosures and redacted records


def of_head(hashes: list[str], head: str) -> Found:
    wanted = head.strip().lower()
    if wanted not in hashes:
        return Found(False, "head", "no entry has this hash")
    at = hashes.index(wanted)
    return Found(True, "head", f"it is entry {at} of {len(hashes)}", at)


def check_given(data: bytes, head: str) -> list[Found]:
    """A disclosure or a redacted record: its outlines and parts, against a head that is known from elsewhere."""
    given = read_json(data, numbers=True)
    try:
        redacted = given["format"] == "tender-eval/redacted-record/1"
        if not redacted and (given["format"] != "tender-eval/disclosure/1" or set(given) != DISCLOSED):
            raise Bad("it does not have the fields of a disclosure")
        outlines = [entry["outline"] for entry in given["entries"]] if redacted else given["outlines"]
        prev, hashes = ZEROS, []
        for number, one in enumerate(outlines):
            if one["n"] != str(number) or one["prev"] != prev or not _is_hash(one["body"]):
                raise Bad(f"the outline of entry {number} does not follow the one before")
            prev = sha(canonical(one)).hex()
            hashes.append(prev)
            if redacted and not _shown(one, prev).items() <= given["entries"][number].items():
                raise Bad(f"entry {number} is shown as something else than its outline says")
        if not hashes or given["head"] != prev:
            raise Bad("the head that it states is not that of its last outline")
        known = of_head(hashes, head)
        found = [Found(True, "chain", f"{len(hashes)} outlines, each tied to the one before"), known]
        if redacted:
            words = "what is shown beside the outlines, as points and standings, is proved by none of them"
            return [*found, Found(True, "shown", words)]
        return [*found, *_given_parts(given, known.entry if known.holds else len(hashes))]
    except (AttributeError, Bad, KeyError, IndexError, TypeError, ValueError) as e:
        return [Found(False, "chain", f"it is not whole: {e}")]


def _given_parts(given: dict[str, Any], known: int) -> list[Found]:
    """Every part that a bidder was given; the head stands for none of an entry behind the known one."""
    found, last = [], -1
    committing = [n for n, one in enumerate(given["outlines"]) if "parts" in one]
    for part in given["parts"]:
        numbers = [part[name] for name in ("n", "position", "size")]
        if set(part) != {"n", "part", "path", "position", "salt", "size"} or not all(map(NUMBER.fullmatch, numbers)):
            raise Bad("a part does not have the fields of one")
        number, position, size = map(int, numbers)
        if number <= last:
            raise Bad("parts do not stand in the order of their entries, one of each")
        if number > known:
            raise Bad(f"entry {number} came after the entry with this head, which does not stand for it")
        one = leaf(bytes.fromhex(part["salt"]), part["part"])
        made = root_by(one, position, size, list(map(bytes.fromhex, part["path"]))).hex()
        stated = {"root": made, "size": str(size)}
        if (
            len(part["salt"]) != 64
            or given["outlines"][number]["parts"] != stated
            or part["part"]["bid"] != given["bid"]
        ):
            raise Bad(f"entry {number} does not commit this part")
        found.append(Found(True, "parts", f"entry {number} commits {canonical(part['part']).decode()}", number))
        committing.remove(number)
        last = number
    if not found:
        raise Bad("it holds no part")
    if committing:
        words = f"nothing is shown of what these entries commit: {', '.join(map(str, committing))}; ask for it"
        found.append(Found(True, "parts", words))
    return found


def _shown(one: dict[str, Any], own: str) -> dict[str, Any]:
    """What a redacted record must say of an entry, by its outline."""
    return {"n": int(one["n"]), "kind": one["kind"], "at": one["at"], "hash": own}


def main(arguments: list[str]) -> int:
    options = [(arguments[n], arguments[n + 1]) for n in range(1, len(arguments) - 1, 2)]
    if len(arguments) % 2 == 0 or not arguments or not {name for name, _ in options} <= {"--head", "--key"}:
        print((__doc__ or "").partition("\n\n")[2].partition("\n\n")[0])
        return 2
    heads = [value.strip() for name, value in options if name == "--head"]
    if len(heads) > 1 or any(len(one) != 64 for one in heads):
        print("verify_record.py: --head is given once, and has 64 hexadecimal digits", file=sys.stderr)
        return 2
    head = heads[0] if heads else ""
    try:
        data = Path(arguments[0]).read_bytes()
        keys = tuple(read_key(Path(value).read_bytes()) for name, value in options if name == "--key")
        given = data.startswith((b'{"bid"', b'{"format"', b"{\n"))
        found = check_given(data, head) if given else check_record(data, keys, head)
    except (OSError, Bad) as e:
        print(f"verify_record.py: {e}", file=sys.stderr)
        return 2
    for one in found:
        at = f"entry {one.entry}: " if one.entry >= 0 and one.what != "head" else ""
        print(ascii(f"{'ok    ' if one.holds else 'FAILED'}  {one.what}: {at}{one.words}")[1:-1])
    return 0 if all(one.holds for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
