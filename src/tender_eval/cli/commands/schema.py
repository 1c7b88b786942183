"""``tender-eval schema``."""

from __future__ import annotations

import json

import click

from tender_eval.cli.output import emit


@click.command("schema")
@click.argument("of", type=click.Choice(("scheme", "bids", "authority", "panel", "policy", "lots-spec")))
def command(of: str) -> None:
    """Print the JSON Schema of a file: schemes, bids, authorities, panels, policies, specs of simulations.

    The schema of schemes knows the parameters of every installed scorer, award rule and award mechanism.
    """
    schemas = {
        "scheme": _scheme, "bids": _bids, "authority": _authority, "panel": _panel, "policy": _policy,
        "lots-spec": _lots_spec,
    }  # fmt: skip
    schema = schemas[of]()
    emit(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")


def _bids() -> dict[str, object]:
    from tender_eval.files.schema import bids_schema

    return bids_schema()


def _authority() -> dict[str, object]:
    from tender_eval.files.authority import TITLE, AuthorityFile
    from tender_eval.files.schema import file_schema

    return file_schema(TITLE, AuthorityFile)


def _panel() -> dict[str, object]:
    from tender_eval.files.panel import TITLE, PanelFile
    from tender_eval.files.schema import file_schema

    return file_schema(TITLE, PanelFile)


def _policy() -> dict[str, object]:
    from tender_eval.files.policy import TITLE, PolicyFile
    from tender_eval.files.schema import file_schema

    return file_schema(TITLE, PolicyFile)


def _lots_spec() -> dict[str, object]:
    from tender_eval.files.schema import file_schema
    from tender_eval.simulation.loading.file import TITLE, SpecFile

    return file_schema(TITLE, SpecFile)


def _scheme() -> dict[str, object]:
    from tender_eval.cli.method_entries import first_line
    from tender_eval.files.schema import scheme_schema
    from tender_eval.lots.catalogue import load_catalogue

    catalogue = load_catalogue()
    scorers = {name: (found.item.Params, first_line(found.item)) for name, found in catalogue.scorers.items()}
    rules = {name: (found.item.Params, first_line(found.item)) for name, found in catalogue.rules.items()}
    mechanisms = {name: (found.item.Params, first_line(found.item)) for name, found in catalogue.mechanisms.items()}
    return scheme_schema(scorers, rules, mechanisms)
