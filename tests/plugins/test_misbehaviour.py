"""A plugin that breaks its contract stops the run and is named; nothing is awarded, and nothing guessed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from inline import bids, leaf, refusal, scheme
from odd import Odd, OddRule, hooks

from tender_eval import (
    AwardRule,
    Diagnostic,
    FigureError,
    Reads,
    Scorer,
    Trait,
    bids_from_data,
    compile_scheme,
    hookimpl,
    scheme_from_data,
)
from tender_eval.engine.evaluating.batch import CHUNK
from tender_eval.languages.results import text
from tender_eval.model import numeric
from tender_eval.model.explanation.flags import UnconfirmedMembers
from tender_eval.model.explanation.reasons import OverBudget, TurnedAwayByRule
from tender_eval.plugins.catalogue import Catalogue
from tender_eval.plugins.rule import Allocation
from tender_eval.plugins.tally import Tally

CatalogueOf = Callable[..., Catalogue]
PRICES = {"a": 100, "b": 125}


def scoring(score: Callable[..., Any], **body: Any) -> type[Scorer]:
    """The odd scorer with a score of its own."""
    return type("Odd", (Odd,), {"score": lambda self, *args: score(*args), "__doc__": Odd.__doc__, **body})


def ruling(**body: Any) -> type[AwardRule]:
    """The odd rule with parts of its own."""
    return type("OddRule", (OddRule,), {"__doc__": OddRule.__doc__, **body})


def run(catalogue: Catalogue, batch: bool, rule: str = "highest_score", scorer: str = "odd") -> Any:
    """An evaluation in which the odd scorer or rule takes part beside a sound one."""
    stated = scheme(
        leaf("odd", 60, scorer), leaf("price", 40, "ratio_to_lowest"), rule=rule, award={"on_rejection": "recompute"}
    )
    compiled = compile_scheme(scheme_from_data(stated), catalogue)
    if batch:
        return compiled.evaluate_batch({"price": np.array([[100.0, 110.0], [125.0, 130.0]])})
    return compiled.evaluate(bids_from_data(bids({name: {"price": price} for name, price in PRICES.items()})))


def refused(catalogue: Catalogue, batch: bool, **how: str) -> Diagnostic:
    """The one thing that is said; it names plugin, version and where it was used."""
    (said,) = refusal(lambda: run(catalogue, batch, **how))
    return said


both = pytest.mark.parametrize("batch", [False, True], ids=["exact", "batch"])


def raises(*_: object) -> Any:
    raise ZeroDivisionError("by nothing")


def leaves(*_: Any) -> Any:
    raise SystemExit(0)


def undeclared(bids: Any, params: Any, steps: Any) -> Any:
    return bids.column("values.secret")


def test_the_odd_scorer_and_rule_are_sound_as_they_are(catalogue_of: CatalogueOf) -> None:
    catalogue = catalogue_of(acme=hooks(tender_eval_scorers=[Odd], tender_eval_rules=[OddRule]))
    assert run(catalogue, batch=False, rule="odd_rule").winner == ("a",)
    assert run(catalogue, batch=True, rule="odd_rule").ranks.tolist() == [[1, 1], [2, 2]]


@both
@pytest.mark.parametrize(
    ("score", "said"),
    [
        pytest.param(raises, "raised ZeroDivisionError: by nothing", id="raises"),
        pytest.param(leaves, "raised SystemExit: 0", id="leaves as if all were well"),
        pytest.param(
            undeclared,
            'reads the column "values.secret" without declaring it in reads()',
            id="reads a column that it has not declared",
        ),
    ],
)
def test_a_scorer_that_raises(catalogue_of: CatalogueOf, score: Any, said: str, batch: bool) -> None:
    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(score)])), batch)
    assert found.code == "TE045"
    assert found.message.startswith('criterion "odd": odd (tender-eval 0.2.0) raised ')
    assert said in found.message


@pytest.mark.parametrize(
    ("reads", "said"),
    [
        ({"better": "less"}, "says better='less' of price, where it can be 'lower', 'higher' or nothing"),
        ({"better": "Lower"}, "says better='Lower' of price"),
        ({"kind": "count"}, "says kind='count' of price, where it can be 'money', 'mark' or nothing"),
    ],
)
def test_a_method_that_says_of_a_column_what_none_is(
    catalogue_of: CatalogueOf, reads: dict[str, str], said: str
) -> None:
    def stated(*_: object) -> tuple[Reads, ...]:
        return (Reads("price", **reads),)  # type: ignore[arg-type]

    for brought, how in (
        (hooks(tender_eval_scorers=[scoring(raises, reads=stated)]), {}),
        (hooks(tender_eval_scorers=[Odd], tender_eval_rules=[ruling(reads=stated)]), {"rule": "odd_rule"}),
    ):
        found = refused(catalogue_of(acme=brought), False, **how)
        assert found.code == "TE045"
        assert said in found.message


@both
@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (lambda tally: tally.points(("qualty",)), "there is no criterion 'qualty'"),
        (lambda tally: tally.score("qualty"), "there is no criterion 'qualty'"),
        (lambda tally: tally.points(tally.roots) * tally.available(("qualty",)), "there is no criterion 'qualty'"),
        (lambda tally: tally.points("odd"), "of several criteria: write ('odd',)"),
    ],
)
def test_a_rule_that_asks_for_what_is_no_criterion(
    catalogue_of: CatalogueOf, figure: Callable[[Tally], Any], said: str, batch: bool
) -> None:
    rule = ruling(rank_by=lambda self, tally, *_: figure(tally))
    found = refused(
        catalogue_of(acme=hooks(tender_eval_scorers=[Odd], tender_eval_rules=[rule])), batch, rule="odd_rule"
    )
    assert found.code == "TE045"
    assert said in found.message


@both
@pytest.mark.parametrize(
    "score",
    [
        pytest.param(lambda bids, *_: bids.column("price")[:1] * 0, id="too few"),
        pytest.param(lambda bids, *_: np.concatenate([bids.column("price")] * 2) * 0, id="too many"),
        pytest.param(lambda *_: 0, id="one number"),
        pytest.param(lambda *_: None, id="nothing"),
        pytest.param(lambda *_: [0, 0], id="a list"),
        pytest.param(lambda bids, *_: np.zeros(bids.column("price").shape, dtype=np.bool_), id="truths"),
        pytest.param(lambda bids, *_: np.zeros(bids.column("price").shape, dtype=np.complex128), id="complex"),
        pytest.param(lambda bids, *_: np.full(bids.column("price").shape, "1"), id="texts"),
        pytest.param(lambda bids, *_: np.full(bids.column("price").shape, None), id="objects that are none"),
        pytest.param(lambda bids, *_: bids.column("price")[..., None] * 0, id="one dimension more"),
    ],
)
def test_a_scorer_that_returns_what_it_may_not(catalogue_of: CatalogueOf, score: Any, batch: bool) -> None:
    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(score)])), batch)
    assert found.code == "TE046"
    assert found.message.startswith('criterion "odd": odd (tender-eval 0.2.0) returned ')


@pytest.mark.parametrize(
    "score",
    [
        pytest.param(lambda bids, *_: np.full(len(bids.present), 0.5), id="a float array"),
        pytest.param(lambda bids, *_: np.array([0.5] * len(bids.present), dtype=object), id="floats as objects"),
        pytest.param(lambda bids, *_: bids.column("price") * 0.001, id="a float literal"),
        pytest.param(lambda bids, *_: bids.column("price") * float("nan"), id="nan"),
        pytest.param(lambda bids, *_: np.array([np.int64(0)] * len(bids.present), dtype=object), id="numpy integers"),
    ],
)
def test_a_scorer_that_lets_floats_into_an_exact_run(catalogue_of: CatalogueOf, score: Any) -> None:
    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(score)])), batch=False)
    assert found.code == "TE046"
    assert "in exact arithmetic" in found.message


class Greatest(Fraction):
    """A fraction that is more than whatever it is held against, and prints as it likes."""

    def __gt__(self, other: object) -> bool:
        return True

    def __lt__(self, other: object) -> bool:
        return False

    def __str__(self) -> str:
        return "1"


class Silent:
    """What raises when it is asked what it is."""

    def __repr__(self) -> str:
        raise ZeroDivisionError


@pytest.mark.parametrize(("made", "said"), [(lambda: Greatest(1, 2), "a Greatest, in"), (Silent, "a Silent, in")])
def test_what_compares_or_prints_as_it_likes_is_no_figure(
    catalogue_of: CatalogueOf, made: Callable[[], Any], said: str
) -> None:
    def odd(bids: Any) -> Any:
        return np.array([made() for _ in bids], dtype=object)

    of_scorer = hooks(tender_eval_scorers=[scoring(lambda bids, *_: odd(bids.present))])
    of_rule = hooks(
        tender_eval_scorers=[Odd],
        tender_eval_rules=[ruling(rank_by=lambda self, tally, *_: odd(tally.present))],
    )
    for plugin, how in ((of_scorer, {}), (of_rule, {"rule": "odd_rule"})):
        found = refused(catalogue_of(acme=plugin), batch=False, **how)
        assert found.code == "TE046"
        assert said in found.message


def test_a_scorer_that_lets_objects_into_a_batch(catalogue_of: CatalogueOf) -> None:
    found = refused(
        catalogue_of(acme=hooks(tender_eval_scorers=[scoring(lambda bids, *_: bids.column("price").astype(object))])),
        batch=True,
    )
    assert (found.code, "not a float64 array, in batch arithmetic" in found.message) == ("TE046", True)


@both
@pytest.mark.parametrize("shift", [2, -1, 100])
def test_a_score_outside_0_to_1(catalogue_of: CatalogueOf, shift: int, batch: bool) -> None:
    odd = scoring(lambda bids, *_: bids.column("price") * 0 + shift)
    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[odd])), batch)
    assert found.code == "TE047"
    assert f"returned the score {shift}" in found.message
    assert found.message.endswith("outside 0 to 1")


def test_a_score_barely_outside_in_an_exact_run(catalogue_of: CatalogueOf) -> None:
    tiny = numeric.Fraction(1, 10**30)
    for odd in (
        scoring(lambda bids, *_: bids.column("price") * 0 + 1 + tiny),
        scoring(lambda bids, *_: bids.column("price") * 0 - tiny),
    ):
        assert refused(catalogue_of(acme=hooks(tender_eval_scorers=[odd])), batch=False).code == "TE047"


@pytest.mark.parametrize("figure", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("below_zero", [False, True])
def test_a_nan_or_infinity_in_a_batch(catalogue_of: CatalogueOf, figure: float, below_zero: bool) -> None:
    odd = scoring(lambda bids, *_: bids.column("price") * 0 + figure, unbounded_below=lambda *_: below_zero)
    assert refused(catalogue_of(acme=hooks(tender_eval_scorers=[odd])), batch=True).code == "TE047"


def test_a_score_of_a_bid_that_comes_in_after_many_draws(catalogue_of: CatalogueOf) -> None:
    odd = scoring(
        lambda bids, *_: np.where(bids.column("price") > 110, 2.0, 0.5), traits=frozenset({Trait.INDEPENDENT})
    )
    catalogue = catalogue_of(acme=hooks(tender_eval_scorers=[odd]))
    stated = scheme_from_data(scheme(leaf("odd", 60, "odd"), leaf("price", 40, "odd"), rule="highest_score"))
    compiled = compile_scheme(stated, catalogue)
    there = np.ones((2, CHUNK + 1), dtype=np.bool_)
    there[1, :CHUNK] = False
    columns = {"price": np.array([100.0, 125.0])}
    assert compiled.evaluate_batch(columns, there[:, :CHUNK]).ranks[0].all()
    (said,) = refusal(lambda: compiled.evaluate_batch(columns, there))
    assert (said.code, "returned the score 2.0" in said.message) == ("TE047", True)


def test_one_nan_among_many_draws(catalogue_of: CatalogueOf) -> None:
    def score(bids: Any, *_: Any) -> Any:
        found = bids.column("price") * 0
        found[1, 1] = np.nan
        return found

    assert refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(score)])), batch=True).code == "TE047"


@both
def test_bids_that_cannot_be_scored_together_are_not_the_plugins_fault(catalogue_of: CatalogueOf, batch: bool) -> None:
    def score(*_: Any) -> Any:
        raise FigureError("the mean is zero", "publish a floor")

    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(score)])), batch)
    assert (found.code, found.message, found.hint) == (
        "TE054",
        'criterion "odd": the mean is zero',
        "publish a floor",
    )


def mutating(bids: Any, *_: Any) -> Any:
    column = bids.column("price")
    column[0] = column[0] / 100
    return column * 0


def test_a_scorer_that_changes_its_column_in_an_exact_run(catalogue_of: CatalogueOf) -> None:
    found = refused(catalogue_of(acme=hooks(tender_eval_scorers=[scoring(mutating)])), batch=False)
    assert found.code == "TE045"
    assert "read-only" in found.message


# Award rules


@both
@pytest.mark.parametrize(
    ("rank_by", "code"),
    [
        pytest.param(raises, "TE045", id="raises"),
        pytest.param(lambda self, tally, *_: tally.column("values.x"), "TE045", id="undeclared column"),
        pytest.param(lambda self, tally, *_: tally.points(["nobody"]), "TE045", id="unknown criterion"),
        pytest.param(lambda *_: None, "TE046", id="nothing"),
        pytest.param(lambda self, tally, *_: tally.points(tally.roots)[:1], "TE046", id="too few"),
        pytest.param(lambda self, tally, *_: tally.points(tally.roots) * float("nan"), "TE046", id="nan"),
    ],
)
def test_an_award_rule(catalogue_of: CatalogueOf, rank_by: Any, code: str, batch: bool) -> None:
    catalogue = catalogue_of(acme=hooks(tender_eval_rules=[ruling(rank_by=rank_by)]))
    found = refused(catalogue, batch, rule="odd_rule", scorer="ratio_to_lowest")
    assert found.code == code
    assert found.message.startswith("the award rule: odd_rule (tender-eval 0.2.0) ")


def test_an_award_rule_that_lets_floats_into_an_exact_run(catalogue_of: CatalogueOf) -> None:
    odd = ruling(rank_by=lambda self, tally, *_: tally.points(tally.roots) * 1.0)
    found = refused(
        catalogue_of(acme=hooks(tender_eval_rules=[odd])), batch=False, rule="odd_rule", scorer="ratio_to_lowest"
    )
    assert (found.code, "a float, in exact arithmetic" in found.message) == ("TE046", True)


@both
@pytest.mark.parametrize(
    ("reject", "code"),
    [
        pytest.param(raises, "TE045", id="raises"),
        pytest.param(lambda *_: {"out": [True, False]}, "TE046", id="a list for a mask"),
        pytest.param(lambda *_: {"out": np.array([1.0, 0.0])}, "TE046", id="floats for a mask"),
        pytest.param(lambda *_: {7: np.array([True, False])}, "TE046", id="a number for a reason"),
        pytest.param(lambda *_: {b"out": np.array([True, False])}, "TE046", id="bytes for a reason"),
        pytest.param(lambda *_: {UnconfirmedMembers(()): np.array([True, False])}, "TE046", id="a flag for a reason"),
    ],
)
def test_an_award_rule_that_rejects(catalogue_of: CatalogueOf, reject: Any, code: str, batch: bool) -> None:
    catalogue = catalogue_of(acme=hooks(tender_eval_rules=[ruling(reject=reject)]))
    assert refused(catalogue, batch, rule="odd_rule", scorer="ratio_to_lowest").code == code


@pytest.mark.parametrize(
    ("reason", "kept"),
    [
        ("lives  on {the} moon", TurnedAwayByRule("odd_rule", "lives  on {the} moon")),
        (OverBudget(Fraction(110)), OverBudget(Fraction(110))),
    ],
)
def test_a_rule_says_in_its_own_words_or_in_data_whom_it_turns_away(
    catalogue_of: CatalogueOf, reason: str | OverBudget, kept: object
) -> None:
    def reject(self: AwardRule, tally: Tally, *_: object) -> dict[object, Any]:
        return {reason: np.array(tally.column("price") > 110, dtype=np.bool_)}

    rule = ruling(reject=reject, reads=lambda *_: (Reads("price"),))
    found = run(catalogue_of(acme=hooks(tender_eval_rules=[rule])), False, "odd_rule", "ratio_to_lowest")
    assert [(bid.id, bid.rank, bid.reasons) for bid in found.bids] == [("a", 1, ()), ("b", None, (kept,))]
    assert text(found.bids[1].reasons[0]) == (reason if isinstance(reason, str) else text(reason))


def test_an_award_rule_whose_mask_does_not_fit(catalogue_of: CatalogueOf) -> None:
    for mask in (np.array([True]), np.ones(3, dtype=np.bool_), np.ones((2, 2), dtype=np.bool_)):
        catalogue = catalogue_of(acme=hooks(tender_eval_rules=[ruling(reject=lambda *_, m=mask: {"out": m})]))
        assert refused(catalogue, batch=False, rule="odd_rule", scorer="ratio_to_lowest").code == "TE046"


@pytest.mark.parametrize(
    ("allocate", "code"),
    [
        pytest.param(raises, "TE045", id="raises"),
        pytest.param(lambda self, ranks, *_: Allocation(ranks * 0.5, False), "TE046", id="floats"),
        pytest.param(lambda self, ranks, *_: Allocation(ranks[:1], False), "TE046", id="too few"),
    ],
)
def test_an_award_rule_that_shares_out_money(catalogue_of: CatalogueOf, allocate: Any, code: str) -> None:
    catalogue = catalogue_of(acme=hooks(tender_eval_rules=[ruling(allocate=allocate)]))
    assert refused(catalogue, batch=False, rule="odd_rule", scorer="ratio_to_lowest").code == code


# What is registered


class Namesake(Odd):
    """Another scorer of a built-in one's name. Source: none."""

    name = "mark"


class Unfinished(Scorer):
    """A scorer without a score. Source: none."""

    name = "unfinished"

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return ()


class Nameless(Scorer):
    """A scorer without a name. Source: none."""

    def reads(self, params: Any) -> tuple[Reads, ...]:
        return ()

    def score(self, bids: Any, params: Any, steps: Any) -> Any:
        return bids.present


def test_a_duplicate_scorer_name_names_both(catalogue_of: CatalogueOf) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_scorers=[Namesake])))
    assert said.code == "TE041"
    assert said.message == '"mark" is registered by tender-eval 0.2.0 and again by tender-eval 0.2.0'


def test_two_plugins_with_one_scorer_name(catalogue_of: CatalogueOf) -> None:
    mine, yours = hooks(tender_eval_scorers=[Odd]), hooks(tender_eval_scorers=[scoring(raises)])
    assert [d.code for d in refusal(lambda: catalogue_of(mine=mine, yours=yours))] == ["TE041"]
    assert [d.code for d in refusal(lambda: catalogue_of(mine=hooks(tender_eval_scorers=[Odd, Odd])))] == ["TE041"]


def test_a_duplicate_rule_name(catalogue_of: CatalogueOf) -> None:
    twice = ruling(name="highest_score")
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_rules=[twice])))
    assert (said.code, '"highest_score"' in said.message) == ("TE041", True)


@pytest.mark.parametrize(
    ("hook", "meant"),
    [
        ("tender_eval_scorer", "tender_eval_scorers"),
        ("tender_eval_scoreres", "tender_eval_scorers"),
        ("tender_eval_rule", "tender_eval_rules"),
        ("tender_eval_reader", "tender_eval_readers"),
    ],
)
def test_a_misspelt_hook(catalogue_of: CatalogueOf, hook: str, meant: str) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(**{hook: [Odd]})))
    assert said.code == "TE042"
    assert said.message == f'the plugin "acme" implements "{hook}", which is no hook'
    assert said.hint == f'did you mean "{meant}"?'


@pytest.mark.parametrize(
    "registered",
    [
        pytest.param(Unfinished, id="abstract: no score"),
        pytest.param(Nameless, id="no name"),
        pytest.param(Scorer, id="the base itself"),
        pytest.param(OddRule, id="a rule among scorers"),
        pytest.param(Odd(), id="an object, no class"),
        pytest.param(dict, id="some other class"),
        pytest.param("odd", id="a name"),
        pytest.param(None, id="nothing"),
    ],
)
def test_what_is_no_complete_scorer(catalogue_of: CatalogueOf, registered: object) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_scorers=[registered])))
    assert said.code == "TE043"
    assert said.message.startswith("tender_eval_scorers of tender-eval 0.2.0 gives ")
    assert said.message.endswith("which is no complete Scorer class")


def test_every_wrong_registration_is_told_in_one_run(catalogue_of: CatalogueOf) -> None:
    acme = hooks(tender_eval_scorers=[Unfinished, Namesake], tender_eval_rules=[Odd])
    assert [d.code for d in refusal(lambda: catalogue_of(acme=acme))] == ["TE041", "TE043", "TE043"]


@pytest.mark.parametrize("returned", [None, 5, Odd])
def test_a_hook_that_returns_no_list(catalogue_of: CatalogueOf, returned: object) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_scorers=returned)))
    assert said.code == "TE040"
    assert said.message.startswith("tender_eval_scorers of tender-eval 0.2.0 raised TypeError: ")


def test_a_hook_that_raises_at_once_or_on_the_way(catalogue_of: CatalogueOf) -> None:
    def on_the_way() -> Iterator[type[Scorer]]:
        yield Odd
        raise OSError("no network")

    def at_once() -> list[type[Scorer]]:
        raise OSError("no network")

    def leaves_at_once() -> list[type[Scorer]]:
        raise SystemExit(0)

    for hook, raised in ((at_once, "OSError: no network"), (on_the_way, "OSError: no network"),
                         (leaves_at_once, "SystemExit: 0")):  # fmt: skip
        (said,) = refusal(lambda hook=hook: catalogue_of(acme=SimpleNamespace(tender_eval_scorers=hookimpl(hook))))
        assert said.code == "TE040"
        assert said.message == f"tender_eval_scorers of tender-eval 0.2.0 raised {raised}"


# Classes that break the contract as they are defined


def body(**more: Any) -> dict[str, Any]:
    return {"name": "fine", "__doc__": "Fine. Source: none.", "reads": Odd.reads, "score": Odd.score, **more}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"name": "Not A Name"}, "name must be lower-case"),
        ({"name": ""}, "name must be lower-case"),
        ({"name": None}, "name must be lower-case"),
        ({"name": 5}, "name must be lower-case"),
        ({"__doc__": None}, "needs a docstring"),
        ({"__doc__": "  "}, "needs a docstring"),
        ({"Params": dict}, "Params must derive from ScorerParams"),
        ({"exact": None}, "exact must be True or False, not None"),
    ],
)
def test_a_class_that_breaks_the_contract(broken: dict[str, Any], said: str) -> None:
    assert type("Fine", (Scorer,), body())
    with pytest.raises(TypeError, match=said):
        type("Broken", (Scorer,), body(**broken))
