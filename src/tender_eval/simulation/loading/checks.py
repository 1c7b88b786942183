"""Whether a spec that reads well can be simulated: its size, what its schemes read, and each mechanism's limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product

from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.spec.assumptions import does_nothing
from tender_eval.simulation.spec.parameters import Value
from tender_eval.simulation.spec.records import Spec
from tender_eval.simulation.spec.variations import varied
from tender_eval.simulation.tendering import scoring
from tender_eval.simulation.tendering.design import model_of

MOST_PROVIDERS = 2000
MOST_CELLS = 50_000  # providers x areas: a few gigabytes
AT_ODDS = ("mechanism", "lots_awarded", "years")
"""Parameters that a mechanism or a scheme can refuse."""


def check_size(providers: int, areas: int, where: Location, problems: Problems) -> None:
    """That the market is of a size that can be simulated; no design has more lots than there are areas."""
    if providers > MOST_PROVIDERS:
        message = f"the market has {providers:,} providers; at most {MOST_PROVIDERS:,} are simulated"
        problems.add("TE015", where, message, "leave out those who would not bid")
    elif providers * areas > MOST_CELLS:
        message = f"{providers:,} providers in {areas:,} areas: {providers * areas:,} cells, at most {MOST_CELLS:,}"
        problems.add("TE015", where, message, "put areas together, or leave out those who would not bid")


def check_figures(spec: Spec, figures: Sequence[tuple[str, Location]], problems: Problems) -> None:
    """That what designs and a sweep set does something.

    A file of providers can stand in place of a type's figure, and the designs in place of the sweep.

    Args:
        figures: what they set, by name, and where.
    """
    for name, where in figures:
        if does_nothing(spec, name):
            message = f'"{name}" is set here, but the file of providers states it of all of them, so it does nothing'
            problems.add("TE028", where, message, "remove it here, or leave it out of the file of providers")
        elif name in spec.sweep and all(name in d.changed for d in spec.designs):
            message = f'"{name}" is set by every design itself, so to try other values of it does nothing'
            problems.add("TE028", where, message, "remove it here, or from the designs")


def check_models(
    spec: Spec, places: Sequence[Location], swept: Location | None, catalogue: Catalogue, problems: Problems
) -> None:
    """That every design compiles, that what its scheme reads is known of simulated bids, and that it can score it.

    Args:
        places: where each design is written.
        swept: where the sweep is.
    """
    problems.extend(_of_designs(spec, places, catalogue))
    if swept is not None and not problems:
        for values in _points(spec):
            problems.extend(_of_designs(varied(spec, values), [swept] * len(spec.designs), catalogue))


def _points(spec: Spec) -> Iterator[dict[str, Value]]:
    names = [name for name in AT_ODDS if name in spec.sweep]
    for values in product(*(spec.sweep[name] for name in names)) if names else ():
        yield dict(zip(names, values, strict=True))


def _of_designs(spec: Spec, places: Sequence[Location], catalogue: Catalogue) -> Iterator[Diagnostic]:
    """What is wrong; where a diagnostic does not say where, the place of the design."""
    for design, where in zip(spec.designs, places, strict=True):
        try:
            model = model_of(design, spec.types_in(design), spec.providers, spec.area_weights, catalogue)
            scoring.probe(model.scheme, model.inputs, model.codes.number, float(model.lots.value[0]))
        except Refused as e:
            yield from (replace(d, where=d.where or where) for d in e.diagnostics)
