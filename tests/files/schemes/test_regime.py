"""What a scheme states of the procurement beside itself: read strictly, kept when it is written out again."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from inline import leaf, scheme, told

from tender_eval import Refused, scheme_from_data
from tender_eval.files.load import read_scheme
from tender_eval.files.schemes.dump import dump_scheme
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Problems
from tender_eval.model.regime import UNSTATED, Authority, Law, Nation, Procedure, Regime

REGIME = {
    "nation": "england",
    "procedure": "open",
    "law": "procurement-act-2023",
    "light_touch": True,
    "authority": "sub_central",
    "estimated_value": "850000",
    "published": "2026-05-02",
    "tender_days": "70",
    "years": "3",
    "lots": "4",
    "no_lots_reason": "one building",
    "users_restricted_to": "residents",
}


def stated(**regime: object) -> dict[str, object]:
    return scheme(leaf("price", 100, "ratio_to_lowest"), regime=regime)


def test_everything_that_lint_asks_for() -> None:
    assert scheme_from_data(stated(**REGIME)).regime == Regime(
        nation=Nation.ENGLAND, law=Law.PROCUREMENT_ACT_2023, authority=Authority.SUB_CENTRAL, light_touch=True,
        procedure=Procedure.OPEN, published=date(2026, 5, 2), estimated_value=Fraction(850000), tender_days=70, years=3,
        lots=4, no_lots_reason="one building", users_restricted_to="residents",
    )  # fmt: skip


def test_what_is_not_stated_is_not_there() -> None:
    assert scheme_from_data(scheme(leaf("price", 100, "ratio_to_lowest"))).regime == UNSTATED
    assert scheme_from_data(stated(law="psr-2023")).regime == Regime(law=Law.PSR_2023)


@pytest.mark.parametrize("regime", [REGIME, {"light_touch": False}, {"law": "none", "nation": "none"}])
def test_it_is_kept_when_written_out_again(regime: dict[str, object]) -> None:
    first = scheme_from_data(stated(**regime))
    again = read_scheme(Source("s.yaml", dump_scheme(first).encode()), Problems())
    assert again is not None
    assert again.regime == first.regime


WRITTEN = {
    ("law", Law.PROCUREMENT_ACT_2023): (
        "Procurement Act 2023", "procurement_act_2023", "the Procurement Act", "PA2023", "PA 2023", "pa23",
        "Procurement Act 2023, section 20",
    ),
    ("law", Law.PSR_2023): (
        "Provider Selection Regime 2023", "provider-selection-regime-2023", "PSR", "PSR 2023",
        "Health Care Services (Provider Selection Regime) Regulations 2023",
    ),
    ("law", Law.PSR_WALES_2025): (
        "Health Services (Provider Selection Regime) (Wales) Regulations 2025", "PSR Wales", "psr-wales", "Welsh PSR",
        "Provider Selection Regime (Wales)", "PSR Wales 2025",
    ),
    ("law", Law.PCR_2015): (
        "Public Contracts Regulations 2015", "Public Contract Regulations 2015", "PCR2015", "PCR 2015", "pcr",
        "public-contracts-regulations-2015",
    ),
    ("law", Law.UCR_2016): ("Utilities Contracts Regulations 2016", "utilities-contracts-regulations-2016", "UCR 2016"),
    ("law", Law.CCR_2016): ("Concession Contracts Regulations 2016", "concessions-contracts-regulations-2016", "CCR16"),
    ("law", Law.PCSR_2015): (
        "Public Contracts (Scotland) Regulations 2015", "PCR Scotland 2015", "PCSR 2015",
        "PCS(S)R 2015", "Scottish PCR",
    ),
    ("law", Law.BELOW_THRESHOLD): ("Below threshold", "Procurement Act 2023, below the threshold", "sub-threshold"),
    ("law", Law.GRANT): ("grants", "Grant agreement"),
    ("law", Law.WORLD_BANK): ("World Bank", "world-bank-procurement-regulations"),
    ("law", Law.EU_2014_24): ("Directive 2014/24/EU", "2014/24", "EU directive", "EU"),
    ("law", Law.NONE): ("none", "None", "no law", "private"),
    ("nation", Nation.ENGLAND): ("England",),
    ("nation", Nation.WALES): ("Wales", "Cymru"),
    ("nation", Nation.SCOTLAND): ("Scotland",),
    ("nation", Nation.NORTHERN_IRELAND): ("Northern Ireland", "northern-ireland", "NI"),
    ("nation", Nation.NONE): ("none",),
    ("authority", Authority.CENTRAL): ("Central", "central government", "Government department"),
    ("authority", Authority.COUNCIL): ("council", "County Council", "local authority", "combined authority"),
    ("authority", Authority.PCC): ("PCC", "Police and Crime Commissioner"),
    ("authority", Authority.NHS): ("NHS", "NHS trust", "ICB", "Integrated Care Board"),
    ("authority", Authority.SCHOOL): ("school", "Multi-Academy Trust"),
    ("authority", Authority.HOUSING): ("housing", "Housing Association"),
    ("authority", Authority.CHARITY): ("charity", "VCSE"),
    ("authority", Authority.OTHER): ("other",),
    ("authority", Authority.SUB_CENTRAL): ("sub-central", "Sub-central authority", "subcentral"),
    ("procedure", Procedure.OPEN): ("Open procedure",),
    ("procedure", Procedure.COMPETITIVE_FLEXIBLE): ("competitive flexible procedure", "Flexible"),
    ("procedure", Procedure.DIRECT_AWARD): ("direct award", "Direct Award Process C"),
    ("procedure", Procedure.CALL_OFF): ("framework call-off", "mini-competition"),
    ("procedure", Procedure.RESTRICTED): ("Restricted procedure",),
    ("procedure", Procedure.NEGOTIATED): ("negotiated procedure", "Competitive procedure with negotiation"),
    ("procedure", Procedure.COMPETITIVE_DIALOGUE): ("Competitive dialogue",),
    ("procedure", Procedure.INNOVATION_PARTNERSHIP): ("innovation partnership",),
    ("procedure", Procedure.MOST_SUITABLE_PROVIDER): ("Most Suitable Provider process",),
    ("procedure", Procedure.COMPETITIVE_PROCESS): ("competitive process",),
}  # fmt: skip
SPELLINGS = [(key, text, word) for (key, word), texts in WRITTEN.items() for text in (word, *texts)]


def test_every_word_is_tried() -> None:
    assert {word for _, word in WRITTEN} == {*Law, *Nation, *Authority, *Procedure}


@pytest.mark.parametrize(("key", "text", "word"), SPELLINGS)
def test_usual_spellings_are_understood(key: str, text: str, word: str) -> None:
    found = getattr(scheme_from_data(stated(**{key: text})).regime, key)
    assert found is word


@pytest.mark.parametrize(
    ("key", "text", "message", "hint"),
    [
        ("law", "procurment act 2023", "is no law", 'did you mean "procurement-act-2023"?'),
        ("law", "procurement-act-2012", "is no law", "known here: below-threshold, ccr-2016"),
        ("law", "Public Procurement Act 2007", "is no law", 'did you mean "procurement-act-2023"?'),
        ("law", "Public Contracts Regulations 2006", "is no law", "known here: below-threshold"),
        ("law", "PCR 2015 and UCR 2016", "more than one law", "write one of pcr-2015, ucr-2016"),
        ("law", "", "nothing is written here", "remove the key"),
        ("nation", "Walse", "is no nation", 'did you mean "wales"?'),
        ("nation", "England and Wales", "is no nation", "known here: england"),
        ("authority", "councill", "is no authority", 'did you mean "council"?'),
        ("authority", "local", "is no authority", "known here: central"),
        ("procedure", "competitive-flexibel", "is no procedure", 'did you mean "competitive-flexible"?'),
        ("procedure", "opne", "is no procedure", 'did you mean "open"?'),
    ],
)
def test_a_word_that_is_not_known(key: str, text: str, message: str, hint: str) -> None:
    with pytest.raises(Refused) as e:
        scheme_from_data(stated(**{key: text}))
    (told,) = e.value.diagnostics
    assert message in told.message
    assert hint in told.hint


def test_it_is_told_where_it_stands() -> None:
    lines = dump_scheme(scheme_from_data(stated(law="psr-2023"))).replace("psr-2023", "psr-2032")
    problems = Problems()
    read_scheme(Source("s.yaml", lines.encode()), problems)
    (told,) = problems
    before = lines.partition("psr-2032")[0]
    assert told.where == ("s.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"), "")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("published", "2026-13-01", "TE016"),
        ("published", "20260502", "TE016"),
        ("published", "2 May 2026", "TE016"),
        ("published", "2026-W18-6", "TE016"),
        ("authority", "local", "TE016"),
        ("tender_days", "0", "TE015"),
        ("lots", "2.5", "TE015"),
        ("years", "101", "TE015"),
        ("lot", "4", "TE010"),
    ],
)
def test_what_cannot_be_is_refused(key: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as e:
        scheme_from_data(stated(**{key: value}))
    assert told(e.value.diagnostics) == [f"scheme {code}"]


def test_the_day_may_stand_without_quotes() -> None:
    text = dump_scheme(scheme_from_data(stated(published="2026-05-02"))).replace("'2026-05-02'", "2026-05-02")
    problems = Problems()
    found = read_scheme(Source("s.yaml", text.encode()), problems)
    assert not problems
    assert found is not None
    assert found.regime.published == date(2026, 5, 2)
