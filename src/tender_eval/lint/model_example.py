"""A whole scheme that follows the guidance, for the pages of the rules on guidance and law and their tests."""

from __future__ import annotations

from tender_eval.lint.example import but

MODEL = but(
    (
        "estimated_value: 900000}",
        (
            "estimated_value: 900000,\n  "
            "authority: sub_central, published: 2026-03-02, tender_days: 70, years: 4, lots: 3}"
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
