"""``tender-eval panel meeting`` and ``agree``: the chair's sheet, and what the panel agreed."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.commands.case.entering import by_option, enter, record_argument
from tender_eval.cli.commands.panel.sheets import entered, replace_option
from tender_eval.cli.inputs import Inputs
from tender_eval.cli.output import deliver_bytes, emit
from tender_eval.cli.times import at_option


@click.command("meeting")
@record_argument
@click.option("--out", required=True, type=click.Path(), metavar="FILE.xlsx", help="The workbook to write.")
def meeting(*, record: Path, out: str) -> None:
    """Write the chair's sheet: everybody's marks and reasons side by side, and open cells for what is agreed.

    The marks furthest apart stand first. On the sheet Present the chair says who is there.
    """
    from tender_eval.audit.verify import read_state
    from tender_eval.case.panel.declaring import check_panelled
    from tender_eval.case.panel.sheets import reference
    from tender_eval.model.extras import need
    from tender_eval.model.location import Location
    from tender_eval.report.panel.meeting import meeting_sheet
    from tender_eval.report.panel.told import meeting_line

    need("xlsxwriter")
    case = read_state(record)
    check_panelled(case.state, Location(record.as_posix()))
    deliver_bytes(meeting_sheet(case.state, reference(case.entries[0].hash)), out, (str(record),))
    emit(meeting_line(case.state, Path(out).as_posix()))


@click.command("agree")
@record_argument
@click.argument("file", required=False, type=click.Path())
@click.option("--bid", metavar="ID", default="", help="One mark in place of a file: of which bid.")
@click.option("--lot", metavar="ID", default="", help="For which lot, where there are lots.")
@click.option("--criterion", metavar="ID", default="", help="At which criterion.")
@click.option("--mark", metavar="MARK", default="", help="What is agreed; not where the scheme computes the mark.")
@click.option("--reason", metavar="TEXT", default="", help="Why, as the bidder is to read it.")
@click.option("--note", metavar="TEXT", default="", help="What stays in the panel.")
@click.option("--present", metavar="ID", multiple=True, help="Who was there; again for each further person.")
@replace_option
@by_option
@at_option
@click.pass_obj
def agree(
    inputs: Inputs, /, *, record: Path, file: str | None, present: tuple[str, ...], replace: str,
    by: tuple[str, ...], at: str | None, **said: str,
) -> None:  # fmt: skip
    """Enter what the panel agreed: from the chair's sheet, or one mark by options.

    An agreed mark is by those who were present, give marks at the criterion and may mark the bid. One that was agreed
    before as another is refused; --replace with a reason takes it, and both stay on record.
    """
    if file is not None:
        if given := [name for name, value in {**said, "present": present}.items() if value]:
            raise click.UsageError(f"the file says what was agreed: leave --{given[0]} out")
        from tender_eval.audit.collecting import marks_of_meeting

        entered(inputs, record, (file,), "agree", marks_of_meeting(replace.strip()), by, at)
        return
    if missing := [f"--{name}" for name in ("bid", "criterion", "reason") if not said[name]]:
        raise click.UsageError(f"give a file, or {', '.join(missing)}")
    if not present:
        raise click.UsageError("say who was there, with --present for each")
    enter(record, "agree", by, at, marks=[said], present=list(present), replaces=replace.strip())
