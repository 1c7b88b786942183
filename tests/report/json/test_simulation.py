"""The JSON keeps its promise: names, shapes and bytes."""

import json

from lot_outcomes import made_up

from tender_eval.report.json.simulation import lots_json


def test_the_shape_that_is_promised() -> None:
    data = json.loads(lots_json(made_up()))
    assert data["format"] == "tender-eval/lots/1"
    eight = data["designs"][1]
    assert (eight["lots"], eight["label"]) == (8, "8 lots")
    promised = (
        "small_bidders", "small_win_share", "price_ratio", "quality", "hhi", "bids_per_lot", "single_bid", "unserved",
        "authority_cost", "bidder_cost",
    )  # fmt: skip
    for name in promised:
        assert set(eight[name]) == {"mean", "se", "n"}
    assert eight["small_bidders"] == {"mean": 6.3, "se": 0.01, "n": 1000}
    assert list(eight["funnel"]) == ["turnover", "capacity", "time", "not_worth_it", "outscored", "won"]
    assert set(eight["types"]["local"]) == {"eligible", "ready", "bidding", "winning"}
    assert data["paired"][0]["small_win_share"]["mean"] == 0.45
    assert (data["paired"][0]["against"], data["paired"][0]["lots"]) == ("1 lot", 8)
    assert data["equilibrium"]["residual"] == 0.002
    assert data["left_out"][0].startswith("Offers for several lots together (packages, discounts)")
    assert data["equilibrium"]["converged"] is True
    assert data["equilibrium"]["designs"][1] == {"label": "8 lots", **eight["equilibrium"]}
    assert set(eight["equilibrium"]) == {"residual", "converged", "rounds"}
    assert "(the residual)" in data["equilibrium"]["criterion"]


def test_each_figure_that_went_in_says_what_it_rests_on() -> None:
    data = json.loads(lots_json(made_up()))
    by_name = {row["name"]: row for row in data["assumptions"]}
    assert by_name["local.quality"]["assumption"] is True
    assert by_name["authority_per_bid"]["assumption"] is False
    assert by_name["authority_per_bid"]["basis"] == "D"
    assert "2013" in by_name["authority_per_bid"]["source"]
    assert (by_name["years"]["changed"], by_name["years"]["default"], by_name["years"]["value"]) == (True, 4, 3)
    assert set(data["bases"]) == {"S", "D", "A", "C"}


def test_sensitivity_and_frontier_go_with_it() -> None:
    data = json.loads(lots_json(made_up()))
    first = data["sensitivity"]["parameters"][0]
    assert first["name"] == "by_and_for.quality"
    assert first["changes"]["small_win_share"]["low"] == {"mean": -0.2, "se": 0.01, "n": 512}
    assert first["changes"]["small_bidders"]["high"] is None
    assert first["reverses"] == ["small_win_share"]
    assert [p["label"] for p in data["frontier"]] == ["1 lot", "8 lots"]


def test_the_same_outcome_gives_the_same_bytes() -> None:
    assert lots_json(made_up()) == lots_json(made_up())


def test_names_of_designs_cannot_steer_a_terminal() -> None:
    assert "\x1b" not in lots_json(made_up(title="x\x1b[2J"))
