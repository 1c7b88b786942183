from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tender_eval import Refused, load_bids, load_scheme
from tender_eval.audit.chain import read_chain
from tender_eval.audit.verify import read_case, verify
from tender_eval.audit.writing import correct_file, enter, record_prices
from tender_eval.case.case import Case
from tender_eval.case.envelopes import priced_evaluation, quality_part, reads_price
from tender_eval.engine.compiled import compile_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic
from tender_eval.plugins.catalogue import Catalogue

ROOT = Path(__file__).parents[2]
Make = Callable[..., Path]
AT, LATER = "2026-05-02T09:30:00+01:00", "2026-05-03T09:30:00+01:00"
PRICES = "format: tender-eval/bids/1\nbids:\n  - {id: alder, price: 12000}\n  - {id: birch, price: 10000}\n"
LOTS = """\
format: tender-eval/bids/1
tender: {lots: [{id: north}, {id: south}]}
bids:
  - {id: a, declarations: {safeguarding_policy: true}, marks: {delivery: 5, reach: 5}, lots: {north: {}, south: {}}}
  - {id: b, declarations: {safeguarding_policy: true}, marks: {delivery: 4, reach: 4}, lots: {north: {}}}
"""


def refused(call: Callable[..., object], *args: Any) -> tuple[Diagnostic, ...]:
    with pytest.raises(Refused) as e:
        call(*args)
    return e.value.diagnostics


@pytest.fixture
def quality(recorded: Make) -> Path:
    """A record with its marks locked."""
    return recorded("two.jsonl", stage="quality")


@pytest.fixture
def opening(catalogue: Catalogue, scheme_text: str) -> Callable[..., Case]:
    """Opens the second envelope of a record."""

    def opened(path: Path, text: str = PRICES, name: str = "prices.yaml", scheme: str = scheme_text) -> Case:
        stated = Source("scheme.yaml", scheme.encode())
        record_prices(path, stated, name, lambda: Source(name, text.encode()), catalogue, LATER)
        return read_case(path, catalogue)

    return opened


Open = Callable[..., Case]


def kinds(path: Path) -> list[str]:
    return [e.kind for e in read_chain(path.read_bytes()).entries]


@pytest.mark.slow
def test_the_quality_stage_scores_quality_out_of_its_points_and_locks(quality: Path, catalogue: Catalogue) -> None:
    case = read_case(quality, catalogue)
    assert case.stage == "quality"
    alder = case.evaluations[""].bid("alder")
    assert alder is not None
    assert [(c.id, c.points, c.available) for c in alder.criteria] == [
        ("quality", 52, 60), ("delivery", 40, 40), ("reach", 12, 20)
    ]  # fmt: skip
    cedar = case.evaluations[""].bid("cedar")
    assert cedar is not None
    assert cedar.status == "rejected"
    assert case.entries[-1].kind == "marks_locked"
    assert case.entries[-1].body["bids"] == ["alder", "birch", "cedar"]
    assert not {"ranking", "award", "ties", "evaluated"} & set(kinds(quality))
    assert verify(quality, catalogue).holds


def test_a_price_at_the_quality_stage_is_refused_at_its_place(recorded: Make, tmp_path: Path, whole_bids: str) -> None:
    with pytest.raises(Refused) as e:
        recorded("none.jsonl", bids=whole_bids, stage="quality")
    assert [(d.code, d.where and d.where.line) for d in e.value.diagnostics] == [
        ("TE082", 6), ("TE082", 13), ("TE082", 18)
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == []


def test_components_and_lots_prices_are_prices_too(recorded: Make) -> None:
    parts = "format: tender-eval/bids/1\nbids:\n  - {id: a, prices: {setup: 5, yearly: 7}}\n"
    lots = LOTS.replace("south: {}", "south: {price: 9}")
    rates = parts.replace("prices: {setup: 5, yearly: 7}", "rates: {night: 5}, totals: {night: 50}")
    for text, expected in ((parts, 2), (lots, 1), (rates, 2)):
        with pytest.raises(Refused) as e:
            recorded("none.jsonl", bids=text, stage="quality")
        assert [d.code for d in e.value.diagnostics] == ["TE082"] * expected


@pytest.mark.slow
def test_both_stages_come_to_what_one_evaluation_does(
    quality: Path, recorded: Make, opening: Open, catalogue: Catalogue
) -> None:
    two, one = opening(quality), read_case(recorded(), catalogue)
    assert two.stage == "complete"
    for mine, theirs in zip(two.evaluations[""].bids, one.evaluations[""].bids, strict=True):
        assert (mine.id, mine.rank, mine.figure, mine.status, mine.reasons) == (
            theirs.id, theirs.rank, theirs.figure, theirs.status, theirs.reasons
        )  # fmt: skip
    assert two.evaluations[""].winner == one.evaluations[""].winner
    assert verify(quality, catalogue).holds
    order = [k for k in kinds(quality) if k in ("inputs", "marks_locked", "price_opened", "prices", "evaluated")]
    assert order == ["inputs", "marks_locked", "price_opened", "prices", "evaluated"]


SHIPPED = [
    ("light-touch-60-40", "two-schemes"),
    ("price-heavy-70-30", "two-schemes"),
    ("victim-services-cpqp", "victim-services-cpqp"),
    ("level-playing-field", "level-playing-field"),
    ("restricted-two-stage", "restricted-two-stage"),
    ("regional-quality-cost-risk", "regional-quality-cost-risk"),
    ("rape-support-consortium", "rape-support-consortium"),
    ("framework-four-suppliers", "framework-four-suppliers"),
    ("consortium-lead-provider", "consortium-sutton"),
]


@pytest.mark.parametrize(("scheme", "bids"), SHIPPED)
def test_the_shipped_cases_rank_alike_in_one_and_two_envelopes(scheme: str, bids: str, catalogue: Catalogue) -> None:
    compiled = compile_scheme(load_scheme(ROOT / f"schemes/{scheme}.yaml"), catalogue)
    offered = load_bids(ROOT / f"fixtures/{bids}.bids.yaml")
    quality = quality_part(compiled)
    for lot in [x.id for x in offered.tender.lots] or [""]:
        part = offered.for_lot(lot) if lot else offered
        closed = [replace(b, figures={k: v for k, v in b.figures.items() if not reads_price(k)}) for b in part.bids]
        assert quality.evaluate(replace(part, bids=tuple(closed))).bids
        one, two = compiled.evaluate(offered, lot), priced_evaluation(compiled, quality, offered, lot)
        assert {(b.id, b.rank, b.figure, b.status) for b in two.bids} == {
            (b.id, b.rank, b.figure, b.status) for b in one.bids
        }
        assert (two.winner, two.tied) == (one.winner, one.tied)


@pytest.mark.slow
def test_lots(recorded: Make, opening: Open, catalogue: Catalogue) -> None:
    path = recorded("lots.jsonl", bids=LOTS, stage="quality")
    assert list(read_case(path, catalogue).evaluations) == ["north", "south"]
    text = (
        "format: tender-eval/bids/1\ntender: {lots: [{id: north}, {id: south}]}\nbids:\n"
        "  - {id: a, lots: {north: {price: 12000}, south: {price: 9000}}}\n  - {id: b, lots: {north: {price: 5000}}}\n"
    )
    case = opening(path, text)
    assert {lot: e.winner for lot, e in case.evaluations.items()} == {"north": ("b",), "south": ("a",)}
    again = recorded("again.jsonl", bids=LOTS, stage="quality")
    extra = text.replace("north: {price: 5000}", "north: {price: 5000}, south: {price: 1}")
    assert [d.code for d in refused(opening, again, extra)][:1] == ["TE056"]


@pytest.mark.slow
def test_one_price_for_all_lots_of_a_bid_is_no_price_of_each(recorded: Make, opening: Open) -> None:
    """The file of prices need not list lots, so that only the record tells that the bid is for two."""
    path = recorded("lots.jsonl", bids=LOTS, stage="quality")
    once = "format: tender-eval/bids/1\nbids:\n  - {id: a, price: 12000}\n  - {id: b, price: 5000}\n"
    told, _ = refused(opening, path, once)
    assert f"{told.where} {told.code}" == "prices.yaml:3:20 TE501"
    assert "evaluated" not in kinds(path)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "prices.yaml",
            (
                "format: tender-eval/bids/1\ntender: {lots: [{id: north}, {id: south}]}\nbids:\n"
                "  - {id: a, lots: {north: {price: 4}}}\n  - {id: b, lots: {north: {price: 5}}}\n"
            ),
            ("prices.yaml:4:5", "write price: ... below lots: south:"),
        ),
        (
            "prices.csv",
            "id,lots.north.price\na,4\nb,5\n",
            ("prices.csv:2:1", "give it in a column headed lots.south.price"),
        ),
    ],
)
def test_a_price_that_one_lot_lacks_is_asked_for_in_the_file_of_prices(
    recorded: Make, opening: Open, name: str, text: str, told: tuple[str, str]
) -> None:
    path = recorded("lots.jsonl", bids=LOTS, stage="quality")
    found, _ = refused(opening, path, text, name)
    assert (found.code, str(found.where), found.hint) == ("TE052", *told)


@pytest.mark.slow
def test_prices_from_a_spreadsheet_export(quality: Path, opening: Open) -> None:
    assert opening(quality, "id,price\nalder,12000\nbirch,10000\n", "prices.csv").stage == "complete"


@pytest.mark.slow
def test_no_price_is_read_before_the_lock_is_found(recorded: Make, catalogue: Catalogue, scheme_text: str) -> None:
    def read() -> Source:
        raise AssertionError("the envelope was opened")

    complete = recorded()
    before = complete.read_bytes()
    stated = Source("scheme.yaml", scheme_text.encode())
    (told,) = refused(record_prices, complete, stated, "p.yaml", read, catalogue, LATER)
    assert told.code == "TE083"
    assert complete.read_bytes() == before
    (told,) = refused(record_prices, complete.with_name("none"), stated, "p.yaml", read, catalogue, LATER)
    assert told.code == "TE001"


@pytest.mark.slow
def test_no_price_is_read_under_another_scheme(quality: Path, opening: Open, scheme_text: str) -> None:
    before = quality.read_bytes()
    (told,) = refused(opening, quality, PRICES, "p.yaml", scheme_text + "# changed\n")
    assert told.code == "TE083"
    assert quality.read_bytes() == before


@pytest.mark.slow
def test_the_opening_is_on_record_before_the_file_is_read(
    quality: Path, catalogue: Catalogue, scheme_text: str
) -> None:
    seen: list[str] = []

    def read() -> Source:
        seen.extend(kinds(quality))
        return Source("p.yaml", PRICES.encode())

    record_prices(quality, Source("scheme.yaml", scheme_text.encode()), "p.yaml", read, catalogue, LATER)
    assert seen[-1] == "price_opened"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("alder, price", "alder, marks: {reach: 5}, price"), 'has a mark for "reach" in the file of prices'),
        (("alder, price", "alder, values: {x: 5}, price"), "gives values.x in the file of prices"),
        (("alder, price", "alder, declarations: {x: true}, price"), "gives declarations.x"),
        (("alder, price", "alder, supplier: {name: Alder, size: small}, price"), "gives supplier.size"),
        (("alder, price", "alder, supplier: {name: Other}, price"), 'is of "Other" here and of "Alder"'),
        (("alder, price", "alder, consortium: {members: [{name: M}]}, price"), "gives its consortium"),
        (("id: alder", "id: aldr"), 'prices are given for bid "aldr"'),
        (("id: alder", "id: aldr"), 'there is no price for bid "alder"'),
        (("bids:\n", "tender: {id: T-2}\nbids:\n"), 'the prices are for tender "T-2", the record is of "T-1"'),
        (("bids:\n", "tender: {annual_value: 9}\nbids:\n"), "states tender.annual_value"),
        (("price: 12000", "price: £12000"), "currency sign"),
        (("price: 12000", "price: 0"), "can score only more than 0"),
        (("bids:\n", "currency: EUR\nbids:\n"), "EUR"),
    ],
)
def test_a_file_of_prices_that_does_not_fit_is_refused_and_the_opening_stays(
    quality: Path, opening: Open, catalogue: Catalogue, change: tuple[str, str], words: str
) -> None:
    *problems, note = refused(opening, quality, PRICES.replace(*change))
    assert words in "\n".join(d.message for d in problems)
    assert note.severity == "note"
    assert kinds(quality)[-2:] == ["price_opened", "price_read"]
    before = quality.read_bytes()
    (told, _) = refused(opening, quality)
    assert (told.code, "committed" in told.message) == ("TE084", True)
    assert quality.read_bytes().startswith(before)
    mended = Source("p.yaml", PRICES.encode())
    correct_file(quality, mended, "a slip in the file", ("Ann", "Ben"), catalogue, LATER)
    enter(quality, "evaluate", {}, catalogue, LATER)
    assert read_case(quality, catalogue).stage == "complete"
    assert verify(quality, catalogue).holds
    assert verify(quality, catalogue).holds


@pytest.mark.slow
def test_the_suppliers_own_name_may_stand_beside_its_price(quality: Path, opening: Open) -> None:
    assert opening(quality, PRICES.replace("alder,", "alder, supplier: {name: Alder},")).stage == "complete"


@pytest.mark.slow
def test_the_envelope_of_a_rejected_bid_may_stay_closed_or_not(quality: Path, recorded: Make, opening: Open) -> None:
    with_it = opening(recorded("other.jsonl", stage="quality"), PRICES + "  - {id: cedar, price: 9000}\n")
    without = opening(quality)
    assert with_it.evaluations[""].bids == without.evaluations[""].bids
    assert without.evaluations[""].bids[-1].id == "cedar"


@pytest.mark.slow
def test_under_keep_order_every_price_is_needed(
    recorded: Make, opening: Open, catalogue: Catalogue, scheme_text: str
) -> None:
    scheme = scheme_text.replace("recompute", "keep_order")
    path = recorded("keep.jsonl", scheme=scheme, stage="quality")
    problems = refused(opening, path, PRICES, "p.yaml", scheme)
    assert 'there is no price for bid "cedar"' in problems[0].message
    assert kinds(path)[-1] == "price_read"
    whole = Source("p.yaml", f"{PRICES}  - {{id: cedar, price: 9000}}\n".encode())
    correct_file(path, whole, "a price was left out", ("Ann", "Ben"), catalogue, LATER)
    enter(path, "evaluate", {}, catalogue, LATER)
    assert read_case(path, catalogue).stage == "complete"


@pytest.mark.slow
def test_prices_are_given_once(quality: Path, opening: Open) -> None:
    opening(quality)
    (told,) = refused(opening, quality)
    assert told.code == "TE083"


def correction(**said: str) -> dict[str, str]:
    return {"bid": "cedar", "field": "marks.delivery", "old": "1", "new": "4", "reason": "Sheet misread"} | said


@pytest.mark.slow
@pytest.mark.parametrize("after", [False, True])
def test_a_correction_is_entered_and_counts(quality: Path, opening: Open, catalogue: Catalogue, after: bool) -> None:
    prices = PRICES + "  - {id: cedar, price: 9000}\n"
    if after:
        opening(quality, prices)
    enter(quality, "correct", correction(), catalogue, LATER)
    case = read_case(quality, catalogue) if after else opening(quality, prices)
    cedar = case.evaluations[""].bid("cedar")
    assert cedar is not None
    assert (cedar.status, cedar.rank) == ("ranked", 3)
    ((act, *_),) = case.corrections
    assert act.body == correction()
    mark = next(b for b in case.bids.bids if b.id == "cedar").marks["delivery"]
    assert (mark.agreed.value, str(mark.agreed.where)) == (4, f"record entry {act.number}")
    assert mark.reason == "Sheet misread", "never that of the old mark"
    assert verify(quality, catalogue).holds


@pytest.mark.slow
def test_a_correction_in_one_lot(recorded: Make, catalogue: Catalogue) -> None:
    path = recorded("lots.jsonl", bids=LOTS, stage="quality")
    said = {"bid": "a", "field": "marks.reach", "old": "5", "new": "2", "reason": "x", "lot": "south"}
    enter(path, "correct", said, catalogue, LATER)
    case = read_case(path, catalogue)
    points = {lot: e.bid("a").criterion("reach").points for lot, e in case.evaluations.items()}  # type: ignore[union-attr]
    assert points == {"north": 20, "south": 8}
    (told,) = refused(enter, path, "correct", {**said, "bid": "b", "old": "4"}, catalogue, LATER)
    assert told.code == "TE056"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"reason": " "}, ["TE085"]),
        ({"old": "2"}, ["TE085"]),
        ({"new": "1"}, ["TE085"]),
        ({"new": "6"}, ["TE054"]),
        ({"new": "many"}, ["TE013"]),
        ({"bid": "cedr"}, ["TE070"]),
        ({"field": "marks.delivry"}, ["TE071"]),
        ({"field": "marks.price"}, ["TE071"]),
        ({"field": "delivery"}, ["TE085"]),
        ({"lot": "north"}, ["TE056"]),
        ({"text": "more"}, ["TE085"]),
        ({"bid": "", "old": "", "new": "", "reason": "", "field": ""}, ["TE085"] * 4),
    ],
)
def test_a_correction_that_cannot_be_made(
    quality: Path, catalogue: Catalogue, said: dict[str, str], codes: list[str]
) -> None:
    before = quality.read_bytes()
    assert [d.code for d in refused(enter, quality, "correct", correction(**said), catalogue, LATER)] == codes
    assert quality.read_bytes() == before


def test_a_scheme_of_prices_alone_has_no_quality_stage(recorded: Make, scheme_text: str) -> None:
    start, _, rest = scheme_text.partition("criteria:\n")
    scheme = start + "criteria:\n  - {id: price, title: Price, weight: 100, scorer: ratio_to_lowest}\n"
    scheme += rest[rest.index("award:") :]
    with pytest.raises(Refused) as e:
        recorded("none.jsonl", scheme=scheme, stage="quality")
    assert [d.code for d in e.value.diagnostics] == ["TE083"]


@pytest.mark.slow
def test_a_minimum_on_a_group_with_a_price_waits_for_it(recorded: Make, scheme_text: str, catalogue: Catalogue) -> None:
    """Cedar's quality alone is poor, but the minimum is of quality and price together."""
    scheme = scheme_text.replace("  - {id: price,", "      - {id: price,").replace("weight: 60\n", "weight: 100\n")
    path = recorded("mixed.jsonl", scheme=scheme, stage="quality")
    found = read_case(path, catalogue).evaluations[""].bid("cedar")
    assert found is not None
    assert found.status == "ranked"
    assert [(c.id, c.available) for c in found.criteria] == [("quality", 60), ("delivery", 40), ("reach", 20)]


@pytest.mark.slow
def test_a_condition_on_the_price_waits_for_it(recorded: Make, scheme_text: str, opening: Open) -> None:
    condition = "conditions:\n  - {id: most, title: Most, reads: price, at_most: 11000}\n"
    scheme = scheme_text.replace("conditions:\n", condition)
    path = recorded("capped.jsonl", scheme=scheme, stage="quality")
    found = opening(path, PRICES, "p.yaml", scheme).evaluations[""]
    assert {b.id: b.status for b in found.bids} == {"birch": "ranked", "alder": "rejected", "cedar": "rejected"}


@pytest.mark.slow
def test_a_mark_corrected_while_prices_are_read(quality: Path, catalogue: Catalogue, scheme_text: str) -> None:
    def read() -> Source:
        enter(quality, "correct", correction(), catalogue, LATER)
        return Source("p.yaml", PRICES.encode())

    stated = Source("scheme.yaml", scheme_text.encode())
    problem, _ = refused(record_prices, quality, stated, "p.yaml", read, catalogue, LATER)
    assert problem.code == "TE083"
    assert verify(quality, catalogue).holds


@pytest.mark.slow
def test_prices_without_their_opening_are_a_fault(quality: Path, opening: Open, catalogue: Catalogue) -> None:
    from forging import rechained

    from tender_eval.audit.verify import verify_bytes

    opening(quality)
    data = quality.read_bytes()
    at = kinds(quality).index("price_opened")
    found = verify_bytes(rechained(data, lambda entries: entries.pop(at) and None), catalogue)
    assert found.fault
    assert (found.fault.number, found.fault.field) == (at, "kind")
    found = verify_bytes(rechained(data, lambda entries: entries[at]["body"].update(lock="0" * 64)), catalogue)
    assert found.fault
    assert (found.fault.number, found.fault.field) == (at, "body")


def test_text_of_no_unicode_is_told(catalogue: Catalogue, tmp_path: Path, scheme_text: str) -> None:
    """JSON can hold half of a surrogate pair; a record cannot."""
    stated = Source("scheme.yaml", scheme_text.encode())
    text = (
        b"format: tender-eval/bids/1\nbids: [{id: a, price: 5, declarations: {safeguarding_policy: true}, "
        b"marks: {delivery: {agreed: 5, reason: X}, reach: 5}}]\n"
    )
    from tender_eval.audit import writing
    from tender_eval.files.bids import file

    with pytest.MonkeyPatch.context() as patch:
        real = file.WholeMark.record
        patch.setattr(file.WholeMark, "record", lambda self: real(self.model_copy(update={"reason": "\ud800"})))
        (told,) = refused(writing.record, tmp_path / "r", stated, Source("bids.yaml", text), catalogue, AT)
    assert told.code == "TE085"
