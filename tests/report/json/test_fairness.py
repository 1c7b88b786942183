import json
from fractions import Fraction
from typing import Any

from analysed import analysis

from tender_eval.fairness.findings.results import Tipping
from tender_eval.report.json.fairness import FORMAT, fairness_json


def data(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(fairness_json(analysis(**changes)))
    return found


def test_the_published_keys_come_first() -> None:
    assert list(data())[:8] == [
        "format", "winner", "rank_reversals", "tipping", "rank_acceptability", "effective_weights", "groups", "gaming",
    ]  # fmt: skip
    assert data()["format"] == FORMAT == "tender-eval/fairness/1"


def test_a_reversal_holds_both_orders_and_the_dummy() -> None:
    found = data()["rank_reversals"]
    assert found[2] == {
        "change": "remove", "bid": "c", "pair": ["a", "b"], "before": ["a", "b"], "after": ["b", "a"],
        "winner_before": ["a"], "winner_after": ["b"], "was": "ahead",
    }  # fmt: skip
    assert found[1]["dummy"] == {
        "id": "dummy", "says": "a bid with 10% of the marks at a price of £50", "price": "50", "exact_price": "50",
        "share": "0.1", "exact_share": "1/10",
    }  # fmt: skip


def test_a_tipping_point_is_printed_and_exact() -> None:
    first, second = data()["tipping"]
    exact = Fraction(5731, 100) + Fraction(1, 300)
    assert first == {
        "criterion": "quality", "weight": "60", "flips_at": "57.31", "winner": ["b"], "exact_weight": "60",
        "exact_flips_at": str(exact), "within": "0", "only_level": False,
    }  # fmt: skip
    assert second["exact_flips_at"] is None  # the middle of an interval is no exact answer
    assert Fraction(second["within"]) == Fraction(1, 10**9)


def test_ranks_weights_groups_and_the_rest() -> None:
    found = data()
    assert found["rank_acceptability"]["a"] == [0.62, 0.3, 0.08]
    assert found["acceptability"] == {
        "draws": 10_000,
        "sampling": "all weights equally likely",
        "standard_error": 0.0049,
    }
    assert found["central_weights"]["b"] == {"quality": 80.0, "price": 20.0}
    assert found["confidence"] == {"a": 0.94, "b": 0.81}
    assert found["effective_weights"]["price"]["effective"] == 0.69
    assert found["effective_weights"]["price"]["sobol_total"] == 0.7
    assert found["groups"]["small"]["makes_the_gap"] == "quality"
    assert found["gaming"][0]["kind"] == "lowest_quality"
    assert found["marks"][0] == {"bid": "b", "criterion": "quality", "mark": "92", "to": "93", "winner": ["b"]}
    assert found["prices"][0]["wins_at"] == "123.45"
    assert found["prices"][1]["wins_at"] is None
    assert found["nearest_weights"]["exact_moved"] == "269/100"
    assert found["marking"]["without"] == {"e1": ["b"], "e2": ["a"]}
    assert [other["margin"] for other in found["compare"]] == ["1", "2", None]
    assert found["curves"][0]["bids"]["b"] == [125.0, 0.76]
    assert (found["seed"], found["draws"], found["bands"], found["generated"]) == (7, 10_000, {}, None)
    assert [bid["rank"] for bid in found["bids"]] == [1, 2, 3]


def test_what_was_not_found_has_an_empty_place() -> None:
    found = data(acceptability=None, panel_disagreement=None, nearest=None, effective_weights=())
    assert (found["rank_acceptability"], found["acceptability"], found["confidence"]) == ({}, None, {})
    assert (found["marking"], found["nearest_weights"], found["effective_weights"]) == (None, None, {})


def test_lots_stand_under_lots() -> None:
    found = data(lots=("north", "south"))
    assert list(found)[:2] == ["format", "lots"]
    assert [lot["lot"] for lot in found["lots"].values()] == ["north", "south"]
    assert "winner" not in found


def test_the_same_study_gives_the_same_bytes() -> None:
    assert fairness_json(analysis()) == fairness_json(analysis())


def test_hostile_names_are_plain_json() -> None:
    name = "</script>\u202e\x1b[2J=cmd|' /C calc'!A0 \U0001f469" + "N" * 100_000
    text = fairness_json(analysis({"a": name, "b": "B", "c": "C"}))
    assert next(b for b in json.loads(text)["bids"] if b["id"] == "a")["supplier"] == name
    assert "\u202e" not in text
    assert "\x1b" not in text


BIDS = [str]
FORM: dict[str, Any] = {
    "format": str,
    "winner": BIDS,
    "rank_reversals": [{"change": str, "bid": str, "pair": BIDS, "before": BIDS, "after": BIDS}],
    "tipping": [{"criterion": str, "weight": str, "flips_at": str, "winner": BIDS}],
    "rank_acceptability": {"a": [float], "b": [float], "c": [float]},
    "effective_weights": {"quality": {"nominal": float, "effective": float}, "price": {"nominal": float}},
    "groups": {"small": {"selected": float, "ratio": float, "gaps": {"quality": float}}},
    "gaming": [{"kind": str, "says": str, "bid": {"id": str, "says": str}, "helps": str, "winner": BIDS}],
}
"""The form that those who read the file rely on; more keys may stand beside these."""


def fits(value: Any, form: Any) -> bool:
    """Whether a value has the form: every key of it, every element of a list of its type."""
    if isinstance(form, dict):
        return isinstance(value, dict) and all(key in value and fits(value[key], of) for key, of in form.items())
    if isinstance(form, list):
        return isinstance(value, list) and all(fits(one, form[0]) for one in value)
    return type(value) is form


def test_the_published_form_holds() -> None:
    found = data()
    assert {key: found[key] for key, form in FORM.items() if not fits(found[key], form)} == {}
    assert {r["change"] for r in found["rank_reversals"]} == {"remove", "reject", "add"}
    assert all(len(r["pair"]) == 2 for r in found["rank_reversals"])
    assert all(found[key] for key in FORM)  # nothing fits for being empty


def test_the_published_form_holds_for_each_lot_and_where_nothing_was_found() -> None:
    assert all(
        fits(lot, {k: v for k, v in FORM.items() if k != "format"}) for lot in data(lots=("n", "s"))["lots"].values()
    )
    nothing = data(reversals=(), tipping=(), acceptability=None, effective_weights=(), groups=(), gaming=(), winner=())
    empty = {key: type(form)() for key, form in FORM.items() if key != "format"}
    assert {key: nothing[key] for key in empty} == empty


def test_a_weight_that_never_tips_is_null() -> None:
    never = data(tipping=(Tipping("quality", Fraction(60), None, ()),))["tipping"][0]
    assert (never["flips_at"], never["winner"]) == (None, [])
