"""``tender-eval test``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.inputs import Inputs
from tender_eval.cli.output import emit
from tender_eval.languages.catalogue import catalogue as messages

if TYPE_CHECKING:
    from tender_eval.model.diagnostics import Problems
    from tender_eval.plugins.catalogue import Catalogue


t = messages("lookups")


@click.command("test")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True), metavar="PATH...")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...]) -> None:
    """Run the cases of *.test.yaml files beside schemes.

    PATH is such a file, or a folder that is searched for them. The exit code is 1 where a case fails, a file
    is at fault, or there is none.
    """
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.model.diagnostics import Problems

    inputs: Inputs = ctx.obj
    catalogue = load_catalogue()
    problems = Problems()
    results = [held for path in _files(paths) for held in _run(path, inputs, catalogue, problems)]
    failed = results.count(False)
    emit(t.count("tested", len(results), failed=failed) + "\n" if results else "")
    if problems:
        inputs.tell(problems)
    elif not results:
        click.echo(t("no tests"), err=True)
    if failed or problems or not results:
        ctx.exit(1)


def _files(paths: tuple[str, ...]) -> list[Path]:
    """The files, each once, in the order of their names."""
    found = {p for name in paths for p in _under(Path(name))}
    return sorted(found, key=lambda p: p.as_posix())


def _under(path: Path) -> Iterator[Path]:
    return path.rglob("*.test.yaml") if path.is_dir() else iter((path,))


def _run(path: Path, inputs: Inputs, catalogue: Catalogue, problems: Problems) -> Iterator[bool]:
    """Run the cases of a file, a line each; gives whether each holds."""
    from tender_eval.languages.inert import inert
    from tender_eval.model.diagnostics import Refused
    from tender_eval.testing.cases import cases_in, run_case

    source = inputs.read(str(path), problems)
    if source is None:
        return
    try:
        cases = cases_in(source)
    except Refused as e:
        problems.extend(e.diagnostics)
        return
    for case in cases:
        differences = run_case(case, catalogue)
        told = [f"{'FAILED' if differences else 'ok':<6}  {path.as_posix()}:{case.where.line}  {case.name}"]
        told += [f"          {line}" for line in differences]
        emit("".join(f"{inert(line)}\n" for line in told))
        yield not differences
