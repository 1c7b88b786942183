"""Lots that are awarded together: the record holds the award across them, and a proof makes it again."""

import copy
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from forging import rechained
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_eval import Refused, award_lots
from tender_eval.audit.chain import Fault, Link, read_chain, seal, unseal
from tender_eval.audit.checks import NOT_CHECKED
from tender_eval.audit.compare import differences
from tender_eval.audit.entries import drafts_of
from tender_eval.audit.verify import read_case, verify_bytes
from tender_eval.audit.writing import enter, first_entries, record, record_prices
from tender_eval.case.fold import at_one_sitting as begin
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source
from tender_eval.lots.mechanisms.lot_order import LotOrder
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.spec import hookimpl

ROOT = Path(__file__).parents[2]
AT, LATER = "2026-05-02T09:30:00Z", "2026-05-03T09:30:00Z"
SCHEME = (ROOT / "schemes" / "lots-largest-lead.yaml").read_text(encoding="utf-8")
BIDS = (ROOT / "fixtures" / "lots-largest-lead.bids.yaml").read_text(encoding="utf-8")
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
Entries = list[dict[str, Any]]


def sources(scheme: str = SCHEME, bids: str = BIDS) -> tuple[Source, Source]:
    return Source("scheme.yaml", scheme.encode()), Source("bids.yaml", bids.encode())


def alone() -> str:
    """The scheme without limits."""
    return SCHEME.partition("  lots:\n")[0]


@pytest.fixture
def path(tmp_path: Path, catalogue: Catalogue) -> Path:
    """The record of the shipped case, which is worked through by hand in tests/lots/test_shipped.py."""
    made = tmp_path / "record.jsonl"
    record(made, *sources(), catalogue, AT)
    return made


def across(data: bytes) -> dict[str, Any]:
    (body,) = (e.body for e in read_chain(data).entries if e.kind == "across_lots")
    return dict(body)


@pytest.mark.slow
def test_the_record_says_who_is_awarded_which_lot_and_why_the_others_are_not(path: Path, catalogue: Catalogue) -> None:
    body = across(path.read_bytes())
    assert [(a["lot"], a["bid"], a["value"]) for a in body["awards"]] == [
        ("north", "alder", "120000"), ("south", "harbour", "180000"),
        ("east", "birch", "90000"), ("west", "cedar", "240000"),
    ]  # fmt: skip
    assert body["by"].startswith("largest_lead (tender-eval ")
    assert body["limits"] == {
        "most_tendered": "3", "most_awarded": "1", "capacity": "60% of supplier.annual_income",
    }  # fmt: skip
    assert (body["order"], body["undecided"], body["unawarded"]) == (["west", "south", "north", "east"], [], [])
    assert body["capacities"]["alder"]["value"] == "210000"
    capped, outscored = body["reasons"]["north"]
    assert (capped["bid"], capped["kind"], capped["holds"]) == ("harbour", "capped", ["south"])
    assert (outscored["kind"], outscored["other"], outscored["margin"]) == ("outscored", "alder", "30")
    found = verify_bytes(path.read_bytes(), catalogue)
    assert found.holds
    assert found.case is not None
    assert [found.case.awarded(lot) for lot in found.case.evaluations] == [
        ("alder",), ("harbour",), ("birch",), ("cedar",),
    ]  # fmt: skip


def test_no_entry_names_the_first_of_a_lot_as_its_winner(path: Path) -> None:
    entries = read_chain(path.read_bytes()).entries
    assert not [e for e in entries if e.kind == "award"]
    assert [set(e.body) for e in entries if e.kind == "ties"] == [{"lot", "tied"}] * 4
    assert [e.kind for e in entries[-2:]] == ["across_lots", "evaluated"]


@pytest.mark.parametrize("limits", ["", "  lots: {most_tendered: 3}\n"])
def test_lots_that_are_decided_by_themselves_have_no_such_entry(limits: str, catalogue: Catalogue) -> None:
    state = begin(*sources(alone() + limits), catalogue)
    kinds = [draft.kind for draft in drafts_of(state)]
    assert (kinds.count("across_lots"), kinds.count("award")) == (0, 4)
    assert all("undecided" in draft.body for draft in drafts_of(state) if draft.kind == "ties")


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every text of a body, and to every list, which an item can be taken from or put into."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, (*path, key))
    elif isinstance(value, list):
        yield path
        for n, part in enumerate(value):
            yield from leaves(part, (*path, n))
    else:
        yield path


def altered(body: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made = copy.deepcopy(body)
    holder: Any = made
    for key in path[:-1]:
        holder = holder[key]
    value = holder[path[-1]]
    holder[path[-1]] = [*value, "birch"] if isinstance(value, list) else f"{value}x"
    return made


@pytest.mark.slow
def test_every_value_of_it_that_is_changed_is_found(path: Path, catalogue: Catalogue) -> None:
    data = path.read_bytes()
    body = across(data)
    number = next(e.number for e in read_chain(data).entries if e.kind == "across_lots")
    # One of those that stand alike in lists, the last.
    tried = {tuple("*" if isinstance(key, int) else key for key in where): where for where in leaves(body)}.values()
    assert len(tried) > 40
    for where in tried:

        def change(entries: Entries, where: tuple[Any, ...] = where) -> None:
            entries[number]["body"] = altered(body, where)

        found = verify_bytes(rechained(data, change), catalogue)
        assert not found.holds, where
        assert found.fault is not None
        assert found.fault.number == number


def other_winner(entries: Entries) -> None:
    next(e for e in entries if e["kind"] == "across_lots")["body"]["awards"][0]["bid"] = "cedar"


def taken_out(entries: Entries) -> None:
    entries.remove(next(e for e in entries if e["kind"] == "across_lots"))


def doubled(entries: Entries) -> None:
    at = next(n for n, e in enumerate(entries) if e["kind"] == "across_lots")
    entries.insert(at, copy.deepcopy(entries[at]))


def put_at_the_end(entries: Entries) -> None:
    entries.append(copy.deepcopy(next(e for e in entries if e["kind"] == "across_lots")))


@pytest.mark.slow
@pytest.mark.parametrize("change", [other_winner, taken_out, doubled, put_at_the_end])
def test_a_forged_award_is_found(path: Path, change: Callable[[Entries], None], catalogue: Catalogue) -> None:
    found = verify_bytes(rechained(path.read_bytes(), change), catalogue)
    assert not found.holds
    assert found.fault is not None


@pytest.mark.slow
def test_every_byte_of_it_flipped_is_found(path: Path) -> None:
    link = Link()
    for line in path.read_bytes().splitlines(keepends=True):
        entry = unseal(line, link)
        assert not isinstance(entry, Fault)
        if entry.kind == "across_lots":
            for at in range(len(line)):
                changed = line[:at] + bytes([line[at] ^ 1]) + line[at + 1 :]
                parts = changed.split(b"\n")
                assert isinstance(unseal(parts[0] + b"\n", link), Fault) or len(parts) > 2
            return
        link = Link(entry.number + 1, entry.hash)
    raise AssertionError("the record has no such entry")


@pytest.mark.slow
def test_a_correction_makes_it_again(path: Path, catalogue: Catalogue, tmp_path: Path) -> None:
    """With mark 1 at south harbour has 15 + 40 = 55 points there, behind alder with 77 and cedar with 62.

    West goes to cedar as before. South: alder leads harbour by 22 of 77, for cedar is at its limit; north: harbour
    leads alder by 8 of 100, so south goes to alder. At north only harbour has room; east goes to birch.
    """
    before = read_case(path, catalogue)
    body = {"bid": "harbour", "lot": "south", "field": "marks.quality", "old": "4", "new": "1", "reason": "Misread."}
    enter(path, "correct", body, catalogue, LATER)
    assert verify_bytes(path.read_bytes(), catalogue).holds
    after = read_case(path, catalogue)
    assert [after.awarded(lot)[0] for lot in after.evaluations] == ["harbour", "alder", "birch", "cedar"]
    told = {d.name: (d.before, d.after) for d in differences(before, after) if d.section == "award"}
    assert told == {"winner, lot north": ("alder", "harbour"), "winner, lot south": ("harbour", "alder")}


@pytest.mark.slow
def test_an_open_tie_stands_in_it(tmp_path: Path, catalogue: Catalogue) -> None:
    scheme = (
        SCHEME.replace("  ties: [{highest: quality}]\n", "")
        .replace("largest_lead\n", "lot_order\n")
        .partition("    capacity")[0]
    )
    bids = BIDS.replace("north: {price: 125000, marks: {quality: 4}}", "north: {price: 100000, marks: {quality: 4}}")
    path = tmp_path / "tied.jsonl"
    record(path, *sources(scheme, bids), catalogue, AT)
    body = across(path.read_bytes())
    assert "north" in body["undecided"]
    case = read_case(path, catalogue)
    assert case.undecided("north")
    assert case.awarded("north") == ()
    (difference,) = (
        d
        for d in differences(case, read_case(_shipped(tmp_path, catalogue), catalogue))
        if d.name == "winner, lot north"
    )
    assert (difference.before, difference.after) == ("(tied)", "alder")


def _shipped(folder: Path, catalogue: Catalogue) -> Path:
    record(folder / "shipped.jsonl", *sources(), catalogue, AT)
    return folder / "shipped.jsonl"


def test_faulty_limits_are_told_with_every_other_problem(catalogue: Catalogue) -> None:
    scheme = SCHEME.replace("largest_lead\n", "largest_leed\n").replace("weight: 40", "weight: 41")
    with pytest.raises(Refused) as refused:
        begin(*sources(scheme), catalogue)
    assert {"TE044", "TE022"} <= {d.code for d in refused.value.diagnostics}


def without_prices() -> tuple[str, str]:
    """The bids without their prices, and the prices."""
    whole = yaml.safe_load(BIDS)
    prices: dict[str, Any] = {"format": whole["format"], "bids": [{"id": b["id"], "lots": {}} for b in whole["bids"]]}
    for bid, priced in zip(whole["bids"], prices["bids"], strict=True):
        for lot, part in bid["lots"].items():
            priced["lots"][lot] = {"price": part.pop("price")}
    prices["tender"] = {"lots": [{"id": lot["id"]} for lot in whole["tender"]["lots"]]}
    return yaml.safe_dump(whole), yaml.safe_dump(prices)


@pytest.mark.slow
def test_two_envelopes_award_lots_when_prices_are_known(tmp_path: Path, catalogue: Catalogue) -> None:
    quality, prices = without_prices()
    path = tmp_path / "record.jsonl"
    scheme, marks = sources(bids=quality)
    record(path, scheme, marks, catalogue, AT, "quality")
    assert "across_lots" not in [e.kind for e in read_chain(path.read_bytes()).entries]
    assert read_case(path, catalogue).across is None
    record_prices(path, scheme, "prices.yaml", lambda: Source("prices.yaml", prices.encode()), catalogue, LATER)
    assert verify_bytes(path.read_bytes(), catalogue).holds
    assert [a["bid"] for a in across(path.read_bytes())["awards"]] == ["alder", "harbour", "birch", "cedar"]


def test_what_prices_cannot_mend_is_refused_before_marks_are_locked(tmp_path: Path, catalogue: Catalogue) -> None:
    quality, _ = without_prices()
    no_income = quality.replace("    annual_income: 600000\n", "")
    assert no_income != quality
    too_many = SCHEME.replace("most_tendered: 3", "most_tendered: 2")
    for scheme, bids, code in ((SCHEME, no_income, "TE052"), (too_many, quality, "TE500")):
        with pytest.raises(Refused) as refused:
            record(tmp_path / "r.jsonl", *sources(scheme, bids), catalogue, AT, "quality")
        assert {d.code for d in refused.value.diagnostics} == {code}
        assert not (tmp_path / "r.jsonl").exists()


@pytest.mark.slow
def test_without_the_plugin_of_its_mechanism_it_is_not_checked(tmp_path: Path, catalogue: Catalogue) -> None:
    class Ours(LotOrder):
        """Awards in the order of the lots."""

        name = "ours"

    class Plugin:
        @hookimpl
        def tender_eval_mechanisms(self) -> list[type[LotOrder]]:
            return [Ours]

    path = tmp_path / "ours.jsonl"
    ours = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"ours": Plugin()})
    record(path, *sources(SCHEME.replace("largest_lead\n", "ours\n")), ours, AT)
    assert verify_bytes(path.read_bytes(), ours).holds
    found = verify_bytes(path.read_bytes(), catalogue)
    assert not found.holds
    assert found.fault is None
    assert [c.name for c in found.checks if c.outcome == NOT_CHECKED] == ["recomputation"]


PRICES = st.lists(st.integers(1, 3).map(lambda n: n * 50_000), min_size=10, max_size=10)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(PRICES, st.sampled_from(["largest_lead", "lot_order"]), st.integers(1, 3))
def test_every_record_of_lots_is_consistent_and_tells_what_award_tells(prices: list[int], name: str, most: int) -> None:
    """Few different prices, so that many lots tie."""
    offered = iter(prices)
    bids = re.sub(r"price: \d+", lambda _: f"price: {next(offered)}", BIDS)
    text = SCHEME.replace("largest_lead\n", f"{name}\n").replace("most_awarded: 1", f"most_awarded: {most}")
    files = sources(text.replace("  ties: [{highest: quality}]\n", ""), bids)
    link, lines = Link(), []
    for draft in first_entries(*files, CATALOGUE, begin(*files, CATALOGUE)):
        line, link = seal(draft, AT, link, b"key")
        lines.append(line)
    found = verify_bytes(b"".join(lines), CATALOGUE)
    assert found.holds
    assert found.case is not None
    told = across(b"".join(lines))
    again = award_lots(found.case.compiled, found.case.bids)
    assert [(a["lot"], a["bid"]) for a in told["awards"]] == [(a.lot, a.bid.id) for a in again.awards]
    assert (told["undecided"], told["unawarded"]) == (list(again.undecided), list(again.unawarded))
    for lot, evaluation in found.case.evaluations.items():
        explained = {why["bid"] for why in told["reasons"][lot]}
        assert explained | set(found.case.awarded(lot)) == {bid.id for bid in evaluation.bids}
