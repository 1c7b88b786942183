"""Results out: to standard output, or whole into a file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import click

from tender_eval.cli.standard_output import NAMES

STDOUT = "-"  # as a name of a file, it stands for standard output

output_option = click.option("--output", "-o", type=click.Path(), help="Write to this file instead of standard output.")
"""Of commands that give one result."""


def emit(result: str | bytes) -> None:
    """A result to standard output.

    Raises:
        Refused: TE090 where it cannot be written.
    """
    try:
        click.echo(result, nl=False)
    except OSError as e:
        if e.errno in (errno.EPIPE, errno.EINVAL):  # the second is how Windows says the first
            raise OSError(errno.EPIPE, "the reader has gone") from None
        raise _unwritten("standard output", e) from None


def deliver(text: str, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """A result to standard output, or to a file that holds all of it or is left as it was.

    Args:
        inputs: files that were read, which no result may replace.

    Raises:
        Refused: TE090 where it cannot be written, TE091 where the file is a record.
    """
    if output is None or output in NAMES:
        emit(text)
    else:
        deliver_bytes(text.encode("utf-8", errors="backslashreplace"), output, inputs)


def deliver_bytes(data: bytes, output: str | None, inputs: tuple[str, ...] = ()) -> None:
    """Bytes to standard output or into a file, as `deliver` does it with text.

    Raises:
        Refused: TE090 where they cannot be written, TE091 where the file is a record.
    """
    output = None if output in NAMES else output
    if output is not None and any(_same(output, name) for name in inputs):
        raise click.UsageError(f"{output} is one of the files that are read: name another to write to")
    if output is None:
        emit(data)
        return
    refuse_record_as_output(output)
    try:
        _replace(Path(output), data)
    except OSError as e:
        raise _unwritten(output, e) from None


def refuse_record_as_output(output: str) -> None:
    """See that what is to be written replaces no record of an evaluation.

    Raises:
        Refused: TE091 where it would.
    """
    if not Path(output).is_file():
        return
    from tender_eval.files.kinds import RECORD_HEAD, begins_as_record
    from tender_eval.model.diagnostics import Diagnostic, Refused
    from tender_eval.model.location import Location

    name = Path(output).as_posix()
    try:
        with Path(output).open("rb") as file:
            head = file.read(RECORD_HEAD)
    except OSError as e:
        raise _unwritten(name, e) from None
    if begins_as_record(head):
        message = f"{name} is the record of an evaluation, and a record is never overwritten"
        raise Refused([Diagnostic("TE091", message, Location(name), "name another file")])


def _replace(target: Path, data: bytes) -> None:
    if target.exists() and not target.is_file():  # a device or a pipe is written to, never replaced
        target.write_bytes(data)
        return
    target = target.resolve()
    beside = target.with_name(f".{target.name}.{os.urandom(6).hex()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _same(output: str, name: str) -> bool:
    return Path(output).exists() and Path(name).exists() and Path(output).samefile(name)


def _unwritten(what: str, error: OSError) -> Exception:
    from tender_eval.model.diagnostics import Diagnostic, Refused

    reason = error.strerror or type(error).__name__
    return Refused([Diagnostic("TE090", f"cannot write {what}: {reason}")])
