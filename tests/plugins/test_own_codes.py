"""Codes and dated figures of plugins: known once they are loaded, refused where they clash or are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from inline import refusal
from odd import hooks

from tender_eval import Clause, Code, Threshold
from tender_eval.lint.thresholds import thresholds
from tender_eval.model.codes import OWN_CODES
from tender_eval.model.diagnostics import Problems
from tender_eval.model.location import Location
from tender_eval.plugins.catalogue import Catalogue

CatalogueOf = Callable[..., Catalogue]
MEANING = Code("A line of the portal that is none", "Export it again.")
FIGURE = Threshold("our_least", Fraction(1, 10), "share", "the least of it", Clause("Our rules", "1", True))


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """No code outlives a test."""
    yield
    OWN_CODES.clear()


def test_a_code_of_a_plugin_serves_as_any_other(catalogue_of: CatalogueOf) -> None:
    problems = Problems()
    with pytest.raises(KeyError):
        problems.add("ACME001", None, "x")
    catalogue_of(acme=hooks(tender_eval_codes={"ACME001": MEANING}))
    problems.add("ACME001", Location("bids.portal", 3, 1), "line 3 is none")
    (said,) = problems
    assert str(said) == "bids.portal:3:1: error ACME001: line 3 is none"
    assert said.mend == MEANING.mend


@pytest.mark.parametrize("stated", [{"TE999": MEANING}, {"acme1": MEANING}, {"ACME001": "words"}, {7: MEANING}, [7]])
def test_what_is_no_code_of_its_own_is_refused(catalogue_of: CatalogueOf, stated: Any) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_codes=stated)))
    assert said.code in ("TE040", "TE043")
    assert said.message.startswith("tender_eval_codes of tender-eval ")


def test_one_code_has_one_meaning(catalogue_of: CatalogueOf) -> None:
    both = {name: hooks(tender_eval_codes={"ACME001": MEANING}) for name in ("acme", "zeta")}
    (said,) = refusal(lambda: catalogue_of(**both))
    assert (said.code, 'states the code "ACME001", which tender-eval' in said.message) == ("TE043", True)


def test_figures_of_plugins_hold_beside_ours(catalogue_of: CatalogueOf) -> None:
    found = catalogue_of(acme=hooks(tender_eval_lint_figures=[FIGURE])).lint_figures
    assert found == (FIGURE,)
    assert thresholds().with_figures(found).on(date(2026, 5, 1))["our_least"] == FIGURE
    assert "our_least" not in thresholds().names()


def test_figures_of_one_name_on_the_same_days_are_refused() -> None:
    clash = FIGURE._replace(name="tiny_weight")
    (said,) = refusal(thresholds().with_figures, (clash,))
    assert (said.code, '"tiny_weight"' in said.message) == ("TE041", True)
    early, late = FIGURE._replace(until=date(2026, 1, 1)), FIGURE._replace(since=date(2026, 1, 2))
    assert len(thresholds().with_figures((early, late)).rows) == len(thresholds().rows) + 2
    (said,) = refusal(thresholds().with_figures, (early, FIGURE))
    assert said.code == "TE041"


def test_what_is_no_figure_is_refused(catalogue_of: CatalogueOf) -> None:
    (said,) = refusal(lambda: catalogue_of(acme=hooks(tender_eval_lint_figures=[5])))
    assert (said.code, "gives 5, which is no Threshold" in said.message) == ("TE043", True)
