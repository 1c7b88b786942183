"""Every row of the table of law is told where it binds, and nothing is told of it where it does not.

Each row is asked of a procurement that it binds, and of the same with one thing changed: another law, nation, authority
or kind of contract, the day before it began, the day after it ended, a value that is not above its own. Whether a row
binds is worked out here from the file, by nothing of what is tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from shipped import case_of

from tender_eval import bids_from_data, compile_scheme, load_catalogue, scheme_from_data
from tender_eval import lint as built_in
from tender_eval.case.case import Case
from tender_eval.documents.markdown import document_markdown
from tender_eval.engine.check import Sound, check
from tender_eval.files.source import Source
from tender_eval.lint.run import lint
from tender_eval.model.regime import Authority, Law, Nation, Procedure, Regime
from tender_eval.regime.duties import binding, covered, duties
from tender_eval.regime.duty import Duty
from tender_eval.regime.standstill import standstill
from tender_eval.report.letters.document import duties_of, summaries
from tender_eval.report.methodology.document import publish
from tender_eval.report.notices.award_notice import award_notice
from tender_eval.report.notices.contract_details import contract_details
from tender_eval.report.notices.parts import Stated

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""}, {"lint": built_in})
ROWS = duties().rows
OF_SCHEMES = tuple(row for row in ROWS if not row.who.contract)
TODAY, ONE = duties().checked, Fraction(1)
PRICE = {"id": "price", "title": "Price", "weight": 100, "scorer": "ratio_to_lowest"}
ALONE: dict[str, Any] = {
    "format": "tender-eval/scheme/1", "id": "x", "title": "X", "currency": "GBP",
    "conditions": [{"id": "small", "reads": "supplier.is_small", "must_be": True}],
    "criteria": [PRICE], "award": {"rule": "highest_score", "on_rejection": "recompute"},
}  # fmt: skip
"""Nothing but the price decides, suppliers are turned away for their size, and no key criterion is spoken of."""
STAGED: dict[str, Any] = ALONE | {
    "shortlist": {"by": ["care"], "top": 5},
    "criteria": [{"id": "care", "title": "Care", "weight": 60, "scorer": {"name": "mark", "out_of": 5}},
                 PRICE | {"weight": 40}],
}  # fmt: skip
"""Suppliers are assessed before they tender, and social value weighs nothing."""
MARKED = {"marks": {"care": {"agreed": 4, "reason": "Good."}}}
LESS = {"marks": {"care": {"agreed": 3, "reason": "Less."}}}
BIDS = {
    "format": "tender-eval/bids/1",
    "bids": [
        {"id": "a", "supplier": {"name": "Alder", "size": "small"}, "price": 1, **MARKED},
        {"id": "b", "supplier": {"name": "Birch", "size": "small"}, "price": 2, **LESS},
        {"id": "c", "supplier": {"name": "Cedar", "size": "large"}, "price": 3, **MARKED},
    ],
}


@cache
def case(regime: Regime, top: int = 3) -> Case:
    """A decided case of two assessed bids, and of one that was turned away before it was assessed."""
    scheme = replace(scheme_from_data({**STAGED, "shortlist": {"by": ["care"], "top": top}}), regime=regime)
    return case_of(compile_scheme(scheme, CATALOGUE), bids_from_data(BIDS))


def found(data: dict[str, Any], code: str, regime: Regime) -> bool:
    """Whether a rule of lint speaks of a scheme under a regime."""
    said = {field.name: getattr(regime, field.name) for field in fields(regime) if field.name != "concession"}
    text = json.dumps(
        data | {"regime": {key: str(value) for key, value in said.items() if value not in (None, "", ())}}
    )
    source = Source("s.yaml", re.sub('"(True|False)"', lambda truth: truth[1].lower(), text).encode())
    checked = check(source, None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    rules = [CATALOGUE.lint_rules[code]]
    return bool(lint(source, checked.compiled, rules, CATALOGUE.lint_rules, regime.published).findings)


def letters(regime: Regime, top: int = 3, **asked: Any) -> str:
    return "\n".join(map(document_markdown, summaries(case(regime, top), **asked).values()))


def methodology(regime: Regime) -> str:
    limited = STAGED["award"] | {"lots": {"mechanism": "largest_lead", "most_awarded": 1}}
    scheme = replace(scheme_from_data(STAGED | {"award": limited}), regime=regime)
    return document_markdown(publish(compile_scheme(scheme, CATALOGUE)))


def details(regime: Regime) -> str:
    return document_markdown(contract_details(case(regime), Stated()))


def awarded(regime: Regime) -> str:
    return document_markdown(award_notice(case(regime), Stated()))


def below(regime: Regime) -> Regime:
    """The same by its value below the threshold of the Act, where it is under what holds there."""
    if regime.law is not Law.BELOW_THRESHOLD:
        return regime
    return replace(regime, law=Law.PROCUREMENT_ACT_2023, estimated_value=Fraction(1000))


TOLD: Mapping[str, Callable[[Regime], bool]] = {
    "in_force": lambda r: bool(binding(r, "in_force")),
    "threshold": lambda r: r.law is not Law.BELOW_THRESHOLD and covered(replace(r, estimated_value=ONE)) is False,
    "assessment_summary": lambda r: bool(re.search(r"section 50|regulation \d", letters(r))),
    "summary_only_assessed": lambda r: "section 50(5)" in letters(r),
    "summary_facts": lambda r: "facts" in duties_of(case(r)),
    "standstill": lambda r: standstill(date(2026, 6, 1), r) is not None,
    "procedures": lambda r: found(ALONE, "TE218", replace(r, procedure=Procedure.INNOVATION_PARTNERSHIP)),
    "suitability_stage": lambda r: found(STAGED, "TE223", below(r)),
    "local_reservation": lambda r: r.law is Law.BELOW_THRESHOLD and not found(ALONE, "TE205", below(r)),
    "key_criteria": lambda r: found(ALONE, "TE224", replace(r, procedure=None)),
    "price_alone": lambda r: found(ALONE, "TE225", r),
    "social_value": lambda r: found(STAGED, "TE226", r),
    "conflicts_assessment": lambda r: found(STAGED, "TE221", r),
    "policy_statement": lambda r: found(STAGED, "TE222", below(r)),
    "key_performance_indicators": lambda r: "Name of the indicator" in details(r),
    "contract_details": lambda r: "the notice is due within" in details(r),
    "contract_copy": lambda r: "a copy is due within" in details(r),
    "summary_as_far_as_assessed": lambda r: "left the procedure. (Procurement" in letters(r, top=1),
    "withholding": lambda r: bool(re.search(r"withheld.*(section 94|regulation 8)", letters(r, winner="withheld"))),
    "unsuccessful_counted": lambda r: "the notice counts them and names none (" in awarded(r),
    "lots_awarded": lambda r: "an objective mechanism that selects" in methodology(r),
    "unsuccessful_suppliers": lambda r: "the notice asks for them (" in awarded(r),
}  # fmt: skip
"""By rule, whether whoever asks the table says that it binds."""


def nation_of(regime: Regime) -> Nation:
    if regime.authority is Authority.PCC and regime.nation is Nation.WALES:
        return Nation.ENGLAND
    only = {Law.PCSR_2015: Nation.SCOTLAND, Law.PSR_WALES_2025: Nation.WALES}
    return regime.nation or only.get(regime.law or Law.NONE, Nation.ENGLAND)


def fits(row: Duty, regime: Regime) -> bool:
    who, day = row.who, regime.published or TODAY
    return (
        regime.law in who.laws
        and (not who.nations or nation_of(regime) in who.nations)
        and (not who.authorities or (regime.authority or Authority.SUB_CENTRAL) in who.authorities)
        and (who.light_touch is None or who.light_touch == bool(regime.light_touch))
        and (not who.procedures or (regime.procedure or Procedure.OPEN) in who.procedures)
        and (row.since is None or row.since <= day)
        and (row.until is None or day <= row.until)
        and (row.above is None or regime.estimated_value is None or regime.estimated_value > row.above)
    )


def first(members: frozenset[Any], every: type[Any]) -> Any:
    """The first that is named, in the order of the vocabulary; None where all are."""
    return next((one for one in every if one in members), None)


def bound(row: Duty) -> Regime:
    """A procurement that a row binds."""
    return Regime(
        law=first(row.who.laws, Law),
        nation=first(row.who.nations, Nation),
        authority=first(row.who.authorities, Authority),
        light_touch=row.who.light_touch,
        procedure=None if Procedure.OPEN in row.who.procedures else first(row.who.procedures, Procedure),
        published=row.since or row.until or TODAY,
        estimated_value=None if row.above is None else row.above + 1,
    )


def changed(row: Duty) -> Iterator[Regime]:
    """The same procurement with one thing changed that a row hangs on."""
    regime, who = bound(row), row.who
    for law in (Law.PROCUREMENT_ACT_2023, Law.PSR_2023, Law.PCSR_2015, Law.GRANT, Law.WORLD_BANK):
        if law not in who.laws:
            yield replace(regime, law=law)
    if who.nations:
        yield from (replace(regime, nation=one) for one in (Nation.WALES, Nation.SCOTLAND) if one not in who.nations)
    if who.authorities:
        yield from (replace(regime, authority=one) for one in Authority if one not in who.authorities)
    if who.procedures:
        yield from (replace(regime, procedure=one) for one in (None, Procedure.CALL_OFF) if one not in who.procedures)
    if who.light_touch is not None:
        yield replace(regime, light_touch=not who.light_touch)
    if row.since:
        yield replace(regime, published=row.since - timedelta(1))
    if row.until:
        yield replace(regime, published=row.until + timedelta(1))
    if row.above is not None:
        yield replace(regime, estimated_value=row.above)


@pytest.mark.slow
@pytest.mark.parametrize("row", OF_SCHEMES, ids=lambda row: row.id)
def test_a_row_is_told_where_it_binds_and_nowhere_else(row: Duty) -> None:
    told = TOLD[row.rule]
    same = [one for one in OF_SCHEMES if one.rule == row.rule]
    assert fits(row, bound(row))
    assert told(bound(row))
    others = list(changed(row))
    assert any(not fits(row, other) for other in others)
    for other in others:
        assert told(other) == any(fits(one, other) for one in same), other


def test_every_rule_is_here() -> None:
    assert {row.rule for row in OF_SCHEMES} == TOLD.keys()


def test_what_no_scheme_states_binds_no_scheme() -> None:
    kinds = [row.id for row in ROWS if row.who.contract]
    assert kinds
    for law in Law:
        for light in (True, False):
            assert not {row.id for row in binding(Regime(law=law, light_touch=light))} & set(kinds)
