"""Cases to take further: a small tender with and without lots, opened, received, locked and evaluated."""

from __future__ import annotations

import pytest
from acting import Acting

TENDERS = ("one", "two_envelopes", "lots")


@pytest.fixture
def one() -> Acting:
    """Three bids, of which the first is by far the cheapest, evaluated."""
    return Acting.evaluated("one")


@pytest.fixture
def lots() -> Acting:
    """Two lots, the first with two bids that tie."""
    return Acting.evaluated("lots")
