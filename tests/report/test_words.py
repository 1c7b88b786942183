import string
from types import MappingProxyType

import pytest

from tender_eval.report.words_en import ENGLISH, MONTHS, TEXTS


def test_dates_and_times_in_words() -> None:
    assert ENGLISH.date("2026-05-06") == "6 May 2026"
    assert ENGLISH.time("2026-05-06T09:30:00Z") == "6 May 2026, 09:30:00 UTC"
    assert ENGLISH.time("2026-05-06T09:30:00+01:00") == "6 May 2026, 09:30:00+01:00"


@pytest.mark.parametrize("text", ["", "last week", "2026-13-06", "2026-5-6", "2026-05-06 ", "٢٠٢٦-05-06"])
def test_what_is_no_date_stands_as_it_is(text: str) -> None:
    assert ENGLISH.date(text) == text
    assert ENGLISH.time(text) == text


def test_lists_and_numbers() -> None:
    assert [ENGLISH.listed(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == [
        "", "a", "a and b", "a, b and c",
    ]  # fmt: skip
    assert [ENGLISH.count("bids", n) for n in (0, 1, 2)] == ["0 bids", "1 bid", "2 bids"]


def test_a_key_that_is_not_there_is_a_bug() -> None:
    with pytest.raises(KeyError):
        ENGLISH("no such key")


def test_the_catalogue_cannot_be_changed() -> None:
    assert isinstance(ENGLISH.texts, MappingProxyType)


def test_every_text_can_be_filled() -> None:
    assert len(MONTHS) == 12
    for key, text in TEXTS.items():
        gaps = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert all(name.isidentifier() for name in gaps), key
        assert text == text.strip() or key.startswith("list."), key
        if key.endswith(".one"):
            assert key.removesuffix("one") + "other" in TEXTS
