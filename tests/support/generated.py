"""Generated schemes and bids: every registered scorer and rule, minimums, ties, rounding, consortia."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from figures import figures
from hypothesis import assume
from hypothesis import strategies as st

from tender_eval import Evaluation, Refused, bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.bids import Bids
from tender_eval.plugins.table import Reads

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCALE = [{"mark": m, "score": f"{s}%"} for m, s in ((0, 0), (1, 20), (2, 50), (3, 60), (4, 80), (5, 100))]
SCORERS = sorted(CATALOGUE.scorers)
RULES = sorted(CATALOGUE.rules)
PRICE_SCORERS = [
    {"name": name, **example}
    for name in SCORERS
    for example in CATALOGUE.scorers[name].item.examples
    if "field" not in example and name not in ("mark", "pass_fail")
]


def _calls(names: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.sampled_from(
        [{"name": name, **example} for name in names for example in CATALOGUE.scorers[name].item.examples]
    )


@st.composite
def schemes(draw: st.DrawFn, scorers: list[str] | None = None, minimums: bool = True) -> dict[str, Any]:
    """A scheme with two quality questions, perhaps a further criterion, and a price criterion."""
    names = scorers or SCORERS
    first = draw(st.integers(1, 40))
    second = draw(st.integers(1, 40))
    extra = draw(st.integers(0, 15))
    quality = [
        {"id": "delivery", "weight": first, "scorer": {"name": "mark", "scale": "zero_to_five"}},
        {"id": "reach", "weight": second, "scorer": {"name": "mark", "out_of": 5}},
    ]
    root: dict[str, Any] = {"id": "quality", "weight": first + second, "criteria": quality}
    if minimums and draw(st.integers(0, 3)) == 0:
        root["scale_to_best"] = draw(st.sampled_from(["before_minimums", "after_minimums"]))
    if draw(st.integers(0, 3)) == 0:
        quality[1]["rounding"] = {"places": draw(st.integers(0, 3)), "mode": "down", "at": ["score", "points"]}
    if minimums and draw(st.booleans()):
        root["minimum"] = draw(st.sampled_from(["20%", "50%", "60%", "2"]))
    criteria = [root]
    if extra:
        further: dict[str, Any] = {"id": "further", "weight": extra, "scorer": draw(_calls(names))}
        if minimums and draw(st.booleans()):
            further["minimum"] = "30%"
        criteria.append(further)
    criteria.append({"id": "price", "weight": 100 - first - second - extra, "scorer": draw(_calls(names))})
    rule = draw(st.sampled_from(RULES))
    parameters = draw(st.sampled_from(CATALOGUE.rules[rule].item.examples))
    scheme: dict[str, Any] = {
        "format": "tender-eval/scheme/1",
        "id": "generated",
        "title": "Generated",
        "scales": {"zero_to_five": SCALE},
        "criteria": criteria,
        "award": {
            "rule": {"name": rule, **parameters, **_quality(rule)},
            "ties": draw(
                st.sampled_from(
                    [
                        [],
                        [{"highest": "quality"}],
                        [{"highest": "quality"}, {"lowest": "price"}],
                        [{"lowest": "price"}, {"draw": "lots"}],
                        [{"decide": "the chair"}],
                    ]
                )
            ),
            "on_rejection": draw(st.sampled_from(["recompute", "keep_order"])),
        },
    }
    if scheme["award"]["ties"] and draw(st.integers(0, 3)) == 0:
        scheme["award"]["near_tie"] = draw(st.sampled_from(["3", "0.5", "10%", "50%"]))
    if minimums and draw(st.integers(0, 3)) == 0:
        scheme["conditions"] = [
            {
                "id": "means",
                "reads": "supplier.annual_income",
                "at_least": "50% of annual_value",
                "pooled": draw(st.booleans()),
            },
            {"id": "led", "reads": "supplier.by_and_for", "must_be": True},
        ][: draw(st.integers(1, 2))]
    if minimums and "scale_to_best" not in root and draw(st.integers(0, 3)) == 0:
        limit: dict[str, Any] = draw(st.sampled_from([{"top": 2}, {"top": 1}, {"at_least": "40%"}]))
        scheme["shortlist"] = {"by": ["quality"], **limit}
    if draw(st.booleans()):
        stages = draw(
            st.lists(st.sampled_from(["price", "score", "criterion", "group", "total"]), min_size=1, unique=True)
        )
        mode = draw(st.sampled_from(["half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"]))
        to = "digits" if stages == ["total"] and draw(st.booleans()) else "places"
        scheme["rounding"] = {to: draw(st.integers(to == "digits", 3)), "mode": mode, "at": stages}
    return scheme


def _quality(rule: str) -> dict[str, Any]:
    params = CATALOGUE.rules[rule].item.Params.model_fields
    return {"quality": ["quality"]} if "quality" in params else {}


def compiled(scheme: dict[str, Any]) -> CompiledScheme:
    """The generated scheme, compiled with the built-in plugins alone."""
    return compile_scheme(scheme_from_data(scheme), CATALOGUE)


_MEMBER = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["M", "N", "O"]),
        "share": st.sampled_from(["10%", "20%", "30%"]),
        "confirmed": st.booleans(),
        "size": st.sampled_from(["micro", "small", "large"]),
        "by_and_for": st.booleans(),
        "areas": st.lists(st.sampled_from(["north", "south", "east"]), unique=True),
        "networks": st.lists(st.sampled_from(["forum", "alliance"]), unique=True),
        "pathways": st.lists(st.sampled_from(["refuge", "outreach", "court"]), unique=True),
        "annual_income": st.integers(1, 300),
    }
)


@st.composite
def bids_for(draw: st.DrawFn, scheme: CompiledScheme, most: int = 5) -> Bids:
    """Bids that hold every figure which the scheme reads."""
    columns = {reads.column: reads for _, reads in reversed(scheme.plan.reads())}
    bids = [_bid(draw, n, columns) for n in range(draw(st.integers(1, most)))]
    if scheme.scheme.price_parts:
        for bid in bids:
            del bid["price"]
            for component in scheme.scheme.price_parts:
                kind, _, name = component.column.partition(".")
                bid.setdefault(kind, {})[name] = draw(st.integers(1, 400))
    tender = {"annual_value": 200, "areas": ["north", "south"]}
    return bids_from_data({"format": "tender-eval/bids/1", "tender": tender, "bids": bids})


def _bid(draw: st.DrawFn, n: int, columns: dict[str, Reads]) -> dict[str, Any]:
    supplier: dict[str, Any] = {
        "name": f"Supplier {n}",
        "annual_income": draw(st.integers(1, 300)),
        "size": draw(st.sampled_from(["small", "large"])),
        "by_and_for": draw(st.booleans()),
        "years_in_area": draw(st.integers(0, 20)),
        "areas": draw(st.lists(st.sampled_from(["north", "south", "east"]), unique=True)),
        "networks": draw(st.lists(st.sampled_from(["forum", "alliance"]), unique=True)),
    }
    bid: dict[str, Any] = {"id": f"b{n}", "supplier": supplier}
    if draw(st.booleans()):
        bid["consortium"] = {"members": draw(st.lists(_MEMBER, min_size=1, max_size=3, unique_by=lambda m: m["name"]))}
    price = columns.get("price", Reads("price", at_least=None))
    bid["price"] = draw(figures(price).filter(lambda f: f > 0))
    for column, reads in columns.items():
        kind, _, name = column.partition(".")
        if kind in ("marks", "values", "prices") and name:
            bid.setdefault(kind, {})[name] = draw(figures(reads))
    return bid


def evaluated(scheme: CompiledScheme, bids: Bids) -> Evaluation:
    """The evaluation, or a discarded example where these bids cannot be scored."""
    try:
        return scheme.evaluate(bids)
    except Refused as e:
        assume(all(d.code not in ("TE054", "TE052") for d in e.diagnostics))
        raise


def away_from_ties(result: Evaluation) -> bool:
    """Whether any two figures are either equal or well apart."""
    there = sorted(b.figure for b in result.bids if b.figure is not None)
    return all(b == a or b - a > abs(b) * Fraction(1, 10**8) for a, b in pairwise(there))
