"""Under which law a contract is let, where and by whom, in the words of one vocabulary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class Nation(StrEnum):
    """Where the authority is; `NONE` outside of the United Kingdom."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    NONE = "none"


class Law(StrEnum):
    """What governs the award; `NONE` where it is said that no law on procurement does."""

    PROCUREMENT_ACT_2023 = "procurement-act-2023"
    PSR_2023 = "psr-2023"  # Health Care Services (Provider Selection Regime) Regulations 2023
    PSR_WALES_2025 = "psr-wales-2025"  # Health Services (Provider Selection Regime) (Wales) Regulations 2025
    PCR_2015 = "pcr-2015"  # Public Contracts Regulations 2015
    UCR_2016 = "ucr-2016"  # Utilities Contracts Regulations 2016
    CCR_2016 = "ccr-2016"  # Concession Contracts Regulations 2016
    PCSR_2015 = "pcsr-2015"  # Public Contracts (Scotland) Regulations 2015
    BELOW_THRESHOLD = "below-threshold"  # Procurement Act 2023, Part 6
    GRANT = "grant"
    WORLD_BANK = "world-bank"
    EU_2014_24 = "eu-2014-24"
    NONE = "none"


class Authority(StrEnum):
    """Who lets the contract; `SUB_CENTRAL` says only which thresholds are its own."""

    CENTRAL = "central"
    COUNCIL = "council"
    PCC = "pcc"
    NHS = "nhs"
    SCHOOL = "school"
    HOUSING = "housing"
    CHARITY = "charity"
    OTHER = "other"
    SUB_CENTRAL = "sub_central"


class Procedure(StrEnum):
    """How the contract is let, whichever law has such a procedure."""

    OPEN = "open"
    COMPETITIVE_FLEXIBLE = "competitive-flexible"
    DIRECT_AWARD = "direct-award"
    CALL_OFF = "call-off"
    RESTRICTED = "restricted"
    NEGOTIATED = "negotiated"
    COMPETITIVE_DIALOGUE = "competitive-dialogue"
    INNOVATION_PARTNERSHIP = "innovation-partnership"
    MOST_SUITABLE_PROVIDER = "most-suitable-provider"
    COMPETITIVE_PROCESS = "competitive-process"


@dataclass(frozen=True, slots=True)
class Regime:
    """What a scheme states of the procurement beside itself; None, or no text, where it does not.

    Nothing here changes a score: it says which rules of law bind, and lint asks it of the tender.

    Attributes:
        published: the day of publication.
        estimated_value: of the whole contract, with options and VAT.
        tender_days: that bidders have to write their tenders.
        years: of the contract, without options to extend.
        lots: into how many the contract is divided; 1 where it is not.
        rounds: of offers, the first tenders among them, of which the last is best and final; None where there is one.
        conflicts_assessment: the day on which it was prepared.
        equality_assessment: where it is kept, or the record of how equality was considered.
        policy_statement: how regard was had to the national procurement policy statement, or to that of Wales.
        outcomes: what the service is to achieve, as the specification names it.
        unread: words of a scheme in a record that another version knew and this one does not.
        concession: whether bidders pay the authority, as the scheme says it of its price (``payment: received``).
    """

    nation: Nation | None = None
    law: Law | None = None
    authority: Authority | None = None
    light_touch: bool | None = None
    procedure: Procedure | None = None
    published: date | None = None
    estimated_value: Fraction | None = None
    tender_days: int | None = None
    years: int | None = None
    lots: int | None = None
    rounds: int | None = None
    no_lots_reason: str = ""
    users_restricted_to: str = ""
    conflicts_assessment: date | None = None
    equality_assessment: str = ""
    policy_statement: str = ""
    outcomes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    concession: bool = False

    @property
    def home(self) -> Nation:
        """The nation whose law is asked for: as it is stated, else the only one that has the law, else England.

        A police and crime commissioner in Wales is no devolved Welsh authority, for its functions are reserved
        (Procurement Act 2023 s.111(3); Government of Wales Act 2006, Schedule 7A, section B5).
        """
        if self.nation is Nation.WALES and self.authority is Authority.PCC:
            return Nation.ENGLAND
        return self.nation or (_ONLY_IN.get(self.law, Nation.ENGLAND) if self.law else Nation.ENGLAND)


_ONLY_IN = {Law.PCSR_2015: Nation.SCOTLAND, Law.PSR_WALES_2025: Nation.WALES}
UNSTATED = Regime()
