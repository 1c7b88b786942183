"""The workbook that `bids --template` writes, filled in as people do."""

from __future__ import annotations

import io
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tender_eval.files.load import load_bids
from tender_eval.model.bids import Bid, BidForLot, Bids, Figure, Mark
from tender_eval.model.digits import shown


def written(value: object) -> object:
    """A value as somebody types it into a cell."""
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return int(value)
        return float(value) if Fraction(repr(float(value))) == value else str(value)
    return value


def _alone(part: BidForLot) -> dict[str, object]:
    return {} if part.alone else {"alone": False}


class Filled:
    """The template of a scheme, filled in with bids."""

    def __init__(self, data: bytes, bids: Bids) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        for bid in bids.bids:
            facts = {"id": bid.id, "supplier.name": bid.name, **self._figures(bid.figures)}
            self._row("Bids", facts)
            self._marks(bid.id, "", bid.marks)
            for lot, part in bid.lots.items():
                self._row("Bids by lot", {"bid": bid.id, "lot": lot, **self._figures(part.figures), **_alone(part)})
                self._marks(bid.id, lot, part.marks)
            self._offers(bid)
            for one in bid.members:
                facts = {name: written(fact.value) for name, fact in one.facts.items()}
                told = {"role": one.role, "share": f"{one.share * 100}%", "confirmed": one.confirmed}
                self._row(
                    "Consortium", {"bid": bid.id, "name": one.name, **told, "pathways": written(one.pathways), **facts}
                )
        for each in bids.tender.lots:
            self._row("Lots", {"id": each.id, "title": each.title, **self._figures(each.figures)})
        known = {"id": bids.tender.id, "title": bids.tender.title}
        known |= {name: written(figure.value) for name, figure in bids.tender.figures.items()}  # type: ignore[misc]
        for key in self.book["Tender"].iter_rows(min_row=2):
            if value := known.get(str(key[0].value)):
                key[1].value = value

    def _offers(self, bid: Bid) -> None:
        for number, package in enumerate(bid.packages, 1):
            if package.in_one:
                self._row("Packages", {"bid": bid.id, "lots": "; ".join(package.lots), **self._figures(package.in_one)})
            for lot, figures in package.figures.items():
                self._row("Packages", {"bid": bid.id, "package": number, "lot": lot, **self._figures(figures)})
        for one in bid.discounts:
            off = {"off": one.off and shown(one.off.value), "sum_off": one.sum_off and written(one.sum_off.value)}
            self._row("Discounts", {"bid": bid.id, "lots": "; ".join(one.lots), "at_least": one.at_least, **off})

    @staticmethod
    def _figures(figures: Mapping[str, Figure]) -> dict[str, object]:
        stated = {f"{name}.source" for name in figures}
        amounts = {name: f"{name}.amount" for name in figures if name.startswith("benefits.") and name not in stated}
        return {amounts.get(name, name): written(figure.value) for name, figure in figures.items()}

    def _marks(self, bid: str, lot: str, marks: Mapping[str, Mark]) -> None:
        for criterion, mark in marks.items():
            where = {"bid": bid, "lot": lot or None, "criterion": criterion}
            self._row("Marks", {**where, "mark": mark.agreed and written(mark.agreed.value), "reason": mark.reason})
            for evaluator, own in mark.individual.items():
                self._row("Marks", {**where, "evaluator": evaluator, "mark": written(own.value)})

    def _row(self, name: str, cells: Mapping[str, object]) -> None:
        if name not in self.book:
            return
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        row = next(n for n in range(2, 9999) if sheet.cell(n, 1).value is None)
        for column, heading in enumerate((cell.value for cell in sheet[1]), 1):
            cell = sheet.cell(row, column)
            cell.value = value = cells.get(str(heading))  # type: ignore[assignment]
            if isinstance(value, str):
                cell.data_type = "s"  # text, also where it begins as a formula does

    def read(self, folder: Path) -> Bids:
        self.book.save(folder / "bids.xlsx")
        return load_bids(folder / "bids.xlsx")
