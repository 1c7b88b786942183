"""The table of law as it is read from its file: strictly, each row with its clause and source."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field

from tender_eval.files.fields import Fields, Ident, Located, Number, PositiveMoney, Some, Truth, Words
from tender_eval.files.schemes.fields import Day
from tender_eval.files.schemes.regime import AuthorityWord, LawWord, NationWord, ProcedureWord
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.files.validate import validate
from tender_eval.model.clause import Clause
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.regime.duty import Duty, Who


class ClauseFile(Fields):
    document: Words
    section: Words


class WhoFile(Fields):
    laws: Some[LawWord]
    nations: tuple[NationWord, ...] = ()
    authorities: tuple[AuthorityWord, ...] = ()
    light_touch: Truth | None = None
    procedures: tuple[ProcedureWord, ...] = ()
    contract: Words = ""


class DutyFile(Located):
    id: Ident
    rule: Ident
    says: Literal["must", "may", "must_not"]
    who: WhoFile
    since: Day | None = Field(None, alias="from")
    until: Day | None = None
    above: PositiveMoney | None = None
    figure: Number | None = None
    unit: Literal["GBP", "share", "count", "days", "working_days", ""] = ""
    bank_holidays: tuple[NationWord, ...] = ()
    counts_from: Literal["0", "1", "2"] = "0"
    words: tuple[ProcedureWord, ...] = ()
    name: Words = ""
    about: Words
    clauses: Some[ClauseFile]
    source: Words
    verified: Truth

    def record(self) -> Duty:
        who = Who(
            frozenset(self.who.laws), frozenset(self.who.nations), frozenset(self.who.authorities),
            self.who.light_touch, frozenset(self.who.procedures), self.who.contract,
        )  # fmt: skip
        return Duty(
            id=self.id, rule=self.rule, says=self.says, who=who, since=self.since, until=self.until, above=self.above,
            figure=self.figure, unit=self.unit, bank_holidays=self.bank_holidays, counts_from=int(self.counts_from),
            words=frozenset(self.words), name=self.name, about=self.about,
            clauses=tuple(Clause(c.document, c.section, self.verified) for c in self.clauses), source=self.source,
        )  # fmt: skip


class DutiesFile(Located):
    """The table, and the day on which its rows were last compared with their sources."""

    checked: Day
    rows: list[DutyFile]


def read_duties(source: Source) -> tuple[date, tuple[Duty, ...]]:
    """The day on which the table was checked, and its rows.

    Raises:
        Refused: with every problem of the file; TE020 where an id stands twice.
    """
    problems = Problems()
    data = parse_yaml(source, problems)
    problems.refuse()
    found: Any = validate(DutiesFile, data, Location(source.name), problems)
    problems.refuse()
    seen: set[str] = set()
    for row in found.rows:
        if row.id in seen:
            problems.add("TE020", row.where, f'two rows have the id "{row.id}"', "rename one of them")
        seen.add(row.id)
    problems.refuse()
    return found.checked, tuple(row.record() for row in found.rows)
