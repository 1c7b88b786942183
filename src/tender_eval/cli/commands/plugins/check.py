"""``tender-eval plugins check``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tender_eval.cli.output import emit

if TYPE_CHECKING:
    from tender_eval.plugins.catalogue import Catalogue
    from tender_eval.testing.kit.checks import Check


FILE = click.Path(exists=True, path_type=Path)


@click.command("check")
@click.argument("distributions", nargs=-1, metavar="DISTRIBUTION...")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=FILE,
    help="A file that a reader must read, or a record that a report must tell of.",
)
@click.pass_context
def check(ctx: click.Context, distributions: tuple[str, ...], files: tuple[Path, ...]) -> None:
    """Try every promise of installed plugins, as their own tests would; exit code 1 where one is broken.

    DISTRIBUTION is the name of an installed one; without any, all that are installed are tried. It runs their code.
    """
    from tender_eval.cli.inputs import every_plugin
    from tender_eval.model.diagnostics import Diagnostic, Refused, did_you_mean

    catalogue = every_plugin()
    brought = dict(_brought(catalogue))
    known = sorted({origin for origin, _ in brought.values()})
    for name in distributions:
        if _normal(name) not in known:
            raise Refused([Diagnostic("TE072", f'no plugin of "{name}" is loaded', None, did_you_mean(name, known))])
    wanted = {_normal(name) for name in distributions} or set(known)
    kept = broken = 0
    for named, (origin, kind) in brought.items():
        if origin in wanted:
            for one in _checks(kind, files):
                said = _said(one)
                kept, broken = kept + (not said), broken + bool(said)
                emit(f"{'broken' if said else 'kept':7}{named}: {one.name}{f': {said}' if said else ''}\n")
    emit(f"{kept} kept, {broken} broken\n")
    if broken or not kept:
        ctx.exit(1)


def _brought(catalogue: Catalogue) -> Iterator[tuple[str, tuple[str, type]]]:
    """What third parties bring: what each is called, its distribution and its class."""
    from tender_eval.base import OWN_DISTRIBUTION

    for methods in (
        catalogue.scorers, catalogue.rules, catalogue.mechanisms, catalogue.lint_rules, catalogue.reports,
    ):  # fmt: skip
        for method in methods.values():
            if method.origin.distribution != OWN_DISTRIBUTION:
                yield str(method), (_normal(method.origin.distribution), method.kind())
    for called, reader in catalogue.readers.items():
        yield called, (_normal(called.rpartition("(")[2].partition(" ")[0]), reader)


def _checks(kind: type, files: tuple[Path, ...]) -> list[Check]:
    from tender_eval.testing.kit.kinds import checks_of

    return checks_of(kind, files)


def _said(one: Check) -> str:
    """What is said of a broken promise; nothing of one that is kept."""
    try:
        one()
    except AssertionError as e:
        return str(e)
    return ""


def _normal(name: str) -> str:
    return name.strip().lower().replace("_", "-")
