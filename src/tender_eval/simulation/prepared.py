"""A design ready to simulate: compiled, and its equilibrium solved several times.

What bidders do is solved on a sample of tenders, so it is known with an error, which more simulated tenders do not
lessen. Several solutions, each on a sample of its own, show how large it is: simulated tender ``j`` is played by
solution ``j % n``.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any, NamedTuple

from tender_eval.lots.catalogue import load_catalogue
from tender_eval.model.numeric import Array
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.bidding.equilibrium import Equilibrium
from tender_eval.simulation.bidding.game import SAMPLE, solve_design
from tender_eval.simulation.bidding.pricing import Policy
from tender_eval.simulation.spec.records import Design, Provider, ProviderType
from tender_eval.simulation.tendering.design import DesignModel, model_of

SOLVES = 8
"""Solutions of a design: so many that what is left of their error hardly shows, and that its size can be told."""


class Solution(NamedTuple):
    """What bidders do in equilibrium, from one sample of tenders.

    Attributes:
        policies: by kind of lot.
        row_of_code: row of the policies by code; None where rows are kinds of providers.
        equilibrium: how well the policies hold.
        win_rates: how often the bids of each kind of provider win, ``(kinds,)``.
    """

    policies: tuple[Policy, ...]
    row_of_code: Array | None
    equilibrium: Equilibrium
    win_rates: Array


@dataclass(frozen=True, slots=True)
class PreparedDesign:
    """A design ready to simulate; goes to other processes by pickle, and is compiled anew once in each.

    Attributes:
        types, providers, area_weights: the market that the design meets.
        solutions: what bidders do, by several samples; all designs that are compared have as many.
    """

    design: Design
    types: tuple[ProviderType, ...]
    providers: tuple[Provider, ...]
    area_weights: tuple[float, ...]
    solutions: tuple[Solution, ...]
    _model: list[DesignModel] = field(default_factory=list, compare=False, repr=False)

    def model(self) -> DesignModel:
        """The compiled design."""
        if not self._model:
            self._model.append(model_of(self.design, self.types, self.providers, self.area_weights, load_catalogue()))
        return self._model[0]

    def __reduce__(self) -> Any:
        parts = tuple(getattr(self, f.name) for f in fields(self) if f.name != "_model")
        return _restored, (sha256(pickle.dumps(parts)).digest(), *parts)


_KEPT: dict[bytes, PreparedDesign] = {}


MOST_KEPT = 64


def _restored(digest: bytes, *parts: Any) -> PreparedDesign:
    """What was pickled; the same object for the same content, so that a worker compiles each design once."""
    if digest not in _KEPT:
        if len(_KEPT) >= MOST_KEPT:
            _KEPT.clear()
        _KEPT[digest] = PreparedDesign(*parts)
    return _KEPT[digest]


def prepare(
    design: Design,
    types: Sequence[ProviderType],
    providers: Sequence[Provider],
    area_weights: Sequence[float],
    catalogue: Catalogue,
    seed: int,
    sample: int = SAMPLE,
    solves: int = 1,
) -> PreparedDesign:
    """Compile a design and solve its equilibrium, each time on a few thousand tenders of their own seed.

    Args:
        types: those that the design meets, whether they are its own or the market's.
        sample: cells (providers x lots x tenders) on which it is solved, about.
        solves: how many times.

    Raises:
        Refused: the scheme does not compile, reads what is not known of the providers, or names no mechanism.
    """
    kinds = tuple(types)
    model = model_of(design, kinds, providers, area_weights, catalogue)
    solutions = tuple(Solution(*solve_design(model, seed, sample, n)) for n in range(solves))
    return PreparedDesign(design, kinds, tuple(providers), tuple(area_weights), solutions, [model])
