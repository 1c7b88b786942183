"""From scheme and bids to the award across lots: limits, reasons, ties, and the same in batch."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from contests import CATALOGUE, LIMITED
from hypothesis import given, settings
from hypothesis import strategies as st
from inline import Data, leaf, refusal, scheme
from marked import LEAVES, marked, winners

from tender_eval import bids_from_data, compile_scheme, dump_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.load import read_scheme
from tender_eval.files.source import Source
from tender_eval.languages import steps as words
from tender_eval.languages.results import text
from tender_eval.lots.award import AcrossLots, award_lots
from tender_eval.lots.batch import award_draws, contest_of
from tender_eval.lots.policy import policy_of
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.explanation.proof import fault_of

WITHOUT_LOTS = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def compiled(lots: Data | None, **award: Any) -> CompiledScheme:
    return compile_scheme(scheme_from_data(scheme(*LEAVES, award={"lots": lots, **award})), WITHOUT_LOTS)


def tender(marks: dict[str, dict[str, int]], values: dict[str, int] | None = None, income: int = 100) -> Bids:
    return marked(marks, values, supplier={bid: {"annual_income": income} for bid in marks})


def kinds(found: AcrossLots, lot: str) -> dict[str, str]:
    return {reason.bid: reason.kind for reason in found.reasons[lot]}


def test_a_tie_leaves_its_lot_and_what_hangs_on_it_undecided() -> None:
    """North: a and b level; whoever takes it has no room at south. At west c is first, and bids nowhere else."""
    marks = {"a": {"north": 9, "south": 9}, "b": {"north": 9, "south": 8, "west": 5}, "c": {"west": 9}}
    found = award_lots(compiled({"mechanism": "lot_order", "most_awarded": 1}), tender(marks))
    assert winners(found) == {"west": "c"}
    assert found.undecided == found.unawarded == ("north", "south")
    assert found.tied
    assert kinds(found, "north") == {"a": "undecided", "b": "undecided"}
    texts = {r.bid: text(r) for r in (*found.reasons["north"], *found.reasons["south"])}
    assert texts["a"] == "ranked 1; the lot is open until a tie is resolved (lot north is open as well)"
    assert text(found.reasons["north"][0]) == "shares rank 1 with b: the scheme does not separate them"
    assert kinds(found, "west") == {"b": "outscored"}


def test_the_largest_lead_awards_what_leads_before_it_comes_to_a_tie() -> None:
    """South is a's by a lead, which leaves b alone at north: no tie is left."""
    marks = {"a": {"north": 9, "south": 9}, "b": {"north": 9, "south": 8}}
    found = award_lots(compiled({"mechanism": "largest_lead", "most_awarded": 1}), tender(marks))
    assert winners(found) == {"north": "b", "south": "a"}
    assert found.order == ("south", "north")
    assert kinds(found, "north") == {"a": "capped"}


def test_the_tie_break_of_the_scheme_comes_first() -> None:
    offered = bids_from_data(
        {
            "format": "tender-eval/bids/1",
            "tender": {"lots": [{"id": "north"}]},
            "bids": [
                {"id": "a", "marks": {"quality": 10}, "lots": {"north": {"price": 200}}},
                {"id": "b", "marks": {"quality": 0}, "lots": {"north": {"price": 100}}},
            ],
        }
    )
    leaves = (leaf("quality", "1/3", {"name": "mark", "out_of": 10}), leaf("price", "2/3", "ratio_to_lowest"))
    stated = scheme(*leaves, award={"ties": [{"lowest": "price"}]})
    found = award_lots(compile_scheme(scheme_from_data(stated), CATALOGUE), offered)
    assert winners(found) == {"north": "b"}
    (reason,) = found.reasons["north"]
    assert (reason.kind, reason.by, reason.margin) == ("tie_broken", "b", 0)
    assert "the published tie break puts b first" in text(reason)


def test_a_rejected_bid_is_told_its_reason() -> None:
    stated = scheme(*LEAVES, conditions=[{"id": "means", "reads": "supplier.annual_income", "at_least": "200"}])
    found = award_lots(compile_scheme(scheme_from_data(stated), CATALOGUE), tender({"a": {"north": 9}}))
    (reason,) = found.reasons["north"]
    assert reason.kind == "rejected"
    assert 'condition "means" is not met' in text(reason)
    assert found.unawarded == ("north",)
    assert not found.tied


def test_several_suppliers_a_lot_where_each_is_decided_by_itself() -> None:
    found = award_lots(compiled(None, suppliers=2), tender({"a": {"n": 9}, "b": {"n": 8}, "c": {"n": 7}}))
    assert [award.bid.id for award in found.awards] == ["a", "b"]
    assert [(r.bid, r.by) for r in found.reasons["n"]] == [("c", "b")]


def test_capacity_that_is_met_exactly_is_within_it() -> None:
    marks = {"a": {"north": 9, "south": 9}}
    limits = {"mechanism": "lot_order", "capacity": "200% of supplier.annual_income"}
    assert len(award_lots(compiled(limits), tender(marks)).awards) == 2
    short = award_lots(compiled(limits), tender(marks, values={"south": 101}))
    assert winners(short) == {"north": "a"}
    assert text(short.reasons["south"][0]) == (
        "ranked 1, but the lot's annual value 101 beside 100 for north, which its supplier is awarded, is above its "
        "capacity 200 (200% of pooled.annual_income)"
    )


def test_a_capacity_may_be_an_amount() -> None:
    found = award_lots(compiled({"mechanism": "largest_lead", "capacity": 150}), tender({"a": {"n": 9, "s": 8}}))
    assert winners(found) == {"n": "a"}


@pytest.mark.parametrize(
    ("limits", "award", "codes"),
    [
        ({"mechanism": "independent", "most_awarded": 1, "capacity": 5}, {}, ["TE027"]),
        ({"most_awarded": 1}, {}, ["TE027"]),
        ({"order": ["north"]}, {}, ["TE028"]),
        ({"mechanism": "largest_led"}, {}, ["TE044"]),
        ({"mechanism": {"name": "lot_order", "size": 1}}, {}, ["TE010"]),
        ({"mechanism": "lot_order", "capacity": "60% of supplier.incme"}, {}, ["TE031"]),
        ({"mechanism": "lot_order"}, {"suppliers": 2}, ["TE028"]),
        ({"mechanism": "largest_led", "capacity": "60% of supplier.incme"}, {}, ["TE031", "TE044"]),
    ],
)
def test_what_a_scheme_cannot_say_of_lots(limits: Data, award: Data, codes: list[str]) -> None:
    said = refusal(policy_of, compiled(limits, **award).scheme, CATALOGUE)
    assert sorted(d.code for d in said) == codes
    assert all(d.where for d in said)


def test_what_a_scheme_says_of_lots_is_written_out_and_read_again() -> None:
    limits = {
        "mechanism": {"name": "lot_order"}, "most_tendered": 3, "most_awarded": 2,
        "capacity": "60% of supplier.annual_income", "order": ["north", "south"],
    }  # fmt: skip
    stated = compiled(limits).scheme
    written = Source("scheme.yaml", dump_scheme(stated).encode())
    assert read_scheme(written, Problems()) == stated
    assert stated.award.lots is not None


def test_money_is_not_shared_out_under_limits() -> None:
    rule = {"name": "grants_within_pot", "pot": 100, "cap": 100, "when_short": "stop"}
    stated = scheme(*LEAVES, rule=rule, award={"lots": {"mechanism": "lot_order"}})
    (said,) = refusal(policy_of, scheme_from_data(stated), CATALOGUE)
    assert said.code == "TE028"
    assert 'the award rule "grants_within_pot" shares out money' in said.message


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"most_tendered": 1}, "TE500"),
        ({"mechanism": "lot_order", "order": ["north"]}, "TE056"),
        ({"mechanism": "lot_order", "order": ["north", "west"]}, "TE056"),
        ({"mechanism": "lot_order", "capacity": "60% of values.staff"}, "TE052"),
        ({"mechanism": "lot_order", "capacity": "60% of declarations.word"}, "TE052"),
    ],
)
def test_bids_that_do_not_fit_the_limits(limits: Data, code: str) -> None:
    (said,) = refusal(award_lots, compiled(limits), tender({"a": {"north": 9, "south": 9}}))
    assert said.code == code


def test_a_lot_without_a_value_cannot_be_held_against_capacity() -> None:
    offered = {
        "format": "tender-eval/bids/1",
        "tender": {"annual_value": 900, "lots": [{"id": "north"}, {"id": "south"}]},
        "bids": [{"id": "a", "price": 1, "marks": {"quality": 1}, "lots": {"north": {}}}],
    }
    said = refusal(award_lots, compiled({"mechanism": "lot_order", "capacity": 5}), bids_from_data(offered))
    assert [d.code for d in said] == ["TE052", "TE052"]


def test_a_tender_without_lots_has_none_to_award() -> None:
    offered = {"format": "tender-eval/bids/1", "bids": [{"id": "a", "price": 1, "marks": {"quality": 1}}]}
    (said,) = refusal(award_lots, compiled(None), bids_from_data(offered))
    assert said.code == "TE056"


@pytest.mark.slow
@pytest.mark.parametrize("name", LIMITED)
@settings(max_examples=12)
@given(seed=st.integers(0, 2**32), most=st.integers(0, 2))
def test_the_batch_award_equals_the_exact_one(name: str, seed: int, most: int) -> None:
    """Scored and awarded in floats, and scored and awarded exactly: the same bid wins the same lot."""
    random = Random(seed)
    lots, names = ("north", "south", "west"), ("a", "b", "c", "d")
    marks = {n: {lot: random.randint(0, 10) for lot in lots if random.random() < 0.8} or {"north": 5} for n in names}
    marks["z"] = dict.fromkeys(lots, 0)  # so that the tender has every lot
    values = {lot: random.randint(1, 9) * 10 for lot in lots}
    offered, rows = tender(marks, values, income=90), list(marks)
    scored = compiled({"mechanism": name, "most_awarded": most or None, "capacity": "150% of supplier.annual_income"})
    exact = award_lots(scored, offered)

    def of_lot(lot: str) -> Any:
        quality = np.array([[float(marks[n].get(lot, 0))] for n in rows])
        present = np.array([[lot in marks[n]] for n in rows])
        return scored.evaluate_batch({"marks.quality": quality, "price": np.full((len(rows), 1), 100.0)}, present)

    policy = policy_of(scored.scheme, CATALOGUE)
    contest = contest_of(
        [of_lot(lot) for lot in lots], "highest", np.array([float(values[lot]) for lot in lots]),
        most_lots=most, capacity=np.full(len(rows), 135.0),
    )  # fmt: skip
    found = award_draws(policy.mechanism, policy.floats, contest)
    won = {lot: rows[row] for lot, row in zip(lots, found.winner[:, 0], strict=True) if row >= 0}
    assert won == winners(exact)
    assert [lot for lot, tied in zip(lots, found.undecided[:, 0], strict=True) if tied] == list(exact.undecided)


@pytest.mark.parametrize(
    ("capacity", "working"),
    [("60% of supplier.annual_income", "60% x 100"), ("1/3 of supplier.annual_income", "1/3 x 100")],
)
def test_the_working_of_a_capacity_comes_to_it(capacity: str, working: str) -> None:
    found = award_lots(compiled({"mechanism": "lot_order", "capacity": capacity}), tender({"a": {"n": 9}}))
    step = found.capacities["a"]
    assert words.working(step) == working
    assert isinstance(step.value, Fraction)
    assert not fault_of(words.working(step), step.value)
