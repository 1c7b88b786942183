"""The documents that rules rest on, by the names under which findings cite them.

``verified`` says that we read the wording in the document; judgments and the laws of others are cited from commentary,
and the findings say so.
"""

from __future__ import annotations

from tender_eval.plugins.lint_rule import Clause

TOOLKIT = "Home Office VAWG Services Commissioning Toolkit (March 2022)"
VICTIM_SERVICES = "MoJ Victim Services Commissioning Guidance (October 2024)"
ACT = "Procurement Act 2023"
WELSH_GUIDANCE = "Welsh Government draft VAWDASV commissioning guidance (2018)"


def toolkit(section: str) -> Clause:
    """A section of the Home Office toolkit, which we have read."""
    return Clause(TOOLKIT, section, True)


def victim_services(section: str) -> Clause:
    """A section of the Ministry of Justice's guidance, which we have read."""
    return Clause(VICTIM_SERVICES, section, True)


def welsh_guidance(section: str) -> Clause:
    """A section of the Welsh Government's draft, which we have read."""
    return Clause(WELSH_GUIDANCE, section, True)


def act(section: str) -> Clause:
    """A section of the Act, which we have read as it stood on 1 April 2026 (legislation.gov.uk, ukpga/2023/54)."""
    return Clause(ACT, section, True)


MAINSTREAMING = "Mainstreaming the Commissioning of Local Services to Address Violence Against Women and Girls"
THREE_YEARS = Clause(
    f"{MAINSTREAMING} (December 2009)",
    "chapter 4, quoting Creating Safe, Strong and Prosperous Communities (2008), paragraph 6.16",
    True,
)
"""Three years as the starting point of funding."""

CLEAR_CRITERIA = toolkit("5.5")
"""Being clear about evaluation criteria at the start; documents accessible, concise and free of jargon."""

MEASURABLE = act("s.23")
"""Award criteria that are clear, measurable and specific."""

CONSTRUCTED = Clause("Constructed example, computed by the tests", "tests/published/test_pathologies.py", True)
LANCASHIRE = Clause("Lancashire Care v Lancashire CC", "[2018] EWHC 1589 (TCC)", False)
UTRECHT = Clause("Hoge Raad 9 May 2014, Gemeente Utrecht", "ECLI:NL:HR:2014:1078", False)
LUNANDER = Clause(
    "Lunander, Värdering av antalet vinnande leverantörer vid anbudsutvärdering i offentlig upphandling (2014)",
    "summary",
    True,
)
"""Two tenders of supported homes with bids for several, and what at least three winning suppliers cost."""
IDELUX = Clause("Council of State of Belgium, Idelux", "judgment 257.117 of 2023", False)
ARITHMETIC = Clause("Arithmetic", "what the scheme's own figures come to", True)
IGNORE_COMMENTS = Clause("tender-eval documentation", "docs/lint.md, Ignore comments", True)
SEALING = Clause("tender-eval documentation", "docs/records.md, What envelopes keep closed", True)
OURS = frozenset({CONSTRUCTED.document, ARITHMETIC.document, IGNORE_COMMENTS.document})
"""Grounds of our own, in which there is no wording of another to be read."""
