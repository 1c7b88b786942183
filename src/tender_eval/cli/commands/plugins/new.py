"""``tender-eval plugins new``."""

from __future__ import annotations

from pathlib import Path

import click

from tender_eval.cli.output import deliver

FOLDER = click.Path(path_type=Path)
KINDS = ("scorer", "rule", "mechanism", "reader", "lint-rule", "report")


@click.command("new")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("name")
@click.option("--into", type=FOLDER, default=Path(), help="The folder that gets it. Default: this one.")
def new(*, kind: str, name: str, into: Path) -> None:
    """Write a new plugin: a distribution of its own, whose tests pass as they stand.

    NAME is that of what it brings, such as opening_hours; the folder is called tender-eval-opening-hours. Nothing that
    is there is written over.
    """
    from tender_eval.cli.commands.plugins.scaffold import new_plugin
    from tender_eval.model.diagnostics import Diagnostic, Refused

    made = new_plugin(kind, name)
    folder = into / f"tender-eval-{name.replace('_', '-')}"
    if folder.exists():
        raise Refused([Diagnostic("TE090", f"{folder} is there already", None, "name another folder with --into")])
    for path, text in made.items():
        file = folder / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as e:
            reason = e.strerror or type(e).__name__
            raise Refused([Diagnostic("TE090", f"cannot make the folder {file.parent}: {reason}")]) from None
        deliver(text, str(file))
    if kind == "report":
        _record(folder)
    click.echo(f"{folder}: {len(made)} files; try it with pytest in that folder", err=True)


def _record(folder: Path) -> None:
    """The record that a new report is tried on."""
    from tender_eval.audit.writing import record
    from tender_eval.cli.commands.plugins.scaffold import RECORD
    from tender_eval.cli.times import entry_time
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.files.source import Source
    from tender_eval.plugins.manager import ISOLATE

    scheme, bids = (
        Source(f"{name}.yaml", (folder / "tests" / f"{name}.yaml").read_bytes()) for name in ("scheme", "bids")
    )
    record(folder / RECORD, scheme, bids, load_catalogue({ISOLATE: ""}), entry_time(None))
