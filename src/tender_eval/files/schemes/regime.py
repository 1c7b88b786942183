"""The regime of a scheme file: the words of its vocabulary, in whichever usual way they are spelt.

This is the one place where spellings are understood. Whoever asks of the law asks the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeVar

from pydantic import Field
from pydantic_core import PydanticCustomError

from tender_eval.files.fields import Located, PositiveMoney, ReadBy, Rounds, Truth, Whole, Words, Years, fault, kind
from tender_eval.files.schemes.fields import Day
from tender_eval.model.diagnostics import did_you_mean
from tender_eval.model.location import Table
from tender_eval.model.regime import Authority, Law, Nation, Procedure, Regime

Word = TypeVar("Word", bound=StrEnum)

_NATIONS = {
    Nation.WALES: "cymru",
    Nation.SCOTLAND: "alba",
    Nation.NORTHERN_IRELAND: "ni|northern ireland",
}
_AUTHORITIES = {
    Authority.CENTRAL: "central (?:government|authority|body)|(?:government )?department",
    Authority.COUNCIL: r"(?:local|combined) authority|(?:\w+ )?council",
    Authority.PCC: "police(?: and crime commissioner)?|opcc",
    Authority.NHS: "nhs .+|icb|integrated care board",
    Authority.SCHOOL: "schools|academy|multi academy trust|mat",
    Authority.HOUSING: "housing association|registered provider",
    Authority.CHARITY: "charities|vcse",
    Authority.SUB_CENTRAL: "sub ?central(?: authority| government)?",
}
_PROCEDURES = {
    Procedure.OPEN: "open procedure",
    Procedure.COMPETITIVE_FLEXIBLE: "competitive flexible procedure|flexible(?: procedure)?",
    Procedure.DIRECT_AWARD: "direct award(?: process)? [abc]",
    Procedure.CALL_OFF: "(?:framework )?call off|(?:mini|further) competition",
    Procedure.RESTRICTED: "restricted procedure",
    Procedure.NEGOTIATED: "negotiated procedure|competitive procedure with negotiation",
    Procedure.MOST_SUITABLE_PROVIDER: "most suitable provider process|msp",
    Procedure.COMPETITIVE_PROCESS: "psr competitive process",
}
# Anywhere in what is written, for laws are named in sentences; a year that follows must be the law's own.
_LAWS = {
    Law.PCSR_2015: ("15", "public contracts? scotland regulations|pcs ?(?:s )?r|pcr(?: 2015)? scotland|scottish pcr"),
    Law.PROCUREMENT_ACT_2023: ("23", "(?<!public )procurement act|pa(?= ?(?:20)?23)"),
    Law.PSR_WALES_2025: (
        "25", "provider selection regime (?:in )?wales(?: regulations)?|psr ?w(?:ales)?|w(?:elsh|ales) psr",
    ),
    Law.PSR_2023: ("23", "provider selection regime|psr"),
    Law.PCR_2015: ("15", "public contracts? regulations|pcr"),
    Law.UCR_2016: ("16", "utilit(?:y|ies) contracts? regulations|ucr"),
    Law.CCR_2016: ("16", "concessions? contracts? regulations|ccr"),
    Law.BELOW_THRESHOLD: ("", "(?:below|under|sub) ?(?:the )?threshold"),
    Law.GRANT: ("", "grants?"),
    Law.WORLD_BANK: ("", "world bank|ibrd"),
    Law.EU_2014_24: ("", "2014 24|eu directives?|^eu$"),
    Law.NONE: ("", "^(?:no law|private)$"),
}  # fmt: skip
# A name that holds another: below the threshold of the Act, the Scottish regulations for short, those of Wales.
_RATHER = (Law.BELOW_THRESHOLD, Law.PCSR_2015, Law.PSR_WALES_2025)


def _plain(text: str) -> str:
    return " ".join(re.findall("[a-z0-9]+", text.casefold()))


def _exactly(spellings: Mapping[Word, str], words: type[Word]) -> Callable[[str], Iterator[Word]]:
    def named(plain: str) -> Iterator[Word]:
        return (w for w in words if plain == _plain(w) or re.fullmatch(spellings.get(w, "(?!)"), plain))

    return named


def _laws(plain: str) -> Iterator[Law]:
    found = [w for w in Law if plain == _plain(w)] or [
        law for law, (year, how) in _LAWS.items() if re.search(_naming(how, year), plain)
    ]
    rather = [law for law in found if law in _RATHER]
    return iter(rather[:1] or found)


def _naming(how: str, year: str) -> str:
    whole = rf"\b(?:{how})(?: ?(?:20)?{year})?(?!\w)" if year else rf"\b(?:{how})(?!\w)"
    return rf"{whole}(?! \d{{4}}\b)"


def _read(words: type[Word], what: str, named: Callable[[str], Iterator[Word]]) -> Callable[[Any], Word]:
    def read(value: object) -> Word:
        if not isinstance(value, str):
            raise fault("TE012", f"expected text, found {kind(value)}", f"write one of {', '.join(words)}")
        if not value.strip():
            raise fault("TE018", "nothing is written here", "write the value, or remove the key")
        found = tuple(named(_plain(value)))
        if len(found) > 1:
            raise fault("TE016", f"{kind(value)} names more than one {what}", f"write one of {', '.join(found)}")
        if not found:
            near = did_you_mean(value.strip().casefold().replace(" ", "-"), words)
            raise fault("TE016", f"{kind(value)} is no {what} that is known here", near)
        return found[0]

    return read


def _word(words: type[Word], read: Callable[[Any], Word]) -> ReadBy:
    # Other spellings are text, so the words are offered rather than demanded.
    return ReadBy(read, {"anyOf": [{"enum": list(words)}, {"type": "string"}]})


def take_out_unknown(regime: Table) -> tuple[str, ...]:
    """Take the words out of a regime that are not known here, and give them."""
    found = []
    for field, read in (("nation", _NATION), ("law", _LAW), ("authority", _AUTHORITY), ("procedure", _PROCEDURE)):
        said = regime.get(field)
        try:
            read(said) if isinstance(said, str) else None
        except PydanticCustomError:
            found.append(str(said))
            for key in [key for key in regime if key == field]:
                del regime[key]
    return tuple(found)


_NATION = _read(Nation, "nation", _exactly(_NATIONS, Nation))
_LAW = _read(Law, "law", _laws)
_AUTHORITY = _read(Authority, "authority", _exactly(_AUTHORITIES, Authority))
_PROCEDURE = _read(Procedure, "procedure", _exactly(_PROCEDURES, Procedure))
NationWord = Annotated[Nation, _word(Nation, _NATION)]
LawWord = Annotated[Law, _word(Law, _LAW)]
AuthorityWord = Annotated[Authority, _word(Authority, _AUTHORITY)]
ProcedureWord = Annotated[Procedure, _word(Procedure, _PROCEDURE)]


class RegimeFile(Located):
    """Under which law the contract is let, and what lint asks of the procurement; nothing here changes a score."""

    nation: NationWord | None = Field(None, description="where the authority is; none: outside of the United Kingdom")
    law: LawWord | None = Field(None, description="which law governs the award, such as procurement-act-2023")
    authority: AuthorityWord | None = Field(None, description="who lets the contract, and so which thresholds hold")
    light_touch: Truth | None = Field(None, description="whether the contract is a light touch contract")
    procedure: ProcedureWord | None = Field(None, description="how it is let, such as open or competitive-flexible")
    published: Day | None = Field(None, description="the day of publication, such as 2026-05-02")
    estimated_value: PositiveMoney | None = Field(None, description="of the whole contract, options and VAT included")
    tender_days: Whole | None = Field(None, description="days that bidders have to write their tenders")
    years: Years | None = Field(None, description="term of the contract without options to extend")
    lots: Whole | None = Field(None, description="into how many lots the contract is divided; 1: it is not")
    rounds: Rounds | None = Field(
        None, description="of offers, the first tenders among them; the last offer of a bid counts (case offer)"
    )
    no_lots_reason: Words = Field("", description="why it is not divided into lots")
    users_restricted_to: Words = Field("", description="who may use the service, where not everybody in need may")
    conflicts_assessment: Day | None = Field(None, description="the day on which the conflicts assessment was prepared")
    equality_assessment: Words = Field("", description="where the record of how equality was considered is kept")
    policy_statement: Words = Field("", description="how regard was had to the procurement policy statement")
    outcomes: tuple[Words, ...] = Field((), description="what the service is to achieve, as its specification names it")

    def record(self) -> Regime:
        return Regime(**{name: getattr(self, name) for name in type(self).model_fields})
