"""Welsh: whole for letters, with its six plural forms, and spoken within bounds."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tender_eval.languages.catalogue import ENGLISH, WELSH, _read, catalogue, language_of, spoken, spoken_in
from tender_eval.languages.figures import with_value
from tender_eval.languages.runs import text_of
from tender_eval.model.explanation.labels import RankingFigure

T = catalogue("letters", "terms")
WHOLE = {
    "common": (),
    "documents": (),
    "letters": ("gaps.",),  # told to those who make the letters
    "results": ("flag.",),  # told to those who decide
    "steps": ("term.", "facet.quality_value"),  # names of a notation that is the same in every language
    "terms": ("adjust.", "beside.", "law.", "low.", "panel."),  # of the methodology, which is in English alone
}
"""The areas that letters are made of, and the keys that they do not ask for."""


def keys(language: str) -> set[tuple[str, str]]:
    catalogued = _read(language)._catalog  # type: ignore[attr-defined]
    whole = {key[0] if isinstance(key, tuple) else key for key in catalogued} - {""}
    return {(area, key) for area, _, key in (found.partition("\x04") for found in whole)}


def test_no_message_of_letters_is_missing_and_none_is_unused() -> None:
    asked = {(a, k) for a, k in keys(ENGLISH) if a in WHOLE and not (WHOLE[a] and k.startswith(WHOLE[a]))}
    assert sorted(asked - keys(WELSH)) == []
    assert sorted(keys(WELSH) - keys(ENGLISH)) == []


def test_every_message_has_the_gaps_of_the_english_one() -> None:
    def gaps(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    english, welsh = (_read(language)._catalog for language in (ENGLISH, WELSH))  # type: ignore[attr-defined]
    for key, text in welsh.items():
        if key and not isinstance(key, tuple):
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
