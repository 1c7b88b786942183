"""What every act has in common on the command line: who made it, when, and what is said of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tender_eval.cli.inputs import catalogue_at
from tender_eval.cli.output import emit
from tender_eval.cli.times import at_option, entry_time

if TYPE_CHECKING:
    from tender_eval.audit.writing import Entered
    from tender_eval.base.canonical import Data
    from tender_eval.case.state import State
    from tender_eval.model.diagnostics import Diagnostic

RECORD = click.Path(path_type=Path)
record_argument = click.argument("record", type=RECORD)
lot_option = click.option("--lot", metavar="ID", default="", help="The lot that it is about; else all of them.")
bid_option = click.option("--bid", metavar="ID", required=True, help="The bid that it is about.")
clause_option = click.option("--clause", metavar="TEXT", required=True, help="The provision that it rests on.")
reason_option = click.option("--reason", metavar="TEXT", required=True, help="Why.")
by_option = click.option("--by", metavar="NAME", multiple=True, help="Who makes it; again for each further person.")


def act(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command that enters an act: with the record, who made it and when."""

    def made(function: Callable[..., None]) -> click.Command:
        for option in (at_option, by_option):
            function = option(function)
        return click.command(name)(record_argument(function))

    return made


def enter(record: Path, kind: str, by: tuple[str, ...], at: str | None, **said: Any) -> None:
    """Enter an act in a record and say what it did.

    Args:
        said: what the act says; what is empty is left out.

    Raises:
        Refused: with what is wrong with it, or stands in its way.
    """
    from tender_eval.audit.writing import enter_as

    body = body_of(by, said)

    def say(state: State) -> Mapping[str, Data]:
        if kind == "lock" and state.received:  # told before they are locked; a refusal tells what is refused
            from tender_eval.case.panel.guard import remarks_of
            from tender_eval.model.diagnostics import Severity

            _tell([one for one in remarks_of(state) if one.severity is not Severity.ERROR])
        return body

    told(record, enter_as(record, kind, say, catalogue_at(record), entry_time(at)))


def body_of(by: tuple[str, ...], said: Mapping[str, Data]) -> dict[str, Data]:
    """The body of an act: what is empty is left out."""
    found = {name: value for name, value in said.items() if value}
    return {**found, **({"made_by": list(by)} if by else {})}


def told(record: Path, entered: Entered) -> None:
    """Say what an act did, how the case stands now, and how long the record is."""
    from tender_eval.report.case.act_report import entered_text

    emit(entered_text(record.as_posix(), entered))
    if entered.told.act.kind in ("agree", "evaluate", "correct"):
        from tender_eval.case.panel.guard import remarks_after

        _tell(remarks_after(entered.told.act, entered.state))


def _tell(found: Sequence[Diagnostic]) -> None:
    if found:
        click.get_current_context().obj.tell(found)
