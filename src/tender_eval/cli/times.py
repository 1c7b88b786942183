"""When something is entered: by the clock, or as it is given, but never in the future; and what salts it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_SALTS = "tender_eval.salts"


def at_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """When something is entered, and the key of its salts where bytes must repeat."""
    for option in (salts_option, _at_option):
        function = option(function)
    return function


def _use_salts(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
    if value is None:
        return
    from tender_eval.audit.commitments.salts import SIZE, salts_from
    from tender_eval.files.source import read_source

    key = read_source(value).data
    if len(key) < SIZE:
        raise click.BadParameter(f"a key of salts has at least {SIZE} random bytes", param_hint="--salts")
    ctx.meta[_SALTS] = True
    ctx.with_resource(salts_from(key))


def salts_given() -> bool:
    """Whether the command line names a key of salts."""
    return _SALTS in click.get_current_context().meta


_at_option = click.option("--at", metavar="TIME", help="When, in RFC 3339 with an offset; else the clock's time.")
salts_option = click.option(
    "--salts",
    type=click.Path(path_type=Path),
    callback=_use_salts,
    expose_value=False,
    help="A secret key of 32 random bytes or more, that salts are made from: only where bytes must repeat, with --at.",
)


def now() -> str:
    """The time by the clock, to the second, in UTC."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry_time(at: str | None) -> str:
    """The time of an entry.

    Raises:
        Refused: TE094 where it is in the future. What is no time is refused by whoever writes the record.
    """
    if not at:
        return now()
    from tender_eval.base.times import instant
    from tender_eval.model.diagnostics import Diagnostic, Refused

    asked, today = instant(at), instant(now())
    if asked is not None and today is not None and asked > today:
        raise Refused([Diagnostic("TE094", f"{at} is in the future", None, "give when it was, or leave --at out")])
    return at
