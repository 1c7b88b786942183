"""``tender-eval plugins``."""

from __future__ import annotations

import click

from tender_eval.cli.formats import Made, deliver_made
from tender_eval.languages.inert import json_text


@click.command("plugins")
@click.option("--format", "shape", type=click.Choice(("text", "json")), default="text", show_default=True)
def command(shape: str) -> None:
    """List the loaded plugins, their versions and the hooks that they implement.

    Set TENDER_EVAL_LOAD_PLUGINS to the names of distributions, separated by commas, to load only these; set
    it to nothing to load none but what tender-eval brings.
    """
    from tender_eval.cli.listing import installed
    from tender_eval.report.lookups import list_text

    with installed() as found:
        plugins = found.catalogue.plugins
        data = [
            {"name": p.name, "distribution": p.distribution, "version": p.version, "hooks": list(p.hooks)}
            for p in plugins
        ]
        rows = [(p.name, p.distribution, p.version, ", ".join(p.hooks)) for p in plugins]
        made: Made = {
            "text": lambda: list_text(("name", "distribution", "version", "hooks"), rows),
            "json": lambda: json_text(data),
        }
        deliver_made(made, shape)
