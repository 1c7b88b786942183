"""What went into a simulation: every parameter with its value, and what that rests on."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import groupby

from tender_eval.documents.model import Block, Table, heading, items, pairs, paragraph, table
from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Inline, capital, code, joined, name, spaced, strong
from tender_eval.report.simulation.figure_format import (
    LONGEST_VALUE,
    STATED_FACT,
    FigureFormat,
    design,
    short,
    type_name,
)
from tender_eval.report.simulation.sentences import basis_text
from tender_eval.simulation.results.outcome import SimulationOutcome
from tender_eval.simulation.spec.assumptions import Assumption
from tender_eval.simulation.spec.labels import (
    about,
    basis_meaning,
    group_in_words,
    origin_in_words,
    texts,
    unit_in_words,
)
from tender_eval.simulation.spec.parameters import setting

LONGEST_SOURCE = 300
WIDTHS = (33, 19, 35, 13)  # alike in every group


def assumption_blocks(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """What the bases mean, and the parameters by group: those of the contract, then those of the market."""
    t = fmt.t
    yield pairs(
        [
            (capital(t("basis.S")), basis_meaning("S")),
            (capital(t("basis.D")), basis_meaning("D")),
            (t("stated.assumption"), t("stated.measure")),
            (capital(t("basis.C")), t("stated.yours")),
            (t("stated.set by you"), t("stated.otherwise")),
        ]
    )
    yield paragraph(t("stated.tried"))
    tried = frozenset(m.name for m in outcome.sensitivity.parameters)
    yield from _tables(fmt, [s for s in outcome.assumptions if "." not in s.name], tried)
    yield heading(t("stated.market"), 2)
    yield from _tables(fmt, [s for s in outcome.assumptions if "." in s.name], tried)


def assumptions_brief(fmt: FigureFormat, outcome: SimulationOutcome) -> Iterator[Block]:
    """The parameters in one table, the sources below it."""
    t = fmt.t
    sources: dict[str, int] = {}  # and their numbers
    rows = []
    for s in outcome.assumptions:
        if STATED_FACT in s.name or s.unit in ("name", "truth"):
            continue
        rests = t("stated.changed", basis=basis_text(s)) if s.changed else basis_text(s)
        source = origin_in_words(s, outcome.currency)
        own = (
            s.source.kind == "table"
            and s.source.text in ("", "own")
            and not s.source.in_pounds
            and not s.providers_known
        )
        number = "" if own else str(sources.setdefault(source, len(sources) + 1))
        unit = unit_in_words(s.unit, outcome.currency)
        rows.append((cut(s.name, 26), cut(short(s.value), 14), unit, rests, number))
    heads = (
        t("stated.parameter"), t("stated.value"), t("stated.unit"), t("stated.rests on"), t("stated.source"),
    )  # fmt: skip
    yield table(t("section.stated"), heads, rows, heard=True)
    yield items(list(sources), numbered=True)
    alone = [(design(d.label), *changed) for d in outcome.designs for changed in d.changed.items()]
    if alone:
        yield items([t.say("stated.alone", design=d, parameter=n, value=fmt.value(n, value)) for d, n, value in alone])


def _tables(fmt: FigureFormat, found: list[Assumption], tried: Container[str]) -> Iterator[Table]:
    t = fmt.t
    heads = (t("stated.parameter"), t("stated.value and unit"), t("stated.rests on"), t("stated.tried head"))
    for group, rows in groupby(found, _group):
        yield table(group, heads, [_row(fmt, s, tried) for s in rows], widths=WIDTHS)


def _group(assumption: Assumption) -> str:
    kind, dot, field = assumption.name.partition(".")
    if not dot:
        return group_in_words(setting(assumption.name).group)
    key = "facts" if field.startswith("facts.") else "type"
    return texts()(f"group.{key}", kind=capital(type_name(kind)))


def _row(fmt: FigureFormat, assumption: Assumption, tried: Container[str]) -> tuple[Inline, ...]:
    jointly = f"types.{assumption.name.rpartition('.')[2]}"  # with the same field of all other types
    was = assumption.basis == "A" and (assumption.name in tried or ("." in assumption.name and jointly in tried))
    ends = {
        "low": fmt.value(assumption.name, assumption.low or 0),
        "high": fmt.value(assumption.name, assumption.high or 0),
    }
    return (
        spaced(about(assumption.name), code(cut(assumption.name, LONGEST_VALUE))),
        fmt.worth(assumption.value, assumption.unit),
        _evidence(fmt, assumption),
        fmt.t("stated.range", **ends) if was else fmt.t("figure.none"),
    )


def _evidence(fmt: FigureFormat, assumption: Assumption) -> Inline:
    t, default = fmt.t, assumption.default
    rests: Inline = strong(capital(basis_text(assumption).lower()))
    if assumption.changed and default is not None:
        rests = t.say("stated.by you", basis=rests, default=fmt.value(assumption.name, default))
    source = origin_in_words(assumption, fmt.currency)
    return t.say("stated.from", basis=rests, source=name(cut(source, LONGEST_SOURCE))) if source else joined([rests])
