"""What a scheme reads of a simulated bid, and where it comes from: drawn, marked, or stated of its type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tender_eval.engine.facts.adjusting import UNADJUSTED, column_of, share_of, tests_of
from tender_eval.engine.facts.price import factor
from tender_eval.engine.plan import Leaf, Plan
from tender_eval.engine.questions import shares_out_money
from tender_eval.engine.rules.grants import GrantsParams
from tender_eval.model.bids import reads_price
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.numeric import Array
from tender_eval.model.pricing.adjust import Test
from tender_eval.model.scheme import Condition
from tender_eval.plugins.table import Reads
from tender_eval.simulation.market.requirements import Requirement, meets, on_text
from tender_eval.simulation.spec.records import INCOMES, ProviderType, Settings
from tender_eval.simulation.tendering.codes import DECLARATIONS, Codes, fact, holds, in_spec
from tender_eval.simulation.tendering.marking import Question
from tender_eval.synthetic.columns import marks_of
from tender_eval.synthetic.price import shares_of

ANNUAL = "tender.annual_value"


@dataclass(frozen=True, slots=True)
class SchemeInputs:
    """Everything that the scheme reads; bids are told apart by code (see `Codes`).

    Attributes:
        questions: what evaluators mark, with their columns.
        prices: share of the money asked by column: the price itself or a component of it.
        tables: figures by column and code, ``(codes,)``.
        incomes: columns of income that are scored.
        annual: whether the yearly value of the lot is read.
        tests: conditions known beforehand.
        passes: ids of the conditions that are settled before a bid is made.
        coded: whether the scores depend on codes beyond the kind of provider.
        declared: declarations that providers are taken to make, for the spec does not state them of every type.
    """

    questions: tuple[Question, ...]
    prices: Mapping[str, float]
    tables: Mapping[str, Array]
    incomes: tuple[str, ...]
    annual: bool
    tests: tuple[Requirement, ...]
    passes: tuple[str, ...]
    coded: bool
    declared: tuple[str, ...]


def scheme_inputs(plan: Plan, types: Sequence[ProviderType], settings: Settings, codes: Codes) -> SchemeInputs:
    """Where each column that the scheme reads comes from.

    Raises:
        Refused: TE052 at each place that reads what is not known of some type; TE062 where the scheme makes the
            price over other years than the contract runs; TE028 where its rule shares out money in a way that is not
            simulated.
    """
    reader = _Reader(plan, types, settings, codes)
    found = reader.read()
    reader.problems.refuse()
    return found


class _Reader:
    def __init__(self, plan: Plan, types: Sequence[ProviderType], settings: Settings, codes: Codes) -> None:
        self.plan, self.types, self.settings, self.codes = plan, types, settings, codes
        self.problems = Problems()
        self.tables: dict[str, Array] = {}
        self.prices: dict[str, float] = {}
        self.incomes: list[str] = []
        self.questions: dict[str, Question] = {}
        self.annual = False
        self.declared: dict[str, None] = {}
        params = plan.rule.params
        self.of_a_pot: dict[str, float] = {}  # columns of a sum asked of a pot: what each is as a share of that sum
        if isinstance(params, GrantsParams):
            self.of_a_pot = {params.amount: 1.0} | ({params.floor: settings.grant_least} if params.floor else {})

    def read(self) -> SchemeInputs:
        rule = self.plan.rule
        if shares_out_money(self.plan) and not self.of_a_pot:
            message = f'the award rule "{rule.rule.item.name}" shares out money in a way that is not simulated'
            self.problems.add(
                "TE028", rule.where, message, "take a scheme that awards a contract, or grants_within_pot"
            )
        for leaf in self.plan.leaves:
            for reads in leaf.reads:
                self._column(reads, leaf.where, leaf)
        for reads in self.plan.rule.reads:
            self._column(reads, self.plan.rule.where, None)
        for tie in (t for t in self.plan.ties if t.column):
            self._column(Reads(tie.column), self.plan.scheme.award.where, None)
        if self.plan.scheme.abnormally_low:
            self._column(Reads("price"), self.plan.scheme.abnormally_low.where, None)
        tests = [self._condition(c) for c in self.plan.scheme.conditions]
        known = [t for t in tests if t is not None]
        late = [c for c in self.plan.scheme.conditions if self._late(c)]
        coded = bool(self.tables)
        for condition in late:
            self._column(Reads(condition.reads), condition.where, None)
        return SchemeInputs(
            questions=tuple(self.questions.values()),
            prices=self.prices,
            tables=self.tables,
            incomes=tuple(self.incomes),
            annual=self.annual,
            tests=tuple(known),
            passes=tuple(c.id for c in self.plan.scheme.conditions if c not in late),
            coded=coded,
            declared=tuple(self.declared),
        )

    def _column(self, reads: Reads, where: Location, leaf: Leaf | None) -> None:
        column = reads.column
        kind, _, name = column.partition(".")
        if column in self.of_a_pot:
            self.prices[column] = self.of_a_pot[column]
        elif column in INCOMES:
            self.incomes += [column] if column not in self.incomes else []
        elif column == ANNUAL:
            self.annual = True
        elif column == "price":
            self._price(where)
        elif reads_price(column):
            self._component(column, name, where)
        elif kind == "marks":
            self._question(reads, leaf)
        else:
            table = self._table(column, reads.default is not None, where)
            if table is not None:
                self.tables[column] = table

    def _table(self, column: str, silent: bool, where: Location) -> Array | None:
        pooling = self.settings.consortium_income
        values = [fact(self.types[k], column, joint, n, size, pooling) for size, k, joint, n in self.codes.every()]
        if column.startswith(DECLARATIONS) and any(column not in t.facts for t in self.types):
            self.declared[column] = None
        if None in values:
            if not silent:
                lacking = [t.name for t in self.types if fact(t, column, True, 1, 1, pooling) is None]
                message = f"the scheme reads {column}, which is not known of {', '.join(lacking)}"
                hint = f"state it of each type in the spec, such as {in_spec(lacking, f'{column}: 1')}"
                self.problems.add("TE052", where, message, hint)
            return None
        return np.array(values, dtype=np.float64)

    def _question(self, reads: Reads, leaf: Leaf | None) -> None:
        if reads.column in self.questions and not reads.one_of:
            return
        offsets = [t.facts[reads.column] - t.quality if reads.column in t.facts else 0.0 for t in self.types]
        shares = [share for _, share in marks_of(leaf, reads)]
        self.questions[reads.column] = Question.of(reads, shares, offsets)

    def _price(self, where: Location) -> None:
        model = self.plan.scheme.price
        if model is None or model.discounted is not None:
            self.prices["price"] = 1.0
            return
        if model.components and model.years != self.settings.years:
            message = f"the scheme makes the price over {model.years} years, the contract runs {self.settings.years:g}"
            self.problems.add("TE062", model.where or where, message, f"set years: {model.years} in the spec")
        shares = self._components()
        parts = {c.column: shares[c.id] * float(factor(c, model)) for c in model.components}
        self.prices[UNADJUSTED if model.adjustments else "price"] = sum(parts.values()) if parts else 1.0
        self.prices |= {share_of(a.of): parts[a.of] for a in model.adjustments if a.of in parts}
        for asked, tests in tests_of(model).items():
            self._adjustment(column_of(asked), tests, model.where or where)

    def _adjustment(self, column: str, tests: Sequence[Test], where: Location) -> None:
        """For whom an adjustment of the price is: stated in the spec, known of the provider, or told by figures."""
        if any(column in t.facts for t in self.types):
            stated = [float(t.facts.get(column, 0.0)) for t in self.types]
            self.tables[column] = np.array([stated[k] for _, k, _, _ in self.codes.every()])
            return
        for test in tests:
            if test.reads.startswith(DECLARATIONS) and any(test.reads not in t.facts for t in self.types):
                self.declared[test.reads] = None
        pooling = self.settings.consortium_income
        held = [holds(tests, self.types[k], joint, n, size, pooling) for size, k, joint, n in self.codes.every()]
        if None not in held:
            self.tables[column] = np.array(held, dtype=np.float64)
        elif all(test.reads in INCOMES for test in tests):
            self.incomes += [test.reads for test in tests if test.reads not in self.incomes]
        else:
            read = ", ".join(dict.fromkeys(test.reads for test in tests))
            message = f"whether the price is adjusted is told by {read}, which is not known of simulated bids"
            hint = f"state in the spec for whom it is, such as {in_spec([t.name for t in self.types], f'{column}: 1')}"
            self.problems.add("TE052", where, message, hint)

    def _components(self) -> dict[str, float]:
        """The figure of each component as a share of the money paid in all: the payments are equal, unless the facts
        of the first type say what share of the money a component is."""
        model = self.plan.scheme.price
        if model is None:
            return {}
        facts = self.types[0].facts
        stated = {c.id: Fraction(facts[c.column]) for c in model.components if c.column in facts}
        return {name: float(share) for name, share in shares_of(model, stated).items()}

    def _component(self, column: str, name: str, where: Location) -> None:
        shares = self._components()
        if name in shares:
            self.prices[column] = shares[name]
        elif all(column in t.facts for t in self.types):
            self.prices[column] = float(self.types[0].facts[column])
        else:
            written = in_spec([t.name for t in self.types], f"{column}: 0.5")
            hint = f"state which share of the price it is, such as {written}, or take another scheme"
            self.problems.add("TE052", where, f"the scheme reads {column}, of which nothing is known", hint)

    def _late(self, condition: Condition) -> bool:
        """Whether a condition turns on what is not settled before the bid is made."""
        limits = [b.of for b in (condition.at_least, condition.at_most) if b]
        priced = any(reads_price(name) or name.startswith("marks.") for name in (condition.reads, *limits))
        return priced or condition.reads in self.of_a_pot

    def _condition(self, condition: Condition) -> Requirement | None:
        if self._late(condition):
            self.annual = True
            return None
        outright = f"conditions.{condition.id}"
        bound = condition.at_least or condition.at_most
        if any(outright in t.facts for t in self.types):
            return self._settled(outright, [float(t.facts.get(outright, 1.0)) for t in self.types])
        if (condition.reads.startswith(DECLARATIONS) or self._promised(condition)) and not (bound and bound.of):
            return self._declaration(condition)
        if on_text(condition):
            return self._text(condition)
        if bound is not None and bound.of in self.of_a_pot:  # such as other income: what a group states of itself
            self.declared[condition.reads] = None
            return self._settled(condition.id, [1.0] * len(self.types))
        if bound is not None and bound.of not in ("", "annual_value"):
            message = f'condition "{condition.id}" takes a share of "{bound.of}", which is not known of simulated bids'
            self._unknown(condition, message)
            return None
        least = None if condition.at_least is None else float(condition.at_least.amount)
        most = None if condition.at_most is None else float(condition.at_most.amount)
        must = condition.must_be if isinstance(condition.must_be, bool) else None
        of_annual = bound is not None and bool(bound.of)
        column = condition.column
        if column in INCOMES:
            return Requirement(condition.id, None, column == INCOMES[1], least, most, of_annual, must)
        table = self._table(column, False, condition.where)
        return None if table is None else Requirement(condition.id, table, None, least, most, of_annual, must)

    def _promised(self, condition: Condition) -> bool:
        """Whether it asks for a day or a time that bidders offer, which they can promise whatever they are."""
        kind, _, name = condition.reads.partition(".")
        return kind == "values" and name in self.plan.scheme.days

    def _text(self, condition: Condition) -> Requirement | None:
        """Conditions on text: of what is no declaration, the size alone is known."""
        allowed = condition.one_of or (condition.must_be,)
        if condition.reads != "supplier.size":
            self._unknown(condition, f'condition "{condition.id}" reads {condition.reads}, which is not drawn')
            return None
        return self._settled(condition.id, [float(t.size in allowed) for t in self.types])

    def _declaration(self, condition: Condition) -> Requirement:
        """A declaration or a promise is made as it is asked for, but where the spec states a figure of it."""
        stated = [None if on_text(condition) else t.facts.get(condition.reads) for t in self.types]
        if None in stated:
            self.declared[condition.reads] = None
        return self._settled(condition.id, [float(v is None or meets(condition, v)) for v in stated])

    def _settled(self, name: str, held: Sequence[float]) -> Requirement:
        table = np.array([held[k] for _, k, _, _ in self.codes.every()])
        return Requirement(name, table, None, None, None, False, True)

    def _unknown(self, condition: Condition, message: str) -> None:
        written = in_spec([t.name for t in self.types], f"conditions.{condition.id}: 1")
        hint = f"state in the spec who meets it, and who does not (0), such as {written}"
        self.problems.add("TE052", condition.where, message, hint)
