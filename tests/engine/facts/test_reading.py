"""What can be read about a bid, and that every figure leads back to its place in the file."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tender_eval.engine.facts.names import COLUMN_KINDS, known_column
from tender_eval.engine.facts.reading import read
from tender_eval.files.bids.missing import mend_of
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.languages import steps as words
from tender_eval.model.bids import Bids, Tender
from tender_eval.model.diagnostics import Problems
from tender_eval.model.evaluation import Step
from tender_eval.model.explanation.formulas import Column
from tender_eval.model.missing import Missing, Whose

# After the Sutton case (Home Office VAWG Services Commissioning Toolkit, March 2022, 3.11): a lead provider
# with sub-contractors, most of them local, small specialists. Names and figures are illustrative.
TEXT = """\
format: tender-eval/bids/1
tender: {id: T, annual_value: 340000, areas: [Sutton, Merton, Croydon, Kingston]}
bids:
  - id: lead
    supplier:
      name: Lead Provider
      legal_form: charity
      annual_income: 900000
      size: medium
      areas: [sutton]
      networks: [MARAC, Safeguarding Board]
    consortium:
      members:
        - {name: Haven, share: 20%, size: small, annual_income: 90000, areas: [Merton], confirmed: true,
           pathways: [IDVA, refuge], networks: [marac, Housing Forum], by_and_for: true}
        - {name: Umbrella, share: 15%, size: large, annual_income: 5000000, areas: [Croydon], confirmed: true,
           pathways: [idva, counselling]}
        - {name: Promised, share: 25%, size: micro, annual_income: 700000, areas: [Kingston],
           pathways: [prevention], networks: [Elsewhere]}
    declarations: {safeguarding: true}
    price: 10350
    values: {accepted: 126}
    marks:
      delivery: {agreed: 4, individual: {anne: 3, bob: 5}, reason: evidence shown, agreed_by: [anne, bob],
                 on: 2026-05-02}
  - id: alone
    supplier: {name: Small Local, size: small, areas: [Merton, Kingston], by_and_for: false}
    price: 9000
  - id: silent
    price: 8000
"""


def load(text: str) -> Bids:
    problems = Problems()
    bids = read_bids(Source("bids.yaml", text.encode()), {}, problems)
    assert bids is not None
    assert not list(problems)
    return bids


BIDS = load(TEXT)
LEAD, ALONE, SILENT = BIDS.bids


def step(bid, column, tender=BIDS.tender) -> Step:
    found = read(bid, column, tender)
    assert isinstance(found, Step), found
    return found


def value(bid, column, tender=BIDS.tender):
    return step(bid, column, tender).value


@pytest.mark.parametrize(
    ("column", "expected", "place"),
    [
        ("price", 10350, "bids.yaml:21:12"),
        ("values.accepted", 126, "bids.yaml:22:24"),
        ("declarations.safeguarding", True, "bids.yaml:20:34"),
        ("supplier.annual_income", 900000, "bids.yaml:8:22"),
        ("supplier.legal_form", "charity", "bids.yaml:7:19"),
        ("marks.delivery", 4, "bids.yaml:24:26"),
        ("tender.annual_value", 340000, "bids.yaml:2:31"),
    ],
)
def test_what_is_stated_is_read_from_its_place(column, expected, place):
    found = step(LEAD, column)
    assert found.value == expected
    assert str(found.where) == place


def test_a_mark_tells_how_the_panel_came_to_it():
    told = {words.label(s.label): s.value for s in step(LEAD, "marks.delivery").inputs}
    assert told == {
        "mark of anne": 3,
        "mark of bob": 5,
        "reason": "evidence shown",
        "agreed by": ("anne", "bob"),
        "agreed on": "2026-05-02",
    }


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (
            "pooled.annual_income",
            900000 + 90000 + 5000000,
        ),  # not the 700000 of a member that is not confirmed
        ("consortium.members", 2),
        ("consortium.confirmed_share", Fraction(35, 100)),
        ("consortium.share.small", Fraction(20, 100)),
        ("consortium.share.by_and_for", Fraction(20, 100)),
        ("consortium.share.local", Fraction(40 + 20 + 15, 100)),  # the lead has 40%: all less 20, 15 and 25
        ("consortium.share.by_and_for+local+small", Fraction(75, 100)),
        ("consortium.pathways", 3),  # IDVA and idva are one
        ("consortium.areas_covered", Fraction(3, 4)),
        ("consortium.networks_count", 3),
        ("supplier.areas_covered", Fraction(1, 4)),
        ("supplier.networks_count", 2),
        ("supplier.is_small", False),
    ],
)
def test_what_follows_counts_only_confirmed_members(column, expected):
    assert value(LEAD, column) == expected


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("consortium.members", 0),
        ("consortium.confirmed_share", 0),
        ("consortium.share.small", 1),
        ("consortium.share.by_and_for", 0),
        ("consortium.pathways", 0),
        ("consortium.areas_covered", Fraction(1, 2)),
        ("supplier.is_small", True),
    ],
)
def test_a_supplier_that_bids_alone_delivers_all_by_its_own_facts(column, expected):
    assert value(ALONE, column) == expected


def test_confirming_the_member_makes_it_count():
    confirmed = load(TEXT.replace("areas: [Kingston],\n", "areas: [Kingston], confirmed: true,\n", 1)).bids[0]
    assert value(confirmed, "pooled.annual_income") == 6690000
    assert value(confirmed, "consortium.share.small") == Fraction(45, 100)
    assert value(confirmed, "consortium.areas_covered") == 1
    assert value(confirmed, "consortium.pathways") == 4


def test_an_unconfirmed_member_stands_in_the_trace_as_such():
    parts = {words.label(s.label): s for s in step(LEAD, "consortium.share.small").inputs}
    promised = parts['member "Promised"']
    assert promised.value == 0
    assert words.formula(promised) == "not confirmed: counts nothing"
    assert {words.label(s.label): s.value for s in promised.inputs} == {
        "share of delivery": Fraction(1, 4),
        "size": "micro",
    }


def test_a_share_of_delivery_shows_its_working():
    found = step(LEAD, "consortium.share.local")
    assert words.working(found) == "40% + 20% + 15% + 0%"
    assert found.inputs[0].label == Column("tender.areas")
    supplier = found.inputs[1]
    assert words.working(supplier.inputs[0]) == "100% - 20% - 15% - 25%"


@pytest.mark.parametrize("column", [c for c in COLUMN_KINDS if c.split(".")[0] in ("consortium", "pooled")])
def test_every_figure_leads_back_to_the_file(column):
    column = column.replace("<groups>", "by_and_for+local+small")
    if column == "pooled.years_in_area":
        assert isinstance(read(LEAD, column, BIDS.tender), Missing)
        return
    leaves = [s for s in step(LEAD, column).walk() if not s.inputs]
    assert leaves
    assert all(s.where is not None and s.where.line for s in leaves)


def test_a_pooled_figure_needs_only_one_who_states_it():
    text = TEXT.replace("      annual_income: 900000\n", "")
    found = step(load(text).bids[0], "pooled.annual_income")
    assert found.value == 5090000
    assert words.formula(found.inputs[0].inputs[0]) == "not stated: counts nothing"


@pytest.mark.parametrize("column", ["supplier.years_in_area", "values.acepted", "prices.annual", "supplier.is_small"])
def test_a_silent_bid_is_named_with_its_place(column):
    found = read(SILENT, column, BIDS.tender)
    assert isinstance(found, Missing)
    assert (found.whose, found.bid.id) == (Whose.BID, "silent")
    where, hint = mend_of(found)
    assert hint
    assert str(where) == "bids.yaml:29:5"


def test_a_misspelt_figure_is_recognised():
    found = read(LEAD, "values.acepted", BIDS.tender)
    assert isinstance(found, Missing)
    assert mend_of(found, {"values.acepted"}).hint == "it states values.accepted: use one name in bid and scheme"
    assert mend_of(found, {"values.acepted", "values.accepted"}).hint == "add acepted: ... to the bid's values"


def test_a_missing_mark_is_named():
    found = read(SILENT, "marks.delivery", BIDS.tender)
    assert isinstance(found, Missing)
    assert (found.whose, found.column, found.bid.id) == (Whose.BID, "marks.delivery", "silent")


@pytest.mark.parametrize(
    "column", ["supplier.areas_covered", "consortium.areas_covered", "consortium.share.local", "tender.areas"]
)
def test_a_tender_without_areas_is_the_tenders_silence_not_the_bids(column):
    found = read(LEAD, column, Tender())
    assert isinstance(found, Missing)
    assert found.whose is Whose.TENDER
    assert "areas" in mend_of(found).hint


def test_a_tender_that_lists_no_areas_is_refused_too():
    tender = load(TEXT.replace("areas: [Sutton, Merton, Croydon, Kingston]", "areas: []")).tender
    found = read(LEAD, "consortium.areas_covered", tender)
    assert isinstance(found, Missing)
    assert found.whose is Whose.TENDER


def test_groups_may_stand_in_any_order():
    assert value(LEAD, "consortium.share.small+local") == value(LEAD, "consortium.share.local+small")


@pytest.mark.parametrize(
    ("column", "known"),
    [
        ("price", True),
        ("prices.tupe", True),
        ("values.x", True),
        ("declarations.x", True),
        ("marks.x", True),
        ("supplier.size", True),
        ("consortium.share.local", True),
        ("consortium.share.local+local", False),
        ("consortium.share.large", False),
        ("consortium.share.", False),
        ("values", False),
        ("values.", False),
        ("supplier.sise", False),
        ("pooled.size", False),
        ("members.0", False),
        ("tender.id", False),
    ],
)
def test_known_columns(column, known):
    assert known_column(column) is known


def test_every_column_of_a_fixed_name_is_known():
    assert all(known_column(c) for c in COLUMN_KINDS if "<" not in c)


def test_the_number_of_a_figure():
    assert Step(Column("x"), True).number == 1
    assert Step(Column("x"), False).number == 0
    assert Step(Column("x"), Fraction(1, 3)).number == Fraction(1, 3)
    assert Step(Column("x"), "charity").number is None
    assert Step(Column("x"), ("a",)).number is None
