"""The places of an award: of each supplier its best bid alone, the same in both arithmetics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.engine.evaluating.places import places_in_draws, places_of
from tender_eval.model.suppliers import Suppliers


def suppliers(behind: list[frozenset[int]]) -> Suppliers:
    named = {str(n): found for n, found in enumerate(behind)}
    own = {name: frozenset({("bid", name)}) for name in named}
    return Suppliers(own, own, named, 1 + max(n for found in behind for n in found))


SETS = st.frozensets(st.integers(0, 3), min_size=1, max_size=2)


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(1, 4), SETS), min_size=1, max_size=6), st.integers(1, 4))
def test_no_supplier_takes_two_places_and_none_stays_free_for_want_of_asking(
    drawn: list[tuple[int, frozenset[int]]], places: int
) -> None:
    ranks = [1 + sum(other < rank for other, _ in drawn) for rank, _ in drawn]
    known = suppliers([found for _, found in drawn])
    ranked = sorted((rank, str(n)) for n, rank in enumerate(ranks))
    found = places_of(ranked, places, known)
    if not found.undecided:
        assert len(found.chosen) <= places
        assert not any(known.share(a, b) for a in found.chosen for b in found.chosen if a != b)
        if len(found.chosen) < places:
            others = [name for _, name in ranked if name not in found.chosen]
            assert all(any(known.share(name, one) for one in found.chosen) for name in others)
    for name, holder in found.passed_over.items():
        assert known.share(name, holder)
        assert ranks[int(holder)] < ranks[int(name)]
    rivals = np.array([[known.share(str(a), str(b)) for b in range(len(ranks))] for a in range(len(ranks))])
    in_draws = places_in_draws(np.array(ranks)[:, None], places, rivals)
    if places > 1:
        assert {str(n) for n in np.flatnonzero(in_draws[:, 0])} == set(found.chosen)


@pytest.mark.slow
@given(st.lists(st.integers(1, 4), min_size=1, max_size=6), st.integers(1, 4))
def test_where_no_two_share_a_supplier_the_first_places_are_taken(drawn: list[int], places: int) -> None:
    ranks = [1 + sum(other < rank for other in drawn) for rank in drawn]
    known = suppliers([frozenset({n}) for n in range(len(ranks))])
    found = places_of(sorted((rank, str(n)) for n, rank in enumerate(ranks)), places, known)
    assert set(found.chosen) == {str(n) for n, rank in enumerate(ranks) if rank <= places}
    assert found.undecided == (len(found.chosen) > places)
    assert not found.passed_over
