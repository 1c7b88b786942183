"""Hurdles and the findings of others on the page."""

from __future__ import annotations

from dataclasses import replace

from lot_outcomes import figures, made_up

from tender_eval.documents.writers import FORMATS
from tender_eval.report.csv.simulation import lots_csv
from tender_eval.report.json.simulation import lots_data
from tender_eval.report.simulation.document import simulation_document
from tender_eval.report.simulation.others import FINDINGS, verdict
from tender_eval.simulation.results.outcome import (
    DesignHurdles,
    Estimate,
    HurdleEffect,
    Joint,
    JointDesign,
    JointRange,
    PairedOutcome,
    SimulationOutcome,
)

TYPES = ("by_and_for", "local", "regional", "national")


def changes(**means: float) -> dict[str, Estimate]:
    names = ["small_bidders", "small_win_share", *(f"{s}.{t}" for s in ("bidding", "winning") for t in TYPES)]
    return {name: Estimate(means.get(name.replace(".", "_"), 0.0), 0.01, 64) for name in names}


def hindered() -> SimulationOutcome:
    alone = HurdleEffect(("turnover",), changes())
    carry = HurdleEffect(("capacity",), changes(bidding_local=0.3, small_win_share=0.07))
    both = HurdleEffect(
        ("turnover", "capacity"), changes(bidding_by_and_for=1.1, bidding_local=0.74), changes(bidding_by_and_for=1.04)
    )
    return made_up(hurdles=(DesignHurdles("1 lot", (alone, carry, both)),))


def page(outcome: SimulationOutcome) -> str:
    return FORMATS["markdown"].write(simulation_document(outcome)).decode()


def test_each_hurdle_has_its_effect_by_type_and_pairs_that_bind_are_named() -> None:
    text = page(hindered())
    assert "| The income asked and other conditions: bid | 0.00" in text
    assert "| What one can carry: bid |" in text
    assert "the income asked and other conditions and what one can carry: lifting both brings +1.10" in text
    assert "+1.04" in text
    assert "local bidders a tender" not in text  # that pair brings no more together than apart


def test_hurdles_are_in_json_and_csv() -> None:
    (design,) = lots_data(hindered())["hurdles"]
    assert design["design"] == "1 lot"
    assert [e["lifted"] for e in design["effects"]] == [["turnover"], ["capacity"], ["turnover", "capacity"]]
    assert design["effects"][1]["changes"]["types"]["local"]["bidding"]["mean"] == 0.3
    assert design["effects"][2]["beyond_sum"]["types"]["by_and_for"]["bidding"]["mean"] == 1.04
    assert "beyond_sum" not in design["effects"][0]
    rows = [line.split(",") for line in lots_csv(hindered()).splitlines()]
    assert any(r[:3] == ["hurdle beyond sum", "turnover+capacity", "1 lot"] for r in rows)


def less(**means: float) -> tuple[PairedOutcome, ...]:
    return (PairedOutcome("8 lots", "1 lot", figures(**means)),)


def verdicts(outcome: SimulationOutcome) -> list[str]:
    lines = page(outcome).splitlines()
    rows = [line for line in lines if "Strömbäck, Umeå" in line or "Hoekman and Taş, Small" in line]
    return [row.strip("| ").rpartition("|")[2].strip() for row in rows]


def test_what_others_found_stands_beside_ours_agreeing_or_not() -> None:
    assert verdicts(made_up(paired=less(small_bidders=5.0, small_award_rate=-0.2))) == [
        "no, the other way", "no, the other way", "yes", "yes",
    ]  # fmt: skip
    assert verdicts(made_up(paired=less(small_bidders=-1.0, small_award_rate=0.2))) == [
        "yes", "yes", "no, the other way", "no, the other way",
    ]  # fmt: skip
    assert verdicts(made_up(paired=less(small_bidders=0.01, small_award_rate=0.0))) == ["not clear"] * 4
    small = "format: tender-eval/lots-spec/1\nlots: [1, 8]\nparameters: {value: 100000}\n"
    assert len(verdicts(made_up(small))) == 3  # the finding on larger lots does not apply


def test_a_sign_that_the_trials_do_not_keep_is_not_clear() -> None:
    wide = JointRange(-1.0, 1.0, 3.0, 0.8)
    joint = Joint(20, (), (JointDesign("8 lots", {"small_bidders": wide}, "1 lot"),), {})
    outcome = made_up(joint=joint, paired=less(small_bidders=5.0))
    assert [verdict(finding, outcome) for finding in FINDINGS] == ["unclear"] * 4
    assert verdict(FINDINGS[2], replace(outcome, joint=None)) == "so"
