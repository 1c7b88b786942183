"""Figures and columns as strategies of hypothesis, within what columns may hold."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from tender_eval.plugins.table import Reads
from tender_eval.testing.kit.prepared import Prepared


def figures(reads: Reads) -> st.SearchStrategy[Fraction]:
    """Figures that a column may hold, with many equal ones."""
    if reads.one_of:
        return st.sampled_from(reads.one_of)
    low = reads.at_least
    if reads.above is not None:
        low = reads.above + Fraction(1, 4)
    low = Fraction(-20) if low is None else low
    high = reads.at_most if reads.at_most is not None else low + 400
    step = (high - low) / 40
    return st.one_of(
        st.integers(0, 40).map(lambda n: low + n * step),
        st.sampled_from([low, high]),
        st.fractions(low, high, max_denominator=12),
    )


def tables(prepared: Prepared, most: int = 5) -> st.SearchStrategy[dict[str, list[Fraction]]]:
    """Columns of one to ``most`` bids."""
    return st.integers(1, most).flatmap(
        lambda n: st.fixed_dictionaries(
            {r.column: st.lists(figures(r), min_size=n, max_size=n) for r in prepared.reads}
        )
    )
