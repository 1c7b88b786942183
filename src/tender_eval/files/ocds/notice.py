"""A notice in OCDS as records: what a tender notice says of the procurement, its lots and its award criteria.

Source: OCDS 1.1.5 (tender, lots extension, award criteria breakdown) and the extension of the United Kingdom, by which
Find a Tender publishes; the codes of authorities and of devolved regulations are those of its
itemClassificationScheme.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from tender_eval.files.nodes import as_id, table_at, tables_at, text_at, texts_at
from tender_eval.files.numbers import COUNT, MARK, MONEY, NotANumber, Role, parse_plain
from tender_eval.files.ocds.release import Release, moment, releases_of, when
from tender_eval.model.diagnostics import Problems
from tender_eval.model.digits import shown
from tender_eval.model.location import Location, Table, Text
from tender_eval.model.regime import Authority, Law, Nation

EXACT = {"percentageExact": "of_total", "pointsExact": "points"}
"""The codes of weights that are figures by themselves, and what they make the weights of a scheme."""
_SHAPES = "give an OCDS release, release package or record with a tender, such as Find a Tender publishes for a notice"
_AUTHORITIES = {
    "publicAuthorityCentralGovernment": Authority.CENTRAL,
    "publicAuthoritySubCentralGovernment": Authority.SUB_CENTRAL,
}
_NATIONS = {"GB-NIR": Nation.NORTHERN_IRELAND, "GB-SCT": Nation.SCOTLAND, "GB-WLS": Nation.WALES}
_ACT = ("UKPGA", "2023/54")
_LAWS = {
    _ACT: Law.PROCUREMENT_ACT_2023,
    ("UKSI", "2023/1348"): Law.PSR_2023,
    ("WSI", "2025/99"): Law.PSR_WALES_2025,
    ("UKSI", "2015/102"): Law.PCR_2015,
    ("UKSI", "2016/274"): Law.UCR_2016,
    ("UKSI", "2016/273"): Law.CCR_2016,
    ("SSI", "2015/446"): Law.PCSR_2015,
}
"""By the type and the number of legislation.gov.uk, as the notices of the Act name it."""
_OVER = ("cancelled", "unsuccessful", "complete", "withdrawn")
_CODE = re.compile(r"[A-Za-z]{1,40}")
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class NoticeCriterion:
    """An award criterion: ``weight`` is None where the notice gives no exact one, ``unit`` says what one is.

    Attributes:
        said: its weights as the notice has them, exact or not: ``orderImportance 1``.
    """

    id: str
    kind: str
    name: str
    description: str
    weight: Fraction | None
    unit: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class NoticeLot:
    """A lot, with the criteria that hold in it."""

    id: str
    title: str
    criteria: tuple[NoticeCriterion, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a notice says; None, or no text, where it does not.

    Attributes:
        gross: the estimated value with VAT, ``net`` without.
        days: from its publication to the deadline.
        years: of the contract, where it runs for whole ones, alike in all lots.
        asked: conditions of participation, as they are written.
        basis: the legal basis, as it is written.
        over: the status of a tender that is under way no more: cancelled, unsuccessful, complete or withdrawn.
    """

    ocid: str
    release: str
    id: str
    title: str
    description: str
    published: date | None
    deadline: str
    days: int | None
    currency: str
    gross: Fraction | None
    net: Fraction | None
    law: Law | None
    nation: Nation | None
    authority: Authority | None
    light_touch: bool | None
    procedure: str
    years: int | None
    no_lots_reason: str
    most_tendered: int | None
    most_awarded: int | None
    lots: tuple[NoticeLot, ...]
    asked: tuple[str, ...]
    basis: str = ""
    over: str = ""


def read_notice(root: object, where: Location, problems: Problems) -> Notice | None:
    """The notice of one tender, as its last release has it; None with every problem noted."""
    releases = [one for one in releases_of(root, problems) if isinstance(one.table.get("tender"), Table)]
    if problems:
        return None
    ocids = {one.ocid: one.ocid for one in releases if one.ocid}
    if not releases:
        problems.add("TE005", where, "this JSON holds no OCDS release with a tender", _SHAPES)
        return None
    if len(ocids) > 1:
        message = f"the file holds {len(ocids)} tenders"
        problems.add("TE012", list(ocids.values())[1].where, message, "keep one tender (one ocid) a file")
        return None
    found = _Reader(max(releases, key=when), problems).notice(releases)
    return None if problems else found


class _Reader:
    """One release, read field by field; what is wrong is noted at its place."""

    def __init__(self, release: Release, problems: Problems) -> None:
        self.release, self.problems = release, problems
        self.tender = self._table(release.table, "tender") or Table(release.table.where)

    def notice(self, releases: Sequence[Release]) -> Notice:
        """The notice; its first day is that of the first release with the tag ``tender``."""
        tender, details = self.tender, self._table(self.tender, "lotDetails")
        value, period = self._table(tender, "value"), self._table(tender, "tenderPeriod")
        published = self._published(releases)
        deadline = self._moment(period, "endDate") if period else None
        tables = tables_at(tender, "lots", self.problems)
        lots = tuple(self._lots(tables))
        return Notice(
            ocid=self.release.ocid or "",
            release=self._text(self.release.table, "id"),
            id=self._text(tender, "id"),
            title=self._text(tender, "title"),
            description=self._text(tender, "description"),
            published=published,
            deadline=deadline.isoformat() if deadline and deadline.tzinfo else "",
            days=(deadline.date() - published).days if deadline and published and deadline.date() > published else None,
            currency=self._currency(value, tables),
            gross=self._amount("amountGross", value, tables),
            net=self._amount("amount", value, tables),
            law=self._law(),
            nation=next((_NATIONS[c] for c in self._buyer("UK_CA_DEVOLVED_REGULATIONS") if c in _NATIONS), None),
            authority=next((_AUTHORITIES[c] for c in self._buyer("UK_CA_TYPE") if c in _AUTHORITIES), None),
            light_touch=True if "lightTouch" in texts_at(tender, "specialRegime", self.problems) else None,
            procedure=self._text(tender, "procurementMethodDetails"),
            years=self._years(tables),
            no_lots_reason=self._text(details, "noLotsDivisionRationale") if details else "",
            most_tendered=self._count(details, "maximumLotsBidPerSupplier") if details else None,
            most_awarded=self._count(details, "maximumLotsAwardedPerSupplier") if details else None,
            lots=lots,
            asked=tuple(self._asked(tables)),
            basis=" ".join(self._basis()).strip(),
            over=self._over(),
        )

    def _table(self, parent: Table, key: str) -> Table | None:
        return table_at(parent, key, self.problems)

    def _text(self, parent: Table, key: str) -> str:
        return str(text_at(parent, key, self.problems) or "")

    def _number(self, parent: Table, key: str, role: Role) -> Fraction | None:
        text = text_at(parent, key, self.problems)
        if text is None:
            return None
        try:
            found = parse_plain(text, role)
        except NotANumber as e:
            self.problems.add(e.code, text.where, str(e), e.hint)
            return None
        if found < 0:
            self.problems.add("TE015", text.where, f"{key} is {text}, below zero", "write what it is, or leave it out")
            return None
        return found

    def _count(self, parent: Table, key: str) -> int | None:
        number = self._number(parent, key, COUNT)
        return None if number is None or number < 1 else int(number)

    def _moment(self, parent: Table, key: str) -> datetime | None:
        """A moment as it is written, with its offset or without one."""
        text = text_at(parent, key, self.problems)
        if text is None:
            return None
        if moment(text) is None:
            self.problems.add("TE016", text.where, f'"{text}" is no date', "write it like 2026-05-02T12:00:00+01:00")
            return None
        return datetime.fromisoformat(text)

    def _published(self, releases: Sequence[Release]) -> date | None:
        """The day of the tender notice; an amendment, or what was compiled, has another."""
        first = [one for one in releases if "tender" in texts_at(one.table, "tag", self.problems)]
        days = [found for one in first if (found := moment(one.date))]
        return min(days).date() if days else None

    def _over(self) -> str:
        status = self._text(self.tender, "status")
        cancelled = "tenderCancellation" in texts_at(self.release.table, "tag", self.problems)
        return "cancelled" if cancelled else status if status in _OVER else ""

    def _currency(self, value: Table | None, lots: Iterable[Table]) -> str:
        """The one currency of the amounts; none where there are two."""
        values = [value, *(self._table(lot, "value") for lot in lots)]
        found = {self._text(one, "currency") for one in values if one} - {""}
        return found.pop() if len(found) == 1 else ""

    def _amount(self, key: str, value: Table | None, lots: Sequence[Table]) -> Fraction | None:
        """An amount of the tender, else of all its lots together; None where one lacks it, or in two currencies."""
        if value is not None and (amount := self._number(value, key, MONEY)) is not None:
            return amount or None
        if not self._currency(None, lots):
            return None
        found = [self._number(one, key, MONEY) if (one := self._table(lot, "value")) else None for lot in lots]
        amounts = [amount for amount in found if amount]
        return sum(amounts, Fraction(0)) if amounts and len(amounts) == len(found) else None

    def _basis(self) -> tuple[str, str]:
        basis = self._table(self.tender, "legalBasis")
        return (self._text(basis, "scheme"), self._text(basis, "id")) if basis is not None else ("", "")

    def _law(self) -> Law | None:
        basis = self._basis()
        below = basis == _ACT and self.tender.get("aboveThreshold") == "false"
        return Law.BELOW_THRESHOLD if below else _LAWS.get(basis)

    def _buyer(self, scheme: str) -> Iterator[str]:
        """The codes of the buyer by a scheme of classification."""
        for party in tables_at(self.release.table, "parties", self.problems):
            if "buyer" in texts_at(party, "roles", self.problems) and (details := self._table(party, "details")):
                for one in tables_at(details, "classifications", self.problems):
                    if self._text(one, "scheme") == scheme:
                        yield self._text(one, "id")

    def _years(self, lots: Sequence[Table]) -> int | None:
        periods = [self._table(one, "contractPeriod") for one in (lots or [self.tender])]
        found = {self._whole_years(period) for period in periods}
        return found.pop() if len(found) == 1 else None

    def _whole_years(self, period: Table | None) -> int | None:
        if period is None:
            return None
        months = self._number(period, "durationInMonths", COUNT)
        if months is not None:
            return int(months) // _MONTHS if months and months % _MONTHS == 0 else None
        begins, ends = self._moment(period, "startDate"), self._moment(period, "endDate")
        if begins is None or ends is None:
            return None
        over = {ends.date(), ends.date() + timedelta(days=1)}  # the last day is in it, or the first that is not
        years = max(over).year - begins.year
        same_day = any((day.month, day.day) == (begins.month, begins.day) for day in over)
        return years if years > 0 and same_day else None

    def _lots(self, lots: Sequence[Table]) -> Iterator[NoticeLot]:
        seen: set[str] = set()
        for lot in lots:
            named = text_at(lot, "id", self.problems)
            if named is None:
                self.problems.add("TE011", lot.where, "this lot has no id", "give each lot its id")
                continue
            made = as_id(named, self.problems)
            if made in seen:
                self.problems.add("TE020", named.where, f'two lots have the id "{made}"', "rename one of them")
            seen.add(made)
            yield NoticeLot(str(made), self._text(lot, "title"), tuple(self._criteria(lot)))

    def _criteria(self, lot: Table) -> Iterator[NoticeCriterion]:
        stated = self._table(lot, "awardCriteria")
        seen: set[str] = set()
        for n, one in enumerate(tables_at(stated, "criteria", self.problems) if stated else [], 1):
            name, kind = self._text(one, "name"), self._text(one, "type")
            weight, unit, said = self._weight(one)
            made = _free(as_id(Text((name or kind or f"criterion {n}")[:40].lower(), one.where), Problems()), seen)
            yield NoticeCriterion(made, kind, name, self._text(one, "description"), weight, unit, said)

    def _weight(self, criterion: Table) -> tuple[Fraction | None, str, str]:
        """The exact weight and its unit, and each weight as it is stated; two exact ones are none."""
        found = [
            (code, self._number(number, "number", MARK))
            for number in tables_at(criterion, "numbers", self.problems)
            if (code := self._text(number, "weight"))
        ]
        said = ", ".join(f"{code} {shown(n)}" for code, n in found if n is not None and _CODE.fullmatch(code))
        exact = {(n, EXACT[code]) for code, n in found if code in EXACT}
        weight, unit = exact.pop() if len(exact) == 1 else (None, "")
        return weight, unit, said

    def _asked(self, lots: Sequence[Table]) -> Iterator[str]:
        told: dict[tuple[str, str], None] = {}
        for one in (self.tender, *lots):
            stated = self._table(one, "selectionCriteria")
            for criterion in tables_at(stated, "criteria", self.problems) if stated else []:
                told[self._text(criterion, "type"), self._text(criterion, "description")] = None
        for kind, text in told:
            if text:
                yield f"{kind}: {text}" if kind else text


def _free(name: str, seen: set[str]) -> str:
    """An id that no other has."""
    made, n = name, 1
    while made in seen:
        n += 1
        made = f"{name}-{n}"
    seen.add(made)
    return made
