"""The files that the command line names: read once, checked together, quoted in messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from tender_eval.engine.compiled import CompiledScheme
    from tender_eval.files.source import Source
    from tender_eval.model.bids import Bids
    from tender_eval.model.diagnostics import Diagnostic, Problems
    from tender_eval.plugins.catalogue import Catalogue


class Inputs:
    """The files of one run, by name."""

    def __init__(self) -> None:
        self.reader = ""
        """The plugin's reader of bids that was asked for; empty where none was."""
        self._sources: dict[str, Source] = {}

    def read(self, path: str, problems: Problems) -> Source | None:
        """A file that the command line names, or None with the problem noted."""
        from tender_eval.model.diagnostics import Refused

        try:
            return self.source(path)
        except Refused as e:
            problems.extend(e.diagnostics)
            return None

    def source(self, path: str) -> Source:
        """A file that the command line or another file names.

        Raises:
            Refused: it cannot be read.
        """
        from dataclasses import replace

        from tender_eval.files.source import read_source

        source = read_source(path)
        if self.reader:
            source = replace(source, reader=self.reader)
        self._sources[source.name] = source
        return source

    def names(self) -> tuple[str, ...]:
        """The files that were read."""
        return tuple(self._sources)

    def tell(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Diagnostics to standard error, each once, with its line where the file is text."""
        from tender_eval.report.diagnostics import diagnostics_text

        click.echo(diagnostics_text(dict.fromkeys(diagnostics), self._texts()), err=True, nl=False)

    def _texts(self) -> dict[str, str]:
        from tender_eval.model.diagnostics import Refused

        texts = {}
        for name, source in self._sources.items():
            try:
                texts[name] = source.text
            except Refused:  # no text: a spreadsheet, or another encoding
                continue
        return texts


def _ask_for_reader(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    inputs: Inputs = ctx.obj
    inputs.reader = value or ""


reader_option = click.option(
    "--reader", metavar="NAME", expose_value=False, callback=_ask_for_reader,
    help="The plugin's reader that is to read the bids, where tender-eval would read such a file itself.",
)  # fmt: skip
"""For commands that read bids: by whose reader."""


def plugins(problems: Problems) -> Catalogue | None:
    """What is installed, or None with the faults of plugins noted."""
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.model.diagnostics import Refused

    try:
        return load_catalogue()
    except Refused as e:
        problems.extend(e.diagnostics)
        return None


def catalogue() -> Catalogue:
    """What is installed.

    Raises:
        Refused: naming each plugin that is at fault.
    """
    from tender_eval.engine.catalogue import load_catalogue

    return load_catalogue()


def catalogue_at(record: Path) -> Catalogue:
    """The plugins that a record names, as it was made with them.

    Raises:
        Refused: TE001 where it cannot be read; naming each plugin that is at fault.
    """
    from tender_eval.audit.plugins import catalogue_at as named_by

    return named_by(record)


def every_plugin(faults: Problems | None = None) -> Catalogue:
    """What is installed, with the built-in plugins of every layer.

    Args:
        faults: where given, faults are noted there, and what is sound is there all the same, to be looked at.

    Raises:
        Refused: naming each plugin that is at fault.
    """
    from tender_eval import lint
    from tender_eval.engine.catalogue import load_catalogue
    from tender_eval.lots import mechanisms

    return load_catalogue(further={"lint": lint, "mechanisms": mechanisms}, faults=faults)


def scheme_and_bids(inputs: Inputs, scheme: str, bids: str) -> tuple[CompiledScheme, Bids]:
    """A scheme and bids, sound each by itself and together.

    Raises:
        Refused: with every problem of both files and of the plugins.
    """
    from tender_eval.engine.check import check
    from tender_eval.files.load import NO_READERS, read_bids, read_scheme
    from tender_eval.lots.check import limits_check
    from tender_eval.model.diagnostics import Problems, Refused

    problems = Problems()
    stated, offered = inputs.read(scheme, problems), inputs.read(bids, problems)
    catalogue = plugins(problems)
    if stated and offered and catalogue:
        found = check(stated, offered, catalogue, limits_check(catalogue))
        if not isinstance(found, Refused):
            return found.compiled, found.bids
        from tender_eval.cli.wrong_scheme import one_diagnostic_where_misfit

        raise Refused(one_diagnostic_where_misfit(found, stated, offered, catalogue))
    if stated and catalogue:
        problems.extend(check(stated, None, catalogue, limits_check(catalogue)).diagnostics)
    elif stated:
        read_scheme(stated, problems)
    if offered:
        read_bids(offered, catalogue.readers if catalogue else NO_READERS, problems)
    raise Refused(problems.sorted())
