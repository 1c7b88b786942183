"""The test kit for scorers: each wrong one is told what it did, in words that name it; sound ones pass."""

from __future__ import annotations

import os
import re

import pytest
import wrong_scorers as wrong
from built_in import CATALOGUE

from tender_eval import Scorer
from tender_eval.plugins.scorer import ScorerParams
from tender_eval.testing import Check, checks_of
from tender_eval.testing.kit import checks, elsewhere

FINE = elsewhere.Elsewhere(answers=((), ()))


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is tried in processes of its own."""
    monkeypatch.setattr(checks, "elsewhere", lambda plugin: FINE)


def told(scorer: type[Scorer]) -> dict[str, str]:
    """What is said of each promise that is broken."""
    found = {}
    for check in checks_of(scorer):
        try:
            check()
        except AssertionError as e:
            found[check.name] = str(e)
    return found


WRONG: dict[type[Scorer], tuple[str, str]] = {
    wrong.FloatRoundTrip: ("makes_no_floats", "makes floats of exact figures, for values.hours: "),
    wrong.FloatByItsParts: ("makes_no_floats", r"gives [\d/]+, which was a float: its divisor is a power of two"),
    wrong.HeldAgainstAFloat: ("makes_no_floats", "makes floats of exact figures"),
    wrong.FloatOfAParameter: ("makes_no_floats", "makes floats of exact figures"),
    wrong.GivesFloats: ("scores_are_in_range", r"gives [\d.]+, a float, in exact arithmetic"),
    wrong.HugeFractions: ("scores_are_in_range", "gives a figure of more than 300,000 digits"),
    wrong.ByChance: ("scores_the_same_again", "scores the same bids otherwise when it is asked once more"),
    wrong.BySeededChance: ("does_nothing_else", r"asks chance \(random\.random\)"),
    wrong.ByNumpysChance: ("scores_the_same_again", "scores the same bids otherwise when it is asked once more"),
    wrong.ByTheSystemsChance: ("does_nothing_else", r"asks chance \(os\.urandom\)"),
    wrong.ByTheRow: ("order_of_bids_does_not_matter", "otherwise when they come in another order"),
    wrong.ByTheClock: ("does_nothing_else", r"asks the clock \(time\.time_ns\)"),
    wrong.ByTheYear: ("does_nothing_else", r"asks the clock \(datetime\.date\.today\)"),
    wrong.ByTheMoment: ("does_nothing_else", r"asks the clock \(datetime\.datetime\.now\)"),
    wrong.ByWhatWasAsked: ("scores_the_same_again", "scores the same bids otherwise when it is asked once more"),
    wrong.ByTheEnvironment: ("does_nothing_else", r"looks into the environment \(os\.environ\)"),
    wrong.ByTheMachine: ("does_nothing_else", r"asks what machine or process it runs in \(os\.getcwd\)"),
    wrong.ByAFile: ("does_nothing_else", "reads the file .*python"),
    wrong.ByWhetherAFileIsThere: ("does_nothing_else", r"looks at files \(os\.stat\)"),
    wrong.WritesAFile: ("does_nothing_else", "writes the file .*tender-eval-wrong-scorer.txt"),
    wrong.ListsAFolder: ("does_nothing_else", r"looks at or changes files \(os\.listdir\)"),
    wrong.ByTheNetwork: ("does_nothing_else", r"uses the network \(socket\.__new__\)"),
    wrong.ByAnotherProgram: ("does_nothing_else", r"starts another program \(os\.posix_spawn\)"),
    wrong.Prints: ("does_nothing_else", r"prints 'working out hours\\n"),
    wrong.PeeksAtFrames: ("does_nothing_else", r"looks at what called it \(sys\._getframe\)"),
    wrong.PeeksAtObjects: ("does_nothing_else", r"looks at what called it \(gc\.get_objects\)"),
    wrong.StartsThreads: ("does_nothing_else", "starts a thread"),
    wrong.Waits: ("does_nothing_else", r"waits \(time\.sleep\)"),
    wrong.WritesToColumns: ("leaves_what_it_is_given", "writes to the column values.hours"),
    wrong.WritesToWhoIsThere: ("leaves_what_it_is_given", "writes to who is there"),
    wrong.WritesToParameters: ("leaves_what_it_is_given", "writes to its parameters"),
    wrong.Lies: ("shows_a_true_working", r"shows a working that is false: .*\"0\.01\" comes to 1/100, not to "),
    wrong.ShowsNothing: ("shows_a_true_working", "shows no working"),
    wrong.HasNoExamples: ("states_examples", "states no examples: nothing that it promises can be tried"),
    wrong.ScoresAllAlike: ("examples_give_different_scores", "gives 1 different scores"),
    wrong.RarelyHarms: ("monotone", "values.hours from 33 to [0-9/]+ lowers the bid's own score"),
    wrong.SaysTheWrongEnd: ("better_is_the_better_end", "says that lower is better at values.hours, where"),
    wrong.IsNotMonotone: ("monotone", "promises that a better figure does no harm"),
    wrong.IsNotIndependent: ("independent", "does otherwise when the others are away"),
    wrong.IsNotFreeOfScale: ("scale_free", "but 7 times every figure does"),
    wrong.GoesBeyondFullMarks: ("scores_are_in_range", r"gives the score [\d/]+, outside 0 to 1"),
    wrong.BatchUnlikeExact: ("arithmetics_agree", r"in batches and [\d.]+ exactly"),
    wrong.CountsAbsentBids: ("arithmetics_agree", "counts bids that are absent"),
    wrong.GivesTooFew: ("scores_are_in_range", r"gives \(1,\) instead of one score for each of 2 bids"),
    wrong.Raises: ("scores_are_in_range", "raised KeyError: 0, for values.hours: 0, "),
}


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("scorer", WRONG, ids=lambda s: s.__name__)
def test_a_wrong_scorer_is_told_what_it_did(scorer: type[Scorer]) -> None:
    promise, said = WRONG[scorer]
    by_name = {check.name: check for check in checks_of(scorer)}
    with pytest.raises(AssertionError) as e:
        by_name[promise]()
    assert str(e.value).startswith(f"{scorer.name}: ")
    assert re.search(said, str(e.value)), str(e.value)


@pytest.mark.usefixtures("here")
def test_a_sound_scorer_passes() -> None:
    assert told(wrong.Sound) == {}


ELSEWHERE: dict[type[Scorer], tuple[str, str]] = {
    wrong.ByTheHashSeed: ("the_same_in_every_process", "as by the order of a set or a hash of text"),
    wrong.PatchesABuiltIn: (
        "changes_nothing_of_the_program",
        "changes the program around it: tender_eval.scorers.ratio.RatioToLowest.score is none of tender-eval any more",
    ),
    wrong.EndsTheProcess: ("comes_to_an_end", "ends_the_process: ended the process, with exit code 0"),
    wrong.HasNoEnd: ("comes_to_an_end", r"did not come to an end within 1 s: it was at work at .*wrong_scorers"),
}


@pytest.mark.slow
@pytest.mark.parametrize("scorer", ELSEWHERE, ids=lambda s: s.__name__)
def test_what_shows_in_other_processes_alone(scorer: type[Scorer], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "LIMIT", 1.0 if scorer is wrong.HasNoEnd else elsewhere.LIMIT)
    promise, said = ELSEWHERE[scorer]
    by_name = {check.name: check for check in checks_of(scorer)}
    with pytest.raises(AssertionError, match=said):
        by_name[promise]()
    if promise == "comes_to_an_end":  # and no other check is caught up in it
        with pytest.raises(AssertionError, match=r"not tried: it (ended|did not come)"):
            by_name["scores_are_in_range"]()


@pytest.mark.usefixtures("here")
def test_what_would_end_the_process_is_stopped_where_it_is_watched() -> None:
    watched = type("Watched", (wrong.EndsTheProcess,), {"score": lambda self, *_: os._exit(0)})
    with pytest.raises(AssertionError, match=r"would end the process \(os\._exit\), where"):
        checks.watched(watched, lambda: watched().score())


def test_a_scorer_that_no_other_process_can_find_is_told() -> None:
    class OnTheSpot(wrong.Sound):
        """As its base. Source: none."""

        name = "on_the_spot"

    by_name = {check.name: check for check in checks_of(OnTheSpot)}
    with pytest.raises(AssertionError, match=r"on_the_spot: .*OnTheSpot is made on the spot: define it where"):
        by_name["comes_to_an_end"]()


def test_what_is_no_plugin_has_no_promises() -> None:
    with pytest.raises(TypeError, match="derives from none of Scorer, AwardRule, Mechanism, Reader, LintRule"):
        checks_of(dict)


def test_a_float_among_parameters_is_refused_when_the_class_is_made() -> None:
    class Inexact(ScorerParams):
        """None."""

        steep: list[float] = []  # noqa: RUF012

    with pytest.raises(TypeError, match=r"Params.steep is a float, and no float may decide an award"):
        type("Wrong", (wrong.Sound,), {"__doc__": "Wrong.", "name": "wrong", "Params": Inexact})


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("name", CATALOGUE.scorers)
def test_each_built_in_keeps_every_promise(name: str) -> None:
    scorer = type(CATALOGUE.scorers[name].item)
    found: list[Check] = checks_of(scorer)
    assert len(found) >= 15
    for check in found:
        check()
