"""Attacks of an insider on an approval, each with its siblings: what was signed, by whom, and what came after."""

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import MARKED, PANEL, PEOPLE, SCHEME
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from forging import rechained

from tender_eval.audit.checks import FAILED
from tender_eval.audit.verify import Verification, read_case, verify_bytes
from tender_eval.audit.writing import enter, open_case, open_prices, record_prices, sign
from tender_eval.base.canonical import Data
from tender_eval.case.acts import ACTS
from tender_eval.case.inputs import file_data
from tender_eval.documents.writers import FORMATS
from tender_eval.files.policy import SIGNED_ACTS, Policy, policy_of
from tender_eval.files.source import Source
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.report.decision.document import decision_document
from tender_eval.report.evaluation.report import report_document
from tender_eval.report.letters.document import letters_of

Make = Callable[..., Path]
LATER = "2026-05-03T09:30:00+01:00"
CHAIR, FINANCE, INSIDER = 1, 2, 3
PRICES = "format: tender-eval/bids/1\nbids:\n  - {id: alder, price: 12000}\n  - {id: birch, price: 10000}\n"


def key(seed: int) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32))


def raw(seed: int) -> bytes:
    return key(seed).public_key().public_bytes_raw()


def line(seed: int) -> str:
    der = key(seed).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(der).decode("ascii")


def policy(acts: str) -> Policy:
    people = f"{{chair: {{name: A. Chair, key: {line(CHAIR)}}}, finance: {{key: {line(FINANCE)}}}}}"
    text = f"format: tender-eval/policy/1\npeople: {people}\nacts: {acts}\n"
    return policy_of(Source("policy.yaml", text.encode()))


BOTH = "{decide: {by: [chair, finance]}}"
ONE = "{decide: {by: [chair, finance], least: 1}}"


class Record:
    """A record that acts are entered in and people sign."""

    def __init__(self, path: Path, catalogue: Catalogue) -> None:
        self.path, self.catalogue = path, catalogue

    def enter(self, kind: str, **said: Data) -> None:
        enter(self.path, kind, said, self.catalogue, LATER)

    def sign(self, *seeds: int) -> None:
        for seed in seeds:
            sign(self.path, key(seed), f"signer {seed}", self.catalogue, LATER)

    def turn(self) -> None:
        """What turns the award after it was signed, with acts that are all due."""
        self.enter("set_aside", reason="a figure was wrong")
        self.enter("correct", bid="alder", field="marks.reach", old="3", new="5", reason="as moderated")
        self.enter("evaluate")
        self.enter("decide")

    def verified(self, acts: str = BOTH) -> Verification:
        return verify_bytes(self.path.read_bytes(), self.catalogue, "", (), policy(acts))

    def by(self, *seeds: int) -> Verification:
        return verify_bytes(self.path.read_bytes(), self.catalogue, "", [raw(seed) for seed in seeds])


@pytest.fixture
def decided(recorded: Make, catalogue: Catalogue) -> Record:
    made = Record(recorded(), catalogue)
    made.enter("decide")
    return made


def failures(found: Verification) -> str:
    return "\n".join(check.words for check in found.checks if check.outcome == FAILED)


def test_a_policy_can_name_every_kind_of_act() -> None:
    assert set(SIGNED_ACTS) == set(ACTS)


@pytest.mark.slow
def test_it_is_approved_when_all_have_signed_and_not_before(decided: Record) -> None:
    assert verify_bytes(decided.path.read_bytes(), decided.catalogue).approved is None
    for signer, approved in ((CHAIR, False), (FINANCE, True)):
        decided.sign(signer)
        found = decided.verified()
        assert (found.consistent, found.anchored, found.approved, found.holds) == (True, False, approved, approved)
    assert decided.verified(ONE).approved is True
    assert decided.by(CHAIR, FINANCE).approved is True


@pytest.mark.slow
@pytest.mark.parametrize("then", [(), (INSIDER,)])
def test_an_award_that_is_turned_after_the_signature_is_approved_by_nobody(
    decided: Record, then: tuple[int, ...]
) -> None:
    decided.sign(CHAIR, FINANCE)
    decided.turn()
    decided.sign(*then)
    for found in (decided.verified(), decided.verified(ONE), decided.by(CHAIR), decided.by(CHAIR, FINANCE)):
        assert (found.consistent, found.approved, found.holds) == (True, False, False)
    assert "entered after it: set aside (25), correct (26), evaluate (27)" in failures(decided.verified(ONE))
    assert 'entered since "signer 1" signed (entry 23): set aside (25)' in str(decided.verified().checks)
    case = read_case(decided.path, decided.catalogue)
    told = "After signer 1 signed on 3 May 2026 (entry 23) the following was entered"
    letters = letters_of(case, "alder", winner="withheld")
    for document in (report_document(case), decision_document(case), *(one.document for one in letters.values())):
        assert told in FORMATS["text"].write(document).decode().replace("\n", " ").replace("  ", " ")


@pytest.mark.slow
@pytest.mark.parametrize("act", [
    ("clarify", {"text": "The award stands."}), ("close", {}), ("set_aside", {"reason": "an error"}),
    ("query", {"text": "Why?", "about": "query"}),
])  # fmt: skip
def test_whatever_is_entered_after_the_last_approval_ends_it(decided: Record, act: tuple[str, dict[str, str]]) -> None:
    decided.sign(CHAIR, FINANCE)
    if act[0] == "query":
        decided.enter("set_aside", reason="an error")
        decided.sign(CHAIR, FINANCE)
    decided.enter(act[0], **act[1])
    assert decided.verified().approved is False
    decided.sign(CHAIR, FINANCE)
    assert decided.verified().approved is True


@pytest.mark.slow
def test_a_signature_of_before_the_act_does_not_stand_for_it(recorded: Make, catalogue: Catalogue) -> None:
    """Cut back to a signature that came before the decision, or signed too early: nothing is decided and approved."""
    early = Record(recorded(), catalogue)
    early.sign(CHAIR, FINANCE)
    assert "there is no act decide" in failures(early.verified())
    early.enter("decide")
    early.sign(CHAIR)
    assert "needs 2 of chair, finance, and is signed by chair" in failures(early.verified())
    assert early.verified(ONE).approved is True


@pytest.mark.slow
def test_another_signer_is_told_and_approves_nothing(decided: Record) -> None:
    decided.sign(CHAIR, INSIDER)
    found = decided.verified(ONE)
    assert found.approved is False
    assert 'is signed as "signer 3" with a key that the policy does not name' in failures(found)
    assert decided.by(CHAIR).approved is True
    assert "whose it is was not checked" in str(decided.by(CHAIR).checks)
    assert decided.by(INSIDER, FINANCE).approved is False


@pytest.mark.slow
def test_one_who_signs_twice_does_not_count_for_two(decided: Record) -> None:
    decided.sign(CHAIR, CHAIR)
    assert decided.verified().approved is False


@pytest.mark.slow
def test_a_record_that_is_cut_short_is_not_what_the_head_stands_for(decided: Record) -> None:
    decided.sign(CHAIR, FINANCE)
    whole = decided.path.read_bytes()
    decided.turn()
    head = json.loads(decided.path.read_bytes().splitlines()[-1])["hash"]
    found = verify_bytes(whole, decided.catalogue, head, (), policy(BOTH))
    assert (found.anchored, found.holds) == (False, False)


@pytest.mark.slow
def test_nothing_is_approved_of_what_is_not_consistent(decided: Record) -> None:
    decided.sign(CHAIR, FINANCE)
    forged = rechained(decided.path.read_bytes(), lambda entries: entries[4]["body"].update(points="1"))
    found = verify_bytes(forged, decided.catalogue, "", (), policy(BOTH))
    assert (found.consistent, found.approved) == (False, False)
    broken = verify_bytes(decided.path.read_bytes()[:-1], decided.catalogue, "0" * 64, (), policy(BOTH))
    assert (broken.consistent, broken.anchored, broken.approved) == (False, False, False)


@pytest.mark.slow
def test_a_correction_with_prices_open_is_told_and_needs_a_signature_of_its_own(
    recorded: Make, catalogue: Catalogue, scheme_text: str
) -> None:
    made = Record(recorded(stage="quality"), catalogue)
    stated, prices = Source("scheme.yaml", scheme_text.encode()), Source("prices.yaml", PRICES.encode())
    record_prices(made.path, stated, "prices.yaml", lambda: prices, catalogue, LATER)
    made.enter("correct", bid="alder", field="marks.reach", old="3", new="5", reason="as moderated")
    made.enter("decide")
    made.sign(CHAIR, FINANCE)
    plain = verify_bytes(made.path.read_bytes(), catalogue)
    assert (plain.holds, plain.approved) == (True, None)
    assert "changed after prices were opened: correct (" in str(plain.checks)
    assert "nothing was committed of the sealed prices before they were opened" in str(plain.checks)
    assert "changed after prices were opened" in failures(made.verified())
    assert made.verified("{decide: {by: [chair]}, correct: {by: [finance]}}").approved is True
    case = read_case(made.path, catalogue)
    text = FORMATS["text"].write(report_document(case)).decode()
    assert "Changed after the sealed prices were opened: a figure corrected (entry" in text
    assert "Nothing was committed of the sealed prices before they were opened" in text


@pytest.mark.slow
def test_a_scheme_that_is_amended_with_prices_open_is_told_and_needs_a_signature_of_its_own(
    recorded: Make, catalogue: Catalogue, scheme_text: str
) -> None:
    made = Record(recorded(stage="quality"), catalogue)
    stated, prices = Source("scheme.yaml", scheme_text.encode()), Source("prices.yaml", PRICES.encode())
    record_prices(made.path, stated, "prices.yaml", lambda: prices, catalogue, LATER)
    other = scheme_text.replace("Refuge services", "Other services")
    made.enter("amend_scheme", file=file_data(Source("other.yaml", other.encode())), reason="fairer", forced="true")
    made.enter("evaluate")
    made.enter("decide")
    made.sign(CHAIR, FINANCE)
    found = made.verified()
    assert (found.consistent, found.approved) == (True, False)
    assert "changed after prices were opened (amend scheme (" in failures(found)
    assert made.verified("{decide: {by: [chair]}, amend_scheme: {by: [chair, finance]}}").approved is True
    text = FORMATS["text"].write(report_document(read_case(made.path, catalogue))).decode()
    assert "Changed after the sealed prices were opened: the scheme amended" in text


@pytest.mark.slow
def test_what_is_done_at_one_sitting_needs_the_signatures_of_the_acts_that_it_stands_for(
    recorded: Make, catalogue: Catalogue
) -> None:
    """Marks that are locked without an act are signed by whom the policy names for the act all the same."""
    made = Record(recorded(stage="quality"), catalogue)
    made.sign(FINANCE)
    for acts in ("{lock: {by: [chair]}}", "{receive: {by: [chair]}}"):
        assert "needs 1 of chair" in failures(made.verified(acts))
        assert made.verified(acts.replace("chair", "finance")).approved is True


@pytest.mark.slow
def test_which_signatures_cover_an_act_is_told(decided: Record) -> None:
    at = len(decided.path.read_text().splitlines())
    decided.sign(FINANCE, CHAIR)
    (told,) = [check.words for check in decided.verified().checks if check.words.startswith("decide:")]
    assert told == (
        f"decide: entry {at - 1} signed by 2 or more of chair, finance: finance (entry {at}), chair (entry {at + 1}), "
        "each for all before it"
    )


@pytest.mark.slow
@pytest.mark.parametrize("act", [
    ("recuse", {"person": "bob", "supplier": "Alder Ltd", "reason": "decided"}),
    ("declare_interest", {"person": "bob", "supplier": "Alder Ltd", "nature": "a friend", "outcome": "excluding"}),
])  # fmt: skip
def test_whose_marks_count_is_not_changed_unseen_with_prices_open(
    tmp_path: Path, catalogue: Catalogue, act: tuple[str, dict[str, Data]]
) -> None:
    """Whoever is out of a mean of marks changes it as a correction does."""
    path, panel = tmp_path / "r.jsonl", Source("panel.yaml", PANEL.encode())
    bids = re.sub(r"\n    price: \d+|agreed: \d, |agreed_by: \[[^\]]*\], ", "", MARKED)
    scheme = Source("scheme.yaml", f"{SCHEME}panel: {{marks: mean}}\n".encode())
    open_case(path, scheme, Source("bids.yaml", bids.encode()), catalogue, LATER, panel)
    made, prices = Record(path, catalogue), Source("p.csv", b"id,price\nlow,100\nmid,300\ntop,500\n")
    for person in PEOPLE:
        made.enter("declare_interest", person=person, none="true")
    made.enter("lock")
    open_prices(path, "p.csv", ("Ann", "Bob"), lambda: prices, catalogue, LATER)
    made.enter("evaluate")
    made.enter("declare_interest", person="ann", none="true")
    assert "changed after prices were opened" not in str(verify_bytes(path.read_bytes(), catalogue).checks)
    made.enter(act[0], **act[1])
    made.enter("decide")
    made.sign(CHAIR, FINANCE)
    found = made.verified()
    assert (found.consistent, found.approved) == (True, False)
    assert f"changed after prices were opened ({act[0].replace('_', ' ')} (" in failures(found)
    assert made.verified(f"{{decide: {{by: [chair]}}, {act[0]}: {{by: [chair, finance]}}}}").approved is not None
    text = FORMATS["text"].write(report_document(read_case(path, catalogue))).decode()
    assert "Changed after the sealed prices were opened" in text


@pytest.mark.slow
@pytest.mark.parametrize(("day", "told"), [("2020-01-01", True), ("2026-05-02", False), ("2026-05-05", False)])
def test_a_notice_that_is_dated_before_the_decision_is_told(
    recorded: Make, catalogue: Catalogue, day: str, told: bool
) -> None:
    """Else standstill is over before anybody knew of the award."""
    made = Record(recorded(), catalogue)
    made.enter("decide", notice_on=day)
    checks = str(verify_bytes(made.path.read_bytes(), catalogue).checks)
    assert (f"is dated {day}, before it was decided" in checks) is told
    case = read_case(made.path, catalogue)
    for document in (report_document(case), decision_document(case)):
        text = " ".join(FORMATS["text"].write(document).decode().split())
        assert ("standstill is reckoned from a day before the decision" in text) is told
