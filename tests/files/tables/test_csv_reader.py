"""Bids in CSV: what is read, where it stands, and every way in which a table can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tender_eval.files.bids.file import (
    BidFile,
    FiguresFile,
    LotFile,
    RemovedFile,
    TenderFile,
    WholeMark,
)
from tender_eval.files.bids.organisations import SupplierFile
from tender_eval.files.bids.several_lots import DiscountForLotsFile
from tender_eval.files.load import load_bids
from tender_eval.files.source import Source
from tender_eval.files.tables.csv_reader import CsvReader, separator
from tender_eval.files.tables.headings import check_heading
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.location import NOWHERE, Items, Table, Text

FIXTURES = Path(__file__).parents[3] / "fixtures"

Load = Callable[[str | bytes], Bids]
Refuse = Callable[[str | bytes], tuple[Diagnostic, ...]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Writes a table as bids.csv and loads it."""
    monkeypatch.chdir(tmp_path)

    def write_and_load(content: str | bytes) -> Bids:
        data = content.encode() if isinstance(content, str) else content
        Path("bids.csv").write_bytes(data)
        return load_bids("bids.csv")

    return write_and_load


@pytest.fixture
def refused(load: Load) -> Refuse:
    """Loads a table that must be refused, and gives what is said of it."""

    def load_and_refuse(content: str | bytes) -> tuple[Diagnostic, ...]:
        with pytest.raises(Refused) as e:
            load(content)
        return e.value.diagnostics

    return load_and_refuse


def told(diagnostics: tuple[Diagnostic, ...]) -> list[str]:
    return [f"{d.where} {d.code}" for d in diagnostics]


def figures(bids: Bids) -> list[dict[str, object]]:
    return [{name: figure.value for name, figure in bid.figures.items()} for bid in bids.bids]


def test_every_kind_of_value_stands_at_its_place(load: Load) -> None:
    bids = load(
        "id,supplier.name,supplier.annual_income,supplier.areas,price,marks.delivery,values.accepted,"
        "declarations.safeguarding_policy\n"
        'a,"Alpha, Ltd",210000,north; south,10350.50,4,126,true\n'
        "b,Beta,90000,north,9000,5,80,false\n"
    )
    first, second = bids.bids
    assert (first.id, first.name, second.name) == ("a", "Alpha, Ltd", "Beta")
    assert first.figures["price"].value == Fraction(20701, 2)
    assert first.figures["supplier.areas"].value == ("north", "south")
    assert first.figures["declarations.safeguarding_policy"].value is True
    assert second.figures["values.accepted"].value == 80
    assert first.marks["delivery"].agreed.value == 4
    assert str(first.where) == "bids.csv:2:1"
    assert str(first.figures["price"].where) == "bids.csv:2:36"
    assert str(second.marks["delivery"].agreed.where) == "bids.csv:3:25"


def test_price_components_and_lots_make_nested_values(load: Load) -> None:
    bids = load(
        "id,prices.annual_price,prices.mobilisation,lots.north.values.staff,lots.south.marks.delivery\n"
        "a,100,20,7,\n"
        "b,90,10,,3\n"
    )
    assert figures(bids)[0] == {"prices.annual_price": 100, "prices.mobilisation": 20}
    assert [lot.id for lot in bids.tender.lots] == ["north", "south"]
    assert list(bids.bids[0].lots) == ["north"]
    assert bids.bids[0].lots["north"].figures["values.staff"].value == 7
    assert bids.bids[1].lots["south"].marks["delivery"].agreed.value == 3


def test_lots_keep_the_order_of_the_headings(load: Load) -> None:
    bids = load("lots.west.price,lots.east.price,id,lots.west.marks.x\n1,2,a,3\n")
    assert [lot.id for lot in bids.tender.lots] == ["west", "east"]


def test_the_whole_story_of_a_mark(load: Load) -> None:
    bids = load(
        "id,marks.social.agreed,marks.social.individual.evaluator-1,marks.social.individual.evaluator-2,"
        "marks.social.reason,marks.social.agreed_by,marks.social.on\n"
        'a,4,3,5,"Named, costed plans","evaluator-1; evaluator-2",2026-05-02\n'
    )
    mark = bids.bids[0].marks["social"]
    assert mark.agreed.value == 4
    assert {name: figure.value for name, figure in mark.individual.items()} == {
        "evaluator-1": 3,
        "evaluator-2": 5,
    }
    assert (mark.reason, mark.on) == ("Named, costed plans", "2026-05-02")
    assert mark.agreed_by == ("evaluator-1", "evaluator-2")


def test_roles_and_notes_have_columns_of_their_own(load: Load) -> None:
    bids = load("id,marks.q.individual.jo,marks.q.note,roles.jo\na,4,Ask again?,legal\nb,3,,\n")
    assert (dict(bids.roles), bids.bids[0].marks["q"].note) == ({"jo": "legal"}, "Ask again?")
    with pytest.raises(Refused) as e:
        load("id,marks.q.individual.jo,roles.jo\na,4,legal\nb,3,finance\n")
    assert [(d.code, d.where.line) for d in e.value.diagnostics if d.where] == [("TE007", 3)]


def test_an_empty_cell_is_silence_and_an_empty_row_is_passed_over(load: Load) -> None:
    bids = load("id,price,values.x\n\na,1,\n,,\n   \nb,,2\n\n")
    assert figures(bids) == [{"price": 1}, {"values.x": 2}]


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_separators_line_ends_and_byte_order_marks(load: Load, sep: str, newline: str, bom: bytes) -> None:
    lines = [sep.join(row) for row in (["id", "price"], ["a", "10.5"], ["b", "11"])]
    bids = load(bom + newline.join(lines).encode())
    assert figures(bids) == [{"price": Fraction(21, 2)}, {"price": 11}]
    assert str(bids.bids[0].figures["price"].where) == "bids.csv:2:3"
    assert str(bids.bids[1].figures["price"].where) == "bids.csv:3:3"


def test_the_separator_is_that_of_the_headings_alone() -> None:
    assert separator("id;price\na,b,c,d;1\n") == ";"
    assert separator('\n"a,b,c";d\n') == ";"
    assert separator("id\na\n") == ","


def test_quotes_hold_separators_quotes_and_lines(load: Load) -> None:
    bids = load('id,supplier.name,price\r\na,"Anna ""Ann"" & Co\r\nof Leeds",7\r\nb,Beta,x\r\n'.replace("x", "8"))
    assert bids.bids[0].name == 'Anna "Ann" & Co\r\nof Leeds'
    assert str(bids.bids[0].figures["price"].where) == "bids.csv:3:11"
    assert str(bids.bids[1].figures["price"].where) == "bids.csv:4:8"


def test_spaces_around_a_value_do_not_count(load: Load) -> None:
    bids = load(" id , supplier.name , price \n a , Alpha , 12 \n")
    assert (bids.bids[0].id, bids.bids[0].name) == ("a", "Alpha")
    assert figures(bids) == [{"price": 12}]


def test_a_last_line_may_end_without_newline_or_with_an_empty_field(load: Load) -> None:
    assert figures(load("id,price,values.x\na,1,")) == [{"price": 1}]


def test_text_outside_ascii_keeps_its_columns(load: Load) -> None:
    bids = load("id,supplier.name,price\na,«Школяр»,5\n")
    assert bids.bids[0].name == "«Школяр»"
    assert str(bids.bids[0].figures["price"].where) == "bids.csv:2:12"


# What is said of the tender


def test_facts_of_the_tender_and_of_its_lots_stand_in_columns(load: Load) -> None:
    bids = load(
        "id,tender.id,tender.title,tender.annual_value,tender.areas,tender.lots.west.annual_value,"
        "lots.east.price,lots.west.price,tender.lots.east.title,tender.lots.east.areas\n"
        "a,T-1,Outreach,170000,north; south,60000,1,2,The east,north\n"
        "b,T-1,Outreach,,north; south,60000,3,4,The east,\n"
    )
    tender = bids.tender
    assert (tender.id, tender.title) == ("T-1", "Outreach")
    assert {name: figure.value for name, figure in tender.figures.items()} == {
        "annual_value": 170000,
        "areas": ("north", "south"),
    }
    assert str(tender.figures["annual_value"].where) == "bids.csv:2:16"
    assert [(lot.id, lot.title) for lot in tender.lots] == [("west", ""), ("east", "The east")]
    assert [{n: f.value for n, f in lot.figures.items()} for lot in tender.lots] == [
        {"annual_value": 60000},
        {"areas": ("north",)},
    ]
    assert figures(bids) == [{}, {}]


def test_a_tender_is_one_so_two_values_of_a_column_are_refused_with_both_places(refused: Refuse) -> None:
    (problem,) = refused("id,price,tender.annual_value\na,1,170000\nb,2,\nc,3,180000\n")
    assert (str(problem.where), problem.code) == ("bids.csv:4:5", "TE007")
    assert problem.message == 'tender.annual_value is "180000" here and "170000" at bids.csv:2:5'


@pytest.mark.parametrize(
    ("heading", "hint"),
    [
        ("annual_value", 'did you mean "tender.annual_value"?'),
        ("tender.anual_value", 'did you mean "tender.annual_value"?'),
        ("tender.lots.north.tilte", 'did you mean "tender.lots.north.title"?'),
        ("tender.price", "known here: annual_value, areas, id, lots, title, title_cy"),
        ("tender.lots.north.id", "known here: annual_value, areas, title, title_cy"),
    ],
)
def test_what_no_tender_has_is_told_with_what_it_has(refused: Refuse, heading: str, hint: str) -> None:
    (problem,) = refused(f"id,{heading}\na,1\n")
    assert (str(problem.where), problem.code, problem.hint) == ("bids.csv:1:4", "TE010", hint)


@pytest.mark.parametrize("heading", ["tender", "tender.lots", "tender.lots.north", "tender.title.x"])
def test_a_heading_of_the_tender_that_names_no_value(refused: Refuse, heading: str) -> None:
    assert told(refused(f"id,{heading}\na,1\n")) == ["bids.csv:1:4 TE061"]


# What is wrong with headings


def test_a_missing_id_is_named(refused: Refuse) -> None:
    (problem,) = refused("values.n,price\n2,1\n")
    assert f"{problem.where} {problem.code}" == "bids.csv:1:1 TE011"
    assert '"id"' in problem.message


def test_a_heading_that_stands_twice(refused: Refuse) -> None:
    (problem,) = refused("id,price,price\na,1,2\n")
    assert (f"{problem.where}", problem.code) == ("bids.csv:1:10", "TE007")
    assert "bids.csv:1:4" in problem.message


def test_a_column_without_heading(refused: Refuse) -> None:
    assert told(refused("id,,price\na,1,2\n")) == ["bids.csv:1:4 TE061"]
    assert told(refused("id,,price\na,,2\n")) == ["bids.csv:1:4 TE061"]
    assert told(refused("id,price,\na,1,2\n")) == ["bids.csv:1:10 TE061"]


def test_empty_columns_at_the_end_are_passed_over(load: Load) -> None:
    assert figures(load("id,price,,\na,1,,\n")) == [{"price": 1}]


@pytest.mark.parametrize(
    "heading", ["Annual price", "price (£)", ".price", "values..x", "values.x.", "values. x", "=price", "№"]
)
def test_a_heading_that_is_no_dotted_name(refused: Refuse, heading: str) -> None:
    (problem,) = refused(f"id,{heading}\na,1\n")
    assert (str(problem.where), problem.code) == ("bids.csv:1:4", "TE061")
    assert heading in problem.message


@pytest.mark.parametrize(
    "heading",
    [
        "supplier",
        "marks",
        "values",
        "lots.north",
        "price.annual",
        "id.x",
        "values.a.b",
        "marks.x.individual",
        "lots.north.values",
        "declarations.a.b",
    ],
)
def test_a_heading_that_names_no_value_is_told_once(refused: Refuse, heading: str) -> None:
    problems = refused(f"id,{heading}\na,1\nb,2\nc,3\n")
    assert "bids.csv:1:4 TE061" in told(problems)
    assert all(d.where and d.where.line == 1 for d in problems)


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("pirce", "price"),
        ("mark.delivery", "marks.delivery"),
        ("supplier.anual_income", "supplier.annual_income"),
        ("lots.north.prize", "lots.north.price"),
        ("marks.x.aggreed", "marks.x.agreed"),
        ("lots.north.marks.x.reson", "lots.north.marks.x.reason"),
    ],
)
def test_a_misspelt_heading_is_told_once_with_what_was_meant(refused: Refuse, heading: str, meant: str) -> None:
    (problem,) = refused(f"id,{heading}\na,1\nb,2\n")
    assert (str(problem.where), problem.code) == ("bids.csv:1:4", "TE010")
    assert problem.hint == f'did you mean "{meant}"?'


def test_members_of_a_consortium_stand_in_numbered_columns(load: Load, refused: Refuse) -> None:
    bids = load(
        "id,supplier.name,consortium.lead,consortium.members.2.name,consortium.members.1.name,"
        "consortium.members.1.share,consortium.members.1.confirmed,consortium.members.1.pathways\n"
        "a,Alder,Alder,Elm,Oak,30%,true,refuge; outreach\nb,Birch,,,,,,\n"
    )
    oak, elm = bids.bids[0].members
    assert (oak.name, oak.share, oak.confirmed, oak.pathways) == ("Oak", Fraction(3, 10), True, ("refuge", "outreach"))
    assert (elm.name, elm.share) == ("Elm", 0)
    assert bids.bids[1].members == ()
    for heading in ("consortium.members", "consortium.members.name", "consortium.members.x.name"):
        (problem,) = refused(f"id,{heading}\na,b\n")
        assert (problem.code, "consortium.members.1.name" in problem.hint) == ("TE061", True)
    (problem,) = refused("id,consortium.members.1.nmae\na,b\n")
    assert problem.hint == 'did you mean "name"?' or "consortium.members.1.name" in problem.hint


def test_a_heading_that_is_both_a_value_and_a_parent(refused: Refuse) -> None:
    for headings, place in (
        ("marks.x,marks.x.agreed", "bids.csv:1:12"),
        ("marks.x.agreed,marks.x", "bids.csv:1:19"),
    ):
        (problem,) = refused(f"id,{headings}\na,1,2\n")
        assert (str(problem.where), problem.code) == (place, "TE061")
    codes = {d.code for d in refused("id,price,price.x\na,1,2\n")}
    assert codes == {"TE061"}


def test_all_faulty_headings_are_told_at_once(refused: Refuse) -> None:
    problems = refused("price,price,,Total cost,pirce\n1,2,3,4,5\n")
    assert sorted(d.code for d in problems) == ["TE007", "TE010", "TE011", "TE061", "TE061"]


def test_beside_a_faulty_heading_the_rest_is_read_and_nothing_is_called_missing(refused: Refuse) -> None:
    problems = refused("id,Price,supplier.size,lots.north.prize,values.x\na,1,small,7,ten\nb,2,tiny,,3\n")
    assert told(problems) == [
        "bids.csv:1:4 TE010",
        "bids.csv:1:24 TE010",
        "bids.csv:2:13 TE013",
        "bids.csv:3:5 TE016",
    ]


def test_without_ids_the_rows_are_told_by_number(refused: Refuse) -> None:
    problems = refused("ID,price,prices.x\na,1,2\nb,1,\n")
    assert told(problems) == ["bids.csv:1:1 TE010", "bids.csv:2:1 TE062"]


# What is wrong with rows and values


def test_ragged_rows_are_errors(refused: Refuse) -> None:
    problems = refused("id,price,values.x\na,1\nb,1,2,3\nc,1,2\n")
    assert told(problems) == ["bids.csv:2:1 TE012", "bids.csv:3:1 TE012"]
    assert "2 fields, the headings are 3" in problems[0].message


def test_a_comma_in_a_price_is_a_ragged_row_and_not_a_guess(refused: Refuse) -> None:
    assert told(refused("id,price\na,10,350\n")) == ["bids.csv:2:1 TE012"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("10,350", "TE014"),
        ("10,35", "TE014"),
        ("£10350", "TE014"),
        ("10 350", "TE014"),
        ("2026-05-02", "TE014"),
        ("012", "TE014"),
        ("NaN", "TE013"),
        ("inf", "TE013"),
        ("ten", "TE013"),
        ("#REF!", "TE013"),
        ("9" * 5000, "TE013"),
    ],
)
def test_a_figure_that_could_be_read_in_two_ways_is_named_at_its_place(
    refused: Refuse, written: str, code: str
) -> None:
    (problem,) = refused(f"id;price\na;{written}\n")
    assert (str(problem.where), problem.code) == ("bids.csv:2:3", code)


@pytest.mark.parametrize("sep", [";", "\t"])
@pytest.mark.parametrize(
    ("written", "mend"),
    [
        ("310.000", "write 310000 if thousands are meant, or 310 if decimals are"),
        ("295.500", "write 295500 if thousands are meant, or 295.5 if decimals are"),
        ("-1.125", "write -1125 if thousands are meant, or -1.1250 if decimals are"),
    ],
)
def test_a_point_before_three_digits_may_stand_between_thousands(
    refused: Refuse, load: Load, sep: str, written: str, mend: str
) -> None:
    headings = sep.join(("id", "price", "declarations.y", "tender.annual_value", "supplier.name"))
    (problem,) = refused(f"{headings}\n{sep.join(('a', written, '', '', 'A'))}\n")
    assert (str(problem.where), problem.code, problem.hint) == ("bids.csv:2:3", "TE014", mend)
    for place, row in (("bids.csv:2:4", ("a", "", written, "", "A")), ("bids.csv:2:5", ("a", "", "", written, "A"))):
        assert told(refused(f"{headings}\n{sep.join(row)}\n")) == [f"{place} TE014"]
    load(f"{headings}\n{sep.join(('a', '1', '', '', written))}\n")  # a name is no figure


@pytest.mark.parametrize("written", ["310.5", "1310.25", "1310.250", "0.125", "310.0000", "310"])
def test_a_point_that_only_stands_before_decimals_is_read(load: Load, written: str) -> None:
    for sep in (";", "\t"):
        assert figures(load(f"id{sep}price\na{sep}{written}\n")) == [{"price": Fraction(written)}]


def test_where_commas_separate_a_point_stands_before_decimals(load: Load) -> None:
    assert figures(load("id,price\na,310.000\n")) == [{"price": 310}]


def test_the_mend_of_an_amount_of_money_is_not_ambiguous_itself(refused: Refuse) -> None:
    (problem,) = refused("id;price\na;€310.000\n")
    assert problem.hint == "write the digits alone; the scheme names the currency"


def test_ids_are_checked_as_in_yaml(refused: Refuse) -> None:
    assert told(refused("id,price\nbid one,1\n")) == ["bids.csv:2:1 TE019"]
    assert [d.code for d in refused("id,price\na,1\na,2\n")] == ["TE050"]
    (problem,) = refused("id,price\n,1\n")
    assert (str(problem.where.line if problem.where else ""), problem.code) == ("2", "TE011")


def test_a_supplier_needs_a_name(refused: Refuse) -> None:
    (problem,) = refused("id,supplier.annual_income\na,210000\n")
    assert (str(problem.where), problem.code) == ("bids.csv:2:3", "TE011")
    assert '"name"' in problem.message
    assert problem.hint == "give it in a column headed supplier.name"


def test_a_bid_for_no_lot_is_told_which_columns_to_fill(refused: Refuse) -> None:
    (problem,) = refused("id,lots.north.price,lots.south.price\na,1,\nb,,\n")
    assert problem.code == "TE056"
    assert problem.hint == "fill its columns of lots.north or lots.south"


def test_the_heading_itself_is_no_bid(refused: Refuse) -> None:
    assert [d.code for d in refused("id,price\n")] == ["TE063"]


@pytest.mark.parametrize("content", ["", "\n\n", "  ", "\ufeff", ",,\n,,\n"])
def test_an_empty_file_holds_no_bids(refused: Refuse, content: str) -> None:
    (problem,) = refused(content)
    assert (str(problem.where), problem.code) == ("bids.csv", "TE063")


# Hostile and broken files


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('id,supplier.name\na,"Alpha\nb,Beta\n', "bids.csv:2:3"),
        ('id,supplier.name\na,"Alpha" Ltd\n', "bids.csv:2:10"),
        ('id,supplier.name\na,5" pipes\n', "bids.csv:2:4"),
        ('id,supplier.name\na, "Alpha"\n', "bids.csv:2:4"),
        ('id,"supplier.name', "bids.csv:1:4"),
        ('"', "bids.csv:1:1"),
    ],
)
def test_broken_quotes_are_named_where_they_break(refused: Refuse, content: str, place: str) -> None:
    assert told(refused(content)) == [f"{place} TE003"]


def test_a_nul_byte_is_refused(refused: Refuse) -> None:
    assert told(refused(b"id,price\na,1\x002\n")) == ["bids.csv:2:4 TE003"]


def test_other_encodings_are_named(refused: Refuse) -> None:
    assert told(refused("id,supplier.name\na,Café\n".encode("cp1252"))) == ["bids.csv:2:6 TE002"]
    (problem,) = refused("id,price\na,1\n".encode("utf-16"))
    assert problem.code == "TE002"
    assert "UTF-16" in problem.hint


def test_limits_of_columns_and_rows(refused: Refuse, load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(["id", *(f"values.x{n}" for n in range(200))])
    (problem,) = refused(f"{wide}\na{',1' * 200}\n")
    assert problem.code == "TE004"
    assert "more than 200 columns" in problem.message
    monkeypatch.setattr("tender_eval.files.tables.csv_reader.MOST_ROWS", 3)
    assert len(load("id\na\nb\nc\n").bids) == 3
    assert told(refused("id\na\nb\nc\nd\n")) == ["bids.csv:5:1 TE004"]
    monkeypatch.setattr("tender_eval.files.tables.csv_reader.MOST_CELLS", 5)
    assert told(refused("id,price\na,1\nb,2\n")) == ["bids.csv:3:3 TE004"]


def test_a_million_quotes_take_no_more_than_a_moment(refused: Refuse) -> None:
    assert [d.code for d in refused("id\n" + '"' * 1_000_001)] == ["TE003"]


def test_formulas_and_markup_stay_text(load: Load) -> None:
    bids = load('id,supplier.name,price\na,"=HYPERLINK(""x"")",1\nb,<script>,2\n')
    assert [bid.name for bid in bids.bids] == ['=HYPERLINK("x")', "<script>"]


# The contract of the reader


def test_every_value_is_located_text() -> None:
    source = Source("t.csv", b"id,supplier.name,lots.n.price,marks.x.agreed_by\na,A,1,e1;e2\n")
    table = CsvReader().read(source, Problems())
    waiting: list[object] = [table]
    while waiting:
        value = waiting.pop()
        assert isinstance(value, Table | Items | Text)
        assert value.where.source == "t.csv"
        if isinstance(value, Table):
            assert all(isinstance(key, Text) for key in value)
            waiting.extend(value.values())
        elif isinstance(value, Items):
            waiting.extend(value)


def test_every_field_of_a_bid_has_a_heading_or_says_that_it_has_none() -> None:
    known = [f"supplier.{name}" for name in SupplierFile.model_fields]
    known += [f"marks.x.{name}" for name in WholeMark.model_fields if name != "individual"]
    shapes = {
        "price": "price",
        "prices": "prices.x",
        "rates": "rates.x",
        "totals": "totals.x",
        "discount": "discount",
        "marks": "marks.x",
        "values": "values.x",
        "benefits": "benefits.x.source",
        "costs": "costs.x",
        "removed": "removed.kind",
    }
    assert set(FiguresFile.model_fields) == set(shapes)
    known += [*shapes.values(), *(f"lots.n.{shape}" for shape in shapes.values())]
    rest = set(BidFile.model_fields) - set(shapes)
    offers = {"packages", "discounts"}
    assert rest == {"id", "currency", "supplier", "consortium", "declarations", "lots", "preference"} | offers
    known += [f"packages.1.{name}" for name in ("lots", "price", "prices.x", "by_lot.n.price", "by_lot.n.rates.x")]
    known += [f"discounts.2.{name}" for name in DiscountForLotsFile.model_fields]
    known += [f"removed.{name}" for name in RemovedFile.model_fields]
    known += [f"tender.{name}" for name in TenderFile.model_fields if name != "lots"]
    known += [f"tender.lots.n.{name}" for name in LotFile.model_fields if name != "id"]
    for heading in (*known, "id", "currency", "preference", "lots.n.alone", "declarations.x", "marks.x.individual.e"):
        problems = Problems()
        check_heading(Text(heading, NOWHERE), problems)
        assert not list(problems), heading


FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@pytest.mark.slow
@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_what_is_quoted_comes_back(rows: list[tuple[str, str]], sep: str) -> None:
    def quoted(field: str) -> str:
        return '"' + field.replace('"', '""') + '"'

    lines = [sep.join(("id", "supplier.name", "declarations.y"))]
    lines += [sep.join((f"b{n}", quoted(x), quoted(y))) for n, (x, y) in enumerate(rows)]
    table = CsvReader().read(Source("t.csv", "\n".join(lines).encode()), Problems())
    assert table is not None
    bids = table["bids"]
    assert isinstance(bids, Items)
    for bid, (x, y) in zip(bids, rows, strict=True):
        assert isinstance(bid, Table)
        supplier = bid.get("supplier", {})
        declared = bid.get("declarations", {})
        assert isinstance(supplier, dict)
        assert isinstance(declared, dict)
        assert (supplier.get("name", ""), declared.get("y", "")) == (x.strip(), y.strip())


# Real auctions: the city of Tsuchiura; see fixtures/tsuchiura/ORIGIN.md


@pytest.mark.parametrize(
    ("file", "count", "lowest"),
    [
        ("2007-06-07-auction-15.csv", 5, ["bidder-214"]),
        ("2009-01-21-auction-410.csv", 3, ["bidder-31", "bidder-5"]),
        ("2010-01-19-auction-662.csv", 6, ["bidder-343"]),
    ],
)
def test_real_auctions(file: str, count: int, lowest: list[str]) -> None:
    bids = load_bids(FIXTURES / "tsuchiura" / file)
    assert len(bids.bids) == count
    prices = {bid.id: bid.figures["price"].value for bid in bids.bids}
    assert [name for name, price in prices.items() if price == min(prices.values())] == lowest


def test_a_real_auction_with_a_minimum_price() -> None:
    bids = load_bids(FIXTURES / "tsuchiura" / "2010-01-19-auction-662.csv")
    admitted = [b for b in bids.bids if b.figures["price"].value >= b.figures["values.minimum_price"].value]
    assert min(admitted, key=lambda b: b.figures["price"].value).id == "bidder-368"
    without = load_bids(FIXTURES / "tsuchiura" / "2007-06-07-auction-15.csv")
    assert all("values.minimum_price" not in bid.figures for bid in without.bids)


def test_rates_and_totals_of_a_schedule_have_columns_of_their_own(load: Load) -> None:
    found = load("id,rates.night,totals.night,lots.north.rates.call\na,45.50,54600,12\n")
    assert figures(found) == [{"rates.night": Fraction("45.5"), "totals.night": 54600}]
    assert {name: f.value for name, f in found.bids[0].lots["north"].figures.items()} == {"rates.call": 12}
