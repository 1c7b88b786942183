"""The group of commands: loads each when it is asked for, and ends every run with the right exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tender_eval.cli.standard_output import kept_apart

if TYPE_CHECKING:
    from tender_eval.model.diagnostics import Refused

FAULT = 1
BUG = 3


class LazyGroup(click.Group):
    """Commands by name, each in the module ``tender_eval.cli.commands.<name>`` as ``command``."""

    def __init__(self, *args: Any, commands_help: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commands_help = commands_help

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in the order in which they are shown."""
        return list(self.commands_help)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, loaded now."""
        if cmd_name not in self.commands_help:
            return None
        command: click.Command = import_module(f"tender_eval.cli.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked for; a misspelt one is told with the nearest name."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as e:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self.commands_help, n=1)
            hint = f" Did you mean '{near[0]}'?" if near and near[0] not in e.message else ""
            raise click.UsageError(e.message + hint, ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.commands_help.items()))

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line; see `click.Command.main`."""
        for name in ("stdout", "stderr"):
            if getattr(sys, name) is None:  # closed before we began: nobody reads it
                setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - as long as we run
            _make_ready(getattr(sys, name))
        with kept_apart():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command. What is refused ends with exit code 1, what is a bug of ours with 3."""
        from tender_eval.cli.inputs import Inputs

        ctx.obj = Inputs()
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as e:  # the last stop: told apart here, and nothing is shown as a traceback
            if isinstance(e, OSError) and e.errno == errno.EPIPE:
                raise  # whoever read our output has gone; click ends quietly
            ctx.exit(_refused(e, ctx.obj) if _is_refused(e) else _bug(e))


def _make_ready(stream: Any) -> None:
    """The same bytes on every system, and no character that a console cannot show stops a run."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _is_refused(error: Exception) -> bool:
    from tender_eval.model.diagnostics import Refused

    return isinstance(error, Refused)


def _refused(error: Any, inputs: Any) -> int:
    refused: Refused = error
    inputs.tell(refused.diagnostics)
    return FAULT


def _bug(error: Exception) -> int:
    from tender_eval.cli.bugs import write_details

    click.echo(write_details(error), err=True)
    return BUG
