"""Every published worked example, through the public interface, at the precision at which it was published.

Weights are the points themselves (``weights: points``) wherever the source's do not come to 100. A source that
rounds is given the scheme's own ``rounding`` at the stage where the source rounds.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from inline import CATALOGUE, evaluate, figures, leaf, points, ranks, refusal, scheme, scores

from tender_eval import compile_scheme, load_bids, scheme_from_data
from tender_eval.model.numeric import round_fraction

Case = dict[str, Any]
FIXTURES = Path(__file__).parents[2] / "fixtures"
LOWEST = "ratio_to_lowest"


def out_of(highest: object) -> dict[str, object]:
    """A mark out of a highest one, in proportion."""
    return {"name": "mark", "out_of": highest}


def formula(expression: str, **params: object) -> dict[str, object]:
    return {"name": "formula", "expression": expression, **params}


def prices(case: Case) -> dict[str, dict[str, Any]]:
    return {bid: {"price": price} for bid, price in case["inputs"]["bids"].items()}


def rounding(places: int, at: str) -> dict[str, object]:
    return {"places": places, "mode": "half_up", "at": [at]}


def printed(figure: Fraction | None, places: int = 0) -> Fraction:
    """A figure as a source prints it."""
    assert figure is not None
    return round_fraction(figure, places, "half_up")


def test_negometrix_low_bid(case: Case) -> None:
    """Low-bid points, 3 quality criteria + price.

    Source: https://support-us.negometrix.com/support/solutions/articles/44001761046
    """
    most, price_max = case["weights"]["quality_max"], case["weights"]["price_max"]
    quality = [leaf(f"q{n}", weight, out_of(weight)) for n, weight in enumerate(most)]
    stated = scheme(*quality, leaf("price", price_max, LOWEST), weights="points")
    bids = {
        name: {"price": bid["price"], "marks": {f"q{n}": mark for n, mark in enumerate(bid["quality"])}}
        for name, bid in case["inputs"]["bids"].items()
    }
    result, expected = evaluate(stated, bids), case["expected"]
    assert points(result, "price") == expected["price_points"]
    assert figures(result) == expected["total"]
    available = sum(most) + price_max
    assert {b.id: (b.figure or 0) / available * 100 for b in result.bids} == expected["total_pct"]
    assert [b.id for b in result.bids] == expected["rank"]


def test_impactbids_40(case: Case) -> None:
    """Price out of 40, integer rounding.

    Source: https://impactbids.com/the-quality-imperative
    """
    price = leaf("price", case["weights"]["price_max"], LOWEST)
    stated = scheme(price, weights="points", rounding=rounding(0, "criterion"))
    assert points(evaluate(stated, prices(case)), "price") == case["expected"]["points"]


def test_ccs_digital_marketplace(case: Case) -> None:
    """UK Government Digital Outcomes fixed-quote price score.

    Source:
    https://publicspendforumeurope.com/2016/05/17/evaluating-and-scoring-price-questionable-advice-from-crown-commercial-service/

    A published slip: the third line of the quoted guidance says "Supplier A scores 0.333". Its own working
    divides 10,000 by C's 30,000; A scored 0.667 two lines earlier.
    """
    stated = scheme(leaf("price", 100, LOWEST), rounding=rounding(3, "score"))
    found = scores(evaluate(stated, prices(case)), "price")
    assert found == case["expected"]["score"]
    theirs = {"A": Fraction("0.333")}
    assert found["A"] == Fraction("0.667") != theirs["A"]
    assert found["C"] == theirs["A"], "what the line prints for A is what C scores"


def test_georgia_doas(case: Case) -> None:
    """Georgia procurement manual 5.6.3.2.2.

    Source: https://pur.doas.ga.gov (manual 5.6.3.2.2)
    """
    price = leaf("price", case["weights"]["price_max"], LOWEST)
    stated = scheme(price, weights="points", rounding=rounding(1, "criterion"))
    assert points(evaluate(stated, prices(case)), "price") == case["expected"]["points"]


def test_tenderwolf_40_60(case: Case) -> None:
    """Price 40 / quality 60 with wrong reference.

    Source: https://www.tenderwolf.com/en/blog/price-quality-ratio-tenders

    A published slip: the page states "lowest price / price x 100", but its table divides A's 100,000 by each
    price where B's 90,000 is the lowest. So B's price scores 111 out of 100 and every price score is 10/9 of
    what the stated method gives. The winner is the same.
    """
    weight = {name: share * 100 for name, share in case["weights"].items()}
    stated = scheme(leaf("quality", weight["quality"], out_of(100)), leaf("price", weight["price"], LOWEST))
    bids = {
        name: {"price": bid["price"], "marks": {"quality": bid["quality"]}}
        for name, bid in case["inputs"]["bids"].items()
    }
    result, theirs = evaluate(stated, bids), case["expected"]
    ours = {name: (score or 0) * 100 for name, score in scores(result, "price").items()}
    assert {name: printed(score) for name, score in ours.items()} == {"A": 90, "B": 100, "C": 82}
    assert {b.id: printed(b.figure) for b in result.bids} == {"A": 84, "B": 85, "C": 87}
    too_much = Fraction(100_000, 90_000)
    assert {name: printed(score * too_much) for name, score in ours.items()} == theirs["price"]
    quality = points(result, "quality")
    measured_by_a = {b: quality[b] + points(result, "price")[b] * too_much for b in ours}
    assert {b: printed(total) for b, total in measured_by_a.items()} == theirs["total"]
    assert result.winner == (theirs["winner"],)


def test_dbw_17_3(case: Case) -> None:
    """Adjusted score = technical x 10,000,000 / price (highest wins).

    Source: http://what-when-how.com/ p.238 Table 17-3
    """
    rule = {"name": "highest_quality_per_price", "times": 10_000_000}
    stated = scheme(
        leaf("technical", 100, out_of(100)), rule=rule, award={"on_rejection": "recompute"},
        rounding=rounding(0, "total"),
    )  # fmt: skip
    bids = {n: {"price": price, "marks": {"technical": t}} for n, (t, price) in case["inputs"]["bids"].items()}
    result = evaluate(stated, bids)
    assert figures(result) == case["expected"]["adjusted"]
    assert result.winner == (case["expected"]["winner"],)


def test_award_on_value(case: Case) -> None:
    """Award on Value (fictive discount).

    Source: https://support.negometrix.com/support/solutions/articles/9000123966
    """
    given = case["inputs"]
    values = [{"criterion": "quality", "full_marks": given["max_deduction"]}]
    stated = scheme(leaf("quality", 100, out_of(1)), rule={"name": "lowest_price_less_quality_value", "values": values})
    result = evaluate(stated, {"A": {"price": given["price"], "marks": {"quality": given["score"]}}})
    assert figures(result) == {"A": case["expected"]["evaluated"]}


def japan(case: Case, price: dict[str, object], conditions: list[object]) -> Any:
    stated = scheme(
        leaf("technical", 100, out_of(100)), leaf("price", 100, price), weights="points", conditions=conditions
    )
    bids = {n: {"price": price, "marks": {"technical": t}} for n, (price, t) in case["inputs"]["bids"].items()}
    return evaluate(stated, bids)


def test_japan_fe_h27a_q66(case: Case) -> None:
    """Comprehensive evaluation with ceiling price (Japan FE exam H27 autumn Q66).

    Source: https://www.fast-macro.com (FE H27 autumn AM Q66)

    A published slip: the page's explanation gives D, above the ceiling, +10 price points (total 110). The
    formula gives (1 - 1100 / 1000) x 100 = -10, total 90. D is excluded, so the award is the same; were it
    not, the slip would have made D win outright, where by the formula it only draws level with C.
    """
    ceiling, expected = case["inputs"]["ceiling"], case["expected"]
    under = {"id": "ceiling", "reads": "price", "at_most": ceiling}
    result = japan(case, {"name": "fixed_band", "full_at": 0, "zero_at": ceiling}, [under])
    assert {b.id: b.figure for b in result.bids if b.rank} == expected["total"]
    assert [b.id for b in result.bids if b.status == "rejected"] == expected["excluded"]
    assert result.winner == (expected["winner"],)

    admitted = japan(case, formula(f"1 - price / {ceiling}", below_zero="allow"), [])
    assert points(admitted, "price")["D"] == -10
    ours, theirs = figures(admitted)["D"], 110
    assert ours == 90 != theirs
    assert admitted.winner == ("C", "D")
    assert admitted.tied


def test_stegriff_linear(case: Case) -> None:
    """Linear between best and worst.

    Source: https://stegriff.co.uk
    """
    given = case["inputs"]
    stated = scheme(leaf("price", 10, "linear_between_bids"), weights="points", rounding=rounding(2, "criterion"))
    bids = {name: {"price": price} for name, price in given["bids"].items()}
    result = evaluate(stated, {"best": {"price": given["best"]}, "worst": {"price": given["worst"]}, **bids})
    assert points(result, "price") == {"best": 10, "worst": 0, **case["expected"]["score"]}


def test_swiss_be_2018_gef_1669(case: Case) -> None:
    """Bern canton decision 2018-GEF-1669, zero at +40 %.

    Source: https://files.entscheidsuche.ch (BE 2018-GEF-1669)
    """
    lowest, zero_at = case["inputs"]["lowest"], case["expected"]["zero_at"]
    scorer = {
        "name": "linear_above_lowest",
        "zero_at_percent": case["weights"]["span"] * 100,
        "below_zero": "allow",
    }
    stated = scheme(leaf("price", case["weights"]["max"], scorer), weights="points")
    a_centime = Fraction("0.01")
    bids = {"lowest": lowest, "at": zero_at, "below": zero_at - a_centime, "above": zero_at + a_centime}
    found = points(evaluate(stated, {n: {"price": price} for n, price in bids.items()}), "price")
    assert found["lowest"] == 5
    assert found["at"] == 0
    assert found["below"] > 0 > found["above"], "to the centime"


def test_innovasjon_norge(case: Case) -> None:
    """Weighted sum 45/35/20.

    Source:
    https://www.innovasjonnorge.no/no/regional-omstilling/verktoy/tilbudsinnbydelse-veileder-for-innkjop/evaluering-av-tilbudet/
    """
    criteria = list(case["weights"])
    stated = scheme(*[leaf(c, case["weights"][c] * 10, out_of(10)) for c in criteria], weights="points")
    given = case["inputs"]["points"]
    result = evaluate(stated, {b: {"marks": dict(zip(criteria, given[b], strict=True))} for b in given})
    expected = case["expected"]
    for n, criterion in enumerate(criteria):
        assert points(result, criterion) == {bid: row[n] for bid, row in expected["weighted"].items()}
    assert figures(result) == expected["total"]
    assert result.winner == (expected["winner"],)


def test_palmar_fractions(case: Case) -> None:
    """Weight x mark / max mark.

    Source: https://palmar.ai/en/guides/how-tenders-are-evaluated
    """
    items = case["inputs"]["items"]
    stated = scheme(
        *[leaf(f"q{n}", weight, out_of(most)) for n, (weight, _, most) in enumerate(items)], weights="points"
    )
    result = evaluate(stated, {"A": {"marks": {f"q{n}": mark for n, (_, mark, _) in enumerate(items)}}})
    found = [points(result, f"q{n}")["A"] for n in range(len(items))]
    assert found == case["expected"]["points"]


def test_flipbuilder_9_2(case: Case) -> None:
    """Weights 5/3/4/3.

    Source: Project+ study guide Table 9.2 (flipbuilder)

    The table does not say out of what a score is. It multiplies weight and score, so a criterion's points are
    its weight times the highest score: the result is the same for every highest score.
    """
    weights, expected = case["weights"]["w"], case["expected"]
    given = {bid: case["inputs"][bid] for bid in ("A", "B")}
    for highest in (4, 5, 10):
        criteria = [leaf(f"c{n}", weight * highest, out_of(highest)) for n, weight in enumerate(weights)]
        bids = {bid: {"marks": {f"c{n}": s for n, s in enumerate(row)}} for bid, row in given.items()}
        result = evaluate(scheme(*criteria, weights="points"), bids)
        for n in range(len(weights)):
            assert points(result, f"c{n}") == {bid: expected[bid][n] for bid in given}
        assert figures(result) == expected["total"]


@pytest.mark.parametrize("request_for", ["rfp1", "rfp2"])
def test_waterloo_rfp(case: Case, request_for: str) -> None:
    """ICPC Waterloo "The RFP" (judge data).

    Source: http://speedyguy17.info/icpc/data/waterloo/98oct17/C.html

    The last tie break, "first in input", is stated as a figure of the bid: the order of a file never decides.
    """
    proposals = case["inputs"][request_for]
    most = max(met for _, _, met in proposals)
    stated = scheme(
        leaf("met", 100, {**out_of(most), "field": "values.met"}),
        award={"ties": [{"lowest": "price"}, {"lowest": "values.place_in_input"}]},
    )
    bids = {
        name: {"price": price, "values": {"met": met, "place_in_input": place}}
        for place, (name, price, met) in enumerate(proposals, 1)
    }
    result = evaluate(stated, bids)
    assert result.winner == (case["expected"]["winner"][request_for],)
    assert not result.tied
    assert evaluate(stated, dict(reversed(bids.items()))).winner == result.winner
    if request_for == "rfp1":  # two meet three requirements: the cheaper comes first
        assert ranks(result) == {"Cadillac": 1, "Hyundai": 2, "Chevrolet": 3, "Lada": 4}
        twin = {**bids, "Eldorado": {"price": 70000, "values": {"met": 4, "place_in_input": 5}}}
        assert evaluate(stated, twin).winner == ("Cadillac",)


def weighted_value(codes: list[str], highest: list[Fraction]) -> dict[str, Any]:
    """Prozorro's coefficient as quality points: one to everybody, and what the features add.

    price / points, the lowest first, is then Prozorro's weighted value.
    """
    rest = 1 - sum(highest)
    features = [
        leaf(f"feature-{n}", most / rest, {**out_of(most), "field": f"values.{code}"})
        for n, (code, most) in enumerate(zip(codes, highest, strict=True), 1)
    ]
    everybody = leaf("everybody", 1, formula("1"))
    return scheme(
        {"id": "coefficient", "criteria": [everybody, *features]},
        rule={"name": "lowest_cost_per_quality_point", "quality": ["coefficient"]},
        award={"on_rejection": "recompute", "ties": [{"lowest": "values.submitted_order"}]},
        weights="points",
        rounding=rounding(2, "total"),
    )


def test_prozorro_cfaselection_award(case: Case) -> None:
    """Prozorro framework selection: weightedValue.

    Source: ProzorroUKR/openprocurement.api 344fdc78, docs/source/tendering/cfaselectionua

    From the published tender itself: the bid of 499 is the one that the published award values.
    """
    given, expected = case["inputs"], case["expected"]
    codes = ["OCDS-123454-AIR-INTAKE", "OCDS-123454-YEARS"]
    compiled = compile_scheme(scheme_from_data(weighted_value(codes, given["features_max"])), CATALOGUE)
    bids = load_bids(FIXTURES / "prozorro" / "framework-selection-features.json", CATALOGUE.readers)
    result = compiled.evaluate(bids)
    best = result.bids[0]
    by_id = {bid.id: bid for bid in bids.bids}
    assert by_id[best.id].figures["price"].value == given["value"]
    assert [by_id[best.id].figures[f"values.{code}"].value for code in codes] == given["params"]
    assert best.figure == expected["weightedValue"]
    assert result.winner == (best.id,)
    denominator = points(result, "coefficient")[best.id]
    assert float(denominator) == float(expected["denominator"])
    assert result.bids[1].figure == printed(Fraction(500) / Fraction(9, 7), 2)

    by_formula = formula("price / (1 + (values.air + values.years) / (1 - 30%)) / 1000")
    stated = scheme(leaf("value", 1000, by_formula), weights="points", rounding=rounding(2, "criterion"))
    air, years = given["params"]
    inline = evaluate(stated, {"A": {"price": given["value"], "values": {"air": air, "years": years}}})
    assert points(inline, "value") == {"A": expected["weightedValue"]}


def test_barbecue_docstring(case: Case) -> None:
    """barbecue docstring.

    Source: openprocurement/barbecue b5aa760
    """
    given = case["inputs"]
    stated = weighted_value(["f1", "f2"], given["features_max"])
    f1, f2 = given["parameters"]
    result = evaluate(stated, {"A": {"price": 1, "values": {"f1": f1, "f2": f2, "submitted_order": 1}}})
    assert points(result, "coefficient") == {"A": Fraction(case["expected"]["coef"])}


def preference(full: Fraction, other: Fraction, fact: str) -> dict[str, Any]:
    """Price divided by ``full`` for a bid that declares the fact, by ``other`` for the rest."""
    score = formula(f"if_(declarations.{fact} == 1, 1, {other / full})")
    return scheme(
        leaf("preference", full, score),
        rule="lowest_cost_per_quality_point",
        award={"on_rejection": "recompute"},
        weights="points",
    )


def test_far_25_504_1_ex1(case: Case) -> None:
    """FAR 25.504-1 Example 1 (Buy American, other than small).

    Source: https://github.com/GSA/GSA-Acquisition-FAR dita/25.504-1.dita @116c9e46

    The foreign offer is compared at 1.30 times its price and contracted at the price itself.
    """
    expected = case["expected"]
    given = {name: case["inputs"][name] for name in ("A", "B", "C")}
    offers = {n: {"price": price, "declarations": {"domestic": origin == "D"}} for n, (price, origin) in given.items()}
    stated = preference(Fraction(1), 1 / (1 + case["weights"]["preference"]), "domestic")
    result = evaluate(stated, offers)
    assert figures(result) == {"A": 16000, "B": 15700, "C": expected["evaluated_C"]}
    assert result.winner == (expected["winner"],)
    assert offers[result.winner[0]]["price"] == expected["contract"]


def test_constructionbids_5pct(case: Case) -> None:
    """5 % bid preference.

    Source: https://constructionbids.ai

    Compared at 0.95 of the bid, contracted at the bid itself.
    """
    bid, expected = case["inputs"]["bid"], case["expected"]
    stated = preference(1 / (1 - case["weights"]["preference"]), Fraction(1), "local")
    bids = {
        "local": {"price": bid, "declarations": {"local": True}},
        "other": {"price": 96_000, "declarations": {"local": False}},
    }
    result = evaluate(stated, bids)
    assert figures(result) == {"local": expected["evaluated"], "other": 96_000}
    assert result.winner == ("local",)
    assert bids["local"]["price"] == expected["contract"]


def test_i35w_st_anthony_falls_bridge(case: Case) -> None:
    """I-35W bridge 2007 best value (A+B)/technical.

    Source: https://www.southwestjournal.com/ (bids, September 2007); https://www.enr.com/articles/32549 (formula)

    Once as the rule, over the contract price and the price of the time; once as the published formula over
    the bare price, days and technical score. The adjusted values are ours: the source gives none to compare.
    """
    given, a_day = case["inputs"]["bids"], case["inputs"]["day_value"]
    by_rule = scheme(
        leaf("technical", 100, out_of(100)),
        rule="lowest_cost_per_quality_point",
        award={"on_rejection": "recompute"},
        price={"components": {"contract": "once", "time": "once"}},
    )
    result = evaluate(
        by_rule,
        {
            name: {
                "prices": {"contract": bid["price"], "time": bid["days"] * a_day},
                "marks": {"technical": bid["technical"]},
            }
            for name, bid in given.items()
        },
    )
    assert result.winner == (case["expected"]["winner"],)
    assert {b.id: printed(b.figure) for b in result.bids} == {
        "FlatironManson": 3_511_129,
        "McCrossan": 3_798_179,
        "WalshAmerican": 4_513_848,
        "AmesLunda": 4_588_942,
    }
    dearest = max(given, key=lambda name: given[name]["price"])
    slowest = max(bid["days"] for bid in given.values())
    assert result.winner == (dearest,)
    assert given[dearest]["days"] == slowest

    adjusted = f"(price + {a_day} * values.days) / values.technical"
    by_formula = scheme(leaf("adjusted", 100, formula(f"lowest({adjusted}) / ({adjusted})")))
    facts = {
        name: {"price": bid["price"], "values": {"days": bid["days"], "technical": bid["technical"]}}
        for name, bid in given.items()
    }
    assert ranks(evaluate(by_formula, facts)) == ranks(result)


def test_tessa_vfm_index(case: Case) -> None:
    """MoD VfM index.

    Source: tessa R package vignette (rdrr.io)
    """
    stated = scheme(
        leaf("quality", 1, out_of(1)),
        rule="highest_quality_per_price",
        award={"on_rejection": "recompute"},
        weights="points",
    )
    given = case["inputs"]["bids"]
    result = evaluate(stated, {n: {"price": p, "marks": {"quality": q}} for n, (q, p) in given.items()})
    assert result.winner == (case["expected"]["winner"],)
    assert figures(result) == {n: q / p for n, (q, p) in given.items()}


def test_bevan_brittan_zero(case: Case) -> None:
    """Zero-price pitfall.

    Source: https://www.bevanbrittan.com (seven procurement pitfalls, 1)

    What the source calls undefined is an error at the figure, unless the scheme publishes a floor: then the
    zero counts as the floor, and everybody else is in proportion to it.
    """
    weights, expected = case["weights"]["w"], case["expected"]
    given = {bid: case["inputs"][bid] for bid in ("B1", "B2")}
    bids = {bid: {"prices": {f"p{n}": p for n, p in enumerate(row, 1)}} for bid, row in given.items()}

    def lines(*numbers: int, **params: object) -> dict[str, Any]:
        chosen = [
            leaf(f"line{n}", weights[n - 1], {"name": LOWEST, "field": f"prices.p{n}", **params}) for n in numbers
        ]
        return scheme(*chosen, weights="points")

    without = evaluate(lines(1, 3), bids)
    assert printed(points(without, "line1")["B1"], 1) == expected["B1_p1"]
    assert printed(points(without, "line1")["B2"], 1) == expected["B2_p1"]
    assert printed(points(without, "line3")["B2"], 1) == expected["B2_p3"]

    assert expected["B2_p2"] == "Undefined"
    (undefined,) = refusal(evaluate, lines(1, 2, 3), bids)
    assert undefined.code == "TE054"
    assert 'prices.p2 of bid "B2" is 0' in undefined.message

    with_floor = points(evaluate(lines(1, 2, 3, floor=1), bids), "line2")
    assert with_floor == {"B1": Fraction(15, 10), "B2": 15}


def test_materialsmanagement_lqb(case: Case) -> None:
    """Supplier price scorecard, linear penalty above lowest.

    Source: https://materialsmanagement.info/materials-management-articles/Supplier's-bid-Comparison-Formula.htm
    """
    over = case["inputs"]["over_lowest_pct"]
    scorer = {"name": "linear_above_lowest", "below_zero": "clamp"}
    lowest = Fraction("813.70")
    bids = {f"b{pct}": {"price": lowest * (100 + pct) / 100} for pct in (0, *over)}
    result = evaluate(scheme(leaf("price", case["weights"]["max"], scorer)), bids)
    lower = [100 - points(result, "price")[f"b{pct}"] for pct in over]
    assert lower == case["expected"]["lower_pct"]


def test_mathresearcher_waspas(case: Case) -> None:
    """WASPAS of three software providers.

    Source: https://mathresearcher.com/?p=329

    The score is the mean of the two figures as they are printed; the exact mean is held to be within their last place.
    """
    weights, expected = case["weights"], case["expected"]
    bids = {
        name: {"price": bid["cost"], "values": {"experience": bid["experience"]}}
        for name, bid in case["inputs"]["bids"].items()
    }

    def comes_to(expression: str, **where: str) -> Fraction:
        call = formula(expression, where=where)
        return scores(evaluate(scheme(leaf("q", 100, call)), bids), "q")["A"] or Fraction(0)

    ratios = {"experience": "values.experience / highest(values.experience)", "cost": "lowest(price) / price"}
    added = f"{weights['experience']} * experience + {weights['cost']} * cost"
    multiplied = f"experience ** ({weights['experience']}) * cost ** ({weights['cost']})"
    assert {name: printed(comes_to(ratio), 3) for name, ratio in ratios.items()} == expected["r"]
    assert printed(comes_to(added, **ratios), 3) == expected["sum"]
    assert printed(comes_to(multiplied, **ratios), 3) == expected["product"]
    score = comes_to("0.5 * added + 0.5 * multiplied", **ratios, added=added, multiplied=multiplied)
    assert abs(score - expected["score"]) < Fraction(1, 10_000)
