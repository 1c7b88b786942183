"""Every area lies in exactly one lot, or it is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.simulation.spec.lots import checked_partition, equal_lots

HERE = Location("spec.yaml", 1, 1)


@given(st.integers(1, 40), st.integers(1, 40))
def test_equal_lots_hold_each_area_once_or_are_refused(areas: int, lots: int) -> None:
    problems = Problems()
    names = [str(n) for n in range(areas)]
    found = equal_lots(lots, names, HERE, problems)
    assert (areas % lots == 0) == (not problems)
    assert sorted(a for lot in found for a in lot) == list(range(areas))
    if not problems:
        assert {len(lot) for lot in found} == {areas // lots}
        assert len(found) == lots


@pytest.mark.slow
@given(st.integers(1, 5), st.lists(st.lists(st.integers(0, 6), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_listed_partition_is_sound_just_where_nothing_is_told(areas: int, listed: list[list[int]]) -> None:
    problems = Problems()
    found = checked_partition([[str(n) for n in lot] for lot in listed], [str(n) for n in range(areas)], HERE, problems)
    sound = sorted(n for lot in listed for n in lot) == list(range(areas))
    assert sound == (not problems)
    if sound:
        assert found == tuple(tuple(lot) for lot in listed)
