"""Play that is settled roughly, where it is not play that is tested; in the process that it is set in alone."""

from __future__ import annotations

import pytest

from tender_eval.simulation import run
from tender_eval.simulation.bidding import equilibrium, game
from tender_eval.simulation.results import hurdles, sensitivity
from tender_eval.simulation.running import preparation
from tender_eval.simulation.spec import variations


def few_solutions(patch: pytest.MonkeyPatch, solves: int = 2) -> None:
    """So many solutions of each design, in every process: how many there are is told to the others."""
    for module in (run, preparation):
        patch.setattr(module, "SOLVES", solves)


def few_trials(patch: pytest.MonkeyPatch) -> None:
    """One assumption and no hurdle: all of them are tried in tests of their own."""
    every = variations.variations
    patch.setattr(sensitivity, "variations", lambda spec: every(spec)[-2:-1])
    patch.setattr(hurdles, "HURDLES", {})


def rough_play(patch: pytest.MonkeyPatch, rounds: int = 4) -> None:
    """Beliefs after a few rounds on few tenders, once or twice a design."""
    few_solutions(patch)
    patch.setattr(sensitivity, "SOLVES", 2)
    patch.setattr(game, "MOST", 256)
    patch.setattr(equilibrium, "MOST_ROUNDS", rounds)
