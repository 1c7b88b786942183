"""A scheme of the format as it was means the same: what is new and shown beside it changes no figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from shipped import CATALOGUE, pairs, shipped

from tender_eval import compile_scheme, scheme_from_data
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.model.evaluation import Evaluation
from tender_eval.model.pricing.beside import NOTHING_BESIDE, Benefit, Beside, Cost, FullCost, Funder
from tender_eval.model.scheme import Scheme

SHOWN = Beside(
    (Benefit("saved", of="values.none_states_it", each=Fraction(90)), Benefit("own")),
    (Funder("one", Fraction(1, 3)), Funder("other", Fraction(2, 3), most=Fraction(1))),
    FullCost((Cost("staff", "once"), Cost("overheads", "per_year"))),
)


def results(evaluation: Evaluation) -> list[object]:
    return [
        (b.id, b.rank, b.status, b.figure, b.award, [(c.id, c.points) for c in b.criteria]) for b in evaluation.bids
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "bids"), pairs())
def test_what_is_new_changes_no_figure_of_what_is_old(scheme: str, bids: str) -> None:
    case = shipped(scheme, bids)
    stated, lots = case.compiled.scheme, tuple(case.evaluations)
    if stated.beside == NOTHING_BESIDE and stated.payment == "paid":
        more = replace(stated, beside=SHOWN, tax="excluded", days={"none_reads_it": date(2026, 1, 1)})
        compiled = compile_scheme(more, CATALOGUE)
        found = {lot: compiled.evaluate(case.bids, lot) for lot in lots}
        assert {lot: results(one) for lot, one in found.items()} == {
            lot: results(case.compiled.evaluate(case.bids, lot)) for lot in lots
        }
        shown = any(bid.beside for one in found.values() for bid in one.bids)
        assert shown == (scheme != "small-grants-pot.yaml"), "what grants ask for is no price"


@pytest.mark.parametrize("scheme", sorted({scheme for scheme, _ in pairs()}))
def test_a_scheme_that_says_nothing_new_is_written_without_new_keys(scheme: str) -> None:
    stated = shipped(scheme, next(bids for name, bids in pairs() if name == scheme)).compiled.scheme
    data = scheme_data(stated)
    again = scheme_from_data(data)
    assert again == stated
    old = {name: Scheme.__dataclass_fields__[name].default for name in ("tax", "beside")}
    assert ("tax" in data) == (stated.tax != old["tax"])
    assert any(key in data for key in ("benefits", "funders", "full_cost")) == (stated.beside != old["beside"])
