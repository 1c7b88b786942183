"""Welsh: whole for letters, methodology, report and explanation, with its six plural forms, within bounds."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from tender_eval import load_catalogue
from tender_eval.case.acts import ACTS, COMMON
from tender_eval.engine.facts.names import COLUMN_KINDS, GROUPS
from tender_eval.files.schemes.criteria import RoundedAt, RoundingStage
from tender_eval.languages.catalogue import ENGLISH, WELSH, _read, catalogue, language_of, spoken, spoken_in
from tender_eval.languages.figures import with_value
from tender_eval.languages.phrases import AREA as PHRASES
from tender_eval.languages.phrases import first_line, named, phrase, plain
from tender_eval.languages.runs import Run, text_of
from tender_eval.lots import mechanisms
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.model.numeric import ROUNDING_MODES
from tender_eval.report.terms.figures import plain_name

T = catalogue("letters", "terms")
SUPPLIERS = ("supplier", "consortium", "pooled")  # whose figures are told with what they hold
STATUS_OF_A_CASE = (
    "stands", "round", "standstill", "entered", "then", "next", "out in", "out.", "award.", "document.",
    "head.", "heading.",
    "matter closed", "matter opened", "panel.cleared", "panel.excluding", "panel.open", "panel.recused",
    "panel.waiting", "panel.without", "phase of lot", "standing.", "told.", "who.",
)  # fmt: skip
"""What is told on the command line to those who take a case on; ``phase`` and ``out`` alone are two of these."""
WHOLE = {
    "case": STATUS_OF_A_CASE,
    "common": (),
    "documents": (),
    "explanation": (),
    "letters": ("gaps.",),  # told to those who make the letters
    "methodology": (),
    "reliability": (),
    "report": (),
    "results": (),
    "steps": ("term.", "facet.quality_value"),  # names of a notation that is the same in every language
    "terms": ("welsh.",),  # told to those who make documents
}
"""The areas that documents in Welsh are made of, and the keys that they do not ask for."""


def keys(language: str) -> set[tuple[str, str]]:
    catalogued = _read(language)._catalog  # type: ignore[attr-defined]
    whole = {key[0] if isinstance(key, tuple) else key for key in catalogued} - {""}
    return {(area, key) for area, _, key in (found.partition("\x04") for found in whole)}


def test_no_message_of_documents_in_welsh_is_missing_and_none_is_unused() -> None:
    asked = {(a, k) for a, k in keys(ENGLISH) if a in WHOLE and not (WHOLE[a] and k.startswith(WHOLE[a]))}
    asked -= {("case", "phase"), ("case", "out")}
    assert sorted(asked - keys(WELSH)) == []
    assert sorted(key for key in keys(WELSH) - keys(ENGLISH) if key[0] != PHRASES) == []


@pytest.mark.slow
def test_no_phrase_is_missing_and_none_is_unused() -> None:
    found = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"mechanisms": mechanisms})
    methods = [one.item for kind in (found.scorers, found.rules, found.mechanisms) for one in kind.values()]
    said = {first_line(item) for item in methods}
    settings = [field for item in methods for field in getattr(item.Params, "model_fields", {}).values()]
    said |= {field.description for field in settings if field.description}
    said |= {plain_name(column) for column in COLUMN_KINDS if "<" not in column}
    said |= {what for column, what in COLUMN_KINDS.items() if column.partition(".")[0] in SUPPLIERS}
    said |= {group.replace("_", "-") for group in GROUPS}
    said |= {plain(name) for act in ACTS.values() for name in (*act.required, *act.optional, *COMMON)}
    said |= {*map(plain, ROUNDING_MODES), *get_args(RoundingStage), *get_args(RoundedAt), "true", "false"}
    assert {key for area, key in keys(WELSH) if area == PHRASES} == said


def test_every_message_has_the_gaps_of_the_english_one() -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    english, welsh = (_read(language)._catalog for language in (ENGLISH, WELSH))  # type: ignore[attr-defined]
    for key, text in welsh.items():
        if key and not isinstance(key, tuple) and not key.startswith(PHRASES):
            assert gaps(text) == gaps(english[key]), key


def test_what_is_counted_has_six_forms() -> None:
    said = [catalogue("report", language=WELSH).count("bids", n) for n in (0, 1, 2, 3, 6, 9)]
    assert said == ["0 tendr", "1 tendr", "2 dendr", "3 thendr", "6 thendr", "9 tendr"]


def test_a_language_is_spoken_within_its_bounds() -> None:
    with spoken_in(WELSH):
        assert (T("title.summary"), T.tag) == ("Crynodeb asesu", "cy")
        assert with_value(RankingFigure.POINTS, "9", "") == "9 o bwyntiau"
        with spoken_in(ENGLISH):
            assert T("title.summary") == "Assessment summary"
        assert T.day(date(2026, 12, 1), weekday=True) == "dydd Mawrth 1 Rhagfyr 2026"
        assert catalogue("letters", language=ENGLISH)("title.summary") == "Assessment summary"
    assert (T("title.summary"), T.tag, spoken()) == ("Assessment summary", "en-GB", ENGLISH)
    assert with_value(RankingFigure.POINTS, "9") == "9 points"
    with pytest.raises(KeyError), spoken_in("tlh"):
        pass
    assert spoken() == ENGLISH


def test_a_name_of_a_file_format_is_welsh_or_marked_as_english() -> None:
    assert named("lowest_price") == "lowest price"
    with spoken_in(WELSH):
        assert named("half_up") == "hanner i fyny"
        assert named("lowest_price") == Run("lowest price", language="en-GB")


def test_a_phrase_is_no_message_that_happens_to_be_called_so() -> None:
    assert (phrase("bids"), phrase("percent"), plain_name("values.time")) == ("bids", "percent", "time")
    with spoken_in(WELSH):
        assert (phrase("bids"), phrase("percent"), phrase("")) == ("bids", "percent", "")


def test_a_currency_is_not_mutated_as_after_a_number() -> None:
    with spoken_in(WELSH):
        assert T.currency("GBP") == "Punt Prydain"
    assert T.currency("GBP") == "British pounds"


def test_and_is_a_before_consonants_and_ac_before_vowels() -> None:
    with spoken_in(WELSH):
        assert T.listing(["Alder", "Birch"]) == "Alder a Birch"
        assert T.listing(["Birch", "Cedar", "Alder"]) == "Birch, Cedar, ac Alder"
        assert text_of(T.listed(["Cymru", "yr Alban"], "or")) == "Cymru neu yr Alban"


@pytest.mark.parametrize(("tag", "language"), [("cy", "cy"), ("en-GB", "en_GB"), ("fr", "en_GB"), ("../x", "en_GB")])
def test_what_a_document_states(tag: str, language: str) -> None:
    assert language_of(tag) == language


COUNTED = (
    "pwynt|marc|tendr|cyflenwr|diwrnod|person|cwestiwn|darparwr|mis|punt|ceiniog|gair|tudalen|grŵp|cyfle|lle|mater"
)
"""Nouns that change their first letter after two, or after three and six."""


def test_no_figure_stands_before_a_noun_that_some_figures_would_mutate() -> None:
    """A message in one form says it so that any figure fits: "3 o bwyntiau"; where it counts, it has six forms."""
    catalogued = _read(WELSH)._catalog  # type: ignore[attr-defined]
    told = {key: text for key, text in catalogued.items() if isinstance(key, str)}
    placed = {("steps", "label.figure of bid")}  # the figure is called so: "pris tendr alder"
    found = {
        (area, key)
        for whole, text in told.items()
        for area, _, key in [whole.partition("\x04")]
        if re.search(rf"\{{\w+\}} (?:{COUNTED})\b", text)
    }
    assert found - placed == set()
    assert placed <= found


def test_the_six_forms_mutate_as_the_numeral_asks() -> None:
    """After two the soft mutation, after three and six the aspirate one, after all others and one none."""
    soft = {"t": "d", "p": "b", "c": "g", "m": "f", "d": "dd", "b": "f", "ll": "l"}
    aspirate = {"t": "th", "p": "ph", "c": "ch"}
    catalogued = _read(WELSH)._catalog  # type: ignore[attr-defined]
    counted = {key[0] for key in catalogued if isinstance(key, tuple)}
    seen = 0
    for whole in counted:
        forms = [catalogued[whole, n] for n in range(6)]
        nouns = [re.search(r"\{n\} (\w+)", form) for form in forms]
        plain = nouns[5]
        if plain is None or plain[1] in ("o", "yw"):
            continue
        first, rest = re.fullmatch(r"(ll|rh|dd|.)(.*)", plain[1]).groups()  # type: ignore[union-attr]
        seen += 1
        for n, by in ((2, soft), (3, aspirate), (4, aspirate)):
            told = nouns[n]
            assert told is not None, (whole, n)
            assert told[1] == f"{by.get(first, first)}{rest}", (whole, n)
    assert seen > 5
