"""Every wrong scorer that the kit is tried on, in an evaluation: refused for what it did, or without a part in it.

The table of what plugins really did stands in `wrong_scorers`; the kit is held to each of them in
`tests/testing/kit/test_scorers.py`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import wrong_scorers as wrong
from inline import bids, leaf, refusal, scheme

from tender_eval import Scorer, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.plugins.catalogue import PluginInfo, Registered

OURS = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
ACME = PluginInfo("acme", "acme-scorers", "1.2")
BIDS = {"a": (100, "33"), "b": (90, "33.5"), "e": (70, "0"), "c": (80, "36"), "d": (120, "45")}
AGAIN = "scores the same bids otherwise when it is asked once more"

REFUSED: dict[type[Scorer], str] = {
    wrong.FloatRoundTrip: "makes floats of exact figures",
    wrong.FloatByItsParts: 'shows a working that is false: "min(1, 33 / 40)" comes to 33/40, not to ',
    wrong.HeldAgainstAFloat: "makes floats of exact figures",
    wrong.FloatOfAParameter: "makes floats of exact figures",
    wrong.GivesFloats: "a float, in exact arithmetic",
    wrong.ByChance: AGAIN,
    wrong.ByNumpysChance: AGAIN,
    wrong.ByTheClock: AGAIN,
    wrong.ByWhatWasAsked: AGAIN,
    wrong.ByTheRow: "scores the same bids otherwise when they come in another order",
    wrong.ByTheHashSeed: "shows a working that is false",
    wrong.WritesToColumns: "writes to the column values.hours, and so scores the same bids otherwise",
    wrong.Lies: 'shows a working that is false: "0.01" comes to 1/100, not to 33/40',
    wrong.RarelyHarms: "a better values.hours lowers a bid's own score",
    wrong.IsNotMonotone: "a better values.hours lowers a bid's own score",
    wrong.IsNotIndependent: "promises that no bid's score turns on the others, but does otherwise",
    wrong.IsNotFreeOfScale: "promises that scale changes no score, but 7 times every figure does",
    wrong.GoesBeyondFullMarks: "returned the score 9/8, outside 0 to 1",
    wrong.GivesTooFew: "returned shape (1,), not one figure for each of 5 bids",
    wrong.Raises: "raised KeyError: 0",
}
"""Those by which an award could turn: nothing is awarded, and it is said what was done."""

BATCHES: dict[type[Scorer], str] = {
    wrong.BatchUnlikeExact: "away from its exact score",
    wrong.CountsAbsentBids: "away from its exact score",
}
"""Those that an exact evaluation asks nothing of."""

WITHOUT_A_PART = (
    wrong.BySeededChance, wrong.ByTheSystemsChance, wrong.ByTheYear, wrong.ByTheMoment, wrong.ByTheEnvironment,
    wrong.ByTheMachine, wrong.ByAFile, wrong.ByWhetherAFileIsThere, wrong.WritesAFile, wrong.ListsAFolder,
    wrong.ByTheNetwork, wrong.ByAnotherProgram, wrong.Prints, wrong.PeeksAtFrames, wrong.PeeksAtObjects,
    wrong.StartsThreads, wrong.Waits, wrong.WritesToWhoIsThere, wrong.ShowsNothing,
    wrong.HasNoExamples, wrong.SaysTheWrongEnd,
)  # fmt: skip
"""What they do beside changes no figure of this evaluation or of the next; the kit tells of it."""

ELSEWHERE = {
    wrong.EndsTheProcess: "nothing can stop it here; the kit tries it in a process of its own",
    wrong.HugeFractions: "test_promises, with a smaller one",
    wrong.HasNoEnd: "whoever waits is told which plugin was at work: test_promises",
    wrong.PatchesABuiltIn: "test_untouched",
    wrong.WritesToParameters: "they are a copy, which no later evaluation sees: test_promises",
    wrong.ScoresAllAlike: "it is true, and only nothing is shown by it",
    wrong.Sound: "as it should be",
    wrong.Beside: "as it should be",
}


def compiled(scorer: type[Scorer]) -> CompiledScheme:
    catalogue = OURS._replace(scorers={**OURS.scorers, scorer.name: Registered(scorer.name, ACME, scorer, Scorer)})
    stated = scheme(
        leaf("hours", 60, scorer.name), leaf("price", 40, "ratio_to_lowest"), rule="highest_score",
        award={"on_rejection": "recompute"},
    )  # fmt: skip
    return compile_scheme(scheme_from_data(stated), catalogue)


def evaluated(of: CompiledScheme) -> dict[str, Fraction | None]:
    offered = bids({name: {"price": price, "values": {"hours": hours}} for name, (price, hours) in BIDS.items()})
    return {bid.id: bid.figure for bid in of.evaluate(bids_from_data(offered)).bids}


def test_every_wrong_scorer_is_tried() -> None:
    every = {kind for kind in vars(wrong).values() if isinstance(kind, type) and issubclass(kind, wrong.Sound)}
    tried = [*REFUSED, *BATCHES, *WITHOUT_A_PART, *ELSEWHERE]
    assert set(tried) == every
    assert len(tried) == len(every)


@pytest.mark.parametrize("scorer", REFUSED, ids=lambda s: s.__name__)
def test_one_by_which_an_award_could_turn_is_refused(scorer: type[Scorer]) -> None:
    (found,) = refusal(evaluated, compiled(scorer))
    assert found.code in ("TE045", "TE046", "TE047", "TE048")
    assert found.message.startswith(f'criterion "hours": {scorer.name} (acme-scorers 1.2) ')
    assert REFUSED[scorer] in found.message


@pytest.mark.slow
@pytest.mark.parametrize("scorer", WITHOUT_A_PART, ids=lambda s: s.__name__)
def test_one_that_does_something_beside_has_no_part_in_the_award(scorer: type[Scorer], capsys: Any) -> None:
    of = compiled(scorer)
    sound = evaluated(compiled(wrong.Sound))
    assert evaluated(of) == sound
    assert evaluated(of) == sound
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("scorer", BATCHES, ids=lambda s: s.__name__)
def test_one_whose_batches_are_other_than_exact_scores_is_refused(scorer: type[Scorer]) -> None:
    hours, price = (np.array([[float(bid[n])] * 2 for bid in BIDS.values()]) for n in (1, 0))
    there = np.array([[True, name != "d"] for name in BIDS])
    (found,) = refusal(compiled(scorer).evaluate_batch, {"values.hours": hours, "price": price}, there)
    assert BATCHES[scorer] in found.message
