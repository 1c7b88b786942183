"""A file of prices for other bids is told of without searching all ids for each of its own."""

from __future__ import annotations

import pytest
from acting import Acting

from tender_eval.case import envelopes
from tender_eval.model.bids import Bid, Bids
from tender_eval.model.diagnostics import Problems, did_you_mean


def test_only_the_first_strangers_are_told_the_id_that_may_be_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []

    def counted(word: str, known: dict[str, Bid]) -> str:
        searched.append(word)
        return did_you_mean(word, known)

    monkeypatch.setattr(envelopes, "did_you_mean", counted)
    problems, n = Problems(), 3 * envelopes.MOST_SEARCHED
    marked = Bids(tuple(Bid(f"bid-{i}", f"Supplier {i}") for i in range(n)))
    priced = Bids(tuple(Bid(f"bit-{i}", f"Supplier {i}") for i in range(n)))
    envelopes.with_prices(marked, priced, Acting.opened().state.whole.plan, frozenset(), problems)
    strangers = [d for d in problems if "are not in the record" in d.message]
    assert len(strangers) == n, "each is told"
    assert len(searched) == envelopes.MOST_SEARCHED
    assert {d.hint for d in strangers[envelopes.MOST_SEARCHED :]} == {"use the ids of the record"}
