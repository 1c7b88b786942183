"""What the two verifiers say of the same record, held against each other."""

from __future__ import annotations

import re
from importlib.util import find_spec

from tender_eval.audit.checks import FAILED, NOT_CHECKED
from tender_eval.audit.verify import Verification
from tender_eval.audit.verify_record import check_record


def agree(data: bytes, found: Verification) -> None:
    """See that the second verifier says the same as the first of all that both look at.

    The first evaluates too: it may find at fault what the second cannot, never the other way round.
    """
    second = check_record(data)
    bad = [one for one in second if not one.holds]
    chain = next((check for check in found.checks if check.name == "chain"), None)
    if chain is None or chain.outcome == FAILED:
        assert [one.what for one in bad] == ["chain"], (bad, found.checks)
        if found.fault and found.fault.field != "file":
            assert bad[0].entry == found.fault.number, (bad, found.fault)
        return
    assert not [one for one in bad if one.what == "chain"], bad
    if not [check for check in found.checks if check.name == "signatures"]:  # else nobody could look at them
        told = [c.words for c in found.checks if c.outcome == FAILED and c.words.endswith("it is not of this record")]
        numbers = [int(number) for words in told for number in re.findall(r"entry (\d+)", words)]
        assert [one.entry for one in bad if one.what == "signature"] == numbers, (bad, found.checks)
    if find_spec("rfc3161_client"):  # else the first can look at no time-stamp
        told = [c.words for c in found.checks if c.outcome == FAILED and c.name == "time"]
        dated = [int(number) for words in told for number in re.findall(r"^entry (\d+) is dated", words)]
        assert [one.entry for one in bad if one.what == "time" and "time-stamp" in one.words] == dated, (bad, told)
    others = [one for one in bad if one.what != "signature"]
    failed = [c for c in found.checks if c.outcome in (FAILED, NOT_CHECKED)]
    assert failed or not others, (others, found.checks)
