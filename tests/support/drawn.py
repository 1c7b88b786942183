"""Parameters drawn for every built-in scorer and award rule, and published formulas drawn from their grammar."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Any

from generated import CATALOGUE, RULES, SCORERS
from hypothesis import strategies as st

from tender_eval.scorers.formula_tokens import LONGEST

_SHARES = st.sampled_from(["0%", "10%", "25%", "1/3", "50%", "2/3", "80%", "100%"])
_SOME_SHARES = st.sampled_from(["5%", "1/7", "25%", "1/3", "50%", "100%"])
_NUMBERS = st.one_of(st.integers(1, 120), st.sampled_from(["2.5", Fraction(100, 3), "0.125", Fraction(7, 11)]))
_BELOW = st.sampled_from(["clamp", "allow"])
_BEYOND = {"below_zero": "allow", "above_full": "allow"}
_FIELDS = st.sampled_from(["price", "values.hours", "marks.local-links"])
_BANDS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 12)), min_size=1, max_size=3).map(
    lambda pairs: [
        {"from": start, "share": f"{share}/12"}
        for start, share in zip(
            sorted({p[0] for p in pairs}), sorted(p[1] for p in pairs)[: len({p[0] for p in pairs})], strict=True
        )
    ]
)


def _optional(**each: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=each)


@st.composite
def _merged(draw: st.DrawFn, *parts: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        found |= draw(part)
    return found


_FIGURE = _optional(field=_FIELDS, single_bid=_SHARES)
_FLOOR = _optional(floor=st.one_of(st.integers(1, 60), st.just(Fraction(100, 3))))
_HELD = st.fixed_dictionaries({"below_zero": _BELOW})


@st.composite
def _points(draw: st.DrawFn) -> dict[str, Any]:
    values = sorted(draw(st.sets(st.integers(0, 200), min_size=2, max_size=4)))
    found: dict[str, Any] = {"points": [{"value": v, "score": draw(_SHARES)} for v in values]}
    if draw(st.booleans()):
        found |= {"shape": "step", "includes": draw(st.sampled_from(["lower", "upper"]))}
    return found


@st.composite
def _parts(draw: st.DrawFn, names: tuple[str, ...], bare: tuple[str, ...] = ()) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True))
    found: dict[str, Any] = {}
    for name in chosen:
        found[name] = {"share": f"1/{len(chosen)}"} | ({} if name in bare else {"bands": draw(_BANDS)})
    return found


@st.composite
def _consortium(draw: st.DrawFn) -> dict[str, Any]:
    others = draw(st.lists(st.sampled_from(["pathways", "members"]), unique=True))
    parts = {n: {"share": f"1/{len(others) + 1}", "bands": draw(_BANDS)} for n in ("delivery", *others)}
    groups = st.lists(st.sampled_from(["small", "local", "by_and_for"]), min_size=1, unique=True)
    return {"counts": draw(groups), **parts}


@st.composite
def _risks(draw: st.DrawFn) -> dict[str, Any]:
    risks: list[dict[str, Any]] = [
        {"id": f"r{n}", "reads": f"values.r{n}", "impact": draw(st.sampled_from(["10%", "1/3", "30%"]))}
        for n in range(draw(st.integers(1, 3)))
    ]
    if draw(st.booleans()):
        risks[0]["bands"] = draw(_BANDS)
    return {"risks": risks}


@st.composite
def _commitments(draw: st.DrawFn) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {"reads": f"values.p{n}", "value": draw(_NUMBERS), "unit": "hours", "source": "drawn"}
        for n in range(draw(st.integers(1, 3)))
    ]
    if draw(st.booleans()):
        rows[0]["delivered"] = {"share": draw(_SHARES), "source": "drawn"}
    return {"proxies": rows, "cap": draw(_SOME_SHARES), "years": draw(st.integers(1, 3))}


_OVER = ("lowest", "highest", "mean", "median")
_NAMES = ("price", "values.hours", "[marks.local-links]")
_ATOMS = (
    *_NAMES,
    "0.5",
    "3",
    "40%",
    "1",
    "0",
    "12.25",
    *_OVER,
    "count",
    "count()",
    *(f"{o}({n})" for o in _OVER for n in _NAMES),
)
_SHAPES = (
    "({} + {})", "({}-{})", "({} * {})", "({}/{})", "(-{})", "abs({}) ** 0.5", "abs({})", "min({}, {})", "max({}, {})",
    *(f"if_({{}} {sign} {{}}, {{}}, {{}})" for sign in ("<", "<=", ">", ">=", "==", "!=")),
    *(f"{over}({{}})" for over in _OVER), "sum({}, {})", "sqrt(abs({}))", "round({}, 1, half_even)", "round({}, 0, up)",
)  # fmt: skip

OVER_BIDS = (
    "1 / count()", "1 / count", "count() / 4", "lowest(count()) / 9", "mean(0.5)", "lowest(mean(price)) / price",
    "if_(count() == 2, lowest / price, 0)", "if_(price == lowest(price), highest(2) / 4, 1 / count())", "0.25",
    "median(price) / highest(price) / count", "highest(lowest) / mean(highest(price))",
)  # fmt: skip
"""Formulas of what is taken over all bids, alone, nested and in branches; none gives a score below 0."""


@st.composite
def formulas(draw: st.DrawFn, deepest: int = 3) -> str:
    """Published formulas: every sign and function of the grammar, nested, over a price and two other figures."""
    if not deepest or draw(st.integers(0, 3)) == 0:
        atom = draw(st.sampled_from(_ATOMS))
        return f"{atom} ** 2" if draw(st.integers(0, 5)) == 5 else atom
    shape = draw(st.sampled_from(_SHAPES))
    parts = [draw(formulas(deepest - 1)) for _ in range(shape.count("{}"))]
    return shape.format(*parts)


_FORMULA = _merged(
    st.fixed_dictionaries(
        {
            "expression": formulas().filter(lambda text: len(text) <= LONGEST),
            "below_zero": _BELOW,
            "above_one": st.just("clamp"),
        }
    ),
    _FIGURE,
)

_PARAMS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "mark": st.one_of(
        st.sampled_from(
            [
                {"scale": "zero_to_five"},
                {"scale": "one_is_best"},
                {"scale": "odd", "below_zero": "allow", "above_full": "allow"},
            ]
        ),
        st.fixed_dictionaries({"out_of": _NUMBERS}),
    ),
    "pass_fail": _optional(field=_FIELDS, at_least=_NUMBERS),
    "ratio_to_lowest": _merged(_FIGURE, _FLOOR),
    "ratio_to_highest": _FIGURE,
    "linear_above_lowest": _merged(_FIGURE, _FLOOR, _HELD, _optional(zero_at_percent=_NUMBERS)),
    "linear_between_bids": _merged(_FIGURE, _FLOOR, _optional(best=st.sampled_from(["lowest", "highest"]))),
    "fixed_band": _merged(
        _FIGURE, _FLOOR, st.sampled_from([{"full_at": 20, "zero_at": 150}, {"full_at": Fraction(400, 3), "zero_at": 7}])
    ),
    "piecewise": _merged(_FIGURE, _FLOOR, _points()),
    "discount_from_ceiling": _merged(
        _FIGURE, _FLOOR, _HELD, st.fixed_dictionaries({"ceiling": _NUMBERS, "significant_discount": _SOME_SHARES})
    ),
    "mean_deviation": _merged(_FIGURE, _FLOOR, _HELD),
    "standard_deviation": _merged(
        _FIGURE,
        _FLOOR,
        _HELD,
        st.fixed_dictionaries({"k": _NUMBERS}),
        _optional(deviation=st.sampled_from(["sample", "population"])),
    ),
    "log_ratio": _merged(
        _FIGURE, _FLOOR, _HELD, st.fixed_dictionaries({"zero_at_multiple": st.sampled_from([2, "1.5", "10/3"])})
    ),
    "formula": _FORMULA,
    "consortium": _consortium(),
    "local_specialist": _parts(
        ("years_in_area", "areas_covered", "areas_covered_together", "by_and_for"), bare=("by_and_for",)
    ),
    "network_strength": _parts(("networks", "networks_together", "pathways", "confirmed_members")),
    "social_value_commitments": _commitments(),
    "risk_adjusted": _risks(),
}

_WEIGHTS = _optional(quality_weight=_NUMBERS, price_weight=_NUMBERS)
_QUALITY = st.just({"quality": ["quality"]})

_RULES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "highest_score": st.just({}),
    "lowest_price": st.just({}),
    "highest_quality_within_budget": _merged(_QUALITY, st.fixed_dictionaries({"budget": _NUMBERS})),
    "lowest_cost_per_quality_point": _QUALITY,
    "highest_quality_per_price": _merged(_QUALITY, _optional(times=_NUMBERS)),
    "weighted_value_index": _merged(_QUALITY, _WEIGHTS),
    "utility_index": _merged(_QUALITY, _WEIGHTS),
    "lowest_price_less_quality_value": st.fixed_dictionaries(
        {"full_marks": _NUMBERS, "no_marks": st.sampled_from([0, -20, Fraction(-10, 3)])}
    ).map(lambda value: {"values": [{"criterion": "quality", **value}]}),
    "lowest_price_less_quality_premium": _merged(
        _QUALITY, st.fixed_dictionaries({"estimate": _NUMBERS}), _optional(price_weight=_NUMBERS)
    ),
    "grants_within_pot": st.fixed_dictionaries(
        {"pot": st.integers(1, 900), "cap": _NUMBERS, "when_short": st.sampled_from(["stop", "skip"])},
        optional={"floor": st.just("values.floor")},
    ),
}


_MODES = ("half_up", "half_even", "half_down", "up", "down", "ceiling", "floor")


def roundings(stages: Collection[str]) -> st.SearchStrategy[dict[str, Any]]:
    """How something is rounded, at some of these stages."""
    at = st.lists(st.sampled_from(sorted(stages)), min_size=1, unique=True)
    to_places = st.fixed_dictionaries({"places": st.integers(0, 3), "mode": st.sampled_from(_MODES), "at": at})
    if "total" not in stages:
        return to_places
    of_total = {"digits": st.integers(1, 4), "mode": st.sampled_from(_MODES), "at": st.just(["total"])}
    return to_places | st.fixed_dictionaries(of_total)


def scaled_groups() -> st.SearchStrategy[dict[str, Any]]:
    """What a group may say of its points: how they are rounded, that they are scaled to the best bid, a minimum."""
    order = st.sampled_from(["before_minimums", "after_minimums"])
    scaled = st.fixed_dictionaries({"scale_to_best": order}, optional={"minimum": st.sampled_from(["30%", "60%"])})
    return _merged(st.one_of(st.just({}), scaled), _optional(rounding=roundings({"points"})))


def scorer_calls(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """A scorer with its own examples, or with parameters drawn."""
    examples = st.sampled_from(CATALOGUE.scorers[name].item.examples)
    return st.one_of(_PARAMS.get(name, examples), examples).map(lambda params: {"name": name, **params})


def rule_calls(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """An award rule with parameters drawn, or else with its own examples."""
    examples = st.sampled_from(CATALOGUE.rules[name].item.examples)
    return _RULES.get(name, examples).map(lambda params: {"name": name, **params})


@st.composite
def drawn_schemes(draw: st.DrawFn, scorer: str = "", rule: str = "") -> dict[str, Any]:
    """A scheme with two questions and three criteria, of which one has a certain scorer, under a certain rule."""
    reach = draw(st.integers(1, 20))
    quality = [
        {"id": "delivery", "weight": 30, "scorer": {"name": "mark", "scale": "zero_to_five"}},
        {"id": "reach", "weight": reach, "scorer": draw(scorer_calls("mark"))},
    ]
    if draw(st.booleans()):
        quality[1]["rounding"] = draw(roundings({"score", "points"}))
    asked = scorer or draw(st.sampled_from(SCORERS))
    criteria = [
        {"id": "quality", "weight": 30 + reach, "criteria": quality, **draw(scaled_groups())},
        {"id": "local-links", "weight": draw(st.integers(1, 60)), "scorer": draw(scorer_calls(asked))},
        {"id": "price", "weight": 9, "scorer": draw(scorer_calls(draw(st.sampled_from(SCORERS))))},
    ]
    scheme: dict[str, Any] = {
        "format": "tender-eval/scheme/1",
        "id": "drawn",
        "title": "Drawn",
        "weights": "points",
        "scales": {
            "zero_to_five": [{"mark": m, "score": f"{m}/5", "title": f"title; {m}, x"} for m in range(6)],
            "one_is_best": [{"mark": m, "score": f"{6 - m}/5"} for m in range(1, 7)],
            "odd": [{"mark": m, "score": s} for m, s in ((0, "-20%"), ("8.5", "0%"), (-2, "50%"), (1, "130%"))],
        },
        "criteria": criteria,
        "award": {
            "rule": draw(rule_calls(rule or draw(st.sampled_from(RULES)))),
            "on_rejection": draw(st.sampled_from(["recompute", "keep_order"])),
        },
    }
    if draw(st.booleans()):
        scheme["price"] = {
            "components": {"start": "once", "running": "per_year", "late": "year_3"},
            "years": draw(st.integers(3, 6)),
            "discount_rate": draw(st.sampled_from(["0%", "3.5%", "1/7"])),
            "payments": draw(st.sampled_from(["start_of_year", "end_of_year"])),
        }
        if draw(st.booleans()):
            scheme["price"] |= {
                "schedule": [
                    {"id": "night", "quantity": draw(st.sampled_from([1, 12, "2.5"])), "paid": "per_year"},
                    {"id": "call", "quantity": draw(st.integers(1, 900))},
                ],
                "prevails": draw(st.sampled_from(["unit", "total"])),
            }
    if draw(st.booleans()):
        scheme["rounding"] = draw(roundings({"price", "score", "criterion", "group", "total"}))
    if draw(st.booleans()):
        limit = draw(st.sampled_from(["50% of annual_value", "1/3 of annual_value"]))
        reads = {"reads": "supplier.annual_income", "at_least": limit, "pooled": True}
        scheme["conditions"] = [{"id": "means", **reads}]
    return scheme
