"""Whatever of a plugin is called, in whichever arithmetic: its fault is refused, named, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from inline import bids, leaf, refusal, scheme
from odd import Odd, OddRule, hooks

from tender_eval import (
    Reader,
    bids_from_data,
    compile_scheme,
    load_bids,
    scheme_from_data,
)
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.rule import Allocation

CatalogueOf = Callable[..., Catalogue]


def odd(**body: Any) -> dict[str, Any]:
    return {"tender_eval_scorers": [type("Odd", (Odd,), {"__doc__": Odd.__doc__, **body})]}


def odd_rule(**body: Any) -> dict[str, Any]:
    return {"tender_eval_rules": [type("OddRule", (OddRule,), {"__doc__": OddRule.__doc__, **body})]}


PRICES = np.array([[100.0, 110.0], [125.0, 130.0]])


def run(catalogue_of: CatalogueOf, acme: dict[str, Any], batch: bool) -> Any:
    catalogue = catalogue_of(acme=hooks(**acme))
    rule = "odd_rule" if "tender_eval_rules" in acme else "highest_score"
    scorer = "odd" if "tender_eval_scorers" in acme else "ratio_to_lowest"
    stated = scheme(
        leaf("odd", 60, scorer), leaf("price", 40, "ratio_to_lowest"), rule=rule, award={"on_rejection": "recompute"}
    )
    compiled = compile_scheme(scheme_from_data(stated), catalogue)
    if batch:
        return compiled.evaluate_batch({"price": PRICES.copy()})
    return compiled.evaluate(bids_from_data(bids({"a": {"price": 100}, "b": {"price": 125}})))


both = pytest.mark.parametrize("batch", [False, True], ids=["exact", "batch"])


def raises(*_: object) -> Any:
    raise RuntimeError("boom")


@both
@pytest.mark.parametrize("method", ["reads", "prepare", "traits_for", "unbounded_below", "__init__"])
def test_any_method_of_a_scorer_that_raises(catalogue_of: CatalogueOf, method: str, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd(**{method: raises}), batch))
    assert said.code in ("TE043", "TE045")
    assert "odd (tender-eval 0.2.0) raised RuntimeError: boom" in said.message


@both
@pytest.mark.parametrize("reads", [None, 5, ("price",), "price", [None]])
def test_a_scorer_whose_reads_are_none(catalogue_of: CatalogueOf, reads: object, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd(reads=lambda *_: reads), batch))
    assert said.code in ("TE043", "TE045", "TE046")
    assert "odd (tender-eval 0.2.0)" in said.message


@both
@pytest.mark.parametrize("method", ["reads", "criteria", "prepare", "rejects", "relative", "__init__"])
def test_any_method_of_a_rule_that_raises(catalogue_of: CatalogueOf, method: str, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd_rule(**{method: raises}), batch))
    assert said.code in ("TE043", "TE045")
    assert "odd_rule (tender-eval 0.2.0) raised RuntimeError: boom" in said.message


@both
@pytest.mark.parametrize(
    ("method", "given"),
    [
        pytest.param("reject", None, id="reject gives nothing"),
        pytest.param("reject", [1], id="reject gives a list"),
        pytest.param("reject", {"out": np.array([True, True, True])}, id="a mask too long"),
        pytest.param("reject", {"out": np.array([True])}, id="a mask too short"),
        pytest.param("allocate", 5, id="allocate gives a number"),
        pytest.param("allocate", Allocation(None, False), id="no amounts"),
    ],
)
def test_a_rule_that_returns_what_it_may_not(catalogue_of: CatalogueOf, method: str, given: Any, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd_rule(**{method: lambda *_: given}), batch))
    assert (said.code, "odd_rule (tender-eval 0.2.0)" in said.message) == ("TE046", True)


@both
def test_money_that_is_no_number(catalogue_of: CatalogueOf, batch: bool) -> None:
    acme = odd_rule(allocate=lambda self, ranks, *_: Allocation(np.full(ranks.shape, np.nan), False))
    assert [d.code for d in refusal(lambda: run(catalogue_of, acme, batch))] == ["TE046"]


def test_whether_a_tie_is_undecided_is_one_truth(catalogue_of: CatalogueOf) -> None:
    acme = odd_rule(allocate=lambda s, r, tally, *_: Allocation(tally.points(tally.roots), np.array([True, False])))
    assert [d.code for d in refusal(lambda: run(catalogue_of, acme, False))] == ["TE046"]


def test_a_rule_of_which_neither_end_is_best() -> None:
    with pytest.raises(TypeError, match="best"):
        type("Rule", (OddRule,), {"__doc__": "Odd.", "name": "other", "best": "middle"})


def mutating(self: Any, table: Any, *_: Any) -> Any:
    column = table.column("price")
    column[0] = 1
    return column * 0


def leaving(self: Any, table: Any, *_: Any) -> Any:
    table.present[0] = False
    return table.column("price") * 0


@both
@pytest.mark.parametrize("score", [mutating, leaving])
def test_a_scorer_that_changes_what_it_is_given(catalogue_of: CatalogueOf, score: Any, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd(score=score), batch))
    assert (said.code, "read-only" in said.message) == ("TE045", True)


def points_away(self: Any, tally: Any, *_: Any) -> Any:
    points = tally.points(tally.roots[:1])
    points[0] = 0
    return points


def price_away(self: Any, tally: Any, *_: Any) -> Any:
    tally.column("price")[0] = 0
    return tally.points(tally.roots)


def bid_away(self: Any, tally: Any, *_: Any) -> Any:
    tally.present[0] = False
    return tally.points(tally.roots)


@both
@pytest.mark.parametrize("rank_by", [points_away, price_away, bid_away])
def test_a_rule_that_changes_what_it_is_given(catalogue_of: CatalogueOf, rank_by: Any, batch: bool) -> None:
    (said,) = refusal(lambda: run(catalogue_of, odd_rule(rank_by=rank_by), batch))
    assert (said.code, "read-only" in said.message) == ("TE045", True)


def test_a_callers_columns_are_never_changed(catalogue_of: CatalogueOf) -> None:
    columns, there = {"price": PRICES.copy()}, np.ones((2, 2), dtype=np.bool_)
    catalogue = catalogue_of(acme=hooks(**odd(score=mutating)))
    stated = scheme(leaf("odd", 60, "odd"), leaf("price", 40, "ratio_to_lowest"))
    refusal(lambda: compile_scheme(scheme_from_data(stated), catalogue).evaluate_batch(columns, there))
    assert np.array_equal(columns["price"], PRICES)
    columns["price"][0, 0] = 7  # and they stay the caller's to change
    there[0, 0] = False


def test_working_that_cannot_be_recorded(catalogue_of: CatalogueOf) -> None:
    def score(self: Any, table: Any, params: Any, steps: Any) -> Any:
        steps.working(None)
        return table.column("price") * 0

    (said,) = refusal(lambda: run(catalogue_of, odd(score=score), False))
    assert said.code in ("TE045", "TE046")


# References, which are loaded when they are first used


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nowhere_to_be_found:Odd", "cannot be loaded"),
        ("collections:Missing", "cannot be loaded"),
        ("collections:OrderedDict", "does not derive from Scorer"),
        ("tender_eval.plugins.scorer:Scorer", ""),
        ("tender_eval.engine.rules.one_sided:HighestScore", ""),
    ],
)
def test_a_reference_that_leads_to_no_scorer(catalogue_of: CatalogueOf, reference: str, said: str) -> None:
    (found,) = refusal(lambda: run(catalogue_of, {"tender_eval_scorers": {"odd": reference}}, False))
    assert found.code == "TE043"
    assert said in found.message


@pytest.mark.parametrize("registered", [("odd",), ("odd", "no colon"), ("a", "b:c", "d"), ()])
def test_a_tuple_that_is_no_reference(catalogue_of: CatalogueOf, registered: object) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_scorers=[registered])))
    assert said.code == "TE043"


def test_a_reader_by_reference_is_loaded(catalogue_of: CatalogueOf) -> None:
    acme = hooks(tender_eval_readers={"portal": "odd:PortalReader"})
    assert [kind.name for kind in catalogue_of(acme=acme).readers.values()] == ["portal"], "not dropped in silence"


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("nowhere_to_be_found:Odd", "cannot be loaded"),
        ("tender_eval.files.tables.csv_reader:CsvReader", 'is not called "odd"'),
        ("collections:OrderedDict", "does not derive from Reader"),
    ],
)
def test_a_reference_that_leads_to_no_reader(catalogue_of: CatalogueOf, reference: str, said: str) -> None:
    (found,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_readers={"odd": reference})))
    assert found.code == "TE043"
    assert said in found.message


# Readers


def reader(**body: Any) -> type[Reader]:
    return type("Bad", (Reader,), {"name": "bad", "suffixes": (".bad",), "read": raises, **body})


@pytest.mark.parametrize("body", [{}, {"recognises": raises}, {"read": lambda *_: 5}])
def test_a_reader_that_raises_or_gives_no_table(tmp_path: Any, body: dict[str, Any]) -> None:
    path = tmp_path / "bids.bad"
    path.write_text("x", encoding="utf-8")
    (said,) = refusal(load_bids, path, {"bad (acme 1.2)": reader(**body)})
    assert said.code in ("TE045", "TE046")
    assert "bad" in said.message


def test_a_reader_takes_no_end_of_a_name_that_is_read_already(catalogue_of: CatalogueOf) -> None:
    """Found: one that claimed .yaml took over every bids file, and nothing named it."""
    taking = reader(suffixes=(".bad", ".yaml"))
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_readers=[taking])))
    assert said.code == "TE043"
    assert "takes every .yaml, which tender-eval reads itself" in said.message
    looking = reader(suffixes=(".yaml",), recognises=lambda self, source: source.data.startswith(b"portal"))
    assert list(catalogue_of(acme=hooks(tender_eval_readers=[looking])).readers.values()) == [looking]


def test_no_order_of_plugins_says_whose_reading_counts(tmp_path: Any) -> None:
    path = tmp_path / "bids.bad"
    path.write_text("x", encoding="utf-8")
    (said,) = refusal(load_bids, path, {"bad (acme 1.2)": reader(), "bad (zeta 2.0)": reader()})
    assert (said.code, said.message) == ("TE049", f"several plugins read {path}: bad (acme 1.2) and bad (zeta 2.0)")


@pytest.mark.slow
def test_a_plugin_that_ends_the_process_on_import(site: Any) -> None:
    site.install("acme-scorers", "1.2", {"acme": "acme_scorers"}, acme_scorers="raise SystemExit(0)")
    ((code, message, _),) = site.load("acme-scorers")["refused"]
    assert code == "TE040"
    assert "acme-scorers 1.2" in message
