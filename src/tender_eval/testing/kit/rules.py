"""The test kit for award rules: every promise that a rule makes, tried on points and prices around its own numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from fractions import Fraction
from functools import cached_property, partial
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import numpy as np

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.engine.compiled import compile_scheme
from tender_eval.engine.evaluating.ranking import exact_ranks
from tender_eval.engine.evaluating.trace import Recorder
from tender_eval.engine.plan import Plan
from tender_eval.engine.questions import check_accepts
from tender_eval.engine.scoring.guarded import scored_together
from tender_eval.engine.scoring.outcome import Judged
from tender_eval.engine.scoring.promises import HeldExact, orders
from tender_eval.files.load import scheme_from_data
from tender_eval.model.numeric import Array, Mask
from tender_eval.plugins.answers import Unsupported
from tender_eval.plugins.catalogue import Registered
from tender_eval.plugins.expression.evaluate import evaluate
from tender_eval.plugins.expression.words import said
from tender_eval.plugins.never_float import makes_float, never_float
from tender_eval.plugins.rule import AwardRule
from tender_eval.plugins.scorer import with_numbers
from tender_eval.plugins.table import BidTable, FigureError, Reads, Steps
from tender_eval.plugins.tally import Tally
from tender_eval.testing.kit.agreement import agree, workings_are_true
from tender_eval.testing.kit.checks import UNDER_TEST, Check, made, raised, watched
from tender_eval.testing.kit.drawing import numbers_in, numbers_of, tables
from tender_eval.testing.kit.prepared import exact_figure, objects
from tender_eval.testing.kit.scorers import LEAST_SCORES

WEIGHTS = {"quality": 60, "price": 40}
SHARES = tuple(map(Fraction, ("0", "1/5", "1/3", "1/2", "3/4", "1")))


class Drawn(NamedTuple):
    """Bids as a rule sees them: figures by column, and points by criterion."""

    columns: dict[str, list[Fraction]]
    points: dict[str, list[Fraction]]

    def tally(self, plan: Plan, rows: Sequence[int] | None = None) -> Tally:
        """These bids, or those of some rows, in exact arithmetic."""
        chosen = range(self.bids) if rows is None else rows
        kept = {r.column: objects([self.columns[r.column][row] for row in chosen]) for r in plan.rule.reads}
        return self._tally(plan, kept, {n: objects([p[row] for row in chosen]) for n, p in self.points.items()},
                           np.ones(len(chosen), dtype=np.bool_))  # fmt: skip

    def floats(self, plan: Plan, present: Mask) -> Tally:
        """The same in draws of a batch, of which all are equal but for who is there."""
        draws = present.shape[1]

        def wide(values: Sequence[Fraction]) -> Array:
            return np.array([[float(v)] * draws for v in values])

        kept = {r.column: wide(self.columns[r.column]) for r in plan.rule.reads}
        return self._tally(plan, kept, {name: wide(values) for name, values in self.points.items()}, present)

    def of(self, rows: Sequence[int]) -> Drawn:
        """The same of these bids alone."""
        return Drawn(*({name: [values[row] for row in rows] for name, values in part.items()} for part in self))

    @property
    def bids(self) -> int:
        return len(next(iter(self.points.values())))

    def _tally(self, plan: Plan, columns: dict[str, Array], points: dict[str, Array], present: Mask) -> Tally:
        exact = present.ndim == 1
        most = {name: plan.node(name).points for name in points}
        for array in (*columns.values(), *points.values(), present):
            array.flags.writeable = False
        return Tally(
            BidTable(columns, present),
            lambda criteria: sum((points[c] for c in criteria[1:]), points[criteria[0]]),
            lambda criterion: most[criterion] if exact else float(most[criterion]),
            lambda criterion: points[criterion] / (most[criterion] if exact else float(most[criterion])),
            plan.roots,
        )

    def __str__(self) -> str:
        told = [*self.columns.items(), *((f"points at {name}", values) for name, values in self.points.items())]
        return "; ".join(f"{name}: {', '.join(map(str, values))}" for name, values in told)


def checks(rule: type[AwardRule], files: tuple[Path, ...] = ()) -> list[Check]:
    """The promises of a rule, one check each."""
    tried = _Tried(rule)
    promises = [
        tried.states_examples, tried.examples_give_different_figures, tried.figures_are_the_same_again,
        tried.order_of_bids_does_not_matter, tried.arithmetics_agree, tried.makes_no_floats,
        tried.shows_a_true_working, tried.expression_is_the_figure, tried.figures_turn_on_others_as_it_says,
        tried.turns_away_as_it_says, tried.shares_out_what_there_is, tried.leaves_what_it_is_given,
        tried.does_nothing_else,
    ]  # fmt: skip
    return made(rule, *promises)


def answers(rule: type[AwardRule]) -> list[str]:
    """The figures of each example for each of the bids that it is tried on."""
    tried = _Tried(rule)
    return [f"{'; '.join(map(str, figures))} for {drawn}" for _, drawn, figures in tried.ranked()]


def plan_for(rule: type[AwardRule], example: dict[str, Any]) -> Plan:
    """A scheme of quality and price, and of whatever criteria the example names, under this rule.

    Raises:
        Refused: no scheme can state the example.
    """
    catalogue = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
    named = rule().criteria(rule.Params.model_validate(example))
    weights = {**WEIGHTS, **{name: 10 for name in named if name not in WEIGHTS}}
    criteria = [
        {"id": name, "weight": w, "scorer": "ratio_to_lowest" if name == "price" else {"name": "mark", "out_of": 5}}
        for name, w in weights.items()
    ]
    data = {
        "format": "tender-eval/scheme/1", "id": "tried", "title": "Tried", "weights": "points", "criteria": criteria,
        "award": {"rule": {**example, "name": rule.name}, "on_rejection": "recompute"},
    }  # fmt: skip
    rules = {rule.name: Registered(rule.name, UNDER_TEST, rule, AwardRule)}  # type: ignore[type-abstract]
    return compile_scheme(scheme_from_data(data), catalogue._replace(rules=rules)).plan


class _Tried:
    """A rule under test. What it ranks once is kept for all checks."""

    def __init__(self, rule: type[AwardRule]) -> None:
        self.rule = rule
        self.held = HeldExact(lambda _of, _present: Steps())

    @cached_property
    def plans(self) -> list[Plan]:
        return [plan_for(self.rule, dict(example)) for example in self.rule.examples]

    @cached_property
    def drawn(self) -> list[tuple[Plan, list[Drawn]]]:
        self.states_examples()
        return [(plan, list(_drawn(plan, self.rule))) for plan in self.plans]

    @cached_property
    def _ranked(self) -> list[tuple[Plan, Drawn, list[Fraction]]]:
        found = []
        for plan, bids in self.drawn:
            for drawn in bids:
                try:
                    kept = self._kept(plan, drawn)
                    if kept.bids:
                        found.append((plan, kept, _figures(plan, kept.tally(plan))))
                except FigureError:
                    continue
                except Exception as e:
                    raise raised(e, str(drawn)) from e
        return found

    def _kept(self, plan: Plan, drawn: Drawn) -> Drawn:
        """The bids that the rule does not turn away: it ranks no others."""
        while plan.rule.rule.item.rejects(plan.rule.params) and drawn.bids:
            out = self._turned_away(plan, drawn.tally(plan))
            if not out.any():
                break
            drawn = drawn.of(np.flatnonzero(~out).tolist())
        return drawn

    def _turned_away(self, plan: Plan, tally: Tally) -> Mask:
        """Whom the rule turns away, for whatever reason.

        Raises:
            FigureError: these bids cannot be ranked together, which is no fault of the rule.
        """
        found = scored_together(lambda: self.held.turned_away(plan.rule, tally))
        if found is None:
            raise FigureError("these bids cannot be ranked together")
        everyone = np.ones(len(tally.present), dtype=np.bool_)
        out = ~everyone
        for mask in found.values():
            out |= self.held.put_mask(plan.rule, mask, everyone)
        return out

    def ranked(self) -> Iterator[tuple[Plan, Drawn, list[Fraction]]]:
        """Each example on the bids that can be ranked together, and their figures."""
        yield from self._ranked

    def states_examples(self) -> None:
        """It states examples, and a scheme can state each of them."""
        assert self.rule.examples, "states no examples: nothing that it promises can be tried"
        assert self.plans

    def examples_give_different_figures(self) -> None:
        """Each example ranks by three different figures and more."""
        for plan, _ in self.drawn:
            seen = {figure for of, _, figures in self.ranked() if of is plan for figure in figures}
            assert len(seen) >= LEAST_SCORES, (
                f"ranks by {len(seen)} different figures: nothing is shown by so few, state other examples"
            )

    def figures_are_the_same_again(self) -> None:
        """The same bids have the same figures, whatever was ranked in between."""
        for plan, drawn, figures in self.ranked():
            again = _figures(plan, drawn.tally(plan))
            assert again == figures, f"ranks the same bids otherwise when it is asked once more, for {drawn}"

    def order_of_bids_does_not_matter(self) -> None:
        """The order of the bids changes no figure."""
        for plan, drawn, figures in self.ranked():
            for rows, when in orders(drawn.bids):
                found = _figures(plan, drawn.tally(plan, rows.tolist()))
                assert found == [figures[r] for r in rows], f"ranks by other figures {when}, for {drawn}"

    def arithmetics_agree(self) -> None:
        """Batches come to the exact figures, with every bid there and with some absent."""
        for number, (plan, drawn, figures) in enumerate(self.ranked()):
            n = drawn.bids
            there = [True] if n == 1 else [(row + number) % 3 != 0 for row in range(n)]
            present = np.array([[True, p] for p in there])
            try:
                some = iter(_figures(plan, drawn.tally(plan, [row for row, p in enumerate(there) if p])))
                with np.errstate(all="ignore"):
                    found = plan.rule.rule.item.rank_by(drawn.floats(plan, present), plan.rule.floats, Steps())
            except FigureError:
                continue
            assert isinstance(found, np.ndarray) and found.dtype == np.float64, "gives no float64 array in batches"  # noqa: PT018
            wide = np.broadcast_to(found, present.shape)
            for row, figure in enumerate(figures):
                assert agree(wide[row, 0], figure), (
                    f"ranks by {wide[row, 0]:g} in batches and by {float(figure):g} exactly, for {drawn}"
                )
                if there[row]:
                    alone = next(some)
                    assert agree(wide[row, 1], alone), (
                        f"counts absent bids: {wide[row, 1]:g} in batches, {float(alone):g} exactly, for {drawn}"
                    )

    def makes_no_floats(self) -> None:
        """No figure goes through a float."""
        for plan, drawn, _ in self.ranked():
            if not plan.rule.rule.item.exact:
                return
            params = with_numbers(deepcopy(plan.rule.params), never_float)
            strict = partial(plan.rule.rule.item.rank_by, drawn.tally(plan).with_numbers(never_float), params, Steps())
            assert not makes_float(strict), f"makes floats of exact figures, for {drawn}"

    def shows_a_true_working(self) -> None:
        """It shows a working for each bid, and every working comes to the figure beside it."""
        for plan, drawn, figures in self.ranked():
            recorder = Recorder(np.ones(drawn.bids, dtype=np.bool_))
            assert _figures(plan, drawn.tally(plan), recorder) == figures, "ranks otherwise when its working is kept"
            workings_are_true(recorder, figures, "figure", str(drawn))

    def expression_is_the_figure(self) -> None:
        """What it states as its expression, if it does, comes to its figures."""
        for plan, drawn, figures in self.ranked():
            stated = plan.rule.rule.item.expression(plan.rule.params)
            if isinstance(stated, Unsupported):
                return
            came = evaluate(stated, drawn.tally(plan))
            assert list(came) == figures, f"the expression {said(stated)} comes to other figures, for {drawn}"

    def figures_turn_on_others_as_it_says(self) -> None:
        """Where it says that no bid's figure turns on the others, none does."""
        for plan, drawn, figures in self.ranked():
            if not plan.rule.rule.item.relative(plan.rule.params):
                for row, figure in enumerate(figures):
                    assert _figures(plan, drawn.tally(plan, [row])) == [figure], (
                        f"says that no bid's figure turns on others, but does otherwise without them, for {drawn}"
                    )

    def turns_away_as_it_says(self) -> None:
        """It turns away the same bids each time, and those alone that it says it does not accept."""
        for plan, bids in self.drawn:
            rule = plan.rule
            for drawn in bids if rule.rule.item.rejects(rule.params) else []:
                tally = drawn.tally(plan)
                try:
                    out = self._turned_away(plan, tally)
                except FigureError:
                    continue
                everyone = np.ones(drawn.bids, dtype=np.bool_)
                check_accepts(rule, Judged(tally, everyone, out), tuple(f"bid {n + 1}" for n in range(drawn.bids)))

    def shares_out_what_there_is(self) -> None:
        """Where it shares out money: nothing below zero, nothing to who is out, and no more than there is."""
        for plan, drawn, figures in self.ranked():
            sign = -1 if plan.rule.rule.item.best == "highest" else 1
            ranks = np.array(exact_ranks([[sign * f] for f in figures], np.ones(len(figures), dtype=np.bool_)))
            self.held.allocate(plan.rule, ranks, drawn.tally(plan), Steps())

    def leaves_what_it_is_given(self) -> None:
        """Points, columns and parameters are as they were before."""
        for plan, drawn, _ in self.ranked():
            tally, before = drawn.tally(plan), deepcopy(plan.rule.params)
            plan.rule.rule.item.rank_by(tally, plan.rule.params, Steps())
            assert plan.rule.params == before, f"writes to its parameters, for {drawn}"
            assert tally.present.all(), f"writes to who is there, for {drawn}"
            for reads in plan.rule.reads:
                assert tally.column(reads.column).tolist() == drawn.columns[reads.column], (
                    f"writes to the column {reads.column}, for {drawn}"
                )
            for name, values in drawn.points.items():
                assert tally.points((name,)).tolist() == values, f"writes to the points at {name}, for {drawn}"

    def does_nothing_else(self) -> None:
        """It touches no file, network, clock, chance, environment, thread or caller, and prints nothing."""
        for plan, drawn, _ in self._ranked[:24]:
            watched(self.rule, partial(_figures, plan, drawn.tally(plan)))


def _drawn(plan: Plan, rule: type[AwardRule]) -> Iterator[Drawn]:
    numbers = sorted({*numbers_in(plan.rule.params), *numbers_of(rule)})
    chosen = Random(5)  # noqa: S311 - nothing is kept secret by it
    for columns in tables(plan.rule.reads or (Reads("price"),), numbers):
        bids = len(next(iter(columns.values())))
        points = {name: [plan.node(name).points * chosen.choice(SHARES) for _ in range(bids)] for name in plan.roots}
        yield Drawn(columns, points)


def _figures(plan: Plan, tally: Tally, steps: Steps | None = None) -> list[Fraction]:
    found = plan.rule.rule.item.rank_by(tally, plan.rule.params, steps or Steps())
    assert isinstance(found, np.ndarray), f"gives a {type(found).__name__}, no array with a figure for each bid"
    assert found.shape == tally.present.shape, f"gives {found.shape} instead of one figure for each bid"
    return [exact_figure(figure) for figure in found]
