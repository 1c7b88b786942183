"""Whole scheme files for the tests of lint: sound ones, and what a few changes make of them."""

from __future__ import annotations

SOUND = """\
format: tender-eval/scheme/1
id: outreach
title: Outreach and refuge support
source: {document: Commissioning strategy of the authority, date: 2026-01, section: "4"}
notes: The weights were agreed with the survivors' forum. The minimum keeps out bids that would not be safe.
currency: GBP
regime: {law: procurement-act-2023, light_touch: true, estimated_value: 900000}

scales:
  zero_to_three:
    - {mark: 0, score: 0%, title: Not shown, descriptor: The question is not answered.}
    - {mark: 1, score: 40%, title: Partly shown, descriptor: A method for part of what is asked.}
    - {mark: 2, score: 70%, title: Shown, descriptor: "A method for all that is asked, with people named."}
    - {mark: 3, score: 100%, title: Proven, descriptor: "As 2, with results of like work."}

conditions:
  - id: safeguarding
    title: A safeguarding policy is in force
    reads: declarations.safeguarding_policy
    must_be: true
    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}

criteria:
  - id: quality
    title: Quality
    weight: 70
    minimum: 50%
    criteria:
      - id: delivery
        title: How survivors are supported
        description: Which support does each survivor get, from whom, and how is it agreed with her?
        weight: 40
        scorer: mark
        scale: zero_to_three
      - id: safety
        title: How survivors and children are kept safe
        description: How is risk noticed, shared and acted on, out of hours too?
        weight: 20
        scorer: mark
        scale: zero_to_three
      - id: social_value
        title: Social value
        description: What is offered to the communities of the area over the contract?
        weight: 10
        scorer: mark
        scale: zero_to_three
  - id: price
    title: Price of the whole contract
    description: Full marks at 700,000 or less, none at 1,000,000 or more, in a straight line between.
    weight: 30
    scorer: {name: fixed_band, full_at: 700000, zero_at: 1000000}

award:
  rule: highest_score
  ties: [{highest: quality}, {lowest: price}]
  on_rejection: recompute

rounding: {places: 2, mode: half_up, at: [total]}
abnormally_low: {below_mean_by: 25%}
panel: {divergence: 2, least: 2}
"""
"""A scheme that no rule on arithmetic or clarity has anything to say about; see also `MODEL`."""


def but(*changes: tuple[str, str], text: str = SOUND) -> str:
    """The text with each of these parts replaced by another.

    Raises:
        ValueError: a part does not stand there exactly once.
    """
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times in the example")
        text = text.replace(old, new)
    return text


BAND = "{name: fixed_band, full_at: 700000, zero_at: 1000000}"
EXPLAINED = "Full marks at 700,000 or less, none at 1,000,000 or more, in a straight line between."


def priced(scorer: str, *changes: tuple[str, str]) -> str:
    """The sound scheme with another scorer of the price."""
    return but((BAND, scorer), (EXPLAINED, "The published method says how a price becomes points."), *changes)


MODEL = but(
    (
        "estimated_value: 900000}",
        (
            "estimated_value: 900000,\n  "
            "authority: sub_central, published: 2026-03-02, tender_days: 70, years: 4, lots: 3,\n  "
            "conflicts_assessment: 2026-02-16, equality_assessment: Equality analysis 14,\n  "
            'policy_statement: "social value and small providers, as criteria"}'
        ),
    ),
    (
        "    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}\n",
        (
            "    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}\n"
            "  - id: whistleblowing\n"
            "    title: A whistleblowing policy is in force\n"
            "    reads: declarations.whistleblowing_policy\n"
            "    must_be: true\n"
            "    source: {document: MoJ Victim Services Commissioning Guidance, date: 2024-10, section: 2.3a}\n"
            "  - id: income\n"
            "    title: Yearly income of at least a quarter of the yearly value, confirmed members included\n"
            "    reads: supplier.annual_income\n"
            "    at_least: 25% of annual_value\n"
            "    pooled: true\n"
            "    source: {document: VAWG Services Commissioning Toolkit, date: 2022-03, section: 3.6.1}\n"
        ),
    ),
    (
        "        weight: 40\n        scorer: mark\n        scale: zero_to_three\n",
        (
            "        weight: 20\n        scorer: mark\n        scale: zero_to_three\n"
            "      - id: standards\n"
            "        title: National shared standards\n"
            "        description: How is the service held to the sector's accredited standards?\n"
            "        weight: 5\n"
            "        scorer: mark\n"
            "        scale: zero_to_three\n"
            "      - id: local\n"
            "        title: Local specialist experience\n"
            "        description: Survivors can reach the service near to where they are, from people "
            "who know the area.\n"
            "        weight: 5\n"
            "        scorer:\n"
            "          name: local_specialist\n"
            "          years_in_area: {share: 100%, bands: [{from: 3, share: 50%}, {from: 6, share: 100%}]}\n"
            "      - id: networks\n"
            "        title: Established local relationships\n"
            "        description: Survivors are passed on without a gap to housing, health and courts.\n"
            "        weight: 5\n"
            "        scorer:\n"
            "          name: network_strength\n"
            "          networks_together: {share: 100%, bands: [{from: 2, share: 50%}, {from: 4, share: 100%}]}\n"
            "      - id: consortium\n"
            "        title: Delivery by small, local and by-and-for providers\n"
            "        description: Only members who have confirmed that they are in the bid count.\n"
            "        weight: 5\n"
            "        scorer:\n"
            "          name: consortium\n"
            "          counts: [small, local, by_and_for]\n"
            "          delivery: {share: 100%, bands: [{from: 25%, share: 50%}, {from: 50%, share: 100%}]}\n"
        ),
    ),
)
"""A scheme that no rule on guidance or law has anything to say about."""
