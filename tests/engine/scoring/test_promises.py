"""Third parties' scorers and rules that break what they promise stop the run and are named; nothing is awarded."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from fractions import Fraction
from itertools import count
from typing import Any

import numpy as np
import pytest
from inline import bids, leaf, refusal, scheme
from odd import Odd, OddRule

from tender_eval import (
    AwardRule,
    Reads,
    Scorer,
    Trait,
    bids_from_data,
    compile_scheme,
    load_catalogue,
    scheme_from_data,
)
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.engine.scoring import guarded
from tender_eval.model import numeric
from tender_eval.model.evaluation import Evaluation
from tender_eval.plugins.answers import Pot
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.scorer import ScorerParams

OURS = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
ACME = PluginInfo("acme", "acme-scorers", "1.2")
PRICES = {"a": 100, "b": 125, "c": 100, "d": 160}


def compiled(scorer: type[Scorer] = Odd, rule: type[AwardRule] | None = None) -> CompiledScheme:
    """A scheme with a scorer of a third party, and perhaps its rule."""
    catalogue = OURS._replace(scorers={**OURS.scorers, "odd": Registered("odd", ACME, scorer, Scorer)})
    if rule:
        catalogue = catalogue._replace(rules={**OURS.rules, "odd_rule": Registered("odd_rule", ACME, rule, AwardRule)})
    stated = scheme(
        leaf("odd", 60, "odd"), leaf("price", 40, "ratio_to_lowest"),
        rule="odd_rule" if rule else "highest_score", award={"on_rejection": "recompute"},
    )  # fmt: skip
    return compile_scheme(scheme_from_data(stated), catalogue)


def evaluated(of: CompiledScheme) -> Evaluation:
    return of.evaluate(bids_from_data(bids({name: {"price": price} for name, price in PRICES.items()})))


def first(found: Evaluation) -> set[str]:
    return {bid.id for bid in found.bids if bid.rank == 1}


def told(of: CompiledScheme) -> str:
    """The one thing that is said."""
    (found,) = refusal(evaluated, of)
    assert found.code == "TE048"
    assert found.hint == "report it to the plugin's author; nothing is awarded"
    return found.message


def scoring(score: Callable[..., Any], *traits: Trait, better: str = "lower", **body: Any) -> type[Scorer]:
    """A scorer of prices."""
    parts = {
        "name": "odd",
        "score": lambda self, *args: score(*args),
        "reads": lambda self, params: (Reads("price", better),),
    }
    return type("Odd", (Odd,), {"__doc__": Odd.__doc__, "traits": frozenset(traits), **parts, **body})


def ruling(**body: Any) -> type[AwardRule]:
    return type("OddRule", (OddRule,), {"__doc__": OddRule.__doc__, **body})


def each(bids: Any, figures: Any) -> Any:
    """Exact scores, or floats in the shape of the prices."""
    prices = bids.column("price")
    if numeric.is_exact(prices):
        return numeric.exact_array(Fraction(str(f)).limit_denominator(10**6) for f in figures)
    return np.broadcast_to(np.array([float(f) for f in figures])[:, None], prices.shape).copy()


def by_row(bids: Any, *_: Any) -> Any:
    return each(bids, [Fraction(1, n + 2) for n in range(len(bids.column("price")))])


def share_of_lowest(bids: Any, *_: Any) -> Any:
    return bids.column("price").min(axis=0) / bids.column("price")


def cheap_enough(bids: Any, *_: Any) -> Any:
    return each(
        bids, [100 / Fraction(str(p)) for p in bids.column("price").reshape(len(bids.column("price")), -1)[:, 0]]
    )


NUMBERS = count(1)


def anew(bids: Any, *_: Any) -> Any:
    """Another score each time that it is asked, as by chance, the clock or what was asked before."""
    return each(bids, [Fraction(1, next(NUMBERS)) for _ in bids.column("price")])


def test_sound_ones_are_taken_at_their_word() -> None:
    sound = scoring(share_of_lowest, Trait.MONOTONE, Trait.SCALE_FREE)
    alone = scoring(cheap_enough, Trait.INDEPENDENT, Trait.MONOTONE)
    for of in (compiled(sound), compiled(alone), compiled(sound, ruling())):
        assert first(evaluated(of)) == {"a", "c"}


WRONG = {
    "by the order of the bids": (scoring(by_row), "scores the same bids otherwise when they come in another order"),
    "another each time": (scoring(anew), "scores the same bids otherwise when it is asked once more"),
    "not independent": (
        scoring(share_of_lowest, Trait.INDEPENDENT),
        "promises that no bid's score turns on the others, but does otherwise when the others are away",
    ),
    "not free of scale": (
        scoring(cheap_enough, Trait.SCALE_FREE),
        "promises that scale changes no score, but 7 times every figure does",
    ),
    "a better figure lowers the own score": (
        scoring(cheap_enough, Trait.MONOTONE, better="higher"),
        "promises that a better figure never does harm, but a better price lowers a bid's own score",
    ),
    "a better figure raises another's score": (
        scoring(lambda bids, *_: bids.column("price") * 0 + 100 / bids.column("price").max(), Trait.MONOTONE),
        "promises that a better figure never does harm, but a better price raises another's score",
    ),
}


@pytest.mark.parametrize(("wrong", "said"), WRONG.values(), ids=WRONG)
def test_a_scorer_that_breaks_its_promise(wrong: type[Scorer], said: str) -> None:
    assert told(compiled(wrong)) == f'criterion "odd": odd (acme-scorers 1.2) {said}'


def test_two_equal_bids_are_never_parted_by_chance() -> None:
    """Found: two equal bids awarded to three winners in five runs, each told to lead by a trace."""
    for _ in range(5):
        assert "scores the same bids otherwise" in told(compiled(scoring(anew)))


def test_the_clock_parts_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = count(1)
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    by_clock = scoring(lambda bids, *_: each(bids, [Fraction(1, time.time_ns())] * len(bids.column("price"))))
    assert "when it is asked once more" in told(compiled(by_clock))


def by_float(bids: Any, *_: Any) -> Any:
    found = share_of_lowest(bids)
    return numeric.exact_array(Fraction(float(f)) for f in found) if numeric.is_exact(found) else found


def caught(bids: Any, *_: Any) -> Any:
    with suppress(TypeError):
        by_float(bids)
    return share_of_lowest(bids)


def held_against(bids: Any, *_: Any) -> Any:
    return numeric.where(np.array([bool(p > 0.1) for p in bids.column("price")]), share_of_lowest(bids), 0)


@pytest.mark.parametrize("score", [by_float, caught, held_against], ids=["round trip", "caught", "compared"])
def test_no_float_decides_an_award(score: Callable[..., Any]) -> None:
    assert told(compiled(scoring(score))).endswith(
        "makes floats of exact figures: by them the award would turn on how a number is stored"
    )


def test_a_rule_that_ranks_by_floats() -> None:
    def rank_by(self: Any, tally: Any, *_: Any) -> Any:
        return numeric.exact_array(Fraction(float(p)) for p in tally.points(tally.roots))

    assert "the award rule: odd_rule (acme-scorers 1.2) makes floats" in told(compiled(rule=ruling(rank_by=rank_by)))


def test_a_figure_that_does_harm_between_those_of_two_bids_is_found() -> None:
    """Found: a score that falls between 124 and 126 passed, for each bid was given the best price alone."""

    def dips(bids: Any, *_: Any) -> Any:
        return numeric.exact_array(0 if 124 < p < 126 else 50 / p for p in bids.column("price"))

    assert told(compiled(scoring(dips, Trait.INDEPENDENT, Trait.MONOTONE))).endswith(
        "a better price lowers a bid's own score"
    )


@pytest.mark.slow
def test_a_figure_that_hardly_ends_is_refused() -> None:
    huge = scoring(lambda bids, *_: bids.column("price") * 0 + Fraction(1, 2**1_100_000))
    (found,) = refusal(evaluated, compiled(huge))
    assert (found.code, "returned a figure of more than 300,000 digits" in found.message) == ("TE046", True)


def test_what_takes_long_or_is_stopped_by_who_waits_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(guarded, "SLOW", -1.0)
    evaluated(compiled(scoring(share_of_lowest)))
    assert 'criterion "odd": odd (acme-scorers 1.2) took 0 s' in capsys.readouterr().err

    def waits(*_: Any) -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluated(compiled(scoring(waits)))
    assert 'criterion "odd": odd (acme-scorers 1.2) was at work for 0 s' in capsys.readouterr().err


class Memory(ScorerParams):
    seen: list[int] = []  # noqa: RUF012  # what a scorer writes to


def test_what_a_scorer_writes_to_its_parameters_changes_nothing_later() -> None:
    """Found: 60, 84, 96 points in three runs."""

    def learns(bids: Any, params: Memory, _: Any) -> Any:
        params.seen.append(1)
        return each(bids, [Fraction(len(params.seen), 9)] * len(bids.column("price")))

    of = compiled(scoring(learns, Params=Memory))
    assert evaluated(of) == evaluated(of)


def test_figures_that_a_scorer_forces_its_way_into_stay_as_they_were() -> None:
    def forces(bids: Any, *_: Any) -> Any:
        prices = bids.column("price")
        prices.flags.writeable = True
        prices[...] = 1
        return prices * 0

    of = compiled(scoring(forces))
    assert first(evaluated(of)) == {"a", "c"}
    (found,) = refusal(of.evaluate_batch, {"price": np.array([[100.0], [125.0]])})
    assert found.message.endswith("changed the figures that it was given")


def test_what_a_scorer_prints_goes_to_standard_error_under_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    def talks(bids: Any, *_: Any) -> Any:
        print("\x1b[31mmine")
        return bids.column("price") * 0

    evaluated(compiled(scoring(talks)))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("criterion \"odd\": odd (acme-scorers 1.2) printed '\\x1b[31mmine\\n'\n")


@pytest.mark.parametrize(
    ("formula", "figures", "said"),
    [
        ("share", {"share": Fraction(1, 100)}, '"0.01" comes to 1/100, not to 2/5'),
        ("half = 1 - 1/2", {}, ""),
        ("as the panel saw it", {}, ""),
    ],
)
def test_a_working_that_is_false(formula: str, figures: dict[str, Fraction], said: str) -> None:
    def lies(bids: Any, params: Any, steps: Any) -> Any:
        steps.working(formula, **figures)
        return bids.column("price") * 0 + Fraction(2, 5)

    if said:
        assert told(compiled(scoring(lies))).endswith(f"shows a working that is false: {said}")
    else:
        assert first(evaluated(compiled(scoring(lies)))) == {"a", "c"}


def test_words_with_semicolons_and_equals_signs_are_no_steps_of_a_working() -> None:
    """As a plugin shows the source of a figure in a bidder's own words."""

    def quotes(bids: Any, params: Any, steps: Any) -> Any:
        steps.working('rate = 2/5, source: "the study; table 3 = 1/2; see note"', rate=Fraction(2, 5))
        steps.working("rate x 1", rate=Fraction(2, 5))
        return bids.column("price") * 0 + Fraction(2, 5)

    assert first(evaluated(compiled(scoring(quotes)))) == {"a", "c"}


def test_a_float_among_exact_parameters_is_refused_when_the_class_is_made() -> None:
    class Inexact(ScorerParams):
        steepness: float | None = None

    with pytest.raises(TypeError, match=r"Params.steepness is a float, and no float may decide an award"):
        scoring(by_row, Params=Inexact)


def first_of(tally: Any) -> Any:
    return numeric.exact_array(range(len(tally.present)))


RULES = {
    "by the order of the bids": (
        {"rank_by": lambda self, tally, params, steps: first_of(tally)},
        "ranks by other figures when they come in another order",
    ),
    "another each time": (
        {"rank_by": lambda self, tally, *_: first_of(tally) * 0 + next(NUMBERS)},
        "ranks by other figures when it is asked once more",
    ),
    "not as it says of itself": (
        {"rank_by": lambda self, tally, *_: tally.points(tally.roots) / max(tally.points(tally.roots))},
        "says that no bid's figure turns on the others, but does otherwise when the others are away",
    ),
    "turns away by the order": (
        {"reject": lambda self, tally, *_: {"first come": first_of(tally) == 0}},
        "turns other bids away when they come in another order",
    ),
    "shares out by the order": (
        {"allocate": lambda self, ranks, tally, *_: Allocation(first_of(tally), False)},
        "shares out other money when they come in another order",
    ),
}


@pytest.mark.parametrize(("parts", "said"), RULES.values(), ids=RULES)
def test_a_rule_that_breaks_its_promise(parts: dict[str, Any], said: str) -> None:
    assert told(compiled(rule=ruling(**parts))) == f"the award rule: odd_rule (acme-scorers 1.2) {said}"


@pytest.mark.parametrize(
    ("amount", "pot", "said"),
    [
        (-5, None, "the amount -5 for a bid that is ranked"),
        (10**9, Pot(Fraction(30_000), Fraction(30_000)), "amounts of 4000000000 in all, where there are 30000"),
        (6000, Pot(Fraction(30_000), Fraction(5000)), "the amount 6000 for a bid, where 5000 is the most for one"),
    ],
)
def test_money_stays_within_the_pot(amount: int, pot: Pot | None, said: str) -> None:
    rule = ruling(
        allocate=lambda self, ranks, *_: Allocation(numeric.exact_array([amount] * len(ranks)), False),
        pot=lambda self, params: pot,
    )
    (found,) = refusal(evaluated, compiled(rule=rule))
    assert (found.code, found.message) == ("TE046", f"the award rule: odd_rule (acme-scorers 1.2) returned {said}")


def test_all_of_the_pot_and_the_most_for_one_may_be_shared_out() -> None:
    rule = ruling(
        allocate=lambda self, ranks, *_: Allocation(numeric.exact_array([5000] * len(ranks)), False),
        pot=lambda self, params: Pot(Fraction(20_000), Fraction(5000)),
    )
    assert {bid.award for bid in evaluated(compiled(rule=rule)).bids} == {5000}


@pytest.mark.parametrize("wrong", [scoring(by_row), scoring(anew)], ids=["by the order", "another each time"])
def test_batches_are_scored_once_more(wrong: type[Scorer]) -> None:
    prices = {"price": np.array([[100.0, 110.0], [125.0, 130.0], [140.0, 90.0]])}
    (found,) = refusal(compiled(wrong).evaluate_batch, prices)
    assert found.code == "TE048"
    assert "scores the same draws otherwise when" in found.message
    compiled(scoring(share_of_lowest)).evaluate_batch(prices)


def unlike_exact(bids: Any, *_: Any) -> Any:
    found = share_of_lowest(bids)
    return found if numeric.is_exact(found) else found * 0.999


def with_absent_bids(bids: Any, *_: Any) -> Any:
    return bids.column("price").min(axis=0) / bids.column("price")


def test_batches_are_held_against_exact_scores() -> None:
    prices = {"price": np.array([[100.0, 110.0], [125.0, 130.0], [140.0, 90.0]])}
    (found,) = refusal(compiled(scoring(unlike_exact)).evaluate_batch, prices)
    assert found.message.endswith("scores a bid 0.999 in batches, 0.001 away from its exact score")
    there = np.array([[True, True], [True, True], [True, False]])
    compiled(scoring(with_absent_bids)).evaluate_batch(prices)
    (found,) = refusal(compiled(scoring(with_absent_bids)).evaluate_batch, prices, there)
    assert "in batches, " in found.message


def test_a_step_between_a_float_and_the_figure_that_it_stands_for_is_no_fault() -> None:
    def steps(bids: Any, *_: Any) -> Any:
        prices = bids.column("price")
        if numeric.is_exact(prices):
            return numeric.exact_array(1 if p <= Fraction(100, 3) else 0 for p in prices)
        return np.where(prices <= 100 / 3, 1.0, 0.0)

    compiled(scoring(steps)).evaluate_batch({"price": np.array([[100 / 3], [50.0]])})
