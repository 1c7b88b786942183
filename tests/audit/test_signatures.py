import builtins
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from forging import rechained

from tender_eval import Refused
from tender_eval.audit.chain import Link
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED
from tender_eval.audit.signatures import _message, is_encrypted, read_private, read_public
from tender_eval.audit.verify import verify, verify_bytes
from tender_eval.audit.writing import enter, sign
from tender_eval.plugins.catalogue import Catalogue

Make = Callable[..., Path]
LATER = "2026-05-03T09:30:00+01:00"


def key(seed: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))


def public(seed: int) -> bytes:
    return key(seed).public_key().public_bytes_raw()


def written(path: Path, private: Any, password: bytes | None = None) -> Path:
    """A private key as a PEM file."""
    locked = pem.BestAvailableEncryption(password) if password else pem.NoEncryption()
    path.write_bytes(private.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, locked))
    return path


def published(path: Path, private: Any) -> Path:
    """Its public half as a PEM file."""
    data = private.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
    path.write_bytes(data)
    return path


@pytest.fixture
def signed(recorded: Make, catalogue: Catalogue) -> Path:
    """A record that two have signed."""
    path = recorded()
    for seed, name in ((1, "Chair"), (2, "Finance")):
        sign(path, key(seed), name, catalogue, LATER)
    return path


def outcomes(data: bytes, catalogue: Catalogue, *seeds: int) -> list[str]:
    found = verify_bytes(data, catalogue, "", [public(seed) for seed in seeds])
    return [c.outcome for c in found.checks if c.name.startswith("signature")]


@pytest.mark.slow
def test_several_sign_and_each_is_checked(signed: Path, catalogue: Catalogue) -> None:
    data = signed.read_bytes()
    assert outcomes(data, catalogue, 1, 2) == [HELD, HELD]
    assert outcomes(data, catalogue, 1) == [HELD, NOTED]
    assert outcomes(data, catalogue) == [NOTED, NOTED]
    assert outcomes(data, catalogue, 1, 3) == [HELD, NOTED, FAILED]
    words = [c.words for c in verify_bytes(data, catalogue, "", [public(1)]).checks if c.name == "signature"]
    assert words[0].startswith('entry 22: "Chair" with key ')
    assert words[0].endswith(" signed entries 0 to 21")


@pytest.mark.slow
def test_what_was_entered_after_is_told(signed: Path, catalogue: Catalogue) -> None:
    enter(signed, "clarify", {"text": "Award to birch"}, catalogue, LATER)
    found = verify_bytes(signed.read_bytes(), catalogue, "", [public(1), public(2)])
    assert (found.consistent, found.approved, found.holds) == (True, False, False)
    assert 'entered since "Chair" signed (entry 22): clarify (24)' in str(found.checks)


@pytest.mark.slow
def test_a_signature_does_not_move_to_another_record(signed: Path, recorded: Make, catalogue: Catalogue) -> None:
    """An edited mark and all hashes made anew: the signature is of the old head."""
    other = recorded("other.jsonl", bids=None).read_bytes()
    taken = signed.read_bytes().splitlines(keepends=True)[22:]

    def with_signatures(entries: list[dict[str, Any]]) -> None:
        import json

        entries[0]["at"] = "2026-05-02T08:00:00Z"  # another record, in one small thing
        entries += [json.loads(line) for line in taken]

    found = verify_bytes(rechained(other, with_signatures), catalogue)
    assert [c.outcome for c in found.checks if c.name == "signature"] == [FAILED, FAILED]
    assert not found.holds


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("signer", "Mayor"),
        ("algorithm", "None"),
        ("public_key", "AAAA"),
        ("public_key", "*"),
        ("signature", "AAAA"),
        ("signature", ["x"]),
        ("more", "x"),
    ],
)
def test_nothing_of_a_signature_can_be_changed(signed: Path, catalogue: Catalogue, name: str, value: Any) -> None:
    data = rechained(signed.read_bytes(), lambda entries: entries[-1]["body"].update({name: value}))
    assert outcomes(data, catalogue)[:2] == [NOTED, FAILED]
    assert not verify_bytes(data, catalogue).holds


@pytest.mark.slow
@pytest.mark.parametrize("name", ["public_key", "signature"])
@pytest.mark.parametrize("stray", ["*", "\n", " ", "="])
def test_what_is_not_strictly_base64_is_no_signature(signed: Path, catalogue: Catalogue, name: str, stray: str) -> None:
    """The bytes would be the same: a lenient decoder leaves such signs out."""

    def strayed(entries: list[dict[str, Any]]) -> None:
        text = entries[-1]["body"][name]
        entries[-1]["body"][name] = text[:4] + stray + text[4:]

    assert outcomes(rechained(signed.read_bytes(), strayed), catalogue)[:2] == [NOTED, FAILED]


@pytest.mark.slow
@pytest.mark.parametrize("stray", ["*", "\n"])
def test_a_key_that_is_not_strictly_base64_is_none_though_its_holder_signed_it_so(
    signed: Path, catalogue: Catalogue, stray: str
) -> None:
    def strayed(entries: list[dict[str, Any]]) -> None:
        last, link = entries[-1], Link(len(entries) - 1, entries[-2]["hash"])
        text = last["body"]["public_key"]
        said = {**last["body"], "public_key": text[:4] + stray + text[4:]}
        del said["signature"]
        written_so = b64encode(key(2).sign(_message(said, last["at"], link))).decode("ascii")
        last["body"] = {**said, "signature": written_so}

    assert outcomes(rechained(signed.read_bytes(), strayed), catalogue)[:2] == [NOTED, FAILED]


@pytest.mark.slow
def test_the_time_of_a_signature_cannot_be_changed(signed: Path, catalogue: Catalogue) -> None:
    data = rechained(signed.read_bytes(), lambda entries: entries[-1].update(at="2026-05-04T00:00:00Z"))
    assert outcomes(data, catalogue)[:2] == [NOTED, FAILED]


@pytest.mark.slow
def test_a_signature_that_was_taken_out_is_missed(signed: Path, catalogue: Catalogue) -> None:
    short = b"".join(signed.read_bytes().splitlines(keepends=True)[:-1])
    assert outcomes(short, catalogue, 1, 2) == [HELD, FAILED]


@pytest.mark.slow
def test_a_record_that_does_not_hold_is_not_signed(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    path.write_bytes(rechained(path.read_bytes(), lambda entries: entries[4]["body"].update(points="1")))
    with pytest.raises(Refused) as e:
        sign(path, key(1), "Chair", catalogue, LATER)
    assert [d.code for d in e.value.diagnostics] == ["TE081"]


@pytest.mark.slow
def test_keys_come_from_pem_files(tmp_path: Path, signed: Path, catalogue: Catalogue) -> None:
    plain, locked = written(tmp_path / "a.pem", key(1)), written(tmp_path / "b.pem", key(1), b"secret")
    assert (is_encrypted(plain), is_encrypted(locked)) == (False, True)
    assert read_private(plain, None).private_bytes_raw() == read_private(locked, b"secret").private_bytes_raw()
    known = published(tmp_path / "a.pub", key(1))
    assert read_public(known) == public(1)
    assert verify(signed, catalogue, "", [known]).holds


def test_keys_that_cannot_be_used(tmp_path: Path) -> None:
    other = generate_private_key(SECP256R1())
    plain, locked = written(tmp_path / "a.pem", key(1)), written(tmp_path / "b.pem", key(1), b"secret")
    no_key = tmp_path / "c.pem"
    no_key.write_text("hello", encoding="utf-8")
    calls: list[tuple[Callable[..., object], tuple[Any, ...], str]] = [
        (read_private, (no_key, None), "TE086"),
        (read_private, (locked, None), "TE086"),
        (read_private, (locked, b"wrong"), "TE086"),
        (read_private, (plain, b"needless"), "TE086"),
        (read_private, (written(tmp_path / "d.pem", other), None), "TE086"),
        (read_private, (tmp_path / "none", None), "TE001"),
        (read_public, (no_key,), "TE086"),
        (read_public, (plain,), "TE086"),
        (read_public, (published(tmp_path / "d.pub", other),), "TE086"),
    ]
    for call, args, code in calls:
        with pytest.raises(Refused) as e:
            call(*args)
        assert [d.code for d in e.value.diagnostics] == [code]


@pytest.mark.slow
def test_without_cryptography(
    signed: Path, recorded: Make, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsigned = recorded("unsigned.jsonl").read_bytes()
    plain = written(tmp_path / "a.pem", key(1))
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("cryptography"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    assert verify_bytes(unsigned, catalogue).holds
    found = verify_bytes(signed.read_bytes(), catalogue)
    assert not found.holds
    assert [c.outcome for c in found.checks if c.name == "signatures"] == [NOT_CHECKED]
    with pytest.raises(Refused) as e:
        read_private(plain, None)
    assert [d.code for d in e.value.diagnostics] == ["TE097"]
