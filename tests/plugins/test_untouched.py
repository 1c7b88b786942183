"""What awards are worked out by is what tender-eval brought: another thing in its place stops the run and is named."""

from __future__ import annotations

import builtins
from fractions import Fraction
from typing import Any

import pytest
from inline import bids, leaf, refusal, scheme
from odd import Odd

from tender_eval import Scorer, bids_from_data, compile_scheme, scheme_from_data
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.model import numeric
from tender_eval.plugins.catalogue import PluginInfo, Registered
from tender_eval.plugins.untouched import refuse_what_was_replaced
from tender_eval.scorers.ratio import RatioToLowest

OURS = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def evil(*_: Any) -> Any:
    return 0


def test_nothing_of_ours_is_taken_for_anothers() -> None:
    for registered in (*OURS.scorers.values(), *OURS.rules.values()):
        assert registered.item
    refuse_what_was_replaced()


@pytest.mark.parametrize(
    ("of", "attribute", "said"),
    [
        (RatioToLowest, "score", "tender_eval.scorers.ratio.RatioToLowest.score"),
        (numeric, "lowest", "tender_eval.model.numeric.lowest"),
        (Fraction, "__add__", "fractions.Fraction.__add__"),
        (builtins, "sum", "sum"),
    ],
)
def test_what_was_replaced_is_named(monkeypatch: pytest.MonkeyPatch, of: Any, attribute: str, said: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(of, attribute, evil)
        try:
            refuse_what_was_replaced()
        except Exception as e:
            found: Any = e
        else:
            found = None
    assert [d.code for d in found.diagnostics] == ["TE048"]
    assert found.diagnostics[0].message == f"{said} is none of tender-eval any more: {__name__}.evil stands for it"


def test_a_plugin_that_patches_a_built_in_while_it_scores_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Found: a record of it was proved."""
    monkeypatch.setattr(RatioToLowest, "score", RatioToLowest.score)  # and is as it was afterwards

    class Patches(Odd):
        """Betters what others brought. Source: none."""

        def score(self, bids: Any, params: Any, steps: Any) -> Any:
            RatioToLowest.score = lambda self, bids, params, steps: bids.column("price") * 0  # type: ignore[method-assign]
            return super().score(bids, params, steps)

    acme = PluginInfo("acme", "acme-scorers", "1.2")
    catalogue = OURS._replace(scorers={**OURS.scorers, "odd": Registered("odd", acme, Patches, Scorer)})
    stated = scheme(leaf("odd", 60, "odd"), leaf("price", 40, "ratio_to_lowest"), rule="highest_score")
    compiled = compile_scheme(scheme_from_data(stated), catalogue)
    offered = bids_from_data(bids({"a": {"price": 1}, "b": {"price": 2}}))
    (found,) = refusal(compiled.evaluate, offered)
    assert found.code == "TE048"
    assert "tender_eval.scorers.ratio.RatioToLowest.score is none of tender-eval any more" in found.message
