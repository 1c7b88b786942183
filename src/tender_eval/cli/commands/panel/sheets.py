"""``tender-eval panel sheets`` and ``collect``: a sheet for each person, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.commands.case.entering import by_option, record_argument
from tender_eval.cli.inputs import Inputs, catalogue_at
from tender_eval.cli.output import deliver_bytes, emit
from tender_eval.cli.times import at_option, entry_time

if TYPE_CHECKING:
    from tender_eval.audit.collecting import Collected, Say, Sheet
    from tender_eval.case.case import Case
    from tender_eval.model.diagnostics import Problems
    from tender_eval.model.panel import Person

SHAPES = {"xlsx": ("xlsxwriter",), "csv": (), "yaml": ()}
"""The formats of sheets, each with the libraries that it needs."""

replace_option = click.option(
    "--replace", metavar="REASON", default="", help="Why marks take the place of those given before; both are kept."
)


@click.command("sheets")
@record_argument
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder for them.")
@click.option("--person", "people", multiple=True, metavar="ID", help="Whose; again for each further one. Else all.")
@click.option("--format", "shape", type=click.Choice(tuple(SHAPES)), default="xlsx", show_default=True)
@click.option("--tabs", is_flag=True, help="A tab for each bid, in place of one long table.")
def sheets(*, record: Path, out: Path, people: tuple[str, ...], shape: str, tabs: bool) -> None:
    """Write the sheet of each person who marks: their criteria and the bids that they may mark, and nothing else.

    Each row has the question, the scale with what each mark means, and open cells for mark, reason and note. A sheet
    holds no price and no mark of anybody else. Whoever has not declared their interests gets none.
    """
    from tender_eval.audit.verify import read_state
    from tender_eval.case.panel.sheets import reference
    from tender_eval.cli.file_names import file_names
    from tender_eval.model.extras import need
    from tender_eval.report.panel.sheet import sheet_of
    from tender_eval.report.panel.told import sheet_line

    if tabs and shape != "xlsx":
        raise click.UsageError("--tabs goes with --format xlsx")
    for library in SHAPES[shape]:
        need(library)
    case = read_state(record)
    chosen = _markers(case, record, people)
    reference_of = reference(case.entries[0].hash)
    out.mkdir(parents=True, exist_ok=True)
    names = file_names([one.id for one in chosen])
    for one in chosen:
        data = sheet_of(case.state, reference_of, one, shape, tabs=tabs)
        path = out / f"{names[one.id]}.{shape}"
        deliver_bytes(data, str(path), (str(record),))
        emit(sheet_line(case.state, one, path.as_posix()))


def _markers(case: Case, record: Path, people: tuple[str, ...]) -> list[Person]:
    """Those who get a sheet.

    Raises:
        Refused: TE087 where there is no panel, no bid, or somebody did not declare; TE530 for whom nobody knows.
    """
    from tender_eval.case.panel.declaring import check_panelled, note_undeclared
    from tender_eval.model.diagnostics import Problems, did_you_mean
    from tender_eval.model.location import Location

    state, where, problems = case.state, Location(record.as_posix()), Problems()
    check_panelled(state, where)
    panel = problems.sound(state.panel)
    chosen = [one for one in panel if one.marks] if not people else []
    for called in people:
        one = panel.find(called)
        if one is None:
            problems.add("TE530", where, f'"{called}" is nobody of the panel', did_you_mean(called, panel.called))
        elif not one.marks:
            hint = "name those who mark"
            problems.add("TE531", where, f"{one.name} is the {one.role} of the panel, who does not mark", hint)
        elif one not in chosen:
            chosen.append(one)
    note_undeclared(state, [one for one in state.undeclared if one in chosen], where, problems)
    problems.refuse()
    return chosen


@click.command("collect")
@record_argument
@click.argument("files", nargs=-1, required=True, type=click.Path())
@replace_option
@by_option
@at_option
@click.pass_obj
def collect(
    inputs: Inputs, *, record: Path, files: tuple[str, ...], replace: str, by: tuple[str, ...], at: str | None
) -> None:
    """Take the sheets that came back: each file is one act, and one at fault keeps no other out.

    Files may be renamed, their rows moved and columns added: marks are known by bid and criterion. A mark that was
    given before as another is refused and shown beside it; --replace with a reason takes it, and both stay on record.
    """
    from tender_eval.audit.collecting import marks_of_sheet

    entered(inputs, record, files, "submit_marks", marks_of_sheet(replace.strip()), by, at)


def entered(
    inputs: Inputs, record: Path, files: tuple[str, ...], kind: str, say: Say, by: tuple[str, ...], at: str | None
) -> None:
    """Enter what some sheets say, and tell what became of each.

    Raises:
        Refused: with what is wrong with the files that could not be taken.
    """
    from tender_eval.audit.collecting import collect as collecting
    from tender_eval.case.panel.guard import remarks_before_lock
    from tender_eval.model.diagnostics import Problems, Refused
    from tender_eval.report.panel.told import collected_text

    problems = Problems()
    read: list[Sheet] = []
    for name in dict.fromkeys(files):
        if (sheet := _sheet(inputs, name, problems)) is not None:
            read.append(sheet)
    faults = list(problems.sorted())
    if read:
        found: Collected = collecting(record, read, kind, say, by, catalogue_at(record), entry_time(at))
        faults += found.faults
        emit(collected_text(record.as_posix(), found))
        if kind == "agree" and found.told and found.state and (told := remarks_before_lock(found.state)):
            inputs.tell(told)
    if faults:
        raise Refused(faults)


def _sheet(inputs: Inputs, name: str, problems: Problems) -> Sheet | None:
    from tender_eval.audit.collecting import Sheet
    from tender_eval.files.marks.read import read_marks
    from tender_eval.model.diagnostics import Refused

    try:
        source = inputs.source(name)
        return Sheet(source, read_marks(source))
    except Refused as e:
        problems.extend(e.diagnostics)
        return None
