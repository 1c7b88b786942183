"""The report contract: from a case, as its record says, to a file for somebody."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from tender_eval.plugins.scorer import NAME


class Report(ABC):
    """Base of every report that a plugin brings: ``tender-eval report RECORD --format NAME`` writes it.

    ``name`` is what it is asked for by, the docstring says what it is for. The record is checked before: its chain, its
    digests and its evaluations. A report sees the whole case, names and prices of all bidders included: what it writes
    is for whoever may read the record, unless it withholds them.
    """

    name: ClassVar[str]

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            if not (isinstance(cls.name, str) and NAME.match(cls.name)):
                raise TypeError(f"{cls.__qualname__}.name must be lower-case letters, digits and '_', not {cls.name!r}")
            if not (cls.__doc__ or "").strip():
                raise TypeError(f"{cls.__qualname__} needs a docstring that says what it is for")

    @abstractmethod
    def write(self, case: Any) -> bytes:
        """The file.

        Args:
            case: a `tender_eval.case.case.Case`: ``case.compiled.scheme``, ``case.bids``, ``case.evaluations`` by lot,
                ``case.awarded(lot)`` and ``case.decided(lot)``. It is not to be changed, and no clock is to be read.
        """
