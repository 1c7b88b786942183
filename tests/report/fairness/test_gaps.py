"""Every part of a fairness report states a gap as `gap_between` prints it.

With marks of 0 to 3 thirds come up, so that figures which print alike differ, and the difference of two printed
figures is not the difference of the figures.
"""

from fractions import Fraction

import pytest
from html_tree import Element, section, tree
from hypothesis import assume, given
from hypothesis import strategies as st
from inline import CATALOGUE, bids, leaf, scheme

from tender_eval import bids_from_data, compile_scheme, scheme_from_data
from tender_eval.documents.html import document_html
from tender_eval.documents.terminal import document_text
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.fairness.compare import alternative_of
from tender_eval.fairness.findings.analysis import Analysis, AnalysisOptions, LotAnalysis
from tender_eval.fairness.findings.results import Findings
from tender_eval.fairness.robustness.effective_weights import effective_weights
from tender_eval.fairness.scenarios.plans import is_independent
from tender_eval.fairness.scenarios.scenario import Scenario
from tender_eval.languages.numbers import grouped
from tender_eval.model.bids import Bids
from tender_eval.model.gap import gap_between
from tender_eval.report.fairness.document import fairness_document

MARKS = st.dictionaries(st.sampled_from(("care", "reach", "team")), st.integers(0, 3), min_size=3, max_size=3)


def stated(places: int | None) -> CompiledScheme:
    rounding = {} if places is None else {"rounding": {"places": places, "mode": "half_up", "at": ["total"]}}
    parts = [leaf(name, weight, {"name": "mark", "out_of": 3}) for name, weight in (("care", 50), ("reach", 30))]
    team = leaf("team", 20, {"name": "mark", "out_of": 3})
    return compile_scheme(scheme_from_data(scheme(*parts, team, **rounding)), CATALOGUE)


SCHEMES = {places: stated(places) for places in (None, 0, 2)}


def compared(compiled: CompiledScheme, offered: Bids) -> Analysis:
    """An analysis that holds nothing but the outcome and the comparison of the scheme with itself."""
    trial = Scenario(compiled, offered)
    evaluation = trial.evaluation
    own = alternative_of(trial, (), effective_weights(trial))
    found = Findings(
        scheme_id="s", scheme_title="S", lot="", bids={bid.id: bid.name for bid in evaluation.bids}, made_up=None,
        winner=evaluation.winner, order=trial.order, figures={}, figure=evaluation.figure, best=evaluation.best,
        independent=is_independent(trial.plan), alternatives=(own, own),
    )  # fmt: skip
    return Analysis(compiled, offered, AnalysisOptions(), {"": LotAnalysis(evaluation, found)})


def leads(page: Element) -> list[str]:
    rows = section(page, "The same bids").one("tbody").all("tr")
    return [row.all("td")[1].text.partition(" (")[0] for row in rows]


@pytest.mark.slow
@given(st.sampled_from((None, 0, 2)), st.lists(MARKS, min_size=2, max_size=3))
def test_every_gap_is_printed_as_everywhere(places: int | None, marks: list[dict[str, int]]) -> None:
    compiled = SCHEMES[places]
    offered = bids_from_data(bids({f"b{n}": {"marks": own} for n, own in enumerate(marks)}))
    analysis = compared(compiled, offered)
    evaluation = analysis.lots[""].evaluation
    first, second = evaluation.bids[:2]
    assume(not evaluation.tied)
    gap = gap_between(evaluation, first, second)
    printed = grouped(gap.printed)
    assert Fraction(gap.printed) > 0
    brief, page = document_text(fairness_document(analysis, brief=True)), document_html(fairness_document(analysis))
    assert f", {printed} {'more' if gap.more else 'less'} than " in " ".join(brief.split())
    assert leads(tree(page)) == [printed, printed]
    for told in (brief, page):
        assert "a trace" not in told
    assert f"difference of {printed}." in page or f", {printed} more than " in page
