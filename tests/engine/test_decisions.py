"""What people decide about bids acts on the result: bids that are taken out, ties that are settled."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from decided_cases import LOW, LOW_BIDS, TIE
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.engine.compiled import CompiledScheme, compile_scheme
from tender_eval.files.load import read_bids, read_scheme
from tender_eval.files.source import Source
from tender_eval.languages.results import text
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.explanation.reasons import Removed

DISREGARDED = Removed("disregarded", "s.19(3)(c)", "the price is not explained")


def scheme(text: str) -> CompiledScheme:
    problems = Problems()
    found = read_scheme(Source("scheme.yaml", text.encode()), problems)
    problems.refuse()
    assert found is not None
    return compile_scheme(found)


def bids(text: str = LOW_BIDS) -> Bids:
    problems = Problems()
    found = read_bids(Source("bids.yaml", text.encode()), {}, problems)
    problems.refuse()
    assert found is not None
    return found


def without(found: Bids, removed: Removed, *names: str) -> Bids:
    return replace(found, bids=tuple(replace(b, removed=removed) if b.id in names else b for b in found.bids))


def prices(values: list[int]) -> Bids:
    lines = [f"  - {{id: b{n}, price: {value}}}" for n, value in enumerate(values)]
    return bids("\n".join(["format: tender-eval/bids/1", "bids:", *lines, ""]))


@pytest.mark.parametrize(("rule", "figures"), [("recompute", (90, "85.5")), ("keep_order", (70, "70.5"))])
def test_a_disregarded_bid_counts_in_the_scores_of_others_as_the_scheme_says(
    rule: str, figures: tuple[object, object]
) -> None:
    found = scheme(LOW.replace("recompute", rule)).evaluate(without(bids(), DISREGARDED, "low"))
    mid, top, low = (found.bid(name) for name in ("mid", "top", "low"))
    assert mid is not None
    assert top is not None
    assert low is not None
    assert (mid.figure, top.figure) == tuple(Fraction(str(figure)) for figure in figures)
    assert (low.status, low.rank, low.reasons) == ("disregarded", None, (DISREGARDED,))
    assert text(low.reasons[0]) == "disregarded under s.19(3)(c): the price is not explained"


def test_what_a_bid_scored_by_itself_stays_on_record() -> None:
    low = scheme(LOW).evaluate(without(bids(), DISREGARDED, "low")).bid("low")
    assert low is not None
    assert [(c.id, c.points) for c in low.criteria] == [("q", 30)]


@pytest.mark.parametrize("rule", ["recompute", "keep_order"])
def test_nothing_is_asked_of_a_bid_that_was_out_before_it_was_assessed(rule: str) -> None:
    stated = LOW_BIDS.replace("price: 100000, values: {q: 30}", "declarations: {late: true}")
    withdrawn = Removed("withdrawn", assessed=False)
    found = scheme(LOW.replace("recompute", rule)).evaluate(without(bids(stated), withdrawn, "low"))
    assert [(b.id, b.figure) for b in found.bids] == [("mid", 90), ("top", Fraction("85.5")), ("low", None)]


def test_no_price_is_asked_of_a_bid_that_is_out_unless_it_counts() -> None:
    stated = without(bids(LOW_BIDS.replace("price: 100000, ", "")), DISREGARDED, "low")
    assert scheme(LOW).evaluate(stated).winner == ("mid",)
    with pytest.raises(Refused) as e:
        scheme(LOW.replace("recompute", "keep_order")).evaluate(stated)
    assert [d.code for d in e.value.diagnostics] == ["TE052"]


def test_a_bid_that_is_out_takes_no_place_of_the_shortlist() -> None:
    listed = LOW + "shortlist: {by: [q], top: 1}\n"
    found = scheme(listed).evaluate(without(bids(), DISREGARDED, "top"))
    assert [(b.id, b.status) for b in found.bids] == [
        ("mid", "ranked"), ("low", "not_shortlisted"), ("top", "disregarded"),
    ]  # fmt: skip
    kept = scheme(listed.replace("recompute", "keep_order")).evaluate(without(bids(), DISREGARDED, "top"))
    assert [b.status for b in kept.bids] == ["not_shortlisted", "not_shortlisted", "disregarded"]


@pytest.mark.slow
@given(st.lists(st.integers(1, 4), min_size=2, max_size=6), st.data())
def test_taking_out_is_as_if_the_bid_had_not_been_there(values: list[int], data: st.DataObject) -> None:
    """Under recompute, for whatever scores bids against each other."""
    found, compiled = prices(values), scheme(TIE)
    out = data.draw(st.sets(st.sampled_from([b.id for b in found.bids]), max_size=len(values) - 1))
    there = replace(found, bids=tuple(b for b in found.bids if b.id not in out))
    marked, alone = compiled.evaluate(without(found, DISREGARDED, *out)), compiled.evaluate(there)
    assert (marked.winner, marked.tied) == (alone.winner, alone.tied)
    ranked = [(b.id, b.rank, b.figure, [c.points for c in b.criteria]) for b in marked.bids if b.rank]
    assert ranked == [(b.id, b.rank, b.figure, [c.points for c in b.criteria]) for b in alone.bids]


def test_a_tie_drawn_by_lot_is_broken_in_the_order_drawn() -> None:
    found = prices([100, 100, 120])
    assert scheme(TIE).evaluate(found).tied
    settled = scheme(TIE).evaluate(replace(found, settled={"": ("b1", "b0")}))
    assert (settled.winner, settled.tied, settled.settled) == (("b1",), False, ("b1", "b0"))
    assert [(b.id, b.rank, b.tied) for b in settled.bids] == [("b1", 1, False), ("b0", 2, False), ("b2", 3, False)]


@pytest.mark.slow
@given(st.lists(st.integers(1, 3), min_size=2, max_size=6), st.data())
def test_an_order_breaks_no_tie_but_one_of_which_it_names_every_bid(values: list[int], data: st.DataObject) -> None:
    found, compiled = prices(values), scheme(TIE)
    names = [b.id for b in found.bids]
    order = tuple(data.draw(st.permutations(names))[: data.draw(st.integers(0, len(names)))])
    before, after = compiled.evaluate(found), compiled.evaluate(replace(found, settled={"": order}))
    level: dict[int, set[str]] = {}
    for bid in before.bids:
        level.setdefault(bid.rank or 0, set()).add(bid.id)
    for group in level.values():
        ranks = [bid.rank for bid in after.bids if bid.id in group]
        if len(group) > 1 and group <= set(order):
            assert len(set(ranks)) == len(group)
            assert [b.id for b in after.bids if b.id in group] == [name for name in order if name in group]
        else:
            assert len(set(ranks)) == 1
    figures = {b.id: b.figure for b in before.bids}
    assert all(b.figure == figures[b.id] for b in after.bids)
