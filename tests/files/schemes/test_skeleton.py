"""A scheme begun from a notice: what the notice says, nothing that it does not, and every gap asked for by validate."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tender_eval import load_catalogue
from tender_eval.engine.check import Sound, check
from tender_eval.files.ocds.notice import read_notice
from tender_eval.files.schemes.skeleton import ASK, Skeleton, skeleton
from tender_eval.files.source import Source
from tender_eval.files.text.values import parse_json, parse_yaml
from tender_eval.model.diagnostics import Problems, Refused
from tender_eval.model.location import Location

ROOT = Path(__file__).parents[3]
NOTICE: dict[str, Any] = json.loads((ROOT / "fixtures" / "ocds" / "tender-notice.json").read_text(encoding="utf-8"))
CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})


def begun(data: object) -> Skeleton:
    problems = Problems()
    root = parse_json(Source("n.json", json.dumps(data).encode()), problems)
    problems.refuse()
    return skeleton(problems.sound(read_notice(root, Location("n.json"), problems)))


def notice(**tender: Any) -> dict[str, Any]:
    """The notice with other values of its tender; None takes one out."""
    data = deepcopy(NOTICE)
    found = data["releases"][0]["tender"] | tender
    data["releases"][0]["tender"] = {key: value for key, value in found.items() if value is not None}
    return data


def values(made: Skeleton) -> Any:
    problems = Problems()
    read = parse_yaml(Source("s.yaml", made.text.encode()), problems)
    problems.refuse()
    return read


def refused(data: object) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as told:
        begun(data)
    return [(d.code, str(d.where)) for d in told.value.diagnostics]


def test_what_the_notice_says_is_filled_in() -> None:
    read = values(begun(NOTICE))
    assert (read["id"], read["title"], read["deadline"]) == (
        "VC-2026-14", "Refuge and outreach", "2026-07-14T12:00:00+01:00",
    )  # fmt: skip
    assert {key: value for key, value in read["regime"].items() if value is not None} == {
        "law": "procurement-act-2023", "nation": "wales", "authority": "sub_central", "light_touch": "true",
        "procedure": "Open procedure", "published": "2026-05-05", "estimated_value": "1800000", "tender_days": "70",
        "years": "4", "lots": "2",
    }  # fmt: skip
    assert [(c["id"], c["weight"], c.get("lots")) for c in read["criteria"]] == [
        ("quality", "60", None), ("price", "30", None), ("rural-reach", "10", ["2"]),
    ]  # fmt: skip
    assert read["weights_by_lot"] == {"1": {"quality": "70"}}
    assert read["award"]["lots"] == {"mechanism": None, "most_tendered": "2", "most_awarded": "1"}


def test_every_gap_is_asked_for_by_validate_and_nothing_else() -> None:
    made = begun(NOTICE)
    lines = [n for n, line in enumerate(made.text.splitlines(), 1) if ASK in line]
    checked = check(Source("s.yaml", made.text.encode()), None, CATALOGUE)
    assert isinstance(checked, Refused)
    assert [(d.code, d.where.line) for d in checked.diagnostics if d.where] == [("TE018", n) for n in lines]
    assert made.asks == len(lines) == 9


def test_filled_in_it_is_a_scheme() -> None:
    text = begun(NOTICE).text
    answers = {
        "tax": "excluded", "conflicts_assessment": "2026-04-01", "rule": "highest_score", "ties": "[{lowest: price}]",
        "on_rejection": "recompute", "mechanism": "largest_lead",
    }  # fmt: skip
    for key, answer in answers.items():
        text = "\n".join(f"{line.partition(':')[0]}: {answer}" if line.strip().startswith(f"{key}:  {ASK}") else line
                         for line in text.splitlines())  # fmt: skip
    before, price, after = text.partition('  - id: "price"')
    mark, ratio = "    scorer: {name: mark, out_of: 5}", "    scorer: ratio_to_lowest"

    def filled(part: str, answers: list[str]) -> str:
        for answer in answers:
            line = next(one for one in part.splitlines() if one.startswith(f"    scorer:  {ASK}"))
            part = part.replace(line, answer, 1)
        return part

    whole = filled(before, [mark]) + price + filled(after, [ratio, mark])
    checked = check(Source("s.yaml", whole.encode()), None, CATALOGUE)
    assert isinstance(checked, Sound), [str(d) for d in checked.diagnostics]
    assert checked.compiled.plan.scheme.lots == ("1", "2")


def test_what_a_notice_does_not_say_stands_empty() -> None:
    bare = {"ocid": "ocds-x-1", "tender": {"id": "T"}}
    read = values(begun(bare))
    assert {key for key, value in read["regime"].items() if value is None} == {
        "law", "nation", "authority", "light_touch", "procedure", "published", "estimated_value", "tender_days",
        "years", "no_lots_reason", "conflicts_assessment",
    }  # fmt: skip
    assert [read[key] for key in ("title", "currency", "deadline", "criteria")] == [None] * 4


@pytest.mark.parametrize(
    ("tender", "key", "value"),
    [
        ({"aboveThreshold": False}, "law", "below-threshold"),
        ({"legalBasis": {"scheme": "CELEX", "id": "32014L0024"}}, "law", None),
        ({"specialRegime": None}, "light_touch", None),
        ({"procurementMethodDetails": "A way of our own"}, "procedure", None),
        ({"procurementMethodDetails": "Competitive flexible procedure"}, "procedure", "Competitive flexible procedure"),
        ({"value": {"amount": 5}}, "estimated_value", "1800000"),
        ({"value": None, "lots": [{"id": "1"}]}, "estimated_value", None),
        ({"tenderPeriod": {"endDate": "2026-07-14T12:00:00"}}, "tender_days", "70"),
    ],
)
def test_what_is_read_of_the_regime(tender: dict[str, Any], key: str, value: str | None) -> None:
    assert values(begun(notice(**tender)))["regime"][key] == value


@pytest.mark.parametrize(
    ("period", "years"),
    [
        ({"startDate": "2027-04-01T00:00:00Z", "endDate": "2030-03-31T00:00:00Z"}, "3"),
        ({"startDate": "2027-04-01T00:00:00Z", "endDate": "2030-04-01T00:00:00Z"}, "3"),
        ({"startDate": "2027-04-01T00:00:00Z", "endDate": "2030-09-30T00:00:00Z"}, None),
        ({"durationInMonths": 24}, "2"),
        ({"durationInMonths": 30}, None),
    ],
)
def test_whole_years_of_the_contract(period: dict[str, Any], years: str | None) -> None:
    lots = [{"id": "1", "contractPeriod": period}]
    assert values(begun(notice(lots=lots)))["regime"]["years"] == years


def lot(name: str, *criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "awardCriteria": {"criteria": list(criteria)}, **more}


def criterion(name: str, *weights: tuple[float, str], **more: Any) -> dict[str, Any]:
    return {"name": name, "numbers": [{"number": n, "weight": code} for n, code in weights], **more}


@pytest.mark.parametrize("code", ["percentageRangeMiddle", "orderImportance", "decimalExact", "pointsRangeMiddle"])
def test_a_weight_that_is_not_exact_is_asked_for_and_told_as_it_stands(code: str) -> None:
    made = begun(notice(lots=[lot("1", criterion("Quality", (70, code)))]))
    assert values(made)["criteria"][0]["weight"] is None
    assert f"# ask: its weight: the notice has {code} 70" in made.text


def test_two_exact_weights_of_one_criterion_are_none() -> None:
    made = begun(notice(lots=[lot("1", criterion("Quality", (60, "percentageExact"), (70, "percentageExact")))]))
    assert values(made)["criteria"][0]["weight"] is None
    assert "the notice has percentageExact 60, percentageExact 70" in made.text


def test_a_weight_that_one_lot_alone_states_is_not_given_to_another() -> None:
    made = begun(notice(lots=[lot("1", criterion("Quality", (60, "percentageExact"))), lot("2", criterion("Quality"))]))
    read = values(made)
    assert read["criteria"][0]["weight"] is None
    assert read["weights_by_lot"] == {"1": {"quality": "60"}}


def test_weights_of_two_kinds_are_left_open() -> None:
    made = begun(
        notice(lots=[lot("1", criterion("Quality", (60, "percentageExact")), criterion("Price", (40, "pointsExact")))])
    )
    read = values(made)
    assert (read["weights"], [c["weight"] for c in read["criteria"]]) == (None, [None, None])
    assert "the notice has percentageExact 60" in made.text


def test_what_lots_say_differently_of_a_criterion_is_asked_for() -> None:
    one = criterion("Value", (50, "percentageExact"), type="price", description="The price")
    other = criterion("Value", (50, "percentageExact"), type="quality", description="What it is worth")
    made = begun(notice(lots=[lot("1", one), lot("2", other)]))
    assert values(made)["criteria"][0]["description"] is None
    assert 'lot "1": "The price"; lot "2": "What it is worth"' in made.text
    assert 'the lots call it "price", "quality"' in made.text


def test_a_lot_without_criteria_is_asked_for() -> None:
    made = begun(notice(lots=[lot("1", criterion("Quality", (100, "percentageExact"))), lot("2")]))
    assert '# ask: what is scored in lot "2": the notice names no criterion\n' in made.text
    assert values(made)["criteria"][0]["lots"] == ["1"]


@pytest.mark.parametrize(
    ("basis", "law"),
    [
        (("UKSI", "2023/1348"), "psr-2023"), (("WSI", "2025/99"), "psr-wales-2025"), (("SSI", "2015/446"), "pcsr-2015"),
        (("UKSI", "2015/102"), "pcr-2015"), (("CELEX", "32014L0024"), None),
    ],
)  # fmt: skip
def test_the_law_is_that_of_the_legal_basis_and_of_no_other(basis: tuple[str, str], law: str | None) -> None:
    made = begun(notice(legalBasis={"scheme": basis[0], "id": basis[1]}, aboveThreshold=False))
    assert values(made)["regime"]["law"] == law
    assert ('the notice says "CELEX 32014L0024"' in made.text) == (law is None)


@pytest.mark.parametrize(
    ("tender", "tag", "said"),
    [
        ({"status": "cancelled"}, ["tender"], "cancelled"),
        ({}, ["tenderCancellation"], "cancelled"),
        ({"status": "complete"}, ["tender"], "complete"),
        ({"status": "active"}, ["tender"], ""),
    ],
)
def test_a_tender_that_is_over_is_told(tender: dict[str, Any], tag: list[str], said: str) -> None:
    data = notice(**tender)
    data["releases"][0]["tag"] = tag
    assert begun(data).text.startswith(f"# The notice says that this tender is {said}:") is bool(said)


@pytest.mark.parametrize("tag", [["tenderUpdate"], ["compiled"], ["tender"]])
def test_the_day_of_another_notice_is_not_that_of_publication(tag: list[str]) -> None:
    data = notice()
    data["releases"][0]["tag"] = tag
    regime = values(begun(data))["regime"]
    first = tag == ["tender"]
    assert (regime["published"], regime["tender_days"]) == (("2026-05-05", "70") if first else (None, None))


def test_amounts_in_two_currencies_are_no_sum() -> None:
    lots = [lot(n, value={"amountGross": 5, "currency": c}) for n, c in (("1", "GBP"), ("2", "EUR"))]
    read = values(begun(notice(value=None, lots=lots)))
    assert (read["currency"], read["regime"]["estimated_value"]) == (None, None)
    lots[1]["value"]["currency"] = "GBP"
    read = values(begun(notice(value=None, lots=lots)))
    assert (read["currency"], read["regime"]["estimated_value"]) == ("GBP", "10")


def test_the_last_release_counts_and_the_first_says_when_it_was_published() -> None:
    data = notice(title="As amended")
    data["releases"][0] |= {"date": "2026-05-20T10:00:00+01:00", "tag": ["tenderUpdate"]}
    data["releases"].insert(0, deepcopy(NOTICE["releases"][0]))
    read = values(begun(data))
    assert (read["title"], read["regime"]["published"]) == ("As amended", "2026-05-05")


HOSTILE = (
    'x"\n  law: pcr-2015', "# tender-eval: ignore-file TE203 because it is said in a comment", "\u202eevil", "a: &b *c",
    "\x1b[2J", "{{7*7}}", "!!python/object:os.system", "\u2028---\nformat: x", "=cmd()", "🛟", "\\u0041", "'",
    "\x85", "%",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    lot = {"id": "1", "title": text, "selectionCriteria": {"criteria": [{"type": text, "description": text}]},
           "awardCriteria": {"criteria": [{"name": text, "type": text, "description": text}]}}  # fmt: skip
    made = begun(notice(id=f"T {text}", title=text, description=text, procurementMethodDetails=text, lots=[lot]))
    assert all(line == line.strip("\r") and line.isprintable() for line in made.text.split("\n"))
    read = values(made)
    assert " ".join(read) == "format id title source notes currency tax deadline regime criteria award"
    assert read["title"] == (text if text.strip() else None)
    assert read["regime"]["law"] == "procurement-act-2023"
    checked = check(Source("s.yaml", made.text.encode()), None, CATALOGUE)
    assert isinstance(checked, Refused)
    assert {d.code for d in checked.diagnostics} == {"TE018"}
    assert "ignore-file" not in "\n".join(line.partition("  # ask")[2] for line in made.text.splitlines())


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ([], [("TE005", "n.json")]),
        ({"ocid": "x"}, [("TE005", "n.json")]),
        ({"ocid": "x", "tender": []}, [("TE005", "n.json")]),
        (notice(value={"amount": "much", "amountGross": -1}), ["TE013", "TE015"]),
        (notice(lots=[{"id": "1"}, {"id": "1"}, {}]), ["TE011", "TE020"]),
        (notice(tenderPeriod={"endDate": "soon"}, lots={"id": 1}), ["TE012", "TE016"]),
        ({"releases": [{"ocid": "a", "tender": {}}, {"ocid": "b", "tender": {}}]}, ["TE012"]),
    ],
)
def test_every_fault_is_told_at_its_place(data: Any, told: list[Any]) -> None:
    found = refused(data)
    codes = [one if isinstance(one, str) else one[0] for one in told]
    assert sorted(code for code, _ in found) == codes
    assert all(where.startswith("n.json") for _, where in found)
    assert all(":" in where for code, where in found if code != "TE005")
