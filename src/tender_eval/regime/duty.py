"""A rule of law, and whom it binds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tender_eval.model.clause import Clause
from tender_eval.model.regime import Authority, Law, Nation, Procedure, Regime


@dataclass(frozen=True, slots=True)
class Who:
    """Which procurements a rule binds; what is empty, or None, leaves nobody out.

    Attributes:
        contract: a kind of contract that no scheme states, such as works; empty for all that schemes are of.
    """

    laws: frozenset[Law]
    nations: frozenset[Nation]
    authorities: frozenset[Authority]
    light_touch: bool | None
    procedures: frozenset[Procedure]
    contract: str

    def fits(self, regime: Regime) -> bool:
        """Whether a procurement is one of them, its value left aside.

        What a scheme does not state is taken to be the only nation that has its law, or England, a sub-central
        authority, no light touch contract, and a competition that is open.
        """
        return (
            not self.contract
            and regime.law in self.laws
            and (not self.nations or regime.home in self.nations)
            and (not self.authorities or (regime.authority or Authority.SUB_CENTRAL) in self.authorities)
            and self.light_touch in (None, regime.light_touch is True)
            and (not self.procedures or (regime.procedure or Procedure.OPEN) in self.procedures)
        )


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the table of law.

    Attributes:
        rule: what is ruled, such as standstill; rows of one rule are for different procurements or days.
        says: ``must``, ``may`` or ``must_not``.
        since, until: the first and the last day of it; None where no day is named.
        above: the value that the contract must be worth more than, to be bound; None for any.
        bank_holidays: of a period, the parts of the United Kingdom whose bank holidays are no working days of it.
        counts_from: of a period, the first day that counts: how many days after the notice it is.
        words: the procedures that it names.
        name: under which lint asks for the figure; empty where no rule does.
        source: where the wording was read, or who tells of it.
    """

    id: str
    rule: str
    says: str
    who: Who
    since: date | None
    until: date | None
    above: Fraction | None
    figure: Fraction | None
    unit: str
    bank_holidays: tuple[Nation, ...]
    counts_from: int
    words: frozenset[Procedure]
    name: str
    about: str
    clauses: tuple[Clause, ...]
    source: str

    @property
    def verified(self) -> bool:
        """Whether the wording was read by us in its clause."""
        return all(clause.verified for clause in self.clauses)

    def stands(self, day: date) -> bool:
        """Whether it is law on a day."""
        return (self.since or day) <= day <= (self.until or day)
