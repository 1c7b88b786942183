import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from forging import rechained
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tender_eval import Refused
from tender_eval.audit.chain import read_chain
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED
from tender_eval.audit.commitments.salts import salts_from
from tender_eval.audit.verify import Verification, read_case, verify, verify_bytes
from tender_eval.audit.writing import enter
from tender_eval.base.canonical import digest
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.record.entries import entries_text

Make = Callable[..., Path]
Entries = list[dict[str, Any]]
LATER = "2026-05-03T09:30:00+01:00"


def forged(data: bytes, change: Callable[[Entries], None], catalogue: Catalogue) -> Verification:
    return verify_bytes(rechained(data, change), catalogue)


def of_kind(entries: Entries, kind: str) -> dict[str, Any]:
    return next(e for e in entries if e["kind"] == kind)


def outcomes(found: Verification) -> dict[str, str]:
    return {check.name: check.outcome for check in found.checks}


@pytest.mark.slow
def test_a_record_is_consistent_and_says_what_was_checked(recorded: Make, catalogue: Catalogue) -> None:
    found = verify(recorded(), catalogue)
    assert found.holds
    expected = {"chain": HELD, "versions": HELD, "digests": HELD, "recomputation": HELD, "head": NOTED}
    assert outcomes(found) == expected
    assert "1 evaluation made again from the recorded inputs" in str(found.checks)
    assert found.case is not None
    assert found.case.head == found.head


def test_a_wrong_file_and_changed_line_ends_are_told_apart_and_never_consistent(
    recorded: Make, catalogue: Catalogue, tmp_path: Path
) -> None:
    data = recorded().read_bytes()
    told = {}
    for name, changed in (("wrong", b"id,price\na,10\n"), ("ends", data.replace(b"\n", b"\r\n"))):
        found = verify_bytes(changed, catalogue)
        assert not found.holds
        assert (found.case, [c.outcome for c in found.checks]) == (None, [FAILED])
        told[name] = found.checks[0].words
        path = tmp_path / f"{name}.jsonl"
        path.write_bytes(changed)
        with pytest.raises(Refused, match="TE092") as refused:
            read_case(path, catalogue)
        (diagnostic,) = refused.value.diagnostics
        assert told[name] == f"{diagnostic.message}; {diagnostic.hint}"
    assert told["wrong"].startswith("this is not a record")
    assert told["ends"].startswith("its line ends were changed from LF to CR LF")


@pytest.mark.slow
def test_the_same_input_and_salts_give_the_same_bytes(recorded: Make) -> None:
    with salts_from(b"k" * 32):
        one, two = recorded("one.jsonl").read_bytes(), recorded("two.jsonl").read_bytes()
    assert one == two
    assert recorded("three.jsonl").read_bytes() != one


def test_no_number_stands_in_a_record(recorded: Make) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    for line in recorded().read_bytes().splitlines():
        json.loads(line, parse_int=refuse, parse_float=refuse, parse_constant=refuse)


def change_mark(entries: Entries) -> None:
    score = next(e for e in entries if e["kind"] == "score" and e["body"]["criterion"] == "delivery")
    score["body"]["points"] = "32"
    score["body"]["score"] = "4/5"


def swap_scheme(entries: Entries) -> None:
    file = entries[1]["body"]["scheme"]
    text = base64.b64decode(file["base64"]).replace(b"weight: 40, scorer: {", b"weight: 39, scorer: {")
    file["base64"] = base64.b64encode(text).decode()


def swap_scheme_with_digests(entries: Entries) -> None:
    file = entries[1]["body"]["scheme"]
    text = base64.b64decode(file["base64"])
    text = text.replace(b"weight: 40, scorer: {", b"weight: 30, scorer: {").replace(b"weight: 20", b"weight: 30")
    file["base64"], file["sha256"] = base64.b64encode(text).decode(), digest(text)
    entries[0]["body"]["scheme_sha256"] = digest(text)


def swap_bids(entries: Entries) -> None:
    entries[0]["body"]["bids_sha256"] = "0" * 64


def change_a_reason(entries: Entries) -> None:
    """The reason of a mark, in the recorded file and in its digests: the working tells."""
    file = entries[1]["body"]["bids"]
    text = base64.b64decode(file["base64"]).replace(b"Names who does what", b"Named who does what")
    file["base64"], file["sha256"] = base64.b64encode(text).decode(), digest(text)
    entries[0]["body"]["bids_sha256"] = digest(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "number", "field"),
    [
        (change_mark, 4, "body.points"),
        (swap_scheme, 1, "body.scheme"),
        (swap_scheme_with_digests, 3, "body.points"),
        (swap_bids, 0, "body.bids_sha256"),
        (change_a_reason, 4, "body.working.inputs[0].inputs[0].inputs[2].value"),
        (lambda e: of_kind(e, "award")["body"].update(winner=["cedar"]), 19, "body.winner[0]"),
        (lambda e: of_kind(e, "flags")["body"].update(flags={"alder": ["late"]}), 20, "body.flags.alder"),
        (lambda e: of_kind(e, "ranking")["body"]["bids"].reverse(), 17, "body.bids[0].bid"),
        (lambda e: of_kind(e, "score")["body"].update(note="x"), 3, "body.note"),
        (lambda e: of_kind(e, "score")["body"]["working"].update(working="1 + 1"), 3, "body.working.working"),
        (lambda e: of_kind(e, "score")["body"]["working"].update(by="other (x 1)"), 3, "body.working.by"),
        (lambda e: e.pop(5), 5, "body.criterion"),
        (lambda e: e.insert(5, e[4]), 5, "body.criterion"),
        (lambda e: e.__setitem__(slice(4, 6), [e[5], e[4]]), 4, "body.criterion"),
        (lambda e: e.append(e[-1]), 22, "kind"),
        (lambda e: e.append(e[1]), 22, "kind"),
        (lambda e: e.append({**e[-1], "kind": "verdict"}), 22, "kind"),
        (lambda e: e.append({**e[-1], "kind": "decision", "body": {}}), 22, "body"),
        (lambda e: e.append({**e[-1], "kind": "decision", "body": {"text": ["x"]}}), 22, "body"),
        (lambda e: e.append({**e[-1], "kind": "prices", "body": {}}), 22, "kind"),
        (lambda e: e.append({**e[-1], "kind": "price_opened", "body": {}}), 22, "kind"),
        (lambda e: e.pop(), 21, "line"),
        (lambda e: e.__delitem__(slice(10, None)), 10, "line"),
        (lambda e: e.__delitem__(slice(1, None)), 1, "line"),
        (lambda e: e.pop(0), 0, "kind"),
        (lambda e: e[0]["body"].update(format="tender-eval/record/1"), 0, "body.format"),
        (lambda e: e[0]["body"].update(format="tender-eval/record/3"), 0, "body.format"),
        (lambda e: e[0]["body"].update(stage="price"), 0, "body.stage"),
        (lambda e: e[0]["body"].update(stage="quality"), 1, "body"),
        (lambda e: e[0]["body"].update(environment="none"), 0, "body.environment"),
        (lambda e: e[0]["body"].update(marks_sha256="0" * 64), 0, "body.marks_sha256"),
        (lambda e: e[1]["body"].update(bids=[]), 1, "body.bids"),
        (lambda e: e[1]["body"]["bids"].update(name=[]), 1, "body.bids"),
        (lambda e: e[1]["body"]["bids"].update(base64="*"), 1, "body.bids"),
        (lambda e: e[1]["body"]["bids"].update(base64="£"), 1, "body.bids"),
        (lambda e: e[4].update(at="yesterday"), 4, "at"),
        (lambda e: e[4].update(at="2026-05-02T09:30:00"), 4, "at"),
        (lambda e: e[4].update(at="2025-05-02T09:30:00Z"), 4, "at"),
    ],
)
def test_a_change_with_the_chain_made_anew_is_found(
    recorded: Make, catalogue: Catalogue, change: Callable[[Entries], None], number: int, field: str
) -> None:
    found = forged(recorded().read_bytes(), change, catalogue)
    assert not found.holds
    assert found.fault
    assert (found.fault.number, found.fault.field) == (number, field), found.fault
    assert found.case is None


@pytest.mark.slow
def test_what_is_said_and_what_comes_out_are_both_told(recorded: Make, catalogue: Catalogue) -> None:
    found = forged(recorded().read_bytes(), change_mark, catalogue)
    words = next(c.words for c in found.checks if c.outcome == FAILED)
    assert words == "entry 4, body.points: it says 32, but recomputing gives 40"


def everything_made_anew(data: bytes, catalogue: Catalogue, tmp_path: Path) -> Path:
    """An edited mark, and a whole sound record made of it: what a forger with this program would do."""
    from tender_eval.audit.writing import record
    from tender_eval.files.source import Source

    entries = [json.loads(line) for line in data.splitlines()]
    files = entries[1]["body"]
    text = base64.b64decode(files["bids"]["base64"]).replace(b"reach: 3", b"reach: 5")
    scheme = Source(files["scheme"]["name"], base64.b64decode(files["scheme"]["base64"]))
    path = tmp_path / "forged.jsonl"
    record(path, scheme, Source(files["bids"]["name"], text), catalogue, entries[0]["at"])
    return path


@pytest.mark.slow
def test_a_record_made_anew_is_caught_by_the_printed_head(recorded: Make, catalogue: Catalogue, tmp_path: Path) -> None:
    path = recorded()
    head = verify(path, catalogue).head
    other = everything_made_anew(path.read_bytes(), catalogue, tmp_path)
    assert verify(other, catalogue).holds
    found = verify(other, catalogue, head)
    assert not found.holds
    assert outcomes(found)["head"] == FAILED
    assert verify(path, catalogue, head.upper()).holds


@pytest.mark.slow
def test_entries_missing_at_the_end_are_caught_by_the_head(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded()
    before = verify(path, catalogue).head
    enter(path, "clarify", {"text": "Award to birch"}, catalogue, LATER)
    head = verify(path, catalogue).head
    short = b"".join(path.read_bytes().splitlines(keepends=True)[:-1])
    assert verify_bytes(short, catalogue).holds
    assert not verify_bytes(short, catalogue, head).holds
    assert "entered since: 1" in str(verify(path, catalogue, before).checks)


@pytest.mark.slow
def test_other_versions_are_noted_and_do_not_fail_the_proof(recorded: Make, catalogue: Catalogue) -> None:
    data = recorded().read_bytes()
    version = json.loads(data.splitlines()[0])["body"]["environment"]["distributions"]["tender-eval"]["version"]

    def older(entries: Entries) -> None:
        text = json.dumps(entries).replace(f"(tender-eval {version})", "(tender-eval 0.0.1)")
        entries[:] = json.loads(text)
        now = entries[0]["body"]["environment"]["distributions"]
        now["tender-eval"]["version"] = "0.0.1"
        now["tender-eval-other"] = {"version": "1", "sha256": "", "plugins": []}

    found = forged(data, older, catalogue)
    assert found.holds, found.checks
    *notes, words = [c.words for c in found.checks if c.name == "versions"]
    assert notes == [f"tender-eval was 0.0.1, now {version}", "tender-eval-other 1 was loaded, now it is not"]
    assert words.startswith("what is put in words was not compared")


@pytest.mark.slow
def test_another_plugin_in_the_first_entry_lets_no_word_pass(recorded: Make, catalogue: Catalogue) -> None:
    def reworded(entries: Entries) -> None:
        stated = entries[0]["body"]["environment"]["distributions"]
        stated["tender-eval-other"] = {"version": "1", "sha256": "", "plugins": []}
        entries[4]["body"]["working"]["label"] = "as the chair asked"

    assert forged(recorded().read_bytes(), reworded, catalogue).consistent is False


@pytest.mark.slow
def test_files_of_a_plugin_that_changed_are_noted(recorded: Make, catalogue: Catalogue) -> None:
    def patched(entries: Entries) -> None:
        entries[0]["body"]["environment"]["distributions"]["tender-eval"]["sha256"] = "0" * 64
        entries[0]["body"]["environment"]["python"]["version"] = "3.99"

    found = forged(recorded().read_bytes(), patched, catalogue)
    assert found.holds
    assert [c.outcome for c in found.checks if c.name == "versions"] == [NOTED, NOTED]


@pytest.mark.slow
def test_a_scorer_that_is_not_installed_leaves_the_evaluation_unknown(recorded: Make, catalogue: Catalogue) -> None:
    def other_scorer(entries: Entries) -> None:
        file = entries[1]["body"]["scheme"]
        text = base64.b64decode(file["base64"]).replace(b"ratio_to_lowest", b"ratio_of_others")
        file["base64"], file["sha256"] = base64.b64encode(text).decode(), digest(text)
        entries[0]["body"]["scheme_sha256"] = digest(text)

    data = rechained(recorded().read_bytes(), other_scorer)
    found = verify_bytes(data, catalogue)
    assert not found.holds
    assert outcomes(found)["recomputation"] == NOT_CHECKED
    assert "ratio_of_others" in str(found.checks)
    short = rechained(data, lambda entries: entries.__delitem__(slice(10, None)))
    assert outcomes(verify_bytes(short, catalogue))["recomputation"] == FAILED


@pytest.mark.slow
def test_a_file_that_no_longer_evaluates_is_a_fault(recorded: Make, catalogue: Catalogue) -> None:
    def marred(entries: Entries) -> None:
        file = entries[1]["body"]["bids"]
        text = base64.b64decode(file["base64"]).replace(b"reach: 4", b"reach: 9")
        file["base64"], file["sha256"] = base64.b64encode(text).decode(), digest(text)
        entries[0]["body"]["bids_sha256"] = digest(text)

    found = forged(recorded().read_bytes(), marred, catalogue)
    assert found.fault
    assert "cannot be evaluated" in found.fault.message


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"x", b"[1]\n", b"\xff\n", b"null\n", b'{"n":"0"}\n'])
def test_what_is_no_record_is_not_consistent(catalogue: Catalogue, data: bytes) -> None:
    found = verify_bytes(data, catalogue)
    assert not found.holds
    assert found.fault


@pytest.mark.slow
def test_read_case_gives_what_reports_need(recorded: Make, catalogue: Catalogue) -> None:
    case = read_case(recorded(), catalogue)
    assert case.evaluations[""].winner == ("birch",)
    assert case.bids.bids[0].marks["delivery"].reason == "Names who does what"
    assert [e.kind for e in case.entries[:2]] == ["genesis", "inputs"]
    assert case.head == case.entries[-1].hash
    assert (case.stage, case.corrections) == ("complete", ())


@pytest.mark.slow
def test_read_case_refuses_what_is_not_consistent(recorded: Make, catalogue: Catalogue, tmp_path: Path) -> None:
    data = recorded().read_bytes()
    for name, changed, code in (
        ("broken", data[:500] + b"?" + data[501:], "TE092"),
        ("torn", data + b'{"at"', "TE092"),
        ("forged", rechained(data, change_mark), "TE081"),
        ("short", data[:400], "TE092"),
    ):
        path = tmp_path / name
        path.write_bytes(changed)
        with pytest.raises(Refused) as e:
            read_case(path, catalogue)
        assert [d.code for d in e.value.diagnostics] == [code]
    with pytest.raises(Refused) as e:
        read_case(tmp_path / "none", catalogue)
    assert [d.code for d in e.value.diagnostics] == ["TE001"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@pytest.fixture
def whole(recorded: Make) -> bytes:
    """The bytes of a sound record."""
    return recorded().read_bytes()


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_a_forger_writes_is_told_and_never_a_traceback(
    whole: bytes, catalogue: Catalogue, data: st.DataObject
) -> None:
    def change(entries: Entries) -> None:
        entry = entries[data.draw(st.integers(0, len(entries) - 1))]
        value = entry["body"]
        while isinstance(value, dict) and value:
            name = data.draw(st.sampled_from(sorted(value)))
            if not isinstance(value[name], dict) or data.draw(st.booleans()):
                value[name] = data.draw(ANYTHING)
                break
            value = value[name]
        if data.draw(st.booleans()):
            kinds = ["decision", "correction", "prices", "price_opened", "signature", "repaired", "score", "genesis"]
            entries.append({**entries[-1], "kind": data.draw(st.sampled_from(kinds)), "body": data.draw(
                st.dictionaries(st.text(max_size=5), ANYTHING, max_size=3))})  # fmt: skip

    changed = rechained(whole, change)
    found = verify_bytes(changed, catalogue)
    assert found.holds is (found.fault is None and all(c.outcome in (HELD, NOTED) for c in found.checks))
    assert entries_text(read_chain(changed).entries)
