"""The second verifier: it needs nothing but Python, agrees with the first, and its signatures are those of RFC 8032.

That it agrees on every record that a test here verifies, honest or forged, is held by `conftest.py`.
"""

from __future__ import annotations

import ast
import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from forging import rechained
from hypothesis import given
from hypothesis import strategies as st

from tender_eval import Refused
from tender_eval.audit import verify_record as second
from tender_eval.audit.commitments.disclosure import disclose
from tender_eval.audit.verify import read_case, verify_bytes
from tender_eval.audit.writing import enter, sign
from tender_eval.base.canonical import canonical
from tender_eval.cli import main
from tender_eval.files.policy import is_weak, policy_of
from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.json.redacted import redacted_json

Make = Callable[..., Path]
FILE = Path(second.__file__)
LATER = "2026-05-03T09:30:00+01:00"
OLD = sorted((Path(__file__).parent / "records-0.1.0").glob("*.jsonl"))
RFC_8032 = (  # section 7.1: secret key, public key, message, signature
    ("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     ("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
      "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")),
    ("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     ("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")),
    ("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     ("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
      "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")),
)  # fmt: skip


def key(seed: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))


def public_pem(seed: int) -> bytes:
    return key(seed).public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The file by itself, in a Python that finds no other package."""
    command = [sys.executable, "-I", "-S", str(FILE), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture
def signed(recorded: Make, catalogue: Catalogue) -> Path:
    path = recorded()
    enter(path, "decide", {}, catalogue, LATER)
    sign(path, key(1), "Chair \u202e", catalogue, LATER)
    return path


def test_it_imports_the_standard_library_alone() -> None:
    nodes = list(ast.walk(ast.parse(FILE.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= set(sys.stdlib_module_names)


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_signatures_of_rfc_8032(public: str, message: str, signature: str) -> None:
    key, said, made = (bytes.fromhex(text) for text in (public, message, signature))
    assert second.signed_by(key, said, made)
    assert not second.signed_by(key, said + b"x", made)
    assert not second.signed_by(key, said, made[:32] + ((int.from_bytes(made[32:], "little") + second.L) % 2**256)
                                .to_bytes(32, "little"))  # fmt: skip
    assert not second.signed_by(key[:31], said, made)
    assert not second.signed_by(b"\xff" * 32, said, made)


WEAK = (
    "00" * 32, "00" * 31 + "80", "01" + "00" * 31, "01" + "00" * 30 + "80", "ec" + "ff" * 30 + "7f", "ec" + "ff" * 31,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ed" + "ff" * 30 + "7f", "ed" + "ff" * 31, "ee" + "ff" * 30 + "7f", "ee" + "ff" * 31,
)  # fmt: skip


@pytest.mark.parametrize("public", WEAK)
def test_a_key_in_whose_name_anybody_can_sign_signs_nothing(public: str) -> None:
    """Points of small order, however written: a signature of nothing but the neutral point holds for many messages."""
    key = bytes.fromhex(public)
    assert is_weak(key)
    forged = bytes.fromhex("01" + "00" * 31) + bytes(32)
    assert not any(second.signed_by(key, b"%d" % n, forged) for n in range(12))
    der = base64.b64encode(bytes.fromhex("302a300506032b6570032100") + key).decode()
    text = f"format: tender-eval/policy/1\npeople: {{chair: {{key: {der}}}}}\nacts: {{decide: {{by: [chair]}}}}\n"
    with pytest.raises(Refused, match="anybody can sign in the name of this key"):
        policy_of(Source("policy.yaml", text.encode()))


def test_a_record_that_is_signed_with_such_a_key_does_not_hold(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    sign(path, key(1), "Chair", catalogue, LATER)

    def forged(entries: list[dict[str, Any]]) -> None:
        one = bytes.fromhex("01" + "00" * 31)
        made = {"public_key": base64.b64encode(one).decode(), "signature": base64.b64encode(one + bytes(32)).decode()}
        entries[-1]["body"].update(made)

    found = verify_bytes(rechained(path.read_bytes(), forged), catalogue)
    assert found.consistent is False
    assert "it is not of this record" in str(found.checks)


@pytest.mark.slow
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 64 * 8 - 1))
def test_signatures_are_those_of_the_first_verifier(seed: bytes, message: bytes, bit: int) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, made = private.public_key().public_bytes_raw(), private.sign(message)
    assert second.signed_by(public, message, made)
    other = bytearray(made)
    other[bit // 8] ^= 1 << bit % 8
    assert not second.signed_by(public, message, bytes(other))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


VALUES = st.recursive(
    st.none() | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.slow
@given(VALUES)
def test_its_canonical_json_is_that_of_the_first(value: Any) -> None:
    assert second.canonical(value) == canonical(value)
    assert second.read_json(second.canonical(value)) == value


@pytest.mark.parametrize("path", OLD, ids=[path.stem for path in OLD])
def test_records_of_format_1_hold(path: Path) -> None:
    assert all(one.holds for one in second.check_record(path.read_bytes()))


@pytest.mark.slow
def test_a_record_is_checked_by_the_file_alone(signed: Path, tmp_path: Path, catalogue: Catalogue) -> None:
    head = json.loads(signed.read_bytes().splitlines()[-1])["hash"]
    (tmp_path / "chair.pem").write_bytes(public_pem(1))
    (tmp_path / "other.pem").write_bytes(public_pem(2))
    found = run(signed, "--head", head, "--key", tmp_path / "chair.pem")
    assert (found.returncode, found.stderr) == (0, "")
    assert "signed all that stands" in found.stdout
    assert "\\u202e" in found.stdout
    assert found.stdout.isascii()
    assert run(signed, "--key", tmp_path / "other.pem").returncode == 1
    assert run(signed, "--head", "0" * 64).returncode == 1
    assert run(signed, "--heads", "0" * 64).returncode == run().returncode == run(tmp_path / "none").returncode == 2
    enter(signed, "clarify", {"text": "x"}, catalogue, LATER)
    later = run(signed, "--key", tmp_path / "chair.pem")
    assert later.returncode == 1
    assert "nothing of clarify" in later.stdout
    signed.write_bytes(signed.read_bytes().replace(b'"Chair', b'"Mayor'))
    assert "FAILED  chain: entry 23: its hash" in run(signed).stdout


@pytest.mark.parametrize("stated", [("--head", ""), ("--head", " "), ("--head", "0" * 64, "--head", "0" * 64)])
def test_a_head_that_is_none_is_not_passed_over(stated: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """As where a script gives a variable that is empty: whoever gives a head wants it looked at."""
    assert second.main([str(OLD[0]), *stated]) == 2
    assert "64 hexadecimal digits" in capsys.readouterr().err
    if len(stated) == 2:
        assert CliRunner().invoke(main, ["audit", "verify", str(OLD[0]), *stated]).exit_code == 2


@pytest.mark.slow
def test_what_is_given_to_others_is_checked_by_the_file_alone(
    signed: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    case = read_case(signed, catalogue)
    part, redacted = tmp_path / "part.json", tmp_path / "redacted.json"
    part.write_bytes(disclose(case, "alder", "r").data)
    redacted.write_text(redacted_json(case), encoding="utf-8")
    for path in (part, redacted):
        found = run(path, "--head", case.head)
        assert (found.returncode, found.stderr) == (0, ""), found.stdout
        assert run(path, "--head", "0" * 64).returncode == run(path).returncode == 1
    assert "is proved by none of them" in run(redacted, "--head", case.head).stdout
    assert '"supplier":"Alder"' in run(part, "--head", case.head).stdout
    for old, new in (
        (b'"price":"12000"', b'"price":"11999"'),
        (b'"size":"3"', b'"size":"4"'),
        (b'"n":"1"', b'"n":"2"'),
    ):
        data = part.read_bytes()
        assert old in data
        part.write_bytes(data.replace(old, new))
        assert run(part, "--head", case.head).returncode == 1, old
        part.write_bytes(data)


FORGED: tuple[tuple[Callable[[list[dict[str, Any]]], Any], str], ...] = (
    (lambda e: e[0]["body"].update(scheme_sha256="0" * 64), "digest"),
    (lambda e: e[0]["body"].update(marks_sha256="0" * 64), "digest"),
    (lambda e: e[1]["body"]["bids"].update(base64="bm8="), "digest"),
    (lambda e: e[4].update(at="2025-05-02T09:30:00Z"), "time"),
    (lambda e: e[4].update(at="2026-05-02"), "time"),
    (lambda e: e[0].update(parts={}), "parts"),
    (lambda e: e[-1].update(parts={}), "parts"),
    (lambda e: e[1].pop("parts"), "parts"),
    (lambda e: e[1]["parts"].update(alder=e[1]["parts"]["birch"]), "parts"),
    (lambda e: e[-1]["body"].update(signer="Mayor"), "signature"),
    (lambda e: e[-1]["body"].update(algorithm="none"), "signature"),
    (lambda e: e[3]["body"].update(points="1"), "signature"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("change", "what"), FORGED)
def test_what_is_forged_with_every_hash_made_anew_is_found(
    signed: Path, change: Callable[[list[dict[str, Any]]], Any], what: str
) -> None:
    found = second.check_record(rechained(signed.read_bytes(), change))
    assert what in {one.what for one in found if not one.holds}
