"""Every source of a shipped scheme stands in the table of passages, and every phrase that one quotes in its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tender_eval import load_scheme
from tender_eval.model.scheme import Scheme

ROOT = Path(__file__).resolve().parents[2]
TABLE = yaml.safe_load((Path(__file__).parent / "passages.yaml").read_text(encoding="utf-8"))
SCHEMES = [load_scheme(p) for p in sorted((ROOT / "schemes").glob("*.yaml")) if not p.name.endswith(".test.yaml")]
_AND = re.compile(r"(?<=[\w.)]) and (?=[\d(])")


def sources(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    """Each source of a scheme: where it stands, its document, and each section that it names."""
    stated = [("scheme", scheme.source), *((f"conditions.{c.id}", c.source) for c in scheme.conditions)]
    stated += [(f"criteria.{c.id}", c.source) for c in scheme.walk()]
    stated += [(f"adjust.{a.id}", dict(a.source)) for a in (scheme.price.adjustments if scheme.price else ())]
    beside = scheme.beside
    stated += [(f"benefits.{b.id}", dict(b.source)) for b in beside.benefits]
    stated += [("full_cost", dict(beside.full_cost.source))] if beside.full_cost else []
    for place, source in stated:
        if source and source.get("document") != "Illustrative":
            for section in _AND.split(source.get("section", "")):
                yield f"{scheme.id} {place}", source["document"], section


def plain(text: str) -> str:
    return " ".join(re.sub("[\"'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}]", "", text).split())


WORDS = {plain(words) for row in TABLE for words in row.get("words", ())}


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_every_source_has_its_passage(scheme: Scheme) -> None:
    rows = {(place, row["document"], row["section"]) for row in TABLE for place in row["for"]}
    lacking = sorted(set(sources(scheme)) - rows)
    assert lacking == [], "add the passage that carries it to passages.yaml, or take the source out"


def test_every_passage_is_of_a_source_that_stands() -> None:
    stated = {found for scheme in SCHEMES for found in sources(scheme)}
    notes = {f"{scheme.id} notes" for scheme in SCHEMES}
    rows = [(place, row["document"], row["section"]) for row in TABLE for place in row["for"]]
    assert [row for row in rows if row not in stated and row[0] not in notes] == []
    assert len(rows) == len(set(rows))
    assert all(row.get("words") for row in TABLE if "read" in row)
    assert not any("words" in row for row in TABLE if "read" not in row)


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_every_phrase_that_is_quoted_stands_in_a_passage(scheme: Scheme) -> None:
    quoted = [plain(phrase) for phrase in re.findall('"([^"]+)"', scheme.notes)]
    assert [phrase for phrase in quoted if not any(phrase in words for words in WORDS)] == []


def test_each_scheme_says_what_of_it_is_illustrative_or_follows_a_worked_example() -> None:
    said = {scheme.id for scheme in SCHEMES if scheme.illustrative}
    assert {scheme.id for scheme in SCHEMES} - said == {
        "domestic-preference-adb",
        "small-business-preference-california",
    }
    assert not any("llustrative" in scheme.notes for scheme in SCHEMES), "it is told under illustrative:"
