"""The spec of a simulation from its file, with the schemes and the providers that it names: every problem noted."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from importlib import resources
from itertools import chain
from math import prod
from pathlib import PurePosixPath
from typing import Any

from tender_eval.engine.check import Sound, check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.kinds import parse_as
from tender_eval.files.sound_parts import validate_sound_parts
from tender_eval.files.source import Source, read_source
from tender_eval.files.validate import validate
from tender_eval.lots.check import limits_check
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused, did_you_mean
from tender_eval.model.location import Items, Location, Table, Text, place
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.simulation.loading.checks import check_figures, check_models, check_size
from tender_eval.simulation.loading.file import (
    BUILT_IN_SCHEMES,
    SPEC_FORMAT,
    DesignFile,
    SettingsFile,
    SpecFile,
    TypeFile,
)
from tender_eval.simulation.loading.providers_csv import read_providers
from tender_eval.simulation.loading.scheme_lot import scheme_of_lot
from tender_eval.simulation.loading.stated_values import (
    facts_stated,
    place_of_count,
    place_of_lots,
    plain,
    settings_stated,
    type_stated,
    types_are_written,
)
from tender_eval.simulation.spec.currency import currency_of
from tender_eval.simulation.spec.labels import label_of
from tender_eval.simulation.spec.lot_rule import with_rule
from tender_eval.simulation.spec.lots import checked_partition, equal_lots
from tender_eval.simulation.spec.parameters import (
    FACTS,
    SETTINGS,
    STANDARD_TYPES,
    TYPE_FIELDS,
    Value,
    setting,
    type_default,
)
from tender_eval.simulation.spec.records import Design, Provider, ProviderType, Settings, Spec

MOST_POINTS = 64  # of a sweep
RESERVED = "types"  # stands for all types together in the sensitivity
Read = Callable[[str], Source]


def load_spec(source: Source, catalogue: Catalogue, read: Read = read_source) -> Spec:
    """A spec from its file.

    Args:
        catalogue: with the award mechanisms in it, see `tender_eval.lots.catalogue`.
        read: reads the files that it names; their paths are written from its own folder.

    Raises:
        Refused: with every problem of the spec and of the files that it names.
    """
    problems = Problems()
    reading = _Reading(source, catalogue, problems, read)
    spec = problems.sound(reading.spec())
    check_figures(spec, reading.figures, problems)
    check_models(spec, reading.places, reading.swept, catalogue, problems)
    problems.refuse()
    return spec


@dataclass
class _Reading:
    source: Source
    catalogue: Catalogue
    problems: Problems
    read: Read
    schemes: dict[str, CompiledScheme | None] = field(default_factory=dict)
    digests: list[str] = field(default_factory=list)
    places: list[Location] = field(default_factory=list)  # where each design is written
    swept: Location | None = None
    figures: list[tuple[str, Location]] = field(default_factory=list)  # what designs and the sweep set, and where

    def spec(self) -> Spec | None:
        """The record, or what is left of it where there are problems."""
        where = Location(self.source.name, 1, 1)
        data = parse_as(SPEC_FORMAT, self.source, self.problems)
        if data is None:
            return None
        model, _ = validate_sound_parts(SpecFile, data, where, self.problems, {}, "the spec")
        if model is None:
            return None
        return self._spec(model, data)

    def _spec(self, file: SpecFile, data: Table) -> Spec:
        stated = settings_stated(file.parameters)
        names, weights = self._areas(file, stated, data)
        types, of_types = self._types(file, data)
        providers = self._providers(file, tuple(types), names)
        if providers:
            types = {n: replace(t, count=sum(p.type == n for p in providers)) for n, t in types.items()}
        elif types and not any(t.count for t in types.values()):
            where = file.market.where if file.market else data.where
            self.problems.add("TE018", where, "the market has no providers", "let the count of some type be above 0")
        base = Settings(**{p.name: p.default for p in SETTINGS} | stated | {"areas": len(names)})  # type: ignore[arg-type]
        self._mechanism(file.parameters, base.mechanism)
        number = len(providers) or sum(t.count for t in types.values())
        where = file.market.where if file.market else data.place_of_key("parameters")
        check_size(number, len(names), where, self.problems)
        named = names if file.areas is not None else ()
        designs = tuple(replace(d, area_names=named) for d in self._designs(file, data, base, types, names))
        if bool(file.lots) == bool(file.designs) and not ("lots" in data) ^ ("designs" in data):
            message = "the spec has both lots and designs" if file.lots else "the spec names no lots to compare"
            self.problems.add("TE012" if file.lots else "TE011", data.where, message, "write lots: [1, 2, 4, 8]")
        self._unique(designs)
        known = {p.name for p in SETTINGS} | {f"{t}.{p.name}" for t in types for p in TYPE_FIELDS}
        facts = {f"{t.name}.facts.{column}" for t in types.values() for column in t.facts}
        for name in file.sources:
            if name not in known | facts:
                self.problems.add("TE021", place(name), f'there is no parameter "{name}"', did_you_mean(name, known))
        return Spec(
            title=str(file.title), designs=designs, types=tuple(types.values()), providers=providers,
            draws=int(file.draws), seed=int(file.seed), area_weights=weights, authorities=file.authorities,
            sweep=self._sweep(file, known, types), stated=stated | of_types,
            sources={str(k): str(v) for k, v in file.sources.items()}, area_names=names,
            currency=self._currency(file, designs), sha256=self._digest(),
        )  # fmt: skip

    def _areas(
        self, file: SpecFile, stated: dict[str, Value], data: Table
    ) -> tuple[tuple[str, ...], tuple[float, ...]]:
        """Names and shares of the areas; they are numbered and alike where the spec does not name them."""
        number = int(stated.get("areas", setting("areas").default))
        if file.areas is None:
            return tuple(str(n + 1) for n in range(number)), (1 / number,) * number
        if "areas" in stated and number != len(file.areas):
            message = f"{len(file.areas)} areas are named, but parameters say {number}"
            hint = "remove areas from the parameters: those named are counted"
            self.problems.add("TE028", data.place_of_key("areas"), message, hint)
        most = setting("areas").most
        if len(file.areas) > most:
            message = f"{len(file.areas)} areas; at most {most:g} are simulated"
            self.problems.add("TE015", data.place_of_key("areas"), message, "put areas together")
        written = data.get("areas")
        if isinstance(written, Table) and len(written) > len(file.areas):
            return tuple(map(str, written)), ()  # a share is at fault, which is told; the partitions still hold
        if not file.areas:
            self.problems.add("TE018", data.place_of_key("areas"), "no areas are named", "name one: {north: 1}")
        total = sum(file.areas.values(), Fraction(0))
        return tuple(map(str, file.areas)), tuple(float(w / total) for w in file.areas.values())

    def _types(self, file: SpecFile, data: Table) -> tuple[dict[str, ProviderType], dict[str, Value]]:
        """The types of the market, and what was stated of them by dotted name."""
        stated_types: Mapping[str, Any] = dict.fromkeys(STANDARD_TYPES)
        if file.market and file.market.types is not None:
            stated_types = file.market.types
        types, stated = {}, dict[str, Value]()
        for name, model in stated_types.items():
            kind, own = str(name), type_stated(model)
            values = {f.name: type_default(kind, f.name) for f in TYPE_FIELDS} | own
            facts = dict(FACTS.get(kind, {})) | facts_stated(model)
            types[kind] = ProviderType(name=kind, facts=facts, **values)  # type: ignore[arg-type]
            stated |= {f"{kind}.{k}": v for k, v in own.items()}
            if file.market and file.market.providers and "count" in own:
                message = f'the number of "{kind}" is stated, and providers are listed in {file.market.providers}'
                where = place_of_count(data, kind) or model.where
                self.problems.add("TE028", where, message, "remove count: the providers of the file are counted")
        if RESERVED in types:
            where = place(next(key for key in stated_types if key == RESERVED))
            self.problems.add("TE016", where, f'a type cannot be called "{RESERVED}"', "take another name")
        if not types and file.market and not types_are_written(data):
            self.problems.add("TE018", file.market.where, "the market has no types", "name one, such as local: {}")
        return types, stated

    def _providers(self, file: SpecFile, types: Sequence[str], areas: Sequence[str]) -> tuple[Provider, ...]:
        if file.market is None or file.market.providers is None:
            return ()
        source = self._file(file.market.providers)
        return read_providers(source, types, areas, self.problems) if source else ()

    def _designs(
        self, file: SpecFile, data: Table, base: Settings, types: Mapping[str, ProviderType], areas: Sequence[str]
    ) -> Iterator[Design]:
        for at, n in enumerate(file.lots or ()):
            self.places.append(where := place_of_lots(data, at))
            partition = equal_lots(n, areas, where, self.problems)
            scheme = self._scheme(file.scheme, file.scheme_lot)
            yield Design(label_of(n), partition, with_rule(base, scheme, settings_stated(file.parameters)), scheme)
        for design in file.designs or ():
            self.places.append(design.where)
            lot = design.scheme_lot or (None if design.scheme else file.scheme_lot)
            scheme = self._scheme(design.scheme or file.scheme, lot)
            ruled = with_rule(base, scheme, settings_stated(file.parameters))
            yield self._design(design, scheme, ruled, types, areas)

    def _design(
        self, file: DesignFile, scheme: Scheme, base: Settings, types: Mapping[str, ProviderType], areas: Sequence[str]
    ) -> Design:
        if file.partition is not None:
            partition = checked_partition(file.partition, areas, file.where, self.problems)
        else:
            partition = equal_lots(file.lots or 1, areas, file.where, self.problems)
        changed = settings_stated(file.parameters)
        if "areas" in changed and file.parameters:
            hint = "state areas once, in the parameters of the spec"
            self.problems.add("TE028", file.parameters.where, "the areas are the same in every design", hint)
            del changed["areas"]
        settings = replace(base, **changed)  # type: ignore[arg-type]
        self._mechanism(file.parameters, settings.mechanism)
        own = dict(types)
        of_types = dict[str, Value]()
        for name, model in file.types.items():
            kind, stated = str(name), type_stated(model)
            if kind not in types:
                self.problems.add("TE021", place(name), f'the market has no type "{kind}"', did_you_mean(kind, types))
                continue
            if "count" in stated:
                hint = "state it in the market; to try several numbers, sweep it"
                message = "the providers are the same in every design, so that designs meet the same draws"
                self.problems.add("TE028", model.where, message, hint)
                del stated["count"]
            facts = facts_stated(model)
            own[kind] = replace(own[kind], **stated, facts=dict(own[kind].facts) | facts)  # type: ignore[arg-type]
            of_types |= {f"{kind}.{k}": v for k, v in stated.items()}
            of_types |= {f"{kind}.facts.{k}": v for k, v in facts.items()}
            self.figures += [(f"{kind}.{k}", place(name)) for k in stated]
        label = str(file.name) or label_of(len(partition))
        differing = tuple(own.values()) if file.types else ()
        return Design(label, partition, settings, scheme, differing, changed | of_types)

    def _mechanism(self, stated: Any, name: str) -> None:
        known = self.catalogue.mechanisms
        if name not in known and stated is not None and "mechanism" in stated.model_fields_set:
            where = place(stated.mechanism, stated.where)
            self.problems.add("TE044", where, f'no award mechanism is called "{name}"', did_you_mean(name, known))

    def _unique(self, designs: Sequence[Design]) -> None:
        seen = set[str]()
        for design, where in zip(designs, self.places, strict=True):
            if design.label in seen:
                message = f'two designs are called "{design.label}"'
                self.problems.add("TE020", where, message, "give each its own name, or list each number once")
            seen.add(design.label)

    def _sweep(
        self, file: SpecFile, known: set[str], types: Mapping[str, ProviderType]
    ) -> dict[str, tuple[Value, ...]]:
        self.swept = place(next(iter(file.sweep))) if file.sweep else None
        sweep: dict[str, tuple[Value, ...]] = {}
        for key, raw in file.sweep.items():
            if key not in known or key == "areas":
                self.problems.add(
                    "TE010", place(key), f'unknown parameter "{key}"', did_you_mean(key, known - {"areas"})
                )
            elif not isinstance(raw, Items) or not raw:
                self.problems.add("TE012", place(raw, place(key)), f"{key} must be a list", "write [14, 30, 70]")
            else:
                self.figures.append((str(key), place(key)))
                values = tuple(chain.from_iterable(self._value(str(key), item, place(key)) for item in raw))
                if len(set(values)) < len(values):
                    message = f"the sweep has a value of {key} twice"
                    self.problems.add("TE020", place(raw, place(key)), message, "list each value once")
                sweep[str(key)] = values
        if (points := prod(len(v) for v in sweep.values())) > MOST_POINTS:
            where = place(next(iter(file.sweep)))
            message = f"the sweep has {points} points; at most {MOST_POINTS} are run"
            self.problems.add("TE015", where, message, "try fewer values at a time")
        return sweep

    def _value(self, name: str, raw: object, where: Location) -> Iterator[Value]:
        """A value of a sweep, where it is sound."""
        kind, _, of_type = name.rpartition(".")
        row = Table(place(raw, where))
        row[Text(of_type if kind else name, where)] = raw
        model = validate(TypeFile if kind else SettingsFile, row, where, self.problems, "the sweep")
        for value in [plain(getattr(model, of_type if kind else name))] if model else []:
            if name == "mechanism":
                self._mechanism(model, str(value))
            yield value

    def _scheme(self, path: str, lot: str | None) -> Scheme:
        """The scheme of a design, read and checked once; a stand-in where it is at fault."""
        if path not in self.schemes:
            self.schemes[path] = self._checked(path)
        found, where = self.schemes[path], place(lot or path, Location(self.source.name))
        sound = scheme_of_lot(found, lot, where, self.problems) if found else None
        return sound or _STAND_IN

    def _currency(self, file: SpecFile, designs: Sequence[Design]) -> str:
        """That of all amounts; the schemes that come with the simulation have none, and go with any."""
        ours = [found.scheme for name in BUILT_IN_SCHEMES if (found := self.schemes.get(name))]
        used = [(d.scheme, where) for d, where in zip(designs, self.places, strict=True) if d.scheme is not _STAND_IN]
        own = [(scheme, where) for scheme, where in used if scheme not in ours]
        return currency_of(file.currency, own, ours[0].currency if ours else "", self.problems)

    def _checked(self, path: str) -> CompiledScheme | None:
        source = built_in_file(path) if path in BUILT_IN_SCHEMES else self._file(path)
        if source is None:
            return None
        self.digests.append(source.sha256)
        checked = check(source, None, self.catalogue, limits_check(self.catalogue))
        self.problems.extend(checked.diagnostics)
        return checked.compiled if isinstance(checked, Sound) else None

    def _file(self, path: str) -> Source | None:
        """A file that the spec names, or None with the problem noted where it names it."""
        folder = PurePosixPath(self.source.name).parent
        try:
            source = self.read((folder / path).as_posix())
        except Refused as e:
            here = place(path, Location(self.source.name))
            self.problems.extend(Diagnostic(d.code, d.message, here, d.hint) for d in e.diagnostics)
            return None
        self.digests.append(source.sha256)
        return source

    def _digest(self) -> str:
        return hashlib.sha256("".join([self.source.sha256, *self.digests]).encode()).hexdigest()


_STAND_IN: Any = None
"""In place of a scheme that is at fault: no spec comes of it."""


def built_in_file(name: str) -> Source:
    """A file that comes with the simulation: a preset, or one of `BUILT_IN_SCHEMES`."""
    folder = resources.files("tender_eval.simulation") / "presets"
    return Source(f"{name}.yaml", (folder / f"{name}.yaml").read_bytes())
