"""Two envelopes keep closed what tells the cost of a bid, under whatever name it goes."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from acting import AT, CATALOGUE, Acting, source
from click.testing import CliRunner
from openpyxl import Workbook

from tender_eval import Refused, compile_scheme
from tender_eval.case.fold import at_one_sitting
from tender_eval.case.inputs import file_data
from tender_eval.cli import main
from tender_eval.documents.writers import FORMATS
from tender_eval.files.load import load_scheme
from tender_eval.files.source import Source
from tender_eval.report.methodology.document import publish

HEAD = "format: tender-eval/scheme/1\nid: s\ntitle: Refuge\ncurrency: GBP\n"
CARE = "{id: care, title: Care, weight: 60, scorer: {name: mark, out_of: 5}}"
PRICE = "{id: price, title: Price, weight: 20, scorer: ratio_to_lowest}"
UPKEEP = "{id: upkeep, title: Upkeep, weight: 20, scorer: {name: ratio_to_lowest, field: values.annual_cost}}"
SCHEME = f"{HEAD}criteria: [{CARE}, {PRICE}, {UPKEEP}]\naward: {{rule: highest_score}}\nsealed: [values.annual_cost]\n"
MARKS = "id,supplier.name,marks.care.agreed,marks.care.reason\na,Alder,4,Named leads\nb,Birch,3,Says who leads\n"
PRICES = "id,price,values.annual_cost\na,100,70\nb,200,35\n"
OCDS = {
    "ocid": "ocds-1", "tag": ["tender", "bid"], "tender": {"id": "t", "title": "Refuge"},
    "bids": {"details": [
        {"id": "a", "status": "valid", "tenderers": [{"id": "A", "name": "Alder"}],
         "requirementResponses": [{"id": "r", "value": 70, "requirement": {"id": "annual_cost", "title": "Cost"}}]}
    ]},
}  # fmt: skip


def workbook() -> bytes:
    book, made = Workbook(), io.BytesIO()
    book.active.title = "Bids"  # type: ignore[union-attr]
    for row in (["id", "supplier.name", "values.annual_cost"], ["a", "Alder", 70]):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(made)
    return made.getvalue()


OPEN: dict[str, str | bytes] = {
    "bids.csv": MARKS.replace("id,", "id,values.annual_cost,").replace("a,A", "a,70,A").replace("b,B", "b,35,B"),
    "bids.yaml": "format: tender-eval/bids/1\nbids:\n"
    "  - {id: a, values: {annual_cost: 70}, marks: {care: {agreed: 4, reason: Named leads}}}\n",
    "lots.yaml": "format: tender-eval/bids/1\ntender: {lots: [{id: north}]}\nbids:\n"
    "  - {id: a, marks: {care: 4}, lots: {north: {values: {annual_cost: 70}}}}\n",
    "release.json": json.dumps(OCDS),
    "in-words.json": json.dumps(OCDS).replace(": 70", ': "70 pounds"'),
    "bids.xlsx": workbook(),
}


def scheme(tmp_path: Path, text: str = SCHEME) -> Path:
    path = tmp_path / "scheme.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def stated(name: str) -> Source:
    held = OPEN[name]
    return Source(name, held.encode() if isinstance(held, str) else held)


def sealed_by(criteria: str, rest: str = "award: {rule: highest_score}\n") -> set[str]:
    text = f"{HEAD}criteria: [{criteria}]\n{rest}"
    return set(Acting.opened(text).state.whole.plan.sealed)


FORMULA = "{{id: {0}, title: Of a formula, weight: {1}, scorer: {{name: formula, expression: '{2}'}}}}"


def test_what_is_compared_with_a_price_is_sealed_by_itself() -> None:
    both = FORMULA.format("whole", 20, "min(1, lowest / (price + values.running))")
    further = FORMULA.format("years", 20, "min(1, values.running / 100 * values.years / 100)")
    alone = FORMULA.format("staff", 20, "min(1, values.staff / 100)")
    assert sealed_by(f"{CARE}, {PRICE}, {alone}") == set()
    found = sealed_by(f"{CARE.replace('60', '40')}, {both}, {further}, {alone}")
    assert found == {"values.running", "values.years"}


def test_what_the_award_rule_reads_is_sealed_by_itself() -> None:
    rule = "award: {rule: {name: lowest_cost_per_quality_point, price: values.annual_cost}}\n"
    care = CARE.replace("weight: 60", "weight: 100")
    assert sealed_by(care, rule) == {"values.annual_cost"}


@pytest.mark.parametrize(
    ("named", "code", "mend"),
    [
        ("values.anual_cost", "TE021", 'did you mean "values.annual_cost"?'),
        ("price", "TE028", "leave it out"),
        ("marks.care", "TE028", "only values.<name> and declarations.<name> can be"),
        ("supplier.annual_income", "TE028", "only values.<name> and declarations.<name> can be"),
        ("value.annual_cost", "TE031", 'did you mean "values.annual_cost"?'),
        ("annual cost", "TE019", "write a name such as price"),
    ],
)
def test_what_cannot_be_sealed_is_told_at_its_place(named: str, code: str, mend: str) -> None:
    with pytest.raises(Refused) as e:
        Acting.opened(SCHEME.replace("[values.annual_cost]", f"[{named}]"))
    (told,) = e.value.diagnostics
    assert (told.code, str(told.where)) == (code, "scheme.yaml:7:10")
    assert mend in told.hint
    Acting.opened(SCHEME.replace("[values.annual_cost]", "[values.annual_cost, values.day_rate]"))


@pytest.mark.parametrize("name", OPEN)
def test_a_sealed_figure_in_the_file_of_marks_is_refused_at_its_place(name: str) -> None:
    files = Source("scheme.yaml", SCHEME.encode()), stated(name)
    with pytest.raises(Refused) as e:
        at_one_sitting(*files, CATALOGUE, "quality")
    told = e.value.diagnostics
    figure = "declarations.annual_cost" if "words" in name else "values.annual_cost"
    assert {(d.code, d.hint) for d in told} == {("TE082", f"take {figure} out; they go into a file for --stage price")}
    assert f"gives {figure}" in told[0].message
    assert "which is sealed with the prices" in told[0].message
    case = Acting.opened(SCHEME)
    sealed = {"name": "prices.csv", "sha256": "0" * 64}
    found = case.refused("receive", AT, file=file_data(stated(name)), sealed=sealed)
    assert {d.code for d in found} == {"TE082"}
    case("receive", file=file_data(stated(name)))
    assert {code for code, _ in case.refusal("lock")} == {"TE082"}, "no price is stated: they come in a file"


def test_a_sealed_figure_comes_with_the_prices_and_not_before() -> None:
    case = Acting.opened(SCHEME)
    case("receive", file=source("marks.csv", MARKS))
    case("lock")
    assert [c.id for c in case.state.evaluations[""].bids[0].criteria] == ["care"]
    new = {"bid": "a", "field": "values.annual_cost", "new": "1", "reason": "x"}
    assert case.refusal("correct", **new) == [("TE087", "the prices are sealed")]
    case.open_prices(PRICES)
    case("evaluate")
    a, b = case.state.evaluations[""].bid("a"), case.state.evaluations[""].bid("b")
    assert a
    assert b
    assert (a.figure, b.figure) == (48 + 20 + 10, 36 + 10 + 20)
    case("correct", bid="a", field="values.annual_cost", old="70", new="35", reason="a slip")
    mended = {"file": source("m.csv", PRICES.replace("200,35", "200,25")), "of": case.state.sealed, "reason": "x"}
    case("correct_file", **mended, made_by=["A", "B"])
    assert [str(change) for change in case.told[-1].prices] == [
        "Change(bid='a', lot='', field='values.annual_cost', old='35', new='70')",
        "Change(bid='b', lot='', field='values.annual_cost', old='35', new='25')",
    ]


def test_what_a_file_of_prices_lacks_is_asked_for_there() -> None:
    case = Acting.opened(SCHEME)
    case("receive", file=source("marks.csv", MARKS))
    case("lock")
    case.open_prices("id,price\na,100\nb,200\n")
    found = case.refused("evaluate", AT)
    assert {str(d.where) for d in found} == {"prices.csv:2:1", "prices.csv:3:1"}
    other = Acting.opened(SCHEME)
    other("receive", file=source("marks.csv", MARKS))
    other("lock")
    with pytest.raises(Refused, match=r"gives values\.other in the file of prices") as e:
        other.open_prices("id,price,values.other\na,100,1\nb,200,1\n")
    assert e.value.diagnostics[0].hint == "take it out: only prices, values.annual_cost go here"


def test_conditions_and_minimums_on_a_sealed_figure_wait_for_it() -> None:
    condition = "conditions: [{id: low, title: Low, reads: values.annual_cost, at_most: 60}]\n"
    case = Acting.opened(SCHEME.replace("criteria:", f"{condition}criteria:"))
    case("receive", file=source("marks.csv", MARKS))
    case("lock")
    assert [b.status for b in case.state.evaluations[""].bids] == ["ranked", "ranked"]
    case.open_prices(PRICES)
    case("evaluate")
    assert {b.id: b.status for b in case.state.evaluations[""].bids} == {"a": "rejected", "b": "ranked"}


def test_in_one_envelope_a_sealed_figure_is_one_like_any_other() -> None:
    case = Acting.opened(SCHEME)
    whole = (
        MARKS.replace("id,", "id,price,values.annual_cost,").replace("a,A", "a,100,70,A").replace("b,B", "b,200,35,B")
    )
    case("receive", file=source("bids.csv", whole))
    case("lock")
    case("evaluate")
    assert case.winner() == ("a",)


def test_prices_are_not_sealed_where_nothing_would_stay_closed() -> None:
    text = f"{HEAD}criteria: [{CARE}, {UPKEEP.replace('20', '40')}]\naward: {{rule: highest_score}}\n"
    files = Source("scheme.yaml", text.encode()), Source("bids.csv", MARKS.encode())
    with pytest.raises(Refused, match="seals no other figure") as e:
        at_one_sitting(*files, CATALOGUE, "quality")
    assert [d.code for d in e.value.diagnostics] == ["TE083"]
    case, sealed = Acting.opened(text), {"name": "p.csv", "sha256": "0" * 64}
    assert [c for c, _ in case.refusal("receive", file=source("bids.csv", MARKS), sealed=sealed)] == ["TE083"]
    named = Acting.opened(f"{text}sealed: [values.annual_cost]\n")
    named("receive", file=source("bids.csv", MARKS))
    named("lock")
    named.open_prices("id,values.annual_cost\na,70\nb,35\n")
    named("evaluate")
    assert named.winner() == ("b",)


def test_records_of_before_are_read_with_what_was_sealed_then() -> None:
    """Those of tender-eval 0.1.0 name no sealed figure, and the costs among their values were seen."""
    both = FORMULA.format("whole", 40, "min(1, lowest / (price + values.annual_cost))")
    text = f"{HEAD}criteria: [{CARE}, {both}]\naward: {{rule: highest_score}}\n"
    files = Source("scheme.yaml", text.encode()), stated("bids.yaml")
    with pytest.raises(Refused, match="TE082"):
        at_one_sitting(*files, CATALOGUE, "quality")
    state = at_one_sitting(files[0], replace(files[1], second_bids=True), CATALOGUE, "quality")
    assert not state.whole.plan.is_sealed("values.annual_cost")


@pytest.mark.slow
def test_the_methodology_says_what_stays_closed(tmp_path: Path) -> None:
    document = publish(compile_scheme(load_scheme(scheme(tmp_path)), CATALOGUE))
    text = " ".join(FORMATS["text"].write(document).decode().split())
    assert "the prices stay closed until the marks are locked, and with them what the table calls annual cost." in text


@pytest.mark.slow
def test_on_the_command_line(tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        found = CliRunner().invoke(main, list(arguments))
        return f"{found.exit_code} {found.output}"

    published, record = str(scheme(tmp_path)), str(tmp_path / "r.jsonl")
    files = {"marks.csv": MARKS, "open.csv": stated("bids.csv").data.decode(), "prices.csv": PRICES}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    marks, seen, prices = (str(tmp_path / name) for name in files)
    for command in (("validate", "--scheme", published, "--stage", "quality", seen),
                    ("evaluate", published, seen, "--stage", "quality", "--record", record)):  # fmt: skip
        said = run(*command)
        assert said.startswith("1 ")
        assert 'error TE082: bid "a" gives values.annual_cost, which is sealed with the prices' in said
    assert run("validate", "--scheme", published, "--stage", "quality", marks).startswith("0 ")
    assert run("evaluate", published, marks, "--stage", "quality", "--record", record).startswith("0 ")
    assert run("evaluate", published, prices, "--stage", "price", "--record", record).startswith("0 ")
    assert run("audit", "verify", record).startswith("0 ")
