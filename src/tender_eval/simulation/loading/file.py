"""The spec of a simulation (``tender-eval/lots-spec/1``) as pydantic models; `load` makes the records.

The keys of ``parameters`` and of a type of providers are those of the table in `parameters`, with its ranges.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, create_model, model_validator

from tender_eval.files.fields import (
    Column,
    Count,
    Currency,
    Ident,
    Located,
    Money,
    Number,
    Positive,
    PositiveMoney,
    Some,
    Truth,
    Whole,
    Words,
    fault,
    in_the_unit_of,
    kind,
)
from tender_eval.files.numbers import written
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.simulation.spec.labels import about, unit_in_words
from tender_eval.simulation.spec.parameters import SETTINGS, TYPE_FIELDS, Parameter, Value

SPEC_FORMAT = "tender-eval/lots-spec/1"
TITLE = "tender-eval spec of a lot simulation"  # of its JSON Schema
MOST_DRAWS = 10**10
MOST_SEED = 2**63


def in_range(parameter: Parameter, n: Fraction) -> Value:
    """A number as a parameter takes it.

    Raises:
        PydanticCustomError: TE015 where it is out of range or must be whole.
    """
    low, high = (Fraction(str(bound)) for bound in (parameter.least, parameter.most))  # as they are written
    whole = isinstance(parameter.default, int)
    if not low <= n <= high or (whole and n.denominator != 1):
        what = f"{'a whole number' if whole else 'a number'} from {written(low)} to {written(high)}"
        message = f"{parameter.name} is {written(n)}; it must be {what} ({unit_in_words(parameter.unit)})"
        share = parameter.unit.startswith("share") and high < n <= 100 and n / 100 <= high
        percent = share and n.denominator == 1  # 1.2 may have been 120%, which 1.2% would not mend
        raise fault("TE015", message, f"write {written(n)}%, if that is meant" if percent else f"write {what}")
    return int(n) if whole else float(n)


def _one_of(parameter: Parameter) -> Callable[[str], str]:
    def check(text: str) -> str:
        if parameter.choices and text not in parameter.choices:
            hint = did_you_mean(text, parameter.choices)
            raise fault("TE016", f"{kind(text)} is not a value of {parameter.name}", hint)
        return text

    return check


def typed(parameter: Parameter) -> Any:
    """The field type of a parameter."""
    match parameter.default:
        case bool():
            return Truth
        case str():
            return Annotated[Words, AfterValidator(_one_of(parameter))]
        case _:
            return Annotated[_kind_of(parameter), AfterValidator(lambda n: in_range(parameter, n))]


def _kind_of(parameter: Parameter) -> Any:
    """Money and counts are written in digits; shares and multiples as any number."""
    if parameter.money:
        return Money
    counted = isinstance(parameter.default, int) or parameter.unit.endswith(("days", "years"))
    return Count if counted else Number


def _model(name: str, table: tuple[Parameter, ...], **more: Any) -> Any:
    """A model with a field a parameter, each of which may be left out."""
    fields: dict[str, Any] = {p.name: (typed(p), Field(None, description=about(p.name))) for p in table}
    return create_model(name, __base__=Located, **fields, **more)


def _relative(value: object, suffixes: tuple[str, ...]) -> str:
    """A path from the folder of the spec."""
    if not isinstance(value, str) or not value.strip():
        raise fault("TE012", f"expected a path, found {kind(value)}", "write it from the folder of this file")
    if PurePosixPath(value).is_absolute() or "\\" in value or ":" in value:
        hint = "write it from the folder of this file, with /"
        raise fault("TE012", f'"{value}" is not a relative path', hint)
    if not value.lower().endswith(suffixes):
        raise fault("TE006", f'"{value}" does not end in {" or ".join(suffixes)}', f"name a {suffixes[0]} file")
    return value


def _scheme(value: object) -> str:
    """A path, or the id of a scheme that comes with the simulation."""
    if isinstance(value, str) and value in BUILT_IN_SCHEMES:
        return value
    return _relative(value, (".yaml", ".yml"))


def _whole(low: int, high: int) -> Callable[[Fraction], int]:
    def check(n: Fraction) -> int:
        if n.denominator != 1 or not low <= n <= high:
            message = f"{written(n)} must be a whole number from {low} to {high}"
            raise fault("TE015", message, f"write a whole number from {low} to {high}")
        return int(n)

    return check


def _in_their_units(facts: object) -> object:
    """Facts by the name of a figure: money and counts in digits."""
    for column, value in facts.items() if isinstance(facts, dict) else ():
        in_the_unit_of(str(column), value)
    return facts


def _any(value: object) -> object:
    return value


BUILT_IN_SCHEMES = ("light-touch-60-40",)
SchemeName = Annotated[str, PlainValidator(_scheme)]
CsvPath = Annotated[str, PlainValidator(lambda value: _relative(value, (".csv", ".tsv")))]
Facts = Annotated[dict[Column, Number], BeforeValidator(_in_their_units)]
Raw = Annotated[Any, PlainValidator(_any)]

if TYPE_CHECKING:

    class SettingsFile(Located):
        """Parameters that are stated; each key of the table `SETTINGS` may be left out."""

    class TypeFile(Located):
        """What is stated of a type of providers; each key of the table `TYPE_FIELDS` may be left out."""

        facts: dict[str, Fraction] | None
else:
    SettingsFile = _model("SettingsFile", SETTINGS)
    TypeFile = _model("TypeFile", TYPE_FIELDS, facts=(Facts, None))


_SCHEME_LOT = "where criteria of the scheme differ by lot: the lot whose criteria and weights all simulated lots have"


class DesignFile(Located):
    name: Words = ""
    lots: Whole | None = Field(None, description="that many lots of as many areas each")
    partition: Some[Some[Words]] | None = Field(None, description="the areas of each lot")
    scheme: SchemeName | None = None
    scheme_lot: Ident | None = Field(None, description=_SCHEME_LOT)
    parameters: SettingsFile | None = Field(None, description="what is otherwise in this design")
    types: dict[Ident, TypeFile] = Field({}, description="what is otherwise with these types of providers")

    @model_validator(mode="after")
    def _one(self) -> DesignFile:
        if self.lots is not None and self.partition is not None:
            raise fault("TE012", "a design has both lots and a partition", "keep one of the two")
        return self


class MarketFile(Located):
    types: dict[Ident, TypeFile] | None = Field(None, description="default: the four standard types")
    providers: CsvPath | None = Field(None, description="real providers, one a row")


class SpecFile(Located):
    """What is to be simulated and compared."""

    format: Literal["tender-eval/lots-spec/1"]
    title: Words = ""
    scheme: SchemeName = "light-touch-60-40"
    scheme_lot: Ident | None = Field(None, description=_SCHEME_LOT)
    draws: Annotated[Count, AfterValidator(_whole(1, MOST_DRAWS))] = Fraction(20_000)
    seed: Annotated[Count, AfterValidator(_whole(0, MOST_SEED))] = Fraction(1)
    authorities: Whole = 1
    currency: Currency = Field("", description="of all amounts here, by its code; default: that of the scheme")
    areas: dict[Ident, Positive] | None = Field(None, description="each area's name and its share of the need")
    lots: Some[Whole] | None = Field(None, description="numbers of equal lots to compare")
    designs: Some[DesignFile] | None = Field(None, description="designs to compare, in place of lots")
    parameters: SettingsFile | None = None
    market: MarketFile | None = None
    sweep: dict[Column, Raw] = Field({}, description="values of parameters to try, all with all")
    sources: dict[Column, Words] = Field({}, description="where a stated figure is from; it is no assumption then")


class ProviderFile(Located):
    """A row of the file of providers."""

    name: Words
    type: Words
    income: PositiveMoney | None = None
    home: Words | None = None
    quality: Annotated[Number, AfterValidator(lambda n: in_range(_QUALITY, n))] | None = None
    days: Positive | None = None
    partners: Words | None = None


_QUALITY = next(p for p in TYPE_FIELDS if p.name == "quality")
