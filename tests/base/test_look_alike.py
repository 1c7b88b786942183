"""One person does not count as two by another spelling: capitals, spaces, accents, letters of other scripts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from acting import AT, BIDS, CATALOGUE, PANEL, PRICES, SCHEME, Acting, source
from forging import rechained

from tender_eval import Refused, bids_from_data
from tender_eval.audit.verify import verify_bytes
from tender_eval.audit.writing import enter, open_case, open_prices, record_prices
from tender_eval.base.look_alike import alike, mixed_scripts, not_two_people, skeletons
from tender_eval.files.source import Source

ANN = "Ann Archer"
SAME = {
    "capitals": "ANN archer",
    "spaces": " Ann  Archer ",
    "a full stop": "Ann Archer.",
    "nothing that is seen": "Ann\u200b Archer\u2060",
    "a filler that is a letter": "Ann\u3164Archer",
    "full width": "\uff21nn \uff21rcher",
    "mathematical": "\U0001d400nn Archer",
    "an accent": "\u00c1nn Archer",
    "Cyrillic": "\u0410nn \u0410rcher",
    "Greek": "\u0391nn \u0391rcher",
    "Cherokee": "\u13aann Archer",
}
OTHER = ("Anna Archer", "Ann Baker", "Archer", "\u0410\u043d\u043d\u0430")


@pytest.mark.parametrize("other", SAME.values(), ids=SAME)
def test_two_spellings_of_a_name_are_one(other: str) -> None:
    assert alike([ANN, other]) == (ANN, other)
    assert not_two_people([ANN, other])


@pytest.mark.parametrize("other", OTHER)
def test_two_names_are_two(other: str) -> None:
    assert alike([ANN, other]) is None
    assert not_two_people([ANN, other]) == ""


def test_what_only_looks_like_letters() -> None:
    for one, other in (("Will", "W1ll"), ("Al", "AI"), ("Olive", "0live"), ("Arnold", "Amold"), ("Helen", "\u0397elen"),
                       ("Scope", "\u0405\u0441\u043e\u0440\u0435")):  # fmt: skip
        assert alike([one, other]) == (one, other)
    assert skeletons("\u200b \u2800.") == frozenset()
    assert not_two_people([ANN, "\u200b"]) == not_two_people([ANN]) == "fewer than two are named"


def test_a_word_of_two_scripts_names_nobody() -> None:
    mixed = "B\u043eb"
    assert mixed_scripts(mixed) == ("Cyrillic", "Latin")
    assert "has letters of Cyrillic and Latin in one word" in not_two_people([ANN, mixed])
    assert mixed_scripts("\u0410\u043d\u043d\u0430 Archer") == mixed_scripts("\u5c71\u30ce\u4e0a") == ()


@pytest.fixture
def locked() -> Acting:
    case = Acting.opened()
    bids = "id,supplier.name,declarations.insured,marks.care\nlow,Alder,true,2\nmid,Birch,true,4\ntop,Cedar,true,5\n"
    case("receive", file=source("b.csv", bids))
    case("lock")
    return case


def test_sealed_prices_are_opened_and_put_right_by_two_people_who_can_be_told_apart(locked: Acting) -> None:
    prices = source("prices.csv", PRICES)
    with pytest.raises(Refused, match="TE085"):
        locked.announce("Ann", "\u0410nn")
    locked.announce("Ann", "Bob")
    for by in ([], ["Ann"], ["Ann", "ann"], ["Ann", "\u0410nn"]):
        assert {code for code, _ in locked.refusal("open_prices", file=prices, made_by=by)} == {"TE085"}
    locked("open_prices", file=prices, made_by=["Ann", "Bob"])
    mended = {"file": source("m.csv", PRICES.replace("300", "200")), "of": locked.state.sealed, "reason": "x"}
    assert {code for code, _ in locked.refusal("correct_file", **mended, made_by=["Ann", "\u0410nn"])} == {"TE085"}
    locked("correct_file", **mended, made_by=["Ann", "Bob"])


def test_nobody_is_named_twice_by_any_act(locked: Acting) -> None:
    ((code, said),) = locked.refusal("clarify", text="x", made_by=["Ann", "Bob", "\u0410nn"])
    assert (code, said) == ("TE085", '"Ann" and "\u0410nn" look like one name, and would count as two people')
    (told,) = locked.refused("clarify", AT, text="x", made_by=["Ann", "ANN"])
    assert "name each person once" in told.hint


def test_nobody_stands_twice_on_a_panel() -> None:
    with pytest.raises(Refused, match=r"look like one name: also at panel\.yaml:3") as e:
        Acting.opened(panel=PANEL.replace("Bob Baker", "\u0410nn Archer"))
    assert [(d.code, d.where and d.where.line) for d in e.value.diagnostics] == [("TE020", 4)]


def test_suppliers_who_look_alike_are_told() -> None:
    """Limits on lots are on suppliers: a second bid under a name that looks the same would be of another one."""
    bids = [{"id": n, "supplier": {"name": name}} for n, name in (("a", "Acme Ltd"), ("b", "\u0410\u0441m\u0435 Ltd"))]
    found = bids_from_data({"format": "tender-eval/bids/1", "bids": bids})
    (told,) = found.notices
    assert told.code == "TE503"
    assert 'is nearly "Acme Ltd"' in told.message


@pytest.mark.slow
def test_prices_of_a_case_are_not_opened_alone_by_evaluating_at_one_sitting(tmp_path: Path) -> None:
    """``evaluate --stage price`` names nobody: it is for a record that was begun at one sitting."""
    path, scheme = tmp_path / "r.jsonl", Source("scheme.yaml", SCHEME.encode())
    open_case(path, scheme, Source("b.yaml", BIDS["two_envelopes"].encode()), CATALOGUE, AT)
    enter(path, "lock", {}, CATALOGUE, AT)
    before, read = path.read_bytes(), list[str]()
    prices = Source("prices.csv", PRICES.encode())

    def opened() -> Source:
        read.append("opened")
        return prices

    with pytest.raises(Refused, match="TE085: two people open sealed prices, by case open-prices"):
        record_prices(path, scheme, "prices.csv", opened, CATALOGUE, AT)
    assert (path.read_bytes(), read) == (before, [])
    open_prices(path, "prices.csv", ("Ann", "Bob"), opened, CATALOGUE, AT)

    def nameless(entries: list[dict[str, Any]]) -> None:
        del next(e for e in entries if e["kind"] == "price_opened")["body"]["made_by"]

    assert verify_bytes(rechained(path.read_bytes(), nameless), CATALOGUE).consistent is False
