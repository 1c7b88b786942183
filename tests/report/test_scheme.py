from fractions import Fraction
from typing import Any

from tender_eval import scheme_from_data
from tender_eval.documents.terminal import document_text
from tender_eval.model.scheme import Scheme
from tender_eval.report.scheme import scheme_document

LONG = "Every part is answered,\n  \x1band it is clear who does what, when, and what happens where that cannot be done."
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge \x1bservices",
    "source": {"document": "Guidance", "section": "2.3b"},
    "scales": {"s": [{"mark": 0, "score": "0%"}, {"mark": 3, "score": "100%", "title": "Full", "descriptor": LONG}]},
    "conditions": [
        {"id": "income", "reads": "supplier.annual_income", "at_least": "50% of annual_value", "pooled": True},
        {"id": "form", "title": "Form", "reads": "supplier.legal_form", "one_of": ["charity", "cic"]},
        {"id": "cap", "reads": "price", "at_most": 5000},
        {"id": "insured", "reads": "declarations.insured", "must_be": True},
    ],
    "shortlist": {"by": ["care"], "top": 3},
    "criteria": [
        {
            "id": "quality",
            "weight": 60,
            "minimum": "50%",
            "criteria": [{"id": "care", "weight": 60, "scorer": "mark", "scale": "s", "minimum": 3}],
        },
        {"id": "price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "price": {"components": {"annual": "per_year", "setup": "once"}, "years": 3, "discount_rate": "3.5%"},
    "award": {"rule": "highest_score", "ties": [{"highest": "quality"}, {"lowest": "price"}], "suppliers": 2}
    | {"on_rejection": "keep_order"},
    "rounding": {"places": 2, "mode": "half_even", "at": ["criterion", "total"]},
    "abnormally_low": {"below_median_by": "25%"},
    "panel": {"divergence": 2, "for_all_lots": ["quality"], "refuse": ["outside", "stock"]},
}

SHOWN = r"""Refuge \x1bservices (demo)
Source: Guidance, 2.3b

criterion    title      points  scorer             minimum
-----------  -------  --------  ---------------  ---------
quality      quality        60                         50%
  care       care           60  mark {scale: s}     mark 3
price        price          40  ratio_to_lowest

Marks on the scale s
  0: 0% of the points
  3, Full: 100% of the points. Every part is answered, \x1band it is clear who does what, when, and
    what happens where that cannot be done.

Conditions, pass or fail before anything is scored
  income: supplier.annual_income must be at least 50% of annual_value, added over the consortium
  form, Form: supplier.legal_form must be one of charity, cic
  cap: price must be at most 5000
  insured: declarations.insured must be true

Terms
Price: annual per year, setup once; over 3 years, discounted at 3.5% a year (paid at the start of
  year)
Shortlist: the best 3 on care
Award: highest_score, to 2 suppliers
Ties: highest quality, then lowest price; still equal, a declared tie
When a bid is rejected: the scores of the others stay as they were (keep_order)
Rounding: half_even to 2 places, at criterion, total
Abnormally low: flagged: 25% or more below the median, over the bids that are ranked
Panel: marks 2 apart must be moderated
Panel: marked once for all lots: quality
Panel: agreed marks are refused for: outside, stock
"""


def scheme_text(scheme: Scheme, points: dict[str, Fraction]) -> str:
    return document_text(scheme_document(scheme, points))


def test_a_scheme_with_everything() -> None:
    scheme = scheme_from_data(SCHEME)
    points = {c.id: c.weight for c in scheme.walk() if c.weight is not None}
    assert scheme_text(scheme, points) == SHOWN


def test_a_scheme_that_says_little_says_so() -> None:
    bare = {k: SCHEME[k] for k in ("format", "id", "criteria", "scales")}
    scheme = scheme_from_data(bare | {"title": "T", "award": {"rule": {"name": "highest_score"}}})
    text = scheme_text(scheme, {c.id: c.weight for c in scheme.walk() if c.weight is not None})
    assert text.splitlines()[-3:] == [
        "Award: highest_score",
        "Ties: none broken; equal bids are a declared tie",
        "Rounding: none, but of what is printed",
    ]
