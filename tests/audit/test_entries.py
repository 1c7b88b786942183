from typing import Any

import generated
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval import Refused
from tender_eval.audit.chain import Draft, Link, read_chain, seal
from tender_eval.audit.entries import FINDINGS, entries_of


def holds_no_number(value: Any) -> bool:
    match value:
        case None | bool() | str():
            return True
        case dict():
            return all(isinstance(k, str) and holds_no_number(v) for k, v in value.items())
        case list():
            return all(map(holds_no_number, value))
        case _:
            return False


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.data())
def test_every_evaluation_makes_entries_always_the_same(data: st.DataObject) -> None:
    scheme = generated.compiled(data.draw(generated.schemes()))
    bids = data.draw(generated.bids_for(scheme))
    try:
        first, second = scheme.evaluate(bids), scheme.evaluate(bids)
    except Refused:
        return
    drafts = entries_of(first)
    assert drafts == entries_of(second)
    assert {d.kind for d in drafts} <= set(FINDINGS)
    assert all(holds_no_number(d.body) for d in drafts)
    link, lines = Link(), []
    for draft in drafts:
        line, link = seal(draft, "2026-05-02T09:30:00Z", link)
        lines.append(line)
    chain = read_chain(b"".join(lines))
    assert chain.fault is None
    assert [Draft(e.kind, e.body) for e in chain.entries] == list(drafts)  # type: ignore[arg-type]
    scored = {(d.body["bid"], d.body["criterion"]) for d in drafts if d.kind == "score"}
    assert scored == {(bid.id, c.id) for bid in first.bids for c in bid.criteria}
    assert {d.body["bid"] for d in drafts if d.kind == "rejection"} == {b.id for b in first.bids if b.rank is None}
