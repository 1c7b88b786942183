"""A sheet of marks as it was returned, by the ending of its name."""

from __future__ import annotations

from tender_eval.files.marks.rows import refuse_no_sheet
from tender_eval.files.marks.table import read_csv
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.model.panel import Returned


def read_marks(source: Source) -> Returned:
    """What was returned.

    Raises:
        Refused: with everything that is wrong with the file; TE533 where it is no sheet of marks.
    """
    problems = Problems()
    found = None
    match source.suffix:
        case ".xlsx" | ".xlsm" | ".xls" | ".ods":
            from tender_eval.files.marks.workbook import read_workbook

            found = read_workbook(source, problems)
        case ".csv" | ".tsv":
            found = read_csv(source, problems)
        case ".yaml" | ".yml":
            from tender_eval.files.marks.document import read_yaml

            found = read_yaml(source, problems)
        case _:
            refuse_no_sheet(Location(source.name), problems, "its name ends in none of .xlsx, .csv and .yaml")
    return problems.sound(found)
