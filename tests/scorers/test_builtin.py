"""The built-in scorers as one plugin: all are there, each explains itself, each example can be used."""

from __future__ import annotations

import pytest

from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.validate import validate
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.plugins.scorer import CriterionView, Scorer, in_floats
from tender_eval.scorers.common import NumericParams

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCORERS = {name: type(found.item) for name, found in CATALOGUE.scorers.items()}
NUMERIC = {name: scorer for name, scorer in SCORERS.items() if issubclass(scorer.Params, NumericParams)}


def test_every_published_name_is_there_once():
    assert set(SCORERS) == {
        *("mark", "pass_fail", "ratio_to_lowest", "ratio_to_highest", "linear_above_lowest"),
        *("linear_between_bids", "fixed_band", "piecewise", "discount_from_ceiling", "mean_deviation"),
        *("standard_deviation", "log_ratio", "formula", "consortium", "local_specialist", "network_strength"),
        *("social_value_commitments", "risk_adjusted"),
    }


@pytest.mark.parametrize("scorer", NUMERIC.values(), ids=NUMERIC)
def test_each_says_its_source_and_its_edge_rules(scorer: type[Scorer]):
    said = " ".join((scorer.__doc__ or "").split()).lower()
    for word in ("source", "single bid", "equal", "zero"):
        assert word in said, f"{scorer.name} does not say {word}"


@pytest.mark.parametrize("scorer", SCORERS.values(), ids=SCORERS)
def test_each_example_can_stand_in_a_scheme(scorer: type[Scorer]):
    refused: list[object] = []
    view = CriterionView("criterion", {}, lambda *told: refused.append(told))
    for example in scorer.examples:
        if "scale" in example:  # needs a scheme that has the scale
            continue
        problems = Problems()
        params = validate(scorer.Params, example, Location("example"), problems)
        assert not list(problems)
        prepared = scorer().prepare(params, view)
        assert scorer().reads(prepared)
        assert scorer().traits_for(prepared) <= set(scorer.traits)
        assert in_floats(prepared) is not None
    assert not refused


@pytest.mark.parametrize("scorer", NUMERIC.values(), ids=NUMERIC)
def test_every_scorer_of_one_figure_takes_a_field_and_a_score_for_an_only_bid(scorer: type[Scorer]):
    fields = scorer.Params.model_fields
    assert fields["field"].default == "price"
    assert fields["single_bid"].default is None
