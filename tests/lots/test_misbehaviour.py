"""A mechanism that breaks its contract stops the run and is named; nothing is awarded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from contests import batch, exact
from inline import refusal

from tender_eval import Diagnostic, Refused
from tender_eval.lots.batch import award_draws
from tender_eval.lots.run import run_mechanism
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.mechanism import Contest, LotAwards, Mechanism

#   bid 0 stands for both lots, bid 1 for the second alone
CONTEST = exact([[3, 3], [None, 2]], most_lots=1)
SOUND = LotAwards(np.array([0, 1]), np.array([False, False]))


def bent(award: Callable[[Contest], Any]) -> Registered[Mechanism]:
    """A mechanism of a plugin that awards like this."""
    body = {"name": "bent", "__doc__": "Made up.", "award": lambda self, contest, params: award(contest)}
    return Registered("bent", PluginInfo("acme", "acme-lots", "1.2"), type("Bent", (Mechanism,), body), Mechanism)


def wide(found: Any, draws: int) -> Any:
    """The same awards in every draw."""
    if not isinstance(found, LotAwards):
        return found
    return LotAwards(*(np.repeat(np.asarray(part)[..., None], draws, axis=-1) for part in found[:2]))


def refused(award: Callable[[Contest], Any], in_batch: bool) -> Diagnostic:
    """The one thing that is said."""
    if in_batch:
        (said,) = refusal(award_draws, bent(lambda c: wide(award(c), 2)), None, batch([CONTEST, CONTEST]))
    else:
        (said,) = refusal(run_mechanism, bent(award), None, CONTEST)
    return said


def sound(contest: Contest) -> LotAwards:
    """The first lot to whoever stands for both, the second to the other."""
    both = contest.standing.all(axis=1)
    return LotAwards(np.array([both.argmax(), both.argmin()]), np.array([False, False]))


def test_a_mechanism_that_goes_by_the_order_of_the_bids() -> None:
    contest = exact([[3, 3], [2, 2]])
    (found,) = refusal(run_mechanism, bent(lambda _: SOUND), None, contest)
    assert (found.code, found.message) == (
        "TE048",
        "the award of lots: bent (acme-lots 1.2) awards other lots when they come in another order",
    )


def raises(_: Contest) -> Any:
    raise ZeroDivisionError("by nothing")


def test_a_sound_mechanism_of_a_plugin_is_taken_at_its_word() -> None:
    found = run_mechanism(bent(sound), None, CONTEST)
    assert (found.winner.tolist(), found.undecided.tolist()) == ([0, 1], [False, False])
    found = award_draws(bent(lambda _: wide(SOUND, 2)), None, batch([CONTEST, CONTEST]))
    assert found.winner.tolist() == [[0, 0], [1, 1]]


@pytest.mark.parametrize("in_batch", [False, True], ids=["exact", "batch"])
@pytest.mark.parametrize(
    ("award", "said"),
    [
        (lambda _: [0, 1], "a list, not awards of lots"),
        (lambda _: SOUND._replace(winner=np.array([0.0, 1.0])), "as winner float64 of shape"),
        (lambda _: SOUND._replace(winner=np.array([0])), "as winner int64 of shape"),
        (lambda _: SOUND._replace(undecided=np.array([0, 0])), "as undecided int64 of shape"),
        (lambda _: SOUND._replace(winner=np.array([0, 2])), "a winner that is no row of a bid"),
        (lambda _: SOUND._replace(winner=np.array([0, -2])), "a winner that is no row of a bid"),
        (lambda _: SOUND._replace(winner=np.array([1, -1])), "a winner that does not stand for the lot"),
        (lambda _: SOUND._replace(winner=np.array([0, 0])), "more for a supplier than its limits allow"),
        (lambda _: SOUND._replace(undecided=np.array([True, False])), "a winner of a lot that it calls undecided"),
    ],
)
def test_what_it_returns_is_checked(award: Callable[[Contest], Any], said: str, in_batch: bool) -> None:
    found = refused(award, in_batch)
    assert found.code == "TE046"
    assert found.message.startswith(f"the award of lots: bent (acme-lots 1.2) returned {said}")


@pytest.mark.parametrize("in_batch", [False, True], ids=["exact", "batch"])
def test_what_it_raises_names_it(in_batch: bool) -> None:
    found = refused(raises, in_batch)
    assert found.code == "TE045"
    assert found.message == "the award of lots: bent (acme-lots 1.2) raised ZeroDivisionError: by nothing"


def test_capacity_is_a_limit_too() -> None:
    contest = exact([[3, 3]], values=[2, 1], capacity=[2])
    with pytest.raises(Refused, match="more for a supplier than its limits allow"):
        run_mechanism(bent(lambda _: LotAwards(np.array([0, 0]), np.array([False, False]))), None, contest)


def test_it_cannot_change_what_it_sees() -> None:
    def meddles(contest: Contest) -> LotAwards:
        contest.ranks[0, 0] = 9
        return SOUND

    assert refused(meddles, in_batch=False).code == "TE045"
    assert CONTEST.ranks[0, 0] == 1


def test_it_cannot_raise_a_limit_of_a_draw() -> None:
    contest = CONTEST._replace(most_value=1)

    def meddles(seen: Contest) -> LotAwards:
        seen.most_value[:] = 9
        return LotAwards(np.array([[0, 0], [0, 0]]), np.zeros((2, 2), dtype=np.bool_))

    (said,) = refusal(award_draws, bent(meddles), None, batch([contest, contest]))
    assert said.code == "TE045"
