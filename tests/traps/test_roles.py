"""Each place takes its own kind of number: 4/5 is no mark and 80% no price, whichever reader brings them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline import CATALOGUE, bids, evaluate, figures, leaf, refusal, scheme, told
from openpyxl import Workbook
from pydantic import TypeAdapter, ValidationError

from tender_eval import bids_from_data, load_bids, scheme_from_data
from tender_eval.case.corrections import Correction, corrected
from tender_eval.engine.check import check
from tender_eval.files import fields
from tender_eval.files.numbers import COUNT, MARK, MONEY, NotANumber, Role, is_plain, parse_number, parse_plain
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import NOWHERE

Write = Callable[[str, str | bytes], str]
OUT_OF_FIVE = """\
format: tender-eval/scheme/1
id: s5
title: Out of five
criteria:
  - {id: q, title: Quality, weight: 60, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, ties: [{highest: q}]}
"""
OF_A_BID = [
    ("price", "12000"),
    ("prices.annual", "12000"),
    ("marks.q", "4"),
    ("marks.q.agreed", "4"),
    ("marks.q.individual.e1", "4"),
    ("lots.north.price", "12000"),
    ("lots.north.marks.q", "4"),
    ("supplier.annual_income", "12000"),
    ("supplier.years_in_area", "3"),
    ("tender.annual_value", "12000"),
    ("tender.lots.north.annual_value", "12000"),
]


def csv(column: str, written: str) -> str:
    """A table with one figure, and what must stand beside it."""
    beside = {
        "marks.q.individual.e1": ("marks.q.agreed", "4"),
        "tender.lots.north.annual_value": ("lots.north.price", "1"),
    }
    heads, cells = ["id", "supplier.name", column], ["a", "Alder", written]
    if column in beside:
        heads.append(beside[column][0])
        cells.append(beside[column][1])
    return f"{','.join(heads)}\n{','.join(cells)}\n"


def checked(scheme_text: str, name: str, content: str) -> list[str]:
    found = check(Source("s.yaml", scheme_text.encode()), Source(name, content.encode()), CATALOGUE).diagnostics
    return [f"{d.where} {d.code} {d.message}; {d.hint}" for d in found]


@pytest.mark.parametrize(
    ("name", "written"), [("slash.csv", "4/5"), ("pct.csv", "80%"), ("spaced.csv", "4 / 5"), ("odd.csv", "80 %")]
)
def test_slash_and_pct_are_asked_about_and_never_counted(name: str, written: str) -> None:
    (said,) = checked(OUT_OF_FIVE, name, f"id,supplier.name,price,marks.q\na,Alder,100,{written}\nb,Birch,100,3\n")
    message = f'{name}:2:13 TE014 "{written}" is no mark of "q": a mark here is 0 to 5'
    assert said == f"{message}; was 4 meant? Then write 4"


def test_the_mend_of_slash_is_right_when_obeyed() -> None:
    assert not checked(OUT_OF_FIVE, "slash.csv", "id,supplier.name,price,marks.q\na,Alder,100,4\nb,Birch,100,3\n")


@pytest.mark.parametrize(("written", "meant"), [("9/5", ""), ("1/3", ""), ("-20%", ""), ("7/10", "3.5"), ("100%", "5")])
def test_only_what_would_be_a_mark_is_offered(written: str, meant: str) -> None:
    (said,) = checked(OUT_OF_FIVE, "bids.csv", f"id,price,marks.q\na,100,{written}\n")
    assert said.endswith(f"was {meant} meant? Then write {meant}" if meant else "write the mark itself")


@pytest.mark.parametrize(("column", "plain"), OF_A_BID)
@pytest.mark.parametrize("written", ["80%", "4/5"])
def test_every_place_of_money_marks_and_counts_in_a_table(write: Write, column: str, plain: str, written: str) -> None:
    assert load_bids(write("bids.csv", csv(column, plain)))
    (said,) = refusal(load_bids, write("bids.csv", csv(column, written)))
    assert (str(said.where), said.code) == ("bids.csv:2:9", "TE014")


@pytest.mark.parametrize("written", ["80%", "4/5"])
def test_the_same_in_yaml_and_json(write: Write, written: str) -> None:
    part = {"price": written, "marks": {"q": written, "r": {"agreed": "4", "individual": {"e1": written}}}}
    supplier = {"name": "A", "annual_income": written, "years_in_area": written}
    member = {"name": "M", "annual_income": written, "share": "1/3"}
    data = {
        "format": "tender-eval/bids/1",
        "tender": {"annual_value": written, "lots": [{"id": "north", "annual_value": written}]},
        "bids": [
            {"id": "a", "supplier": supplier, "consortium": {"members": [member]}, **part, "lots": {"north": part}}
        ],
    }
    for name in ("bids.json", "bids.yaml"):
        said = refusal(load_bids, write(name, json.dumps(data, indent=1)))
        assert [d.code for d in said] == ["TE014"] * 11
        assert len({d.where for d in said}) == 11


def test_a_share_as_an_amount_in_ocds(write: Write) -> None:
    bid = {"id": "a", "tenderers": [{"id": "x", "name": "A"}], "value": {"amount": "80%"}}
    (said,) = refusal(load_bids, write("r.json", json.dumps({"ocid": "o", "bids": {"details": [bid]}}, indent=1)))
    assert said.code == "TE014"
    assert said.where is not None
    assert said.where.line > 1


@pytest.mark.parametrize(
    ("column", "mend"),
    [
        ("marks.q", "write the mark on the scheme's scale, not the share of full marks that it earns"),
        ("lots.north.marks.q", "write the mark on the scheme's scale, not the share of full marks that it earns"),
        ("price", "write the amount in digits"),
        ("values.accepted", "write the plain figure"),
    ],
)
def test_a_cell_that_is_shown_as_a_percentage(write: Write, column: str, mend: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Bids"
    sheet.append(["id", column, "lots.north.values.x"])
    sheet.append(["a", 0.8, 1])
    sheet["B2"].number_format = "0%"
    kept = io.BytesIO()
    book.save(kept)
    (said,) = refusal(load_bids, write("bids.xlsx", kept.getvalue()))
    assert (str(said.where), said.code) == ("bids.xlsx!Bids!B2", "TE060")
    assert said.hint == f"format the cell as a number and {mend}"


def test_free_figures_are_read_as_ever() -> None:
    found = bids_from_data(bids({"a": {"values": {"x": "35%", "y": "1/3", "z": "0.35"}}})).bids[0].figures
    assert [found[f"values.{x}"].value for x in "xyz"] == [Fraction(7, 20), Fraction(1, 3), Fraction(7, 20)]


def test_a_fraction_that_a_program_gives_is_no_slip_of_the_pen() -> None:
    found = bids_from_data(bids({"a": {"price": Fraction(1, 3), "marks": {"q": Fraction(250, 3)}}})).bids[0]
    assert (found.figures["price"].value, found.marks["q"].agreed.value) == (Fraction(1, 3), Fraction(250, 3))


@pytest.mark.slow
@pytest.mark.parametrize("role", [MONEY, MARK, COUNT])
@given(st.fractions(-1000, 1000, max_denominator=10**9), st.sampled_from(["{0}%", "{1}/{2}"]))
def test_no_share_or_fraction_is_ever_read_in_digits(role: Role, value: Fraction, shape: str) -> None:
    text = shape.format(value.numerator, value.numerator, value.denominator)
    with pytest.raises(NotANumber) as e:
        parse_plain(text, role)
    assert (e.value.code, bool(e.value.hint)) == ("TE014", True)


@pytest.mark.slow
@given(st.decimals(-(10**6), 10**6, allow_nan=False, places=3), st.sampled_from([MONEY, MARK, COUNT]))
def test_what_is_written_in_digits_is_read_as_everywhere(value: object, role: Role) -> None:
    text = f"{value:f}"
    assert is_plain(text)
    assert parse_plain(text, role) == parse_number(text)


SCALE = {"z": [{"mark": 0, "score": "0%"}, {"mark": 4, "score": "100%"}]}
MARKED = leaf("q", 100, {"name": "mark", "scale": "z"})
PRICED: dict[str, Any] = {"name": "ratio_to_lowest"}


@pytest.mark.parametrize(
    "stated",
    [
        scheme(MARKED, scales={"z": [{"mark": "0%", "score": "0%"}, {"mark": 1, "score": "100%"}]}),
        scheme({**MARKED, "minimum": "4/5"}, scales=SCALE),
        scheme(MARKED, scales=SCALE, panel={"divergence": "1/2"}),
        scheme(MARKED, scales=SCALE, regime={"estimated_value": "80%"}),
        scheme(MARKED, scales=SCALE, award={"suppliers": "100%"}),
        scheme(MARKED, scales=SCALE, rounding={"places": "4/2", "mode": "half_up", "at": ["total"]}),
        scheme(MARKED, scales=SCALE, award={"lots": {"capacity": "50%"}}),
        scheme(MARKED, scales=SCALE, conditions=[{"id": "c", "reads": "price", "at_most": "1/2"}]),
        scheme(MARKED, scales=SCALE, conditions=[{"id": "c", "reads": "marks.q", "at_least": "4/5"}]),
        scheme(MARKED, scales=SCALE, price={"components": {"a": "once"}, "years": "10/2"}),
        scheme(leaf("q", "1/1", {"name": "mark", "out_of": 5})),
    ],
)
def test_every_place_of_a_scheme_takes_its_own_kind(stated: dict[str, Any]) -> None:
    (said,) = refusal(scheme_from_data, stated)
    assert said.code == "TE014"


@pytest.mark.parametrize(
    ("scorer", "rule"),
    [
        ({"name": "mark", "out_of": "100%"}, "highest_score"),
        ({"name": "pass_fail", "at_least": "4/5"}, "highest_score"),
        ({"name": "ratio_to_lowest", "floor": "1/2"}, "highest_score"),
        ({"name": "fixed_band", "full_at": "80%", "zero_at": 2}, "highest_score"),
        (
            {"name": "piecewise", "points": [{"value": 0, "score": 0}, {"value": "1/2", "score": 1}]},
            "highest_score",
        ),
        ({"name": "discount_from_ceiling", "ceiling": "80%", "significant_discount": "3%", "below_zero": "clamp"}, ""),
        (PRICED, {"name": "highest_quality_within_budget", "budget": "80%", "quality": ["q"]}),
        (PRICED, {"name": "grants_within_pot", "pot": "100%", "cap": 5, "when_short": "skip"}),
        (PRICED, {"name": "grants_within_pot", "pot": 5, "cap": "1/2", "when_short": "skip"}),
        (PRICED, {"name": "lowest_price_less_quality_premium", "estimate": "1/2", "price_weight": "1/2"}),
        (PRICED, {"name": "lowest_price_less_quality_value", "values": [{"criterion": "q", "full_marks": "80%"}]}),
    ],
)
def test_every_parameter_that_is_money_or_a_mark(scorer: dict[str, Any], rule: object) -> None:
    source = json.dumps(
        scheme(leaf("q", 100, scorer), rule=rule or "highest_score", award={"on_rejection": "recompute"})
    )
    found = check(Source("s.yaml", source.encode()), None, CATALOGUE).diagnostics
    assert [d.code for d in found] == ["TE014"]


def test_a_band_over_a_free_figure_may_be_one_of_shares() -> None:
    band = {"name": "fixed_band", "field": "values.accepted", "full_at": "80%", "zero_at": "1/2"}
    condition = {"id": "c", "reads": "values.annual_income", "at_least": "50%"}
    source = json.dumps(scheme(leaf("q", 100, band), conditions=[condition]))
    assert not check(Source("s.yaml", source.encode()), None, CATALOGUE).diagnostics


@pytest.mark.parametrize(("convention", "weights"), [("of_total", ("35%", "65")), ("of_parent", ("1/3", "2/3"))])
def test_weights_are_shares_of_100_where_there_is_a_100(convention: str, weights: tuple[str, str]) -> None:
    stated = scheme(*(leaf(f"q{n}", w, PRICED) for n, w in enumerate(weights)), weights=convention)
    found = [c.weight for c in scheme_from_data(stated).criteria]
    assert found == ([35, 65] if convention == "of_total" else [Fraction(100, 3), Fraction(200, 3)])


@pytest.mark.parametrize(
    ("weight", "mend"),
    [
        ("1/3", "write the points in digits; or state weights: of_total, where 1/3 is that share of 100"),
        ("35%", "write 35 if that many points are meant; or state weights: of_total"),
        ("5/2", "write 2.5 if that many points are meant; or state weights: of_total"),
    ],
)
def test_points_are_written_in_digits(weight: str, mend: str) -> None:
    (said,) = refusal(scheme_from_data, scheme(leaf("q", weight, PRICED), weights="points"))
    assert (said.code, said.hint) == ("TE012", mend)
    assert said.message.endswith("but weights are points")


@pytest.mark.parametrize(
    "kind", ["Money", "PositiveMoney", "Mark", "PositiveMark", "Count", "Whole", "Years", "Places"]
)
def test_the_types_that_plugins_use(kind: str) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(getattr(fields, kind))
    assert adapter.validate_python("3") == 3
    for text in ("80%", "4/5", "100%"):
        with pytest.raises(ValidationError):
            adapter.validate_python(text)


def test_the_older_types_mean_what_they_meant() -> None:
    for kind, text, value in (
        ("Number", "35%", Fraction(7, 20)),
        ("Positive", "1/3", Fraction(1, 3)),
        ("Share", "0.6", Fraction(3, 5)),
    ):
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(fields, kind))
        assert adapter.validate_python(text) == value


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("supplier.annual_income", "-1"),
        ("supplier.years_in_area", "-0.5"),
        ("supplier.years_in_area", "2014"),
        ("tender.annual_value", "-340000"),
    ],
)
def test_negative_income_and_other_facts_out_of_their_range(write: Write, column: str, written: str) -> None:
    said = refusal(load_bids, write("bids.csv", csv(column, written)))
    assert told(said) == ["bids.csv:2:9 TE015"]
    assert "at least 0" in said[0].message


def test_facts_at_the_ends_of_their_range_are_sound(write: Write) -> None:
    for column, written in (("supplier.annual_income", "0"), ("supplier.years_in_area", "1000"), ("price", "-5")):
        assert load_bids(write("bids.csv", csv(column, written)))


@pytest.mark.parametrize("new", ["100%", "4/5", "1/2"])
def test_a_correction_takes_a_mark_in_digits(new: str) -> None:
    given = bids_from_data(bids({"a": {"price": 100, "marks": {"q": 4}}}))
    problems = Problems()
    corrected(given, Correction("a", "marks.q", "4", new, "full marks"), NOWHERE, NOWHERE, problems)
    assert [d.code for d in problems] == ["TE014"]


@pytest.mark.parametrize("rule", ["utility_index", "weighted_value_index"])
def test_a_weight_in_a_rule_is_out_of_100_however_it_is_written(rule: str) -> None:
    def found(**weights: object) -> dict[str, Fraction | None]:
        stated = scheme(
            leaf("q", 60, {"name": "mark", "out_of": 5}),
            leaf("price", 40, "ratio_to_lowest"),
            rule={"name": rule, **weights},
            award={"on_rejection": "recompute"},
        )
        offered = {"a": {"price": 100, "marks": {"q": 3}}, "b": {"price": 160, "marks": {"q": 5}}}
        return figures(evaluate(stated, offered))

    plain = found(quality_weight=60)
    assert found(quality_weight="60%") == plain
    assert found(quality_weight="3/5") == plain
    assert found(quality_weight="60%", price_weight=40) == plain


@pytest.mark.parametrize("shows", ["# ?/?", "# ??/??", "0/5", "#,##0,", "0,"])
def test_a_cell_that_shows_a_fraction_or_thousands_is_not_guessed(tmp_path: Path, shows: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["id", "price", "marks.q"])
    sheet.append(["a", 100, 0.8])
    sheet["C2"].number_format = shows
    book.save(tmp_path / "bids.xlsx")
    said = refusal(load_bids, str(tmp_path / "bids.xlsx"))
    assert [d.code for d in said] == ["TE060"]


@pytest.mark.parametrize(
    ("limit", "mend"),
    [("50 of annual_value", "50%"), ("2 of annual_value", "200%"), ("-50% of annual_value", "from 0%")],
)
def test_a_limit_that_forgets_its_sign_is_asked_about(limit: str, mend: str) -> None:
    stated = scheme(
        leaf("price", 100, "ratio_to_lowest"),
        conditions=[{"id": "c", "reads": "supplier.annual_income", "at_least": limit}],
    )
    (said,) = refusal(scheme_from_data, stated)
    assert said.code == "TE015"
    assert mend in said.hint


@pytest.mark.parametrize(
    ("rule", "given"),
    [
        ({"name": "grants_within_pot", "pot": 130, "cap": 100, "floor": "values.x", "when_short": "skip"}, "50%"),
        ({"name": "grants_within_pot", "pot": 130, "cap": 100, "amount": "values.x", "when_short": "skip"}, "1/2"),
        ({"name": "lowest_price", "price": "values.x"}, "80%"),
        ({"name": "lowest_cost_per_quality_point", "quality": ["q"], "price": "values.x"}, "80%"),
    ],
)
def test_a_free_figure_that_the_scheme_reads_as_money_is_money(rule: dict[str, Any], given: str) -> None:
    stated = scheme(leaf("q", 100, {"name": "mark", "out_of": 5}), rule=rule, award={"on_rejection": "recompute"})
    for text, codes in ((given, ["TE014"]), ("50", [])):
        offered = bids({"a": {"price": 100, "marks": {"q": 5}, "values": {"x": text}}})
        sources = (Source(f"{n}.json", json.dumps(d).encode()) for n, d in (("s", stated), ("b", offered)))
        found = check(*sources, CATALOGUE)
        assert [d.code for d in found.diagnostics] == codes


def test_a_free_figure_that_is_marked_is_a_mark() -> None:
    stated = scheme(leaf("q", 100, {"name": "mark", "out_of": 5, "field": "values.x"}))
    offered = bids({"a": {"values": {"x": "4/5"}}})
    sources = (Source(f"{n}.json", json.dumps(d).encode()) for n, d in (("s", stated), ("b", offered)))
    (said,) = check(*sources, CATALOGUE).diagnostics
    assert (said.code, said.hint) == ("TE014", "was 4 meant? Then write 4")
