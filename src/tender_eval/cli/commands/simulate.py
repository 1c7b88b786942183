"""``tender-eval simulate``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tender_eval.cli.formats import DOCUMENTS, Made, check_writable, deliver_made
from tender_eval.cli.inputs import Inputs
from tender_eval.cli.output import STDOUT, deliver, output_option

if TYPE_CHECKING:
    from tender_eval.plugins.catalogue import Catalogue
    from tender_eval.simulation.results.outcome import SimulationOutcome
    from tender_eval.simulation.run import Progress, ProgressStage
    from tender_eval.simulation.spec.records import Spec


SHAPES = ("table", "json", "csv", *DOCUMENTS)
ENGINES = ("local", "dask")
PRESETS = (
    "county",
    "city",
    "welsh-region",
    "england",
    "digital-outcomes",
    "world-bank",
)  # as in simulation.starting_spec, which --help does not load
MOST_DRAWS = 10**10
MOST_POINTS = 10_000


@click.group("simulate")
def command() -> None:
    """Simulate what a way of tendering does: how lot size affects small providers."""


@command.command("lots")
@click.argument("spec", type=click.Path(), required=False)
@click.option("--draws", type=click.IntRange(1, MOST_DRAWS), help="Simulated tenders, in place of the spec's number.")
@click.option("--seed", type=click.IntRange(0, 2**63), help="In place of the spec's.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    help="Processes of this machine; default: one a core. With --engine dask they solve, and the cluster simulates.",
)
@click.option(
    "--joint",
    type=click.IntRange(0, MOST_POINTS),
    default=200,
    show_default=True,
    metavar="N",
    help="Trials in which all that is not known for certain varies at once; 0 for none.",
)
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="With --engine dask: where it is, tcp://host:8786 or tls://host:8786. Only a cluster that you trust: it can "
    "run anything here. The files of TLS are named in Dask's configuration (distributed.comm.tls).",
)
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Go on from here after a stop; .FILE.lock stays beside it.",
)
@click.option("--format", "shape", type=click.Choice(SHAPES), default="table", show_default=True)
@click.option("--html", type=click.Path(), metavar="FILE", help="Write the page with charts here as well.")
@output_option
@click.option("--init", is_flag=True, help="Print a complete spec with a comment on each parameter, and stop.")
@click.option("--preset", type=click.Choice(PRESETS), help="With --init: the scale to start from (default county).")
@click.pass_obj
def lots(
    inputs: Inputs, *, spec: str | None, draws: int | None, seed: int | None, workers: int | None, engine: str,
    scheduler: str | None, joint: int, checkpoint: Path | None, shape: str, html: str | None, output: str | None,
    init: bool, preset: str | None,
) -> None:  # fmt: skip
    """Compare lot designs: who can bid, who does, who wins, at what price and quality, and at what cost.

    SPEC is a YAML file; --init prints one to start from. What comes out is the same for every engine and number
    of workers.
    """
    _check_options(spec, init, preset, engine, scheduler, workers)
    catalogue = _plugins()
    if spec is None:
        from tender_eval.simulation.loading.starter import starting_spec

        deliver(starting_spec(preset or PRESETS[0], catalogue), output)
        return
    from tender_eval.simulation.run import RunOptions, simulate_lots

    found = _spec(inputs, spec, catalogue)
    found = replace(found, draws=draws or found.draws, seed=found.seed if seed is None else seed)
    check_writable(shape, output)
    if html is not None:
        check_writable("html", html)
    _spare(inputs, {"--checkpoint": str(checkpoint) if checkpoint else None, "--output": output, "--html": html})
    with _progress() as progress:
        how = RunOptions(engine, workers, scheduler, checkpoint, progress)
        outcome = simulate_lots(found, catalogue, how, points=joint)
    made = _made(outcome)
    deliver_made(made, shape, output, inputs.names())
    if html is not None:
        deliver_made(made, "html", html, inputs.names())


def _check_options(
    spec: str | None, init: bool, preset: str | None, engine: str, scheduler: str | None, workers: int | None
) -> None:
    if init and spec is not None:
        raise click.UsageError("--init prints a spec and reads none")
    if preset and not init:
        raise click.UsageError("--preset goes with --init")
    if spec is None and not init:
        raise click.UsageError("name a spec, or print one to start from with --init")
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask and --scheduler go together")
    if scheduler is not None:
        from tender_eval.simulation.running.engines.distributed import address

        try:
            address(scheduler)
        except ValueError as e:
            raise click.BadParameter(str(e), param_hint="--scheduler") from None


def _spare(inputs: Inputs, written: dict[str, str | None]) -> None:
    """That files can be written, each its own and none that is read, is seen before the work and not after it."""
    named = {option: path for option, path in written.items() if path and path != STDOUT}
    for option, path in named.items():
        if not Path(path).absolute().parent.is_dir():
            raise click.BadParameter(f"there is no folder {Path(path).parent.as_posix()}", param_hint=option)
        if Path(path).is_dir():
            raise click.BadParameter(f"{path} is a folder: name a file in it", param_hint=option)
        if any(Path(path).absolute() == Path(other).absolute() for name, other in named.items() if name != option):
            raise click.BadParameter(f"{path} is named twice: each file holds one thing", param_hint=option)
        if Path(path).exists() and any(Path(path).samefile(name) for name in inputs.names()):
            raise click.BadParameter(f"{path} is one of the files that are read", param_hint=option)


def _plugins() -> Catalogue:
    from tender_eval.lots.catalogue import load_catalogue

    return load_catalogue()


def _spec(inputs: Inputs, path: str, catalogue: Catalogue) -> Spec:
    """The spec with the files that it names, all of which messages can quote."""
    from tender_eval.simulation.loading.load import load_spec

    return load_spec(inputs.source(path), catalogue, inputs.source)


@contextmanager
def _progress() -> Iterator[Progress]:
    """Tells how far a run is on standard error, where that is a terminal: a bar for each stage."""
    from tender_eval.report.simulation.figure_format import stage_in_words

    with ExitStack() as open_bar:
        bars: dict[ProgressStage, Any] = {}

        def tell(stage: ProgressStage, done: int, total: int) -> None:
            if stage not in bars:
                open_bar.close()
                shown = click.progressbar(length=total, label=stage_in_words(stage), show_pos=True, file=sys.stderr)
                bars[stage] = open_bar.enter_context(shown)
            bars[stage].update(done - bars[stage].pos)

        yield tell if _shows_progress() else lambda _stage, _done, _total: None


def _shows_progress() -> bool:
    return sys.stderr.isatty()


def _made(outcome: SimulationOutcome) -> Made:
    """By format, what is told of the outcome."""
    from tender_eval.report.csv.simulation import lots_csv
    from tender_eval.report.json.simulation import lots_json
    from tender_eval.report.simulation.document import simulation_document

    return {
        "table": lambda: simulation_document(outcome, brief=True),
        "json": lambda: lots_json(outcome),
        "csv": lambda: lots_csv(outcome),
        **dict.fromkeys(DOCUMENTS, lambda: simulation_document(outcome)),
    }
