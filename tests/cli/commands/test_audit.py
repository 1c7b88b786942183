import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tender_eval.cli import main

Run = Callable[..., Result]
AT = ("--at", "2026-05-02T09:30:00Z")
QUALITY = """\
format: tender-eval/bids/1
bids:
  - {id: a, supplier: {name: Alder}, marks: {quality: 5}}
  - {id: b, supplier: {name: Birch}, marks: {quality: 4}}
"""


@pytest.fixture
def recorded(run: Run) -> Path:
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl", *AT)
    assert result.exit_code == 0, result.stderr
    return Path("r.jsonl")


@pytest.fixture
def locked(run: Run) -> Path:
    Path("quality.yaml").write_text(QUALITY, encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "quality.yaml", "--stage", "quality", "--record", "q.jsonl", *AT)
    assert result.exit_code == 0, result.stderr
    return Path("q.jsonl")


def last_hash(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8").splitlines()[-1])["hash"])


@pytest.mark.slow
def test_evaluate_prints_the_same_with_a_record_and_its_head_aside(run: Run) -> None:
    plain = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json")
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--format", "json", "--record", "r.jsonl", *AT)
    assert (result.exit_code, result.stdout) == (0, plain.stdout)
    entries = len(Path("r.jsonl").read_bytes().splitlines())
    assert result.stderr.startswith(f"r.jsonl: {entries} entries, head {last_hash(Path('r.jsonl'))}\n")


@pytest.mark.slow
def test_lots_are_recorded_together(run: Run) -> None:
    result = run("evaluate", "scheme.yaml", "lots.yaml", "--record", "l.jsonl")
    assert "Lot north" in result.stdout
    shown = run("audit", "show", "l.jsonl", "--kind", "award").stdout
    assert "award  lot north\n       winner: b\n" in shown
    assert "award  lot south\n       winner: a\n" in shown
    assert run("audit", "verify", "l.jsonl").exit_code == 0


@pytest.mark.slow
def test_the_clock_is_read_where_no_time_is_given(run: Run) -> None:
    run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl")
    at = json.loads(Path("r.jsonl").read_bytes().splitlines()[0])["at"]
    assert at.endswith("Z")
    assert len(at) == 20


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--stage", "quality"), "--stage goes with --record"),
        (AT, "--at goes with --record"),
        (("--record", "r", "--lot", "north"), "a record holds every lot"),
        (("--record", "r", "--stage", "quality", "--format", "json"), "so it is a table or markdown"),
        (("--record", "r", "--output", "./r"), "./r is the record"),
    ],
)
def test_options_that_do_not_go_together(run: Run, args: tuple[str, ...], words: str) -> None:
    result = run("evaluate", "scheme.yaml", "bids.yaml", *args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not Path("r").exists()


def test_faults_leave_no_record(run: Run) -> None:
    text = Path("bids.yaml").read_text(encoding="utf-8").replace("price: 9000", "price: nine")
    Path("bids.yaml").write_text(text, encoding="utf-8")
    for args in (("bids.yaml",), ("none.yaml",)):
        result = run("evaluate", "scheme.yaml", *args, "--record", "r.jsonl")
        assert (result.exit_code, result.stdout) == (1, "")
    assert not Path("r.jsonl").exists()


@pytest.mark.slow
def test_a_record_is_never_overwritten(run: Run, recorded: Path) -> None:
    before = recorded.read_bytes()
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "TE091" in result.stderr
    assert recorded.read_bytes() == before


@pytest.mark.slow
def test_verify(run: Run, recorded: Path) -> None:
    result = run("audit", "verify", "r.jsonl", "--head", last_hash(recorded))
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\nConsistent: yes. " in result.stdout
    assert "\nAnchored: yes. " in result.stdout
    assert "ok           recomputation: 1 evaluation made again" in result.stdout
    data = json.loads(run("audit", "verify", "r.jsonl", "--format", "json").stdout)
    verdicts = [data[name] for name in ("consistent", "anchored", "approved")]
    assert (verdicts, data["head"], data["fault"]) == ([True, False, None], last_hash(recorded), None)


@pytest.mark.slow
def test_verify_names_the_first_bad_entry_and_the_field(run: Run, recorded: Path) -> None:
    recorded.write_bytes(recorded.read_bytes().replace(b'"winner":["a"]', b'"winner":["b"]'))
    result = run("audit", "verify", "r.jsonl")
    assert result.exit_code == 1
    assert "FAILED       chain: entry 10, hash: its hash is" in result.stdout
    assert "\nConsistent: NO. " in result.stdout
    data = json.loads(run("audit", "verify", "r.jsonl", "--format", "json").stdout)
    assert (data["fault"]["n"], data["fault"]["field"]) == ("10", "hash")
    shown = run("audit", "show", "r.jsonl")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert "r.jsonl:11:1: error TE092: entry 10, hash" in shown.stderr


@pytest.mark.slow
def test_verify_with_another_head(run: Run, recorded: Path) -> None:
    assert run("audit", "verify", "r.jsonl", "--head", "0" * 64).exit_code == 1
    assert run("audit", "verify", "r.jsonl", "--head", "0").exit_code == 2


@pytest.mark.slow
def test_show_reads_like_text(run: Run, recorded: Path) -> None:
    text = run("audit", "show", "r.jsonl").stdout
    assert "    0  2026-05-02T09:30:00Z  genesis\n       tender-eval/record/2, stage complete, on CPython" in text
    assert "scheme: scheme.yaml, sha256 " in text
    assert "score  a, quality\n       60 of 60 points\n       score x points available = 1 x 60\n" in text
    assert "       marks.quality: 5, at bids.yaml:3:69\n" in text
    assert "award\n       winner: a\n" in text
    assert text.endswith(f"entries, head {last_hash(recorded)}\n")
    assert run("audit", "show", "r.jsonl", "--bid", "c", "--kind", "rejection").stdout.count("rejection  c") == 1


def test_show_as_json(run: Run, recorded: Path) -> None:
    data = json.loads(run("audit", "show", "r.jsonl", "--kind", "award", "--format", "json").stdout)
    assert data["head"] == last_hash(recorded)
    assert [e["kind"] for e in data["entries"]] == ["award"]
    assert data["entries"][0]["body"]["winner"] == ["a"]


@pytest.mark.slow
def test_show_of_hostile_text_is_inert(run: Run) -> None:
    Path("bids.yaml").write_text(QUALITY.replace("name: Alder}", 'name: "\\e[2J=cmd\\u202e", legal_form: x}, price: 1')
                                 .replace("name: Birch}", "name: Birch}, price: 2"), encoding="utf-8")  # fmt: skip
    assert run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl").exit_code == 0
    data = run("audit", "show", "r.jsonl", "--format", "json").stdout
    assert "\u202e" not in data
    assert "\u202e" in json.dumps(json.loads(data)["entries"], ensure_ascii=False)
    text = run("audit", "show", "r.jsonl").stdout
    assert "\\x1b[2J=cmd\\u202e" in text
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert run("audit", "verify", "r.jsonl").exit_code == 0


@pytest.mark.slow
def test_entries_are_appended_and_acknowledged_with_the_head(run: Run, recorded: Path) -> None:
    result = run("case", "clarify", "r.jsonl", "--text", "Asked by all", "--by", "Chair", *AT)
    assert result.stdout.endswith(f"r.jsonl: 14 entries, head {last_hash(recorded)}\n")
    shown = run("audit", "show", "r.jsonl", "--kind", "clarify").stdout
    assert "clarify\n       text: Asked by all\n       entered by Chair\n" in shown


@pytest.mark.slow
def test_a_correction_and_what_it_did(run: Run, recorded: Path) -> None:
    Path("before.jsonl").write_bytes(recorded.read_bytes())
    words = ("--bid", "b", "--field", "marks.quality", "--old", "4", "--new", "5", "--reason", "Sheet misread")
    assert run("case", "correct", "r.jsonl", *words).exit_code == 0
    shown = run("audit", "show", "r.jsonl", "--kind", "correct").stdout
    assert (
        "correct  b\n       field: marks.quality\n       new: 5\n       old: 4\n       reason: Sheet misread\n" in shown
    )
    assert "       before: winner a; totals a 93.333333..., b 88\n" in shown
    result = run("audit", "diff", "before.jsonl", "r.jsonl")
    assert "marks\n  b, quality: 4 -> 5\n" in result.stdout
    assert "award\n  winner: a -> b\n" in result.stdout
    data = json.loads(run("audit", "diff", "before.jsonl", "r.jsonl", "--format", "json").stdout)
    assert data["differences"][-2]["name"] == "a"
    same = run("audit", "diff", "r.jsonl", "r.jsonl", "--format", "json")
    assert json.loads(same.stdout)["differences"] == []


@pytest.mark.slow
def test_an_entry_that_cannot_be_made(run: Run, recorded: Path) -> None:
    before = recorded.read_bytes()
    result = run("case", "settle", "r.jsonl", "--order", "a,b", "--procedure", "drawn by lot")
    assert result.exit_code == 1
    assert "TE087" in result.stderr
    assert "mend: only a tie that the scheme leaves open is settled" in result.stderr
    assert recorded.read_bytes() == before


@pytest.mark.slow
def test_two_envelopes(run: Run, locked: Path) -> None:
    Path("prices.csv").write_text("id,price\na,12000\nb,10000\n", encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "prices.csv", "--stage", "price", "--record", "q.jsonl")
    assert (result.exit_code, "Winner: a\n" in result.stdout) == (0, True), result.stderr
    assert result.stderr.startswith("q.jsonl: ")
    assert run("audit", "verify", "q.jsonl").exit_code == 0
    text = run("audit", "show", "q.jsonl").stdout
    assert "marks locked\n       the marks of a, b, sha256 " in text
    assert "price opened\n       prices.csv, opened after the lock " in text
    assert "prices\n       prices.csv, sha256 " in text


@pytest.mark.slow
def test_the_quality_stage_ranks_nobody(run: Run, locked: Path) -> None:
    Path("again.jsonl").unlink(missing_ok=True)
    text = run("evaluate", "scheme.yaml", "quality.yaml", "--stage", "quality", "--record", "again.jsonl").stdout
    assert "No result yet: prices are still closed\nMarks are locked." in text
    assert "a      Alder       in            60.00\n" in text
    assert "inner" not in text


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["table", "markdown", "json", "csv"])
def test_the_quality_stage_is_told_to_people_alone(run: Run, locked: Path, shape: str) -> None:
    Path("again.jsonl").unlink(missing_ok=True)
    args = ("--stage", "quality", "--record", "again.jsonl", "--format", shape)
    result = run("evaluate", "scheme.yaml", "quality.yaml", *args)
    if shape in ("json", "csv"):
        assert "the quality stage ranks nobody yet, so it is a table or markdown" in result.stderr
        assert not Path("again.jsonl").exists()
    else:
        assert "No result yet: prices are still closed" in result.stdout
        assert ("| a | Alder | in | 60.00 |" in result.stdout) is (shape == "markdown")


@pytest.mark.slow
def test_prices_are_not_read_without_a_lock(run: Run, recorded: Path) -> None:
    result = run("evaluate", "scheme.yaml", "no-such-file.csv", "--stage", "price", "--record", "r.jsonl")
    assert result.exit_code == 1
    assert "TE083" in result.stderr
    assert "no-such-file" not in result.stderr


@pytest.mark.slow
def test_that_prices_were_opened_is_told_when_they_are_at_fault(run: Run, locked: Path) -> None:
    Path("prices.csv").write_text("id,price\na,12000\n", encoding="utf-8")
    result = run("evaluate", "scheme.yaml", "prices.csv", "--stage", "price", "--record", "q.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert 'there is no price for bid "b"' in result.stderr
    assert f"head {last_hash(locked)}" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("password", ["", "secret"])
def test_signing(run: Run, recorded: Path, password: str) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    kept = pem.BestAvailableEncryption(password.encode()) if password else pem.NoEncryption()
    Path("key.pem").write_bytes(key.private_bytes(pem.Encoding.PEM, pem.PrivateFormat.PKCS8, kept))
    public = key.public_key().public_bytes(pem.Encoding.PEM, pem.PublicFormat.SubjectPublicKeyInfo)
    Path("key.pub").write_bytes(public)
    args = ["audit", "sign", "r.jsonl", "--key", "key.pem", "--signer", "Chair"]
    result = CliRunner().invoke(main, args, input=f"{password}\n" if password else "")
    assert result.exit_code == 0, result.stderr
    assert run("audit", "verify", "r.jsonl", "--key", "key.pub").exit_code == 0
    assert 'signature: entry 13: "Chair" with key' in run("audit", "verify", "r.jsonl").stdout
    assert "signature\n       Chair, Ed25519, public key " in run("audit", "show", "r.jsonl").stdout


@pytest.mark.slow
def test_a_torn_record_is_shown_reported_and_repaired(run: Run, recorded: Path) -> None:
    whole = recorded.read_bytes()
    recorded.write_bytes(whole + b'{"at":')
    shown = run("audit", "show", "r.jsonl", "--kind", "award")
    assert (shown.exit_code, "winner: a" in shown.stdout) == (0, True)
    assert "warning TE092: the record ends in 6 bytes of an entry that was never finished" in shown.stderr
    assert run("audit", "verify", "r.jsonl").exit_code == 1
    result = run("audit", "repair", "r.jsonl")
    assert result.stdout.startswith("cut off from r.jsonl: 6 bytes of an entry that was never finished\n")
    assert run("audit", "verify", "r.jsonl").exit_code == 0
    assert recorded.read_bytes().startswith(whole)


def test_anchor_prints_the_head_and_writes_a_request(run: Run, recorded: Path) -> None:
    before = recorded.read_bytes()
    result = run("audit", "anchor", "r.jsonl", "--request", "q.tsq")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"r.jsonl: 13 entries, head {last_hash(recorded)}\n"
    assert bytes.fromhex(last_hash(recorded)) in Path("q.tsq").read_bytes()
    assert recorded.read_bytes() == before
    Path("reply.tsr").write_bytes(b"<html>moved</html>")
    refused = run("audit", "anchor", "r.jsonl", "--response", "reply.tsr")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "TE098" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["markdown", "html", "docx"])
def test_a_record_is_told_as_a_document(run: Run, recorded: Path, shape: str) -> None:
    for asked in (("show", "r.jsonl", "--bid", "b"), ("verify", "r.jsonl"), ("diff", "r.jsonl", "r.jsonl")):
        result = run("audit", *asked, "--format", shape, "--output", "told")
        assert (result.exit_code, result.output) == (0, "")
        told = Path("told").read_bytes()
        assert told.lower().startswith({"markdown": b"# ", "html": b"<!doctype html>", "docx": b"pk"}[shape])
        if shape == "html":
            said = {"show": b"Entries of r.jsonl", "verify": b"Consistent: yes.", "diff": b"same inputs"}[asked[0]]
            assert said in told
    assert run("audit", "verify", "r.jsonl", "--output", "r.jsonl").exit_code == 2


@pytest.mark.slow
def test_a_part_is_disclosed_and_checked_by_its_bidder(run: Run, recorded: Path) -> None:
    run("case", "decide", "r.jsonl", "--by", "Ann", "--at", "2026-05-02T10:00:00Z")
    told = run("audit", "disclose", "r.jsonl", "--bid", "b", "--out", "b.json")
    assert told.stderr.startswith(f"3 parts of bid b with proof, head {last_hash(recorded)}\n")
    found = run("audit", "check-part", "b.json", "--head", last_hash(recorded))
    assert (found.exit_code, found.stderr) == (0, "")
    assert "ok           head: it is the last entry\n" in found.stdout
    assert found.stdout.endswith("The record with this head commits this of bid b.\n")
    assert "  results.awarded: no\n" in found.stdout
    data = json.loads(run("audit", "check-part", "b.json", "--head", last_hash(recorded), "--format", "json").stdout)
    assert (data["format"], data["holds"], data["bid"]) == ("tender-eval/part-check/1", True, "b")
    assert run("audit", "check-part", "b.json", "--head", "0" * 64).exit_code == 1
    page = run("audit", "check-part", "b.json", "--head", "0" * 64, "--format", "markdown").stdout
    assert page.startswith("# Check of b.json\n\nThis does NOT stand in the record")
    assert "| FAILED | head |" in page
    assert run("audit", "check-part", "b.json", "--head", "0").exit_code == 2
    assert run("audit", "check-part", "r.jsonl", "--head", "0" * 64).exit_code == 1


@pytest.mark.slow
def test_the_same_key_of_salts_gives_the_same_bytes(run: Run) -> None:
    Path("key").write_bytes(b"k" * 32)
    Path("short").write_bytes(b"k" * 31)
    made = []
    for name in ("one", "two"):
        run("evaluate", "scheme.yaml", "bids.yaml", "--record", name, *AT, "--salts", "key")
        run("case", "decide", name, "--at", "2026-05-02T10:00:00Z", "--salts", "key")
        made.append(Path(name).read_bytes())
    assert made[0] == made[1]
    assert b'"kind":"decide"' in made[0]
    result = run("evaluate", "scheme.yaml", "bids.yaml", "--record", "r.jsonl", "--salts", "short")
    assert (result.exit_code, "at least 32 random bytes" in result.stderr) == (2, True)
    assert "--salts goes with --record" in run("evaluate", "scheme.yaml", "bids.yaml", "--salts", "key").stderr


@pytest.mark.slow
def test_the_second_verifier_is_handed_out_and_holds_what_is_recorded(run: Run, recorded: Path) -> None:
    assert run("audit", "verifier", "--output", "verify_record.py").exit_code == 0
    command = [sys.executable, "-I", "-S", "verify_record.py", "r.jsonl", "--head", last_hash(recorded)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith("ok      chain: ")
