"""The test kit for scorers: every promise that a scorer makes, tried on figures around its own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from fractions import Fraction
from functools import cached_property, partial
from math import prod
from pathlib import Path
from typing import Any

import numpy as np

from tender_eval.engine.evaluating.trace import Recorder
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.expression.tree import Choice, Node, Number
from tender_eval.plugins.never_float import makes_float, never_float
from tender_eval.plugins.scorer import Scorer, Trait, with_numbers
from tender_eval.plugins.table import BidTable, FigureError, Reads, Steps
from tender_eval.testing.kit.agreement import agree, expression_is_the_score, workings_are_true
from tender_eval.testing.kit.checks import Check, made, raised, watched
from tender_eval.testing.kit.drawing import Columns, figures, numbers_in, numbers_of, shown, tables
from tender_eval.testing.kit.prepared import Prepared, objects, prepare

LEAST_SCORES = 3
"""How many different scores a method must be seen to give: what holds for one score alone is no promise kept."""

BASES = 4
"""In how many tables one bid's figure is made better through all that its column may hold."""

TWICE_ROUNDED = 40
"""From which power of two on a divisor is that of a float rather than of a published figure."""


def checks(scorer: type[Scorer], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a scorer, one check each."""
    tried = _Tried(scorer)
    promises = [
        tried.states_examples, tried.examples_give_different_scores, tried.scores_are_in_range,
        tried.scores_the_same_again, tried.order_of_bids_does_not_matter, tried.arithmetics_agree,
        tried.makes_no_floats, tried.shows_a_true_working, tried.expression_is_the_score,
        tried.leaves_what_it_is_given, tried.does_nothing_else, tried.better_is_the_better_end,
    ]  # fmt: skip
    promised = {trait for one in tried.stated for trait in one.traits} if not tried.unsound else set()
    promises += [tried.independent] if Trait.INDEPENDENT in promised else []
    promises += [tried.scale_free] if Trait.SCALE_FREE in promised else []
    promises += [tried.monotone] if Trait.MONOTONE in promised else []
    return made(scorer, *promises)


def check_scorer(scorer: type[Scorer]) -> None:
    """Try every promise of a scorer.

    Raises:
        AssertionError: a promise is broken.
    """
    for check in checks(scorer):
        check()


def answers(scorer: type[Scorer]) -> list[str]:
    """The scores of each example on each table, to be compared between processes."""
    return [
        f"{'; '.join(map(str, scores))} for {shown(columns)}"
        for one in (prepare(scorer(), example) for example in scorer.examples)
        for columns, scores in _scored(one)
    ]


def _scored(one: Prepared) -> Iterator[tuple[Columns, list[Fraction]]]:
    """The tables that can be scored together, and their scores."""
    for columns in tables(one.reads, _numbers(one)):
        try:
            scores = one.exact(columns)
        except FigureError:
            continue
        except Exception as e:
            raise raised(e, shown(columns)) from e
        yield columns, scores


def _numbers(one: Prepared) -> list[Fraction]:
    return sorted({*numbers_in(one.params), *numbers_of(type(one.scorer))})


class _Tried:
    """A scorer under test. What it scores once is kept for all checks."""

    def __init__(self, scorer: type[Scorer]) -> None:
        self.scorer = scorer
        self.unsound: Exception | None = None
        self.stated: list[Prepared] = []
        try:
            self.stated = [prepare(scorer(), example) for example in scorer.examples]
        except Exception as e:  # told by every check that needs an example
            self.unsound = e

    @cached_property
    def scored(self) -> list[tuple[Prepared, list[tuple[Columns, list[Fraction]]]]]:
        """Each example with the tables that it was tried on."""
        self.states_examples()
        return [(one, list(_scored(one))) for one in self.stated]

    def tried(self) -> Iterator[tuple[Prepared, Columns, list[Fraction]]]:
        """Each example on each table."""
        for one, found in self.scored:
            yield from ((one, columns, scores) for columns, scores in found)

    def states_examples(self) -> None:
        """It states examples, and a scheme can state each of them."""
        assert self.scorer.examples, "states no examples: nothing that it promises can be tried"
        if self.unsound is not None:
            raise self.unsound
        for one in self.stated:
            assert one.reads, "reads no column: it scores every bid alike"

    def examples_give_different_scores(self) -> None:
        """Each example gives three different scores and more, or as many as its columns or its expression can give."""
        for (one, found), example in zip(self.scored, self.scorer.examples, strict=True):
            seen = {score for _, scores in found for score in scores}
            least = min(LEAST_SCORES, _room(one))
            assert found, f"can score none of the bids that it was tried on, with the example {example}"
            assert len(seen) >= least, (
                f"gives {len(seen)} different scores with the example {example}: {', '.join(map(str, sorted(seen)))}; "
                "nothing is shown by so few, state examples that tell bids apart"
            )

    def scores_are_in_range(self) -> None:
        """Every score lies between 0 and 1, unless it declares that it may not."""
        for one, columns, scores in self.tried():
            for score in scores:
                beyond = (score > 1 and not one.scorer.unbounded_above(one.params)) or (
                    score < 0 and not one.scorer.unbounded_below(one.params)
                )
                assert not beyond, f"gives the score {score}, outside 0 to 1, for {shown(columns)}"

    def scores_the_same_again(self) -> None:
        """The same bids come to the same scores, whatever was scored in between."""
        for one, columns, scores in self.tried():
            again = one.exact(columns)
            assert again == scores, (
                f"scores the same bids otherwise when it is asked once more: {_list(scores)}, then {_list(again)}, "
                f"for {shown(columns)}"
            )

    def order_of_bids_does_not_matter(self) -> None:
        """The order of the bids changes no score."""
        for one, columns, scores in self.tried():
            n = len(scores)
            for rows in (range(n - 1, -1, -1), [*range(1, n), 0]):
                again = one.exact({name: [values[r] for r in rows] for name, values in columns.items()})
                assert again == [scores[r] for r in rows], (
                    f"scores the same bids otherwise when they come in another order, for {shown(columns)}"
                )

    def arithmetics_agree(self) -> None:
        """Batches come to the exact scores, with every bid there and with some absent."""
        for number, (one, columns, scores) in enumerate(self.tried()):
            n = len(scores)
            there = [True] if n == 1 else [(row + number) % 3 != 0 for row in range(n)]
            some = {name: [v for v, p in zip(values, there, strict=True) if p] for name, values in columns.items()}
            try:
                exact = iter(one.exact(some))
                batch = one.batch(_floats(columns), np.array([[True, p] for p in there]))
            except FigureError:
                continue
            assert isinstance(batch, np.ndarray) and batch.dtype == np.float64, (  # noqa: PT018
                f"gives {getattr(batch, 'dtype', type(batch).__name__)} in batches, no float64 array"
            )
            assert batch.ndim == 2, f"gives shape {batch.shape} in batches, not (bids, draws)"
            wide = np.broadcast_to(batch, (n, 2))
            for row, score in enumerate(scores):
                assert agree(wide[row, 0], score), (
                    f"scores a bid {wide[row, 0]:g} in batches and {float(score):g} exactly, for {shown(columns)}"
                )
                if there[row]:
                    alone = next(exact)
                    assert agree(wide[row, 1], alone), (
                        f"counts bids that are absent: with {_list(there)} there it scores a bid {wide[row, 1]:g} in "
                        f"batches and {float(alone):g} exactly, for {shown(columns)}"
                    )

    def makes_no_floats(self) -> None:
        """No score goes through a float."""
        for one, columns, scores in self.tried():
            if one.scorer.exact:
                _refuse_floats(one, columns)
                for score in scores:
                    twos = score.denominator.bit_length() - 1
                    assert twos < TWICE_ROUNDED or score.denominator != 1 << twos, (
                        f"gives {score}, which was a float: its divisor is a power of two, for {shown(columns)}"
                    )

    def shows_a_true_working(self) -> None:
        """It shows a working for each bid, and every working comes to the score beside it."""
        for one, columns, scores in self.tried():
            recorder = Recorder(np.ones(len(scores), dtype=np.bool_))
            assert one.exact(columns, recorder) == scores, "scores otherwise when its working is kept"
            workings_are_true(recorder, scores, "score", shown(columns))

    def expression_is_the_score(self) -> None:
        """What it states as its expression, if it does, comes to its scores in both arithmetics."""
        for one, columns, scores in self.tried():
            expression_is_the_score(one, columns, scores)

    def leaves_what_it_is_given(self) -> None:
        """Columns, parameters and who is there are as they were before."""
        for one, columns, scores in self.tried():
            arrays, present = {n: objects(v) for n, v in columns.items()}, np.ones(len(scores), dtype=np.bool_)
            for array in (*arrays.values(), present):
                array.flags.writeable = False
            before = deepcopy(one.params)
            one.scorer.score(BidTable(dict(arrays), present), one.params, Steps())
            assert one.params == before, f"writes to its parameters, for {shown(columns)}"
            assert present.all(), f"writes to who is there, for {shown(columns)}"
            for name, array in arrays.items():
                assert array.tolist() == columns[name], f"writes to the column {name}, for {shown(columns)}"

    def does_nothing_else(self) -> None:
        """It touches no file, network, clock, chance, environment, thread or caller, and prints nothing."""
        for one, found in self.scored:
            for columns, _ in found[:12]:
                watched(self.scorer, partial(_asked, one, columns))

    def better_is_the_better_end(self) -> None:
        """Where it says which end of a figure is better, that is not the worse one."""
        for one, reads, steps in self._bettered:
            gains = {(after > before) - (after < before) for before, after, _, _, _ in steps} - {0}
            assert gains != {-1}, f"says that {reads.better} is better at {reads.column}, where it scores less for it"
            assert one

    def monotone(self) -> None:
        """A better figure lowers no score of the bid's own, and raises no other's."""
        for one, reads, steps in self._bettered:
            if Trait.MONOTONE not in one.traits:
                continue
            for before, after, others, figure, better in steps:
                said = f"promises that a better figure does no harm, but {reads.column} from {figure} to {better}"
                assert after >= before, f"{said} lowers the bid's own score from {before} to {after}"
                assert not others, f"{said} raises another bid's score"

    @cached_property
    def _bettered(self) -> list[tuple[Prepared, Reads, list[tuple[Any, ...]]]]:
        """For each example and column that has a better end: one bid's figure made better step by step."""
        bettered = []
        for one, found in self.scored:
            for reads in (r for r in one.reads if r.better):
                pool = figures(reads, _numbers(one))
                chain = pool if reads.better == "higher" else pool[::-1]
                bases = [c for c, _ in found if len(c[reads.column]) in (1, 3)]
                steps = [step for base in bases[:BASES] for step in _chain(one, base, reads.column, chain)]
                bettered.append((one, reads, steps))
        return bettered

    def independent(self) -> None:
        """A bid's score does not turn on the other bids."""
        for one, columns, scores in self.tried():
            if Trait.INDEPENDENT in one.traits:
                for row, score in enumerate(scores):
                    alone = one.exact({name: [values[row]] for name, values in columns.items()})
                    assert alone == [score], (
                        "promises that no bid's score turns on the others, but does otherwise when the others are "
                        f"away, for {shown(columns)}"
                    )

    def scale_free(self) -> None:
        """Multiplying everybody's figures by one number changes no score."""
        for one, columns, scores in self.tried():
            larger = {name: [v * 7 for v in values] for name, values in columns.items()}
            if Trait.SCALE_FREE in one.traits and all(r.takes(f) for r in one.reads for f in larger[r.column]):
                assert one.exact(larger) == scores, (
                    f"promises that scale changes no score, but 7 times every figure does, for {shown(columns)}"
                )


def _room(one: Prepared) -> int:
    """How many different scores there can be: by the marks that are read alone, or where each is stated outright."""
    if Trait.INDEPENDENT in one.traits and all(r.one_of for r in one.reads):
        return prod(len(figures(r)) for r in one.reads)
    found = one.scorer.expression(one.params)
    if isinstance(found, Unsupported):
        return LEAST_SCORES
    stated = {end.value if isinstance(end, Number) else None for end in _ends(found)}
    return LEAST_SCORES if None in stated else len(stated)


def _ends(expression: Node) -> list[Node]:
    """What an expression can come to, branch by branch."""
    if isinstance(expression, Choice):
        return _ends(expression.then) + _ends(expression.otherwise)
    return [expression]


def _chain(one: Prepared, base: Columns, column: str, chain: list[Fraction]) -> Iterator[tuple[Any, ...]]:
    """The first bid with one figure after the other, each better than the one before."""
    before: tuple[Fraction, list[Fraction]] | None = None
    for figure in chain:
        try:
            scores = one.exact({**base, column: [figure, *base[column][1:]]})
        except FigureError:
            continue
        if before is not None:
            others = any(new > old for old, new in zip(before[1][1:], scores[1:], strict=True))
            yield before[1][0], scores[0], others, before[0], figure
        before = figure, scores


def _asked(one: Prepared, columns: Columns) -> None:
    """What an evaluation asks of a scorer."""
    one.scorer.reads(one.params)
    one.scorer.traits_for(one.params)
    try:
        one.exact(columns)
        one.batch(_floats(columns), np.ones((len(next(iter(columns.values()))), 2), dtype=np.bool_))
    except FigureError:
        pass


def _refuse_floats(one: Prepared, columns: Columns) -> None:
    strict = {name: [never_float(v) for v in values] for name, values in columns.items()}
    params = with_numbers(one.params, never_float)
    assert not makes_float(lambda: one.exact(strict, params=params)), (
        f"makes floats of exact figures, for {shown(columns)}"
    )


def _floats(columns: Columns) -> dict[str, Array]:
    """Columns of two equal draws."""
    return {name: np.array([[float(v)] * 2 for v in values]) for name, values in columns.items()}


def _list(values: Sequence[object]) -> str:
    return f"[{', '.join(map(str, values))}]"
