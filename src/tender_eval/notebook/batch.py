"""A batch as a frame: a row a draw, the arrays of the result copied once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tender_eval.engine.evaluating.batch import BatchResult
from tender_eval.model.extras import need

if TYPE_CHECKING:
    from pandas import DataFrame


def batch_frame(result: BatchResult) -> DataFrame:
    """The draws of a batch; see `BatchResult.to_frame`."""
    need("pandas", "notebook")
    import pandas

    bids: list[str] | list[int] = [*result.ids] or [*range(len(result.ranks))]
    parts = []
    for arrays in _by_type(result):
        columns = pandas.MultiIndex.from_product([list(arrays), bids], names=["figure", "bid"])
        # (bids, draws) row by row is how pandas keeps columns of one type: they are copied into one block, and no more
        parts.append(pandas.DataFrame(np.concatenate(list(arrays.values())).T, columns=columns, copy=False))
    as_they_are = {"copy": False} if pandas.__version__.startswith("2.") else {}  # what pandas 3 does by itself
    made = pandas.concat(parts, axis="columns", **as_they_are)
    made.index.name = "draw"
    return made


def _by_type(result: BatchResult) -> list[Mapping[str, NDArray[Any]]]:
    """Figures, ranks and truths, by name."""
    figures = {"points": result.points, "figures": result.figures}
    figures |= {f"points.{name}": points for name, points in result.criteria.items()}
    figures |= {"awards": result.awards} if result.awards is not None else {}
    truths = {"rejected": result.rejected}
    truths |= {"low_prices": result.low_prices} if result.low_prices is not None else {}
    return [figures, {"ranks": result.ranks}, truths]
