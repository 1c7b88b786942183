import json
from collections.abc import Callable
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from tender_eval import Evaluation
from tender_eval.lots.award import AcrossLots
from tender_eval.report.json.award import lots_json
from tender_eval.report.json.evaluation import evaluation_json

Evaluate = Callable[..., Evaluation]
MakeBid = Callable[..., dict[str, Any]]


def test_the_shape_and_order_of_the_published_format(ordinary: Evaluation) -> None:
    data = json.loads(evaluation_json(ordinary))
    assert list(data) == ["format", "scheme", "bids_sha256", "rule", "winner", "tied", "bids", "diagnostics"]
    assert data["format"] == "tender-eval/evaluation/1"
    assert list(data["scheme"])[:2] == ["id", "sha256"]
    assert {k: data["rule"][k] for k in ("name", "figure", "best")} == {
        "name": "highest_score",
        "figure": "points",
        "best": "highest",
    }
    assert (data["winner"], data["tied"], data["diagnostics"]) == (["b"], False, [])
    best = data["bids"][0]
    keys = ["id", "rank", "tied", "status", "figure", "exact_figure", "criteria", "flags", "reasons"]
    assert list(best)[: len(keys)] == keys
    assert best | {"criteria": {}} == {
        "id": "b",
        "rank": 1,
        "tied": False,
        "status": "ranked",
        "figure": "92.00",
        "exact_figure": "92",
        "criteria": {},
        "flags": [],
        "reasons": [],
        "supplier": "B",
    }


def test_a_leaf_has_a_score_and_a_group_none(ordinary: Evaluation) -> None:
    bids = {b["id"]: b for b in json.loads(evaluation_json(ordinary))["bids"]}
    assert list(bids["a"]["criteria"]) == ["quality", "care", "reach", "price"]
    assert "score" not in bids["a"]["criteria"]["quality"]
    price = bids["a"]["criteria"]["price"]
    assert list(price)[:3] == ["score", "points", "exact_points"]
    assert (price["score"], price["points"], price["exact_points"]) == ("0.8333", "33.33", "100/3")


def test_a_rejected_bid_stands_last_without_a_figure(ordinary: Evaluation) -> None:
    last = json.loads(evaluation_json(ordinary))["bids"][-1]
    assert (last["id"], last["rank"], last["status"]) == ("d", None, "rejected")
    assert (last["figure"], last["exact_figure"], last["criteria"]) == (None, None, {})
    assert "insured" in last["reasons"][0]


def test_figures_are_printed_as_the_scheme_rounds(evaluate: Evaluate, a_bid: MakeBid) -> None:
    rounding = {"places": 1, "mode": "down", "at": ["price"]}
    found = evaluate(a_bid("a", 12000), a_bid("b", 10000), scheme={"rounding": rounding})
    second = json.loads(evaluation_json(found))["bids"][1]
    assert (second["figure"], second["exact_figure"]) == ("81.3", "244/3")
    assert Fraction(second["exact_figure"]) == Fraction(48) + Fraction(100, 3)


def test_characters_that_steer_a_terminal_are_escaped_and_lose_nothing(evaluate: Evaluate, a_bid: MakeBid) -> None:
    name = 'Ünï\u202e"\\\x1b\x9b\u2028\U000e0041'
    text = evaluation_json(evaluate(a_bid("a", 100, supplier={"name": name})))
    assert json.loads(text)["bids"][0]["supplier"] == name
    assert "Ünï" in text
    assert not {"\u202e", "\x1b", "\x9b", "\u2028", "\U000e0041"} & set(text)


def test_the_same_result_gives_the_same_bytes(ordinary: Evaluation) -> None:
    text = evaluation_json(ordinary)
    assert text == evaluation_json(ordinary)
    assert text.endswith("}\n")


def test_grants_show_the_money(evaluate: Evaluate) -> None:
    rule = {"name": "grants_within_pot", "pot": 5000, "cap": 5000, "when_short": "stop"}
    criteria = [{"id": "quality", "weight": 100, "scorer": {"name": "mark", "out_of": 10}}]
    scheme = {"criteria": criteria, "award": {"rule": rule}, "conditions": []}
    found = evaluate({"id": "a", "price": "3000.5", "marks": {"quality": 9}}, scheme=scheme)
    bid = json.loads(evaluation_json(found))["bids"][0]
    assert (bid["award"], bid["exact_award"]) == ("3000.50", "6001/2")


def test_lots_stand_side_by_side_with_the_award_across_them(by_lot: dict[str, Evaluation], across: AcrossLots) -> None:
    data = json.loads(lots_json(by_lot, across))
    assert list(data) == ["format", "lots", "award"]
    assert list(data["lots"]) == ["north", "south", "west"]
    assert data["lots"]["north"] == json.loads(evaluation_json(by_lot["north"]))
    assert data["award"] | {"reasons": {}} == {
        "mechanism": "independent",
        "by": f"tender-eval {version('tender-eval')}",
        "awards": [{"lot": "north", "bid": "a", "figure": "88.00", "exact_figure": "88", "value": None}],
        "unawarded": ["south", "west"],
        "undecided": ["south"],
        "tied": True,
        "order": [],
        "limits": {"most_tendered": None, "most_awarded": None, "capacity": None, "order": []},
        "capacities": {},
        "reasons": {},
        "better": None,
    }
    assert [why["kind"] for why in data["award"]["reasons"]["south"]] == ["undecided", "undecided"]
