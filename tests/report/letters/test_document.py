"""Assessment summaries: what each says, to whom, and when none is made."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import cases
import docx
import pytest

from tender_eval import (
    Refused,
    bids_from_data,
    compile_scheme,
    load_bids,
    load_catalogue,
    load_scheme,
    scheme_from_data,
)
from tender_eval.case.acts import Act, Entry
from tender_eval.case.case import Case
from tender_eval.case.fold import Told
from tender_eval.documents.docx import document_docx
from tender_eval.documents.html import document_html
from tender_eval.documents.markdown import document_markdown
from tender_eval.model.bids import Bids, Mark
from tender_eval.model.printed import printed
from tender_eval.regime.standstill import standstill
from tender_eval.report.letters.document import summaries
from tender_eval.report.methodology.document import publish

ROOT = Path(__file__).parents[3]
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
SCALE = [
    {"mark": 0, "score": "0%", "title": "None", "descriptor": "Nothing shown."},
    {"mark": 1, "score": "60%", "title": "Some", "descriptor": "A method."},
    {"mark": 2, "score": "100%", "title": "All", "descriptor": "A method that works."},
]
SCHEME: dict[str, Any] = {
    "format": "tender-eval/scheme/1",
    "id": "demo",
    "title": "Refuge services",
    "currency": "GBP",
    "regime": {"law": "procurement-act-2023"},
    "scales": {"s": SCALE},
    "criteria": [
        {"id": "care", "title": "Care", "weight": 60, "minimum": 1, "scorer": "mark", "scale": "s"},
        {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"},
    ],
    "award": {"rule": "highest_score", "ties": [{"highest": "care"}], "on_rejection": "recompute"},
}


def case_of(scheme: str, bids: str) -> Case:
    compiled = compile_scheme(load_scheme(ROOT / "schemes" / f"{scheme}.yaml"), CATALOGUE)
    return case(compiled, load_bids(ROOT / "fixtures" / f"{bids}.bids.yaml"))


def case(compiled: Any, bids: Bids, *entries: Entry) -> Case:
    return cases.case_of(compiled, bids, *entries, decided=True)


def small(*bids: dict[str, Any], scheme: dict[str, Any] | None = None, **rest: Any) -> Case:
    data = {"format": "tender-eval/bids/1", "bids": list(bids)} | rest
    return case(compile_scheme(scheme_from_data(SCHEME | (scheme or {})), CATALOGUE), bids_from_data(data))


def bid(name: str, price: int, care: int = 1, reason: str = "Staff are named.", **more: Any) -> dict[str, Any]:
    mark = {"agreed": care, "individual": {"secret": care}, "reason": reason}
    return {"id": name, "supplier": {"name": f"{name.title()} Care"}, "price": price, "marks": {"care": mark}} | more


def with_reasons(bids: Bids) -> Bids:
    """The same bids, every mark with a reason."""

    def told(marks: Any) -> dict[str, Mark]:
        return {name: replace(mark, reason="Pages 3 to 5 show a method.") for name, mark in marks.items()}

    return replace(
        bids,
        bids=tuple(
            replace(
                b,
                marks=told(b.marks),
                lots={lot: replace(part, marks=told(part.marks)) for lot, part in b.lots.items()},
            )
            for b in bids.bids
        ),
    )


@pytest.fixture(scope="module")
def victim() -> Case:
    return case_of("victim-services-cpqp", "victim-services-cpqp")


@pytest.mark.slow
def test_one_for_every_supplier(victim: Case) -> None:
    found = summaries(victim)
    assert list(found) == [b.id for b in victim.bids.bids]
    assert list(summaries(victim, "severn")) == ["severn"]


def test_scores_totals_reasons_and_what_a_higher_mark_asks_for(victim: Case) -> None:
    text = document_markdown(summaries(victim, "quantock")["quantock"])
    evaluation = victim.evaluations[""]
    result = evaluation.bid("quantock")
    assert result
    for criterion in result.criteria:
        assert criterion.title in text
        assert printed(evaluation, criterion.points) in text
    for mark in next(b for b in victim.bids.bids if b.id == "quantock").marks.values():
        assert mark.reason.split(";")[0] in text
    partnership = text.partition("### 1.4 Partnership")[2].partition("###")[0]
    assert "**Mark 3 (Acceptable), on the scale 0, 1, 2, 3, 4, 5: 6.00 of 10 points.**" in partnership
    assert "- 4 (Good): As 3, and the method is shown to work" in partnership
    assert "- 5 (Excellent): As 4" in partnership
    assert "- 3" not in partnership
    first = text.partition("### 1.1.1 First contact")[2].partition("###")[0]
    assert "This is the highest mark." in first


@pytest.mark.slow
def test_why_it_did_not_win(victim: Case) -> None:
    texts = {name: document_markdown(made) for name, made in summaries(victim).items()}
    assert "Your tender was successful." in texts["severn"]
    assert "The successful tender" not in texts["severn"]
    quantock = texts["quantock"]
    assert "Your tender has a cost per quality point of £30,472.64 and is ranked 2 of 4" in quantock
    assert "The successful tender, of Severn Vale Together, has a cost per quality point of £27,397.26." in quantock
    assert "2,450,000 / 80.4" in quantock
    assert "“Safe practice”: the mark 2 is below the minimum mark 3" in texts["kingfisher"]
    assert "Condition “A whistleblowing policy is in force”." in texts["tor"]
    assert "Asked for: whistleblowing policy: yes. In your tender: no." in texts["tor"]
    assert "Your tender was not scored" in texts["tor"]
    assert "It is provided under" not in texts["tor"], "a tender that was never assessed has no summary under the Act"
    assert "section 50(5) of the Procurement Act 2023" in texts["tor"]
    assert "The successful tender" not in texts["tor"], "nor any scores of others"


@pytest.mark.slow
def test_the_reasons_for_the_winners_scores_are_told_unless_otherwise_asked(victim: Case) -> None:
    """Section 50(4)(b) with regulation 31(2)(e)."""
    assert summaries(victim) == summaries(victim, winner="reasons")


@pytest.mark.slow
def test_nothing_that_is_not_the_suppliers_business(victim: Case) -> None:
    for name, made in summaries(victim, winner="figures").items():
        text = document_markdown(made)
        for other in victim.bids.bids:
            if other.id not in (name, "severn"):
                assert other.name not in text
        winner = next(b for b in victim.bids.bids if b.id == "severn")
        shown = [m.reason for m in winner.marks.values() if m.reason.split(";")[0].rstrip(".") in text]
        assert bool(shown) == (name == "severn"), "the winner's reasons are its own"
        assert "bids.yaml" not in text
        for who in ("practitioner", "mark of", "diverge"):
            assert who not in text.replace("The commissioner first gave", "")


@pytest.mark.slow
def test_what_is_told_of_the_winner_can_be_chosen(victim: Case) -> None:
    reason = "A joint procedure with named leads in each partner"
    score = "| **1 Quality** |  | **87.60** | **100** |"
    ways = ("withheld", "figures", "reasons")
    told = {w: document_markdown(summaries(victim, "quantock", winner=w)["quantock"]) for w in ways}
    assert [score in told[w] for w in told] == [False, True, True]
    assert [reason in told[w] for w in told] == [False, False, True]
    assert "section 94" in told["withheld"]
    assert all("Severn Vale Together" in text for text in told.values())


def test_every_reason_that_is_missing_is_told_with_its_place() -> None:
    found = case_of("light-touch-60-40", "two-schemes")
    with pytest.raises(Refused) as refused:
        summaries(found)
    diagnostics = refused.value.diagnostics
    scored = [b for b in found.evaluations[""].bids if b.criteria]
    assert len(diagnostics) == 4 * len(scored)
    assert {d.code for d in diagnostics} == {"TE095"}
    assert all(d.where and d.where.line for d in diagnostics)
    assert len({d.where for d in diagnostics}) == len(diagnostics)


@pytest.mark.parametrize("reason", ["", "  ", "-", "n/a", "None", "TBC", "..."])
def test_a_reason_that_says_nothing_is_none(reason: str) -> None:
    with pytest.raises(Refused, match="TE095"):
        summaries(small(bid("alder", 10, reason=reason), bid("birch", 20)))


@pytest.mark.parametrize(
    "reason", ["Better than the others.", "Birch Care has more staff.", "Names its staff, which bid birch does not."]
)
def test_a_reason_that_compares_bids_is_refused(reason: str) -> None:
    found = small(bid("alder", 10, reason=reason), bid("birch", 20))
    with pytest.raises(Refused, match="TE096") as refused:
        summaries(found)
    assert len(refused.value.diagnostics) == 1
    assert refused.value.diagnostics[0].where
    assert list(summaries(found, "birch", winner="figures")) == ["birch"], "the other one's can be sent"
    with pytest.raises(Refused, match="TE096"):
        summaries(found, "birch")


def test_a_members_name_in_its_own_summary_is_no_comparison() -> None:
    members = {"members": [{"name": "Shared Partner", "share": "10%", "confirmed": True}]}
    bids = [bid(name, 10, reason="Shared Partner leads outreach.", consortium=members) for name in ("alder", "birch")]
    assert len(summaries(small(*bids), draft=True)) == 2


def test_an_unknown_bid() -> None:
    with pytest.raises(Refused, match="TE070"):
        summaries(small(bid("alder", 10)), "aldre")


def test_a_tie_is_not_told_as_an_award() -> None:
    text = document_markdown(summaries(small(bid("alder", 10), bid("birch", 10)), draft=True)["alder"])
    assert (
        "Nothing is decided yet. Your tender has the same figure as another, and the published scheme does not" in text
    )
    assert "Birch Care" not in text


def test_the_working_of_the_figure_has_a_heading_that_reads_well() -> None:
    text = document_markdown(summaries(small(bid("alder", 10)))["alder"])
    assert "\n## The points of your tender, worked out\n" in text


def test_a_broken_tie_is_explained() -> None:
    # care 60 + price 0 = care 36 + price 24
    band = {"name": "fixed_band", "full_at": 10, "zero_at": 20}
    scheme = {"criteria": [SCHEME["criteria"][0], {"id": "price", "title": "Price", "weight": 40, "scorer": band}]}
    text = document_markdown(summaries(small(bid("alder", 20, 2), bid("birch", 14, 1), scheme=scheme))["birch"])
    assert "The published tie break decided, in this order: the highest points for “Care”." in text


def test_a_correction_is_shown_where_the_mark_is() -> None:
    body = {"bid": "alder", "field": "marks.care", "old": "2", "new": "1", "reason": "Page 9 was read twice."}
    act = Act(7, "correct", body, "2026-05-20T10:00:00Z")
    found = small(bid("alder", 10), bid("birch", 20))
    texts = {n: document_markdown(d) for n, d in summaries(replace(found, acts=(Told(act, {}, {}),))).items()}
    assert "**Corrected on 20 May 2026, 10:00:00 UTC, from 2 to 1:** Page 9 was read twice." in texts["alder"]
    assert "Corrected" not in texts["birch"].partition("## The successful tender")[0]


def test_the_record_is_named_where_there_is_one() -> None:
    found = replace(small(bid("alder", 10)), head="ab" * 32)
    assert "ab" * 32 in document_markdown(summaries(found)["alder"])


@pytest.mark.parametrize("light", [True, False])
def test_the_standstill(light: bool) -> None:
    regime = {"law": "procurement-act-2023", "light_touch": light}
    found = small(bid("alder", 10), scheme={"regime": regime})
    period = standstill(date(2026, 6, 1), found.compiled.scheme.regime)
    text = document_markdown(summaries(found, standstill=period, issued_on=date(2026, 5, 29))["alder"])
    assert "Wednesday 10 June 2026" in text
    assert "Friday 29 May 2026" in text
    assert ("not mandatory" in text) == light
    assert "Standstill" not in document_markdown(summaries(found)["alder"])


@pytest.mark.parametrize(
    ("regime", "under"),
    [
        (
            {"law": "Procurement Act 2023"},
            "section 50 of the Procurement Act 2023 and regulation 31 of the Procurement Regulations 2024",
        ),
        (
            {"law": "PA2023", "nation": "wales"},
            "section 50 of the Procurement Act 2023 and regulation 32 of the Procurement (Wales) Regulations 2024",
        ),
        ({"law": "PCR 2015"}, "regulation 86 of the Public Contracts Regulations 2015"),
        ({"law": "PCS(S)R 2015"}, "regulation 85 of the Public Contracts (Scotland) Regulations 2015"),
        ({"law": "UCR 2016"}, "regulation 101 of the Utilities Contracts Regulations 2016"),
        (
            {"law": "PSR"},
            "regulation 11(8) of the Health Care Services (Provider Selection Regime) Regulations 2023",
        ),
        ({"law": "world-bank"}, ""),
        ({"law": "procurement-act-2023", "light_touch": True, "estimated_value": 1000}, ""),
    ],
)
def test_the_law_that_asks_for_it(regime: dict[str, object], under: str) -> None:
    text = document_markdown(summaries(small(bid("alder", 10), scheme={"regime": regime}))["alder"])
    assert f"It is provided under {under}." in text if under else "It is provided under" not in text


@pytest.mark.parametrize(
    ("law", "said"),
    [
        (
            "psr-2023",
            ("begin on Tuesday 2 June 2026", "eighth working day after, Friday 12 June 2026", "2023, regulation 12"),
        ),
        (
            "pcr-2015",
            (
                "Thursday 11 June 2026",
                "is ten days: it ends at midnight",
                "Public Contracts Regulations 2015, regulation 87",
            ),
        ),
    ],
)
def test_the_standstill_of_other_laws(law: str, said: tuple[str, ...]) -> None:
    found = small(bid("alder", 10), scheme={"regime": {"law": law}})
    period = standstill(date(2026, 6, 1), found.compiled.scheme.regime)
    text = document_markdown(summaries(found, standstill=period)["alder"])
    assert all(one in text for one in said)
    assert "Procurement Act" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scheme", "bids"),
    [
        ("victim-services-cpqp", "victim-services-cpqp"),
        ("level-playing-field", "level-playing-field"),
        ("consortium-lead-provider", "consortium-sutton"),
        ("rape-support-consortium", "rape-support-consortium"),
        ("regional-quality-cost-risk", "regional-quality-cost-risk"),
        ("small-grants-pot", "small-grants-pot"),
        ("restricted-two-stage", "restricted-two-stage"),
        ("framework-four-suppliers", "framework-four-suppliers"),
        ("price-heavy-70-30", "two-schemes"),
    ],
)
def test_every_shipped_case_can_be_told(scheme: str, bids: str) -> None:
    bare = case_of(scheme, bids)
    found = case(bare.compiled, with_reasons(bare.bids))
    for name, made in summaries(found).items():
        text = document_markdown(made)
        results = [r for e in found.evaluations.values() if (r := e.find(name))]
        assert text.count("## What was decided") == len(results)
        for result in results:
            if result.status == "not_shortlisted":
                assert "it was not shortlisted" in text
            if result.award:
                assert f"You are awarded £{result.award.numerator:,}." in text
        assert document_html(made).count("<h1") == 1


@pytest.mark.slow
def test_lots_are_told_one_by_one() -> None:
    bare = case_of("level-playing-field", "level-playing-field")
    found = case(bare.compiled, with_reasons(bare.bids))
    text = document_markdown(summaries(found, "caldera")["caldera"])
    assert text.count("## Lot: ") == 2
    assert text.count("### What was decided") == 2


@pytest.mark.slow
def test_hostile_text_comes_out_inert() -> None:
    nasty = "<script>alert(1)</script> =cmd|' /C calc'!A0 \u202egnp \U0001f600 " + "long " * 20_000
    hostile = bid("alder", 10, reason=nasty)
    hostile["supplier"]["name"] = "<img src=x onerror=alert(1)>\u202e"
    made = summaries(small(hostile, bid("birch", 20)))["alder"]
    page = document_html(made)
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page + document_markdown(made)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    word = docx.Document(io.BytesIO(document_docx(made)))
    assert any("<script>alert(1)</script> =cmd|" in p.text for p in word.paragraphs)


@pytest.mark.slow
def test_the_same_case_gives_the_same_bytes(victim: Case) -> None:
    first, again = summaries(victim), summaries(victim)
    assert first == again
    name = next(iter(first))
    assert document_docx(first[name]) == document_docx(again[name])
    assert document_html(first[name]) == document_html(again[name])


def test_every_criterion_of_a_shortlist_is_named_by_its_title() -> None:
    criteria = [
        {"id": name, "title": f"{name.title()} of 2022", "weight": 30, "scorer": {"name": "mark", "out_of": 5}}
        for name in ("care", "reach")
    ]
    price = {"id": "price", "title": "Price", "weight": 40, "scorer": "ratio_to_lowest"}
    scheme = {"criteria": [*criteria, price], "shortlist": {"by": ["care", "reach"], "top": 1}}

    def both(name: str, mark: int) -> dict[str, Any]:
        given = {"agreed": mark, "reason": "Staff are named."}
        return bid(name, 10) | {"marks": {"care": given, "reach": given}}

    text = document_markdown(summaries(small(both("alder", 5), both("birch", 2), scheme=scheme))["birch"])
    assert "It was not among the best 1 on “Care of 2022” and “Reach of 2022”." in text


def test_names_of_suppliers_are_set_apart_from_the_words_around_them() -> None:
    """A name may be written in another direction than the sentence that it stands in."""
    page = document_html(summaries(small(bid("alder", 10), bid("birch", 20)))["birch"])
    assert "The successful tender, of <bdi>Alder Care</bdi>, has" in page


@pytest.mark.slow
def test_no_document_for_bidders_names_a_file_of_the_authority() -> None:
    """Where a figure was read is for the panel: the places of its files stand in no letter and no methodology."""
    found = case_of("victim-services-cpqp", "victim-services-cpqp")
    told = case(found.compiled, with_reasons(found.bids))
    for letter in summaries(told).values():
        assert ".yaml" not in document_markdown(letter)
    assert ".yaml" not in document_markdown(publish(found.compiled, found.bids))
