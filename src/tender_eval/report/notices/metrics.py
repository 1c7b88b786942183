"""The core outcomes and metrics of services to victims, as data: read from `metrics.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from tender_eval.files.fields import Fields, Ident, Words
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_yaml
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location

NAME = "metrics.yaml"


class Metric(NamedTuple):
    """What is measured or achieved: its id, the kind that it is of, and what counts."""

    id: str
    kind: str
    title: str
    about: str


class Metrics(NamedTuple):
    """What one document names."""

    document: str
    section: str
    outcomes: tuple[Metric, ...]
    metrics: tuple[Metric, ...]


class MetricFile(Fields):
    id: Ident
    kind: Words
    title: Words
    about: Words

    def record(self) -> Metric:
        return Metric(self.id, self.kind, self.title, self.about)


class MetricsFile(Fields):
    """The file: its source, and each outcome and metric once."""

    document: Words
    section: Words
    outcomes: list[MetricFile]
    metrics: list[MetricFile]


@cache
def metrics() -> Metrics:
    """The data that is shipped."""
    problems = Problems()
    source = Source(NAME, (files(__package__) / NAME).read_bytes())
    data = parse_yaml(source, problems)
    problems.refuse()
    found: Any = validate(MetricsFile, data, Location(NAME), problems)
    problems.refuse()
    return Metrics(
        found.document,
        found.section,
        tuple(one.record() for one in found.outcomes),
        tuple(one.record() for one in found.metrics),
    )
