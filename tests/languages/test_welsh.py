"""Welsh: whole for letters and the methodology, with its six plural forms, and spoken within bounds."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tender_eval import load_catalogue
from tender_eval.engine.facts.names import COLUMN_KINDS, GROUPS
from tender_eval.languages.catalogue import ENGLISH, WELSH, _read, catalogue, language_of, spoken, spoken_in
from tender_eval.languages.figures import with_value
from tender_eval.languages.phrases import AREA as PHRASES
from tender_eval.languages.phrases import first_line
from tender_eval.languages.runs import text_of
from tender_eval.lots import mechanisms
from tender_eval.model.explanation.labels import RankingFigure
from tender_eval.report.terms.figures import plain_name

T = catalogue("letters", "terms")
SUPPLIERS = ("supplier", "consortium", "pooled")  # whose figures are told with what they hold
WHOLE = {
    "common": (),
    "documents": (),
    "letters": ("gaps.",),  # told to those who make the letters
    "methodology": (),
    "results": ("flag.",),  # told to those who decide
    "steps": ("term.", "facet.quality_value"),  # names of a notation that is the same in every language
    "terms": ("welsh.",),  # told to those who make documents
}
"""The areas that letters and the methodology are made of, and the keys that they do not ask for."""


def keys(language: str) -> set[tuple[str, str]]:
    catalogued = _read(language)._catalog  # type: ignore[attr-defined]
    whole = {key[0] if isinstance(key, tuple) else key for key in catalogued} - {""}
    return {(area, key) for area, _, key in (found.partition("\x04") for found in whole)}


def test_no_message_of_letters_is_missing_and_none_is_unused() -> None:
    asked = {(a, k) for a, k in keys(ENGLISH) if a in WHOLE and not (WHOLE[a] and k.startswith(WHOLE[a]))}
    assert sorted(asked - keys(WELSH)) == []
    assert sorted(key for key in keys(WELSH) - keys(ENGLISH) if key[0] != PHRASES) == []


@pytest.mark.slow
def test_no_phrase_of_a_built_in_method_is_missing_and_none_is_unused() -> None:
    found = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"mechanisms": mechanisms})
    methods = [one.item for kind in (found.scorers, found.rules, found.mechanisms) for one in kind.values()]
    said = {first_line(item) for item in methods}
    settings = [field for item in methods for field in getattr(item.Params, "model_fields", {}).values()]
    said |= {field.description for field in settings if field.description}
    said |= {plain_name(column) for column in COLUMN_KINDS if "<" not in column}
    said |= {what for column, what in COLUMN_KINDS.items() if column.partition(".")[0] in SUPPLIERS}
    said |= {group.replace("_", "-") for group in GROUPS}
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
        assert (T("title"), T.tag) == ("Crynodeb asesu", "cy")
        assert with_value(RankingFigure.POINTS, "9", "") == "9 pwynt"
        with spoken_in(ENGLISH):
            assert T("title") == "Assessment summary"
        assert T.day(date(2026, 12, 1), weekday=True) == "Dydd Mawrth 1 Rhagfyr 2026"
        assert catalogue("letters", language=ENGLISH)("title") == "Assessment summary"
    assert (T("title"), T.tag, spoken()) == ("Assessment summary", "en-GB", ENGLISH)
    assert with_value(RankingFigure.POINTS, "9") == "9 points"
    with pytest.raises(KeyError), spoken_in("tlh"):
        pass
    assert spoken() == ENGLISH


def test_and_is_a_before_consonants_and_ac_before_vowels() -> None:
    with spoken_in(WELSH):
        assert T.listing(["Alder", "Birch"]) == "Alder a Birch"
        assert T.listing(["Birch", "Cedar", "Alder"]) == "Birch, Cedar, ac Alder"
        assert text_of(T.listed(["Cymru", "yr Alban"], "or")) == "Cymru neu yr Alban"


@pytest.mark.parametrize(("tag", "language"), [("cy", "cy"), ("en-GB", "en_GB"), ("fr", "en_GB"), ("../x", "en_GB")])
def test_what_a_document_states(tag: str, language: str) -> None:
    assert language_of(tag) == language
