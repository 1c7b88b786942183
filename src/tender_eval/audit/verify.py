"""What can be said of a record: is it consistent (chain, digests, evaluations), anchored outside, approved?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tender_eval.audit.anchors import certificates, check_anchors
from tender_eval.audit.chain import Fault, read_chain
from tender_eval.audit.checks import FAILED, HELD, NOT_CHECKED, NOTED, Check, Verdict
from tender_eval.audit.commitments.commitment import START
from tender_eval.audit.plugins import catalogue_of, named_plugins
from tender_eval.audit.replay import replay
from tender_eval.audit.replayed import Replay
from tender_eval.audit.store import acknowledged, read_bytes
from tender_eval.audit.trail import after_opening, named, noticed_before, since, uncommitted
from tender_eval.case.acts import Entry
from tender_eval.case.case import Case
from tender_eval.files.bids.suppliers import refuse_second_bids
from tender_eval.files.policy import Policy
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked of a record, and the three verdicts on it: each true, false, or None where nobody knows.

    Attributes:
        fault: the first entry at fault, where one can be named.
        asked: the verdicts that were asked for by a head, a key or a policy.
    """

    entries: int
    head: str
    checks: tuple[Check, ...]
    fault: Fault | None = None
    case: Case | None = None
    asked: frozenset[Verdict] = frozenset()

    @property
    def consistent(self) -> bool | None:
        """Whether chain, digests and signatures hold, and every evaluation made again comes to what is recorded."""
        return self._all("consistent")

    @property
    def anchored(self) -> bool | None:
        """Whether the record as it stands was known outside: a head that somebody kept, a time-stamp over it."""
        outcomes = self._outcomes("anchored")
        known = bool(outcomes & {HELD, FAILED}) or NOT_CHECKED not in outcomes
        return HELD in outcomes and FAILED not in outcomes if known else None

    @property
    def approved(self) -> bool | None:
        """Whether whoever must sign has signed all that stands; None where nobody asked who must.

        What a head that was kept elsewhere says to be cut short or made anew was approved by nobody.
        """
        if "approved" not in self.asked or self.consistent is None:
            return None
        return bool(self.consistent and self._all("approved") and FAILED not in self._outcomes("anchored"))

    @property
    def holds(self) -> bool:
        """Whether the record is consistent, and what was asked for beside that is so too."""
        verdicts = {"anchored": self.anchored, "approved": self.approved}
        return self.consistent is True and all(verdicts[name] is True for name in self.asked if name in verdicts)

    def _outcomes(self, verdict: Verdict) -> set[str]:
        return {check.outcome for check in self.checks if check.verdict == verdict}

    def _all(self, verdict: Verdict) -> bool | None:
        outcomes = self._outcomes(verdict)
        return False if FAILED in outcomes else None if NOT_CHECKED in outcomes else True


def verify(
    path: Path,
    catalogue: Catalogue | None = None,
    head: str = "",
    keys: Sequence[Path] = (),
    policy: Policy | None = None,
    authorities: Sequence[Path] = (),
) -> Verification:
    """Check a record.

    Args:
        head: the hash that the last entry must have: what was printed or kept elsewhere.
        keys: public keys whose holders must each have signed all that stands.
        policy: who must have signed which acts.
        authorities: certificates of authorities whose time-stamps are trusted.

    Raises:
        Refused: TE001 where the record or a key cannot be read; TE086 and TE097 for keys.
    """
    data = read_bytes(path)
    trusted = []
    if keys:
        from tender_eval.audit.signatures import read_public

        trusted = [read_public(key) for key in keys]
    return verify_bytes(data, catalogue or catalogue_of(data), head, trusted, policy, certificates(authorities))


def verify_bytes(
    data: bytes,
    catalogue: Catalogue,
    head: str = "",
    keys: Sequence[bytes] = (),
    policy: Policy | None = None,
    authorities: Sequence[Certificate] = (),
) -> Verification:
    """Check the bytes of a record; see `verify`. Keys are raw Ed25519 public keys."""
    asked: set[Verdict] = {"approved"} if keys or policy else set()
    asked |= {"anchored"} if head or authorities else set()
    chain = read_chain(data)
    entries = chain.entries
    last = entries[-1].hash if entries else START
    fault = chain.fault
    if fault is None and chain.torn:
        message = f"the record ends in the middle of an entry, after {len(chain.torn)} bytes of it"
        fault = Fault(len(entries), "line", message)
    if fault is None and not entries:
        fault = Fault(0, "line", "the file is empty")
    if fault is not None:
        return Verification(len(entries), last, (_failed("chain", fault),), fault, asked=frozenset(asked))
    checks = [Check(HELD, "chain", f"{len(entries)} entries, each canonical and tied to the one before")]
    found = replay(entries, catalogue)
    checks += _of_plugins(data)
    checks += _of_replay(found)
    checks += _of_head(entries, head)
    checks += check_anchors(entries, authorities)
    checks += _of_order(entries)
    checks += _of_signatures(entries, keys, policy)
    return Verification(len(entries), last, tuple(checks), found.fault, found.case(entries), frozenset(asked))


def read_case(path: Path, catalogue: Catalogue | None = None) -> Case:
    """A record as reports read it, checked first: its chain, its digests and its evaluations.

    Raises:
        Refused: TE001 where it cannot be read, TE092 where it is broken, TE081 where it does not say what its
            inputs come to.
    """
    return _case_of(path, catalogue, compares=True)


def _case_of(path: Path, catalogue: Catalogue | None, *, compares: bool) -> Case:
    name, data = path.as_posix(), read_bytes(path)
    found = acknowledged(name, data)
    where = Location(name, len(found.entries) + 1, 1)
    if found.tail:
        hint = "audit repair cuts it off and enters that on the record"
        raise Refused([Diagnostic("TE092", f"the record ends in {found.told}", where, hint)])
    made = replay(found.entries, catalogue or catalogue_of(data), compares=compares)
    if made.fault:
        raise not_followed(name, made.fault)
    if (case := made.case(found.entries)) is None:
        hint = "install what it was made with: see audit show"
        raise Refused([Diagnostic("TE081", "the evaluation cannot be made again: " + made.not_made[0], where, hint)])
    return case


def read_state(path: Path, catalogue: Catalogue | None = None) -> Case:
    """A record as it stands, folded from what was entered: what it holds of results is not read.

    Raises:
        Refused: as `read_case` does.
    """
    return _case_of(path, catalogue, compares=False)


def not_followed(name: str, fault: Fault) -> Refused:
    """What to say of a record whose entries do not follow from its inputs."""
    hint = fault.mend or "audit verify tells what was checked, and what is installed otherwise than it was"
    return Refused([Diagnostic("TE081", fault.told, Location(name, fault.number + 1, 1), hint)])


def _failed(name: str, fault: Fault) -> Check:
    return Check(FAILED, name, f"{fault.told}; {fault.mend}" if fault.mend else fault.told)


def _of_plugins(data: bytes) -> list[Check]:
    """The plugins that the record names and that are not loaded to check it."""
    return [
        Check(NOTED, "plugins", f"{name} is not loaded: {why}; what hangs on it cannot be made again")
        for name, why in named_plugins(data).items()
        if why
    ]


def _of_replay(found: Replay) -> list[Check]:
    checks = [Check(NOTED, "versions", note) for note in found.notes]
    if not checks:
        checks = [Check(HELD, "versions", "tender-eval, Python and plugins are those that it was made with")]
    if found.state and (unread := found.state.whole.scheme.regime.unread):
        told = f"the scheme names {', '.join(unread)}, which this version does not know: no figure hangs on it"
        checks.append(Check(NOTED, "law", told))
    checks += [Check(NOTED, "suppliers", told) for told in _second_bids(found)]
    if found.fault and found.fault is found.by_bid:
        words = f"the figures of {found.evaluations} evaluations made again: {found.recomputed} entries are the same"
        held = [Check(HELD, "digests", "of scheme, bids and marks"), Check(HELD, "recomputation", words)]
        return [*checks, *held, _failed("award", found.fault)]
    if found.fault:
        return [*checks, _failed("recomputation", found.fault)]
    if found.not_made:
        return [*checks, Check(NOT_CHECKED, "recomputation", "it cannot be made: " + found.not_made[0])]
    many = "evaluation" if found.evaluations == 1 else "evaluations"
    words = f"{found.evaluations} {many} made again from the recorded inputs: {found.recomputed} entries are the same"
    return [*checks, Check(HELD, "digests", "of scheme, bids and marks"), Check(HELD, "recomputation", words)]


def _second_bids(found: Replay) -> list[str]:
    """The second bids of suppliers in a record of a version that counted bids; none is taken today."""
    bids = found.state.received if found.state else None
    if bids is None or not bids.second_bids:
        return []
    problems = Problems()
    for lot in bids.tender.lots or (None,):
        refuse_second_bids(bids.for_lot(lot.id) if lot else bids, variants=False, problems=problems)
    return [f"{told.message}: tender-eval 0.1.0 counted bids where suppliers count now" for told in problems]


def _of_head(entries: tuple[Entry, ...], head: str) -> list[Check]:
    if not head:
        words = "no head was given: that entries at the end are missing could not be seen (use --head, or audit anchor)"
        return [Check(NOTED, "head", words, "anchored")]
    at = next((e.number for e in entries if e.hash == head.strip().lower()), None)
    if at is None:
        return [Check(FAILED, "head", "no entry has this hash: the record was cut short or made anew", "anchored")]
    if later := since(entries, at):
        words = f"it is entry {at}; entered since: {len(later)}, for which it does not stand: {named(later)}"
        return [Check(NOTED, "head", words, "anchored")]
    last = at == len(entries) - 1
    words = "it is the last entry" if last else f"it is entry {at}; what came after says nothing of the case"
    return [Check(HELD, "head", words, "anchored")]


def _of_order(entries: tuple[Entry, ...]) -> list[Check]:
    """What the order of entries tells, whoever signed: corrections that somebody made who could see the prices."""
    checks = []
    if uncommitted(entries):
        words = "nothing was committed of the sealed prices before they were opened: no digest of then is known"
        checks.append(Check(NOTED, "commitment", words))
    if late := after_opening(entries):
        checks.append(Check(NOTED, "order", f"changed after prices were opened: {named(late)}"))
    for entry in noticed_before(entries):
        words = f"the award notice of entry {entry.number} is dated {entry.body['notice_on']}, before it was decided: "
        checks.append(Check(NOTED, "order", words + "standstill is reckoned from that day"))
    return checks


def _of_signatures(entries: tuple[Entry, ...], keys: Sequence[bytes], policy: Policy | None) -> list[Check]:
    if not keys and not policy and not any(e.kind == "signature" for e in entries):
        return []
    from tender_eval.audit.signatures import check_signatures

    return check_signatures(entries, keys, policy)
