"""Bids near enough to the best count as equal to it; a draw, or people, part what the steps of the tie break leave.

Sources: the extended quality-per-price method of UfAB (erweiterte Richtwertmethode: Beschaffungsamt des
Bundesministeriums des Innern, Sonderheft 2012 zur UfAB V; Ferber in Mueller-Wrede, VgV/UVgO, section 58, 31-33): among
bids within a published share under the leading figure a published criterion decides. Palo Alto Municipal Code 2.30.450:
between identical prices the awarding authority may cast lots in public.
"""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from inline import CATALOGUE, evaluate, leaf, ranks, refusal, scheme

from tender_eval import Evaluation, compile_scheme, dump_scheme, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.languages.runs import text_of
from tender_eval.languages.steps import working
from tender_eval.model.diagnostics import Problems
from tender_eval.report.evaluation.figures import PrintedFigures
from tender_eval.report.evaluation.verdict import verdict_of
from tender_eval.report.methodology.document import publish

PER_PRICE = {"name": "highest_quality_per_price", "times": 1000}
QUALITY = leaf("quality", 100, {"name": "mark", "out_of": 100})
# Quality per price: a 80.00, b 77.39..., d 76.00 (5% under the best exactly), c 75.00.
BIDS: dict[str, dict[str, Any]] = {
    "a": {"price": 1000, "marks": {"quality": 80}},
    "b": {"price": 1150, "marks": {"quality": 89}},
    "c": {"price": 1200, "marks": {"quality": 90}},
    "d": {"price": 1000, "marks": {"quality": 76}},
}


def near(within: object, *ties: dict[str, str], rule: object = PER_PRICE) -> dict[str, Any]:
    return scheme(QUALITY, rule=rule, award={"near_tie": within, "ties": [*ties]})


def order(result: Evaluation) -> list[str]:
    return [bid.id for bid in result.bids]


@pytest.mark.parametrize(
    ("within", "expected", "level"),
    [("5%", "badc", "bad"), ("4.9%", "badc", "ba"), ("3%", "abdc", ""), ("2.6", "abdc", ""), ("2.61", "badc", "ba"),
     ("5", "cbad", "cbad")],
)  # fmt: skip
def test_among_those_near_the_best_the_published_criterion_decides(within: str, expected: str, level: str) -> None:
    result = evaluate(near(within, {"highest": "quality"}), BIDS)
    assert order(result) == [*expected]
    assert result.near == (*level,)


def test_the_step_of_a_rank_says_that_the_tie_break_decided() -> None:
    result = evaluate(near("2.61", {"highest": "quality"}), BIDS)
    notes = {bid.id: working(bid.step) for bid in result.bids}
    assert notes["b"] == "77.391304... counts as equal to the best, 80: the tie break decides between them"
    assert notes["c"] == notes["d"] == ""


def test_where_the_lowest_figure_is_best_the_band_lies_above_it() -> None:
    cheapest = near("10%", {"highest": "quality"}, rule="lowest_price")
    bids = {
        name: {"price": price, "marks": {"quality": q}}
        for name, price, q in (("a", 100, 1), ("b", 110, 2), ("c", 111, 3))
    }
    assert order(evaluate(cheapest, bids)) == ["b", "a", "c"]


def test_of_bids_that_the_steps_leave_equal_the_better_figure_is_first() -> None:
    bids = {"a": {"price": 1000, "marks": {"quality": 80}}, "b": {"price": 1010, "marks": {"quality": 80}}}
    result = evaluate(near("5%", {"highest": "quality"}), bids)
    assert ranks(result) == {"a": 1, "b": 2}
    assert not result.tied


def test_a_draw_parts_all_that_are_near_whatever_their_figures() -> None:
    stated = near("5%", {"draw": "lots"})
    result = evaluate(stated, BIDS)
    assert ranks(result) == {"a": 1, "b": 1, "d": 1, "c": 4}
    assert result.tied
    assert set(result.winner) == {"a", "b", "d"}
    said = " ".join(text_of(text) for text in verdict_of(result, PrintedFigures(result, brief=True)).because)
    assert "near enough to the best to count as equal" in said
    assert "The scheme leaves it to a draw (lots)" in said


def test_a_bid_that_is_out_sets_no_band() -> None:
    stated = scheme(
        {**QUALITY, "minimum": "78%"}, rule=PER_PRICE, award={"near_tie": "5%", "ties": [{"highest": "quality"}]}
    )
    bids = {**BIDS, "e": {"price": 500, "marks": {"quality": 77}}}
    assert order(evaluate(stated, bids))[:2] == ["b", "a"]


def test_a_batch_ranks_as_the_exact_run_does() -> None:
    for ties in ([{"highest": "quality"}], [{"draw": "lots"}], [{"highest": "quality"}, {"decide": "the board"}]):
        for within in ("5%", "3%", "2.61", "50"):
            stated = near(within, *ties)
            compiled = compile_scheme(scheme_from_data(stated), CATALOGUE)
            batch = compiled.evaluate_batch({
                "marks.quality": np.array([float(b["marks"]["quality"]) for b in BIDS.values()]),
                "price": np.array([float(b["price"]) for b in BIDS.values()]),
            })  # fmt: skip
            exact = ranks(evaluate(stated, BIDS))
            assert dict(zip(BIDS, batch.ranks[:, 0].tolist(), strict=True)) == exact


@pytest.mark.parametrize(
    ("award", "code", "message"),
    [
        ({"near_tie": "5%"}, "TE027", "near_tie takes bids for equal, but no step of ties decides between them"),
        ({"near_tie": "1/3", "ties": [{"draw": "lots"}]}, "TE014", '"1/3" may be an amount, or a share of the best'),
        ({"near_tie": 0, "ties": [{"draw": "lots"}]}, "TE015", "0 is out of range"),
        (
            {"ties": [{"draw": "lots"}, {"highest": "quality"}]},
            "TE028",
            "nothing follows a draw, or a decision of people",
        ),
        ({"ties": [{"draw": "lots", "decide": "us"}]}, "TE012", "must have one of highest, lowest, draw and decide"),
        ({"ties": [{"draw": " "}]}, "TE018", "nothing is written here"),
    ],
)
def test_what_cannot_be_meant_is_told(award: dict[str, Any], code: str, message: str) -> None:
    (found,) = refusal(evaluate, scheme(QUALITY, award=award), BIDS)
    assert found.code == code
    assert message in found.message


@pytest.mark.slow
@pytest.mark.parametrize(
    "ties", [[{"highest": "quality"}, {"draw": "lots"}], [{"decide": "the head of commissioning"}]]
)
def test_it_is_written_read_again_and_published(ties: list[dict[str, str]]) -> None:
    read = scheme_from_data(near("0.5", *ties))
    assert read_scheme(Source("again.yaml", dump_scheme(read).encode()), Problems()) == read
    text = document_markdown(publish(compile_scheme(read, CATALOGUE)))
    assert "Tenders within 0.5 of the best quality points per price, that distance included, count as equal" in text
    assert next(iter(ties[-1].values())) in text


def test_an_equal_figure_without_near_ties_is_what_it_was() -> None:
    bids = {"a": {"price": 1, "marks": {"quality": 80}}, "b": {"price": 1, "marks": {"quality": 80}}}
    result = evaluate(scheme(QUALITY), bids)
    assert (result.near, result.then, result.tied) == ((), None, True)
    assert result.bids[0].figure == Fraction(80)
