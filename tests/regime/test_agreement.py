"""Lint and letters read one law out of whatever a file says, however it is spelt."""

from __future__ import annotations

import pytest
from cases import case_of
from inline import leaf, scheme

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval.documents.markdown import document_markdown
from tender_eval.files.source import Source
from tender_eval.lint.procurement_act import states_the_act, under_the_act
from tender_eval.lint.scheme_view import view_of
from tender_eval.regime.duties import duties
from tender_eval.report.letters.document import summaries
from tender_eval.report.methodology.document import publish

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
ACT = ("procurement-act-2023", "Procurement Act 2023", "the Procurement Act", "PA2023", "PA 2023", "pa23")
OTHERS = ("PCR 2015", "Provider Selection Regime", "PCS(S)R 2015", "World Bank", "EU directive", "none", "grants")


@pytest.mark.slow
@pytest.mark.parametrize("law", [*ACT, *OTHERS])
def test_lint_letters_and_methodology_agree(law: str) -> None:
    read = scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"), regime={"law": law}))
    compiled = compile_scheme(read, CATALOGUE)
    bids = bids_from_data(
        {"format": "tender-eval/bids/1", "bids": [{"id": "a", "supplier": {"name": "A"}, "price": 1}]}
    )
    letter = document_markdown(summaries(case_of(compiled, bids, decided=True))["a"])
    view = view_of(Source("s.yaml", b"{}"), compiled, duties().checked, {}, (), frozenset())
    is_act = law in ACT
    assert states_the_act(view) == is_act
    assert ("section 50 of the Procurement Act 2023" in letter) == is_act
    assert ("| Procurement Act 2023 |" in document_markdown(publish(compiled))) == is_act
    assert under_the_act(view) == (is_act or law == "PCR 2015")
