"""Each kind of note and of basis has words, and none holds English of its own."""

import dataclasses
from dataclasses import replace
from fractions import Fraction
from typing import Any, get_args

import pytest
from analysed import MADE_UP, analysis
from told import IDS, made_up_told, notes_told

from tender_eval.fairness.findings import notes
from tender_eval.fairness.findings.results import Acceptability
from tender_eval.fairness.findings.samples import GroupSample
from tender_eval.languages.runs import text_of
from tender_eval.report.fairness.names import FAIRNESS, Names
from tender_eval.report.fairness.notes import note
from tender_eval.report.fairness.samples import group_sample, made_up_bids, weight_sampling
from tender_eval.synthetic.assumptions import PriceLevel, Worth

LIKE_NEAREST = notes.NoNearest(notes.NoNearestBecause.NOT_STATED, "own", "so")
LIKE = analysis().lots[""].evaluation.bids[0]
VALUES: dict[str, Any] = {
    "bids": ("a", "b"), "like": LIKE, "result": LIKE, "why": "so",
    "because": notes.NoNearestBecause.NOT_STATED, "rule": "own", "said": "so", "nobody": 1_000, "draws": 10_000,
    "titles": ("One", "Two"), "title": "One", "unranked": notes.UnrankedToo(("c",)), "share": Fraction(1, 2),
    "least": Fraction(1, 100), "tried": Fraction(1, 100), "criterion": "price", "price": Fraction(2500),
    "below": Fraction(1, 2), "mean": Fraction(10_000, 3),
}  # fmt: skip


@pytest.mark.parametrize("kind", get_args(notes.Note), ids=lambda kind: kind.__name__)
def test_every_note_says_all_that_it_holds(kind: type) -> None:
    held = [field.name for field in dataclasses.fields(kind)]
    made = kind(*(LIKE_NEAREST if kind is notes.NoPossible else VALUES[name] for name in held))
    (told,) = notes_told([made])
    assert told.endswith(".")
    shown = {
        "bids": "a, b", "why": "so", "rule": "own", "said": "so",
        "nobody": "1,000", "draws": "10,000", "titles": "One, Two", "title": "One",
        "share": "50%", "least": "0.01", "tried": "0.01", "criterion": "price", "price": "2,500", "below": "50%",
        "mean": "3,333.33",
    }  # fmt: skip
    for name in held:
        assert shown.get(name, "") in told


def test_a_note_names_bids_on_a_page_and_gives_ids_where_there_is_little_room() -> None:
    names = Names({"a": "Alder House"}, {"price": "Price of it all"})
    told = note(notes.NotRemoved(("a",)), names)
    assert text_of(told).startswith("What happens without Alder House was not tried")
    assert text_of(told, short=True).startswith("What happens without a was not tried")
    assert text_of(note(notes.ScoredAlone("price"), names)).startswith('"Price of it all" scores')


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (GroupSample(10, unknown=1), "the 10 bids as they stand; 1 that do not say are left out"),
        (GroupSample(4, tenders=2), "4 bids in 2 made-up tenders"),
    ],
)
def test_the_bids_that_rates_are_taken_over(basis: GroupSample, told: str) -> None:
    assert group_sample(basis, FAIRNESS).startswith(told)


def test_bands_are_told_by_criterion() -> None:
    bands = {"quality": (Fraction(50), Fraction(70)), "price": (Fraction(0), Fraction(1, 2))}
    whole = Acceptability(100, {}, {}, {}, {}, 0.0)
    within, near = replace(whole, bands=bands), replace(whole, concentration=1_000)
    assert weight_sampling(whole, FAIRNESS) == "all weights equally likely"
    assert weight_sampling(within, FAIRNESS).endswith("within these bands: quality from 50 to 70, price from 0 to 0.5")
    assert weight_sampling(near, FAIRNESS).endswith("with a concentration of 1,000)")


def test_what_made_up_prices_follow_from_is_named() -> None:
    level = PriceLevel(Fraction(2500), "ceiling", "price", Fraction(1, 100))
    how = dataclasses.replace(MADE_UP, prices=level, worth=Worth(Fraction(300_000), "pot", 1), out=2)
    told = made_up_told(how)
    source = 'the middle of where "price" tells prices apart (ceiling)'
    assert f"around 2,500, from 0.01 times {source}, which it can score, with" in told
    assert "300,000 a year (the pot of the award rule, over 1 year)" in told
    assert told.endswith("Turned away by the scheme, and so not ranked: 2 of the 6.")
    named = text_of(made_up_bids(how, dataclasses.replace(IDS, titles={"price": "Price of it all"})))
    assert 'where "Price of it all" tells prices apart' in named


@pytest.mark.parametrize("because", notes.NoNearestBecause)
def test_every_reason_why_nearest_weights_were_not_found_has_its_words(because: notes.NoNearestBecause) -> None:
    (told,) = notes_told([notes.NoNearest(because, "own", "a secret")])
    assert told.startswith("The nearest weights over all criteria were not found: ")
    assert len(told.partition(": ")[2].split()) > 4
