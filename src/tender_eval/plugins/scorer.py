"""The scorer contract: a pure function from columns of figures to shares of full marks."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, get_args

from tender_eval.files.fields import Fields
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.location import Text
from tender_eval.model.marking.scales import Scale, ScaleStep
from tender_eval.model.numeric import Array
from tender_eval.plugins.answers import Likely, OwnFormula, Subject, Unsupported
from tender_eval.plugins.table import BidTable, Reads, Steps

if TYPE_CHECKING:  # a run that asks for no expression loads none
    from tender_eval.plugins.expression.tree import Node

NOTHING: Mapping[str, Fraction] = MappingProxyType({})
NAME = re.compile(r"^[a-z][a-z0-9_]*$")


class Trait(StrEnum):
    """A promise of a scorer; `tender_eval.testing` checks each one that is made."""

    INDEPENDENT = "independent"
    """A bid's score does not depend on the other bids."""
    MONOTONE = "monotone"
    """Bettering a figure (see `Reads.better`) never lowers the bid's own score nor raises another's."""
    SCALE_FREE = "scale_free"
    """Multiplying everybody's figures by one positive number changes no score."""


class ScorerParams(Fields):
    """Base of a scorer's parameters. Use the types of `tender_eval.files.fields`: numbers are Fractions in
    exact runs and floats in batch runs, so write the arithmetic once."""


class CriterionView:
    """What a scorer may know of the criterion it scores when its parameters are prepared."""

    def __init__(
        self,
        criterion: str,
        scales: Mapping[str, Scale],
        refuse: Callable[[str, str, str], None],
        computed_marks: bool = False,
    ) -> None:
        self.id = criterion
        self.computed_marks = computed_marks
        """Whether marks are computed of individual ones, and so may lie between those of a scale."""
        self._scales = scales
        self.refuse = refuse
        """``refuse(code, message, hint)`` notes a diagnostic at the criterion; a `Text` as message, at its place."""

    def scale(self, name: str) -> tuple[ScaleStep, ...]:
        """The steps of a scale of the scheme; an unknown one is refused, and has none."""
        found = self.scale_named(name)
        return found.steps if found else ()

    def scale_named(self, name: str) -> Scale | None:
        """A scale of the scheme; an unknown one is refused."""
        if name in self._scales:
            return self._scales[name]
        message = f'there is no scale "{name}"'
        hint = did_you_mean(name, self._scales) or f"add scales: {{{name}: ...}} to the scheme"
        self.refuse("TE021", Text(message, name.where) if isinstance(name, Text) else message, hint)
        return None


class Scorer(ABC):
    """Base of every scorer, built-in or third-party.

    A subclass states ``name``, ``traits``, a docstring with its source, optional ``Params``, the columns it
    ``reads`` and ``score``. ``exact = False`` says that roots or logarithms are taken (see `model.enclosure`).
    ``subjects`` are what it is made for, of those that lint asks after. ``examples`` are parameter sets, as they would
    stand in a scheme, that docs and tests use.
    """

    name: ClassVar[str]
    traits: ClassVar[frozenset[Trait]] = frozenset()
    subjects: ClassVar[frozenset[Subject]] = frozenset()
    exact: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({},)
    Params: ClassVar[type[ScorerParams]] = ScorerParams

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.traits = frozenset(cls.traits)
        if "name" in cls.__dict__:
            check_contract(cls, ScorerParams)

    def prepare(self, params: Any, criterion: CriterionView) -> Any:
        """The parameters completed with what the scheme says of the criterion; by default as they are."""
        return params

    def traits_for(self, params: Any) -> frozenset[Trait]:
        """The promises that hold with these parameters; by default all of ``traits``."""
        return self.traits

    @abstractmethod
    def reads(self, params: Any) -> tuple[Reads, ...]:
        """The columns that `score` will ask for."""

    @abstractmethod
    def score(self, bids: BidTable, params: Any, steps: Steps) -> Array:
        """The share of full marks of each bid: shape ``(bids,)`` or ``(bids, draws)``, each in [0, 1].

        Only `tender_eval.model.numeric` and ``+ - * /`` are needed to serve both arithmetics.

        Raises:
            FigureError: the bids cannot be scored together.
        """

    def expression(self, params: Any) -> Node | Unsupported:
        """The score as an expression; see `tender_eval.plugins.expression`.

        It must come to what `score` gives, in both arithmetics (`tender_eval.testing.kit` tries it). With it workbooks
        recompute the score, and what else is asked of the method is read from it. Without it they show a value.
        """
        return Unsupported("it states no expression of the score")

    def can_be_endless(self, params: Any) -> bool | Unsupported:
        """Whether scores of figures that end can have endless decimals; by default as the expression says."""
        found = self.expression(params)
        if isinstance(found, Unsupported):
            return found
        from tender_eval.plugins.expression.endless import can_be_endless

        return can_be_endless(found)

    def likely(self, column: str, params: Any, known: Mapping[str, Fraction] = NOTHING) -> Likely | Unsupported:
        """The range in which the figures of a column are likely to lie, as far as the parameters tell.

        Args:
            known: figures of the bid, or of the tender, that are known already, by column.
        """
        return Unsupported("its parameters name no range of the figures")

    def scale_of(self, params: Any) -> str:
        """The scale of the scheme that the criterion is marked on; empty where there is none."""
        return ""

    def own_formula(self, params: Any) -> OwnFormula | None:
        """The formula that the scheme itself publishes in the parameters; None where the method brings its own."""
        return None

    def years(self, params: Any) -> Fraction | int:
        """How many years the contract runs, as far as the parameters say; 0 where they do not."""
        return 0

    def unbounded_below(self, params: Any) -> bool:
        """Whether these parameters declare that a score may fall below zero; a score that does is an error else."""
        return False

    def unbounded_above(self, params: Any) -> bool:
        """Whether these parameters declare that a score may be more than full marks."""
        return False


_SWITCHES = ("exact", "needs_criteria", "honours_limits", "totals", "meets_minimums", "takes_packages")
"""What classes say of themselves that they are read for without a guard."""


def check_contract(cls: type, params: type[Fields]) -> None:
    """Refuse a scorer or rule class that breaks the contract, when it is defined.

    Raises:
        TypeError: says what is wrong with which class.
    """
    name = cls.__dict__["name"]
    if not (isinstance(name, str) and NAME.match(name)):
        raise TypeError(f"{cls.__qualname__}.name must be lower-case letters, digits and '_', not {name!r}")
    if not (cls.__doc__ or "").strip():
        raise TypeError(f"{cls.__qualname__} needs a docstring that says what it does and its source")
    for switch in _SWITCHES:
        if not isinstance(stated := getattr(cls, switch, False), bool):
            raise TypeError(f"{cls.__qualname__}.{switch} must be True or False, not {stated!r}")
    if not issubclass(cls.Params, params):  # type: ignore[attr-defined]
        raise TypeError(f"{cls.__qualname__}.Params must derive from {params.__name__}")
    if inexact := [n for n, f in cls.Params.model_fields.items() if _holds_floats(f.annotation)]:  # type: ignore[attr-defined]
        raise TypeError(
            f"{cls.__qualname__}.Params.{inexact[0]} is a float, and no float may decide an award: use a type of "
            "tender_eval.files.fields, which is a Fraction in exact runs and a float in batch runs"
        )


def _holds_floats(annotation: object) -> bool:
    """Whether values of a type can be floats, or hold some."""
    return annotation is float or any(map(_holds_floats, get_args(annotation)))


def in_floats(value: Any) -> Any:
    """Parameters with every Fraction as a float, for batch runs."""
    return with_numbers(value, lambda number: float(number) if isinstance(number, Fraction) else number)


def with_numbers(value: Any, other: Callable[[Any], Any]) -> Any:
    """Parameters with another for each value in them that holds no further ones, such as a number."""
    match value:
        case Fields():
            fields = {name: with_numbers(getattr(value, name), other) for name in type(value).model_fields}
            return type(value).model_construct(**fields)
        case tuple():
            return tuple(with_numbers(v, other) for v in value)
        case dict():
            return {k: with_numbers(v, other) for k, v in value.items()}
        case _:
            return other(value)
