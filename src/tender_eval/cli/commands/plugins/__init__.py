"""``tender-eval plugins``: what is loaded, what is at fault, a new one, and whether its promises are kept."""

from __future__ import annotations

import click

from tender_eval.cli.commands.plugins.check import check
from tender_eval.cli.commands.plugins.new import new
from tender_eval.cli.formats import Made, deliver_made
from tender_eval.languages.inert import json_text


@click.group("plugins", invoke_without_command=True)
@click.option("--broken", is_flag=True, help="Load all that they bring, and tell only what is at fault.")
@click.option("--format", "shape", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.pass_context
def command(ctx: click.Context, broken: bool, shape: str) -> None:
    """List the loaded plugins and the hooks that they implement; start a new one, check its promises.

    Set TENDER_EVAL_LOAD_PLUGINS to the names of distributions, separated by commas, to load only these; set
    it to nothing to load none but what tender-eval brings.
    """
    from tender_eval.cli.listing import installed
    from tender_eval.report.lookups import list_text

    if ctx.invoked_subcommand is not None:
        return
    with installed() as found:
        if broken:
            for kind in ("scorers", "rules", "mechanisms", "lint_rules"):
                for _ in found.sound(getattr(found.catalogue, kind)):
                    pass  # what cannot be loaded is noted
            if not found.faults:
                click.echo("no plugin is at fault", err=True)
            return
        plugins = found.catalogue.plugins
        data = [
            {"name": p.name, "distribution": p.distribution, "version": p.version, "hooks": list(p.hooks)}
            for p in plugins
        ]
        rows = [(p.name, p.distribution, p.version, ", ".join(p.hooks)) for p in plugins]
        made: Made = {
            "text": lambda: list_text("name distribution version hooks", rows),
            "json": lambda: json_text(data),
        }
        deliver_made(made, shape)


command.add_command(new)
command.add_command(check)
