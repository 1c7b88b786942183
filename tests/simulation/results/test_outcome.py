"""What may be said of a mean that comes with an error."""

import pytest

from tender_eval.simulation.results.outcome import Estimate


@pytest.mark.parametrize(
    ("mean", "se", "sign"),
    [
        (0.5, 0.2, 1),
        (-0.5, 0.2, -1),
        (0.4, 0.2, 0),  # no more than two errors
        (-0.4, 0.2, 0),
        (0.0, 0.0, 0),
        (0.1, 0.0, 1),  # the same in every tender
        (None, None, 0),
        (0.1, None, 0),  # of one tender, which has no error
    ],
)
def test_the_sign_of_a_difference_is_that_which_chance_did_not_make(
    mean: float | None, se: float | None, sign: int
) -> None:
    assert Estimate(mean, se, 10).sign == sign
