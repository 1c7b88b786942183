"""Acts taken one after the other on small cases, without a record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tender_eval.base.canonical import Data
from tender_eval.case.acts import Act
from tender_eval.case.case import Case
from tender_eval.case.fold import Told, opened, take
from tender_eval.case.inputs import file_data
from tender_eval.case.receiving import announce_prices
from tender_eval.case.state import State
from tender_eval.case.step import Step
from tender_eval.engine.catalogue import load_catalogue
from tender_eval.files.source import Source
from tender_eval.model.diagnostics import Diagnostic, Refused
from tender_eval.model.location import Location

CATALOGUE = load_catalogue({"TENDER_EVAL_LOAD_PLUGINS": ""})
WHERE = Location("record.jsonl")
AT = "2026-05-02T09:30:00Z"
SCHEME = """\
format: tender-eval/scheme/1
id: refuge
title: Refuge services
currency: GBP
conditions:
  - {id: insured, title: Insurance, reads: declarations.insured, must_be: true}
criteria:
  - {id: care, title: Care, weight: 60, scorer: {name: mark, out_of: 5}}
  - {id: price, title: Price, weight: 40, scorer: ratio_to_lowest}
award: {rule: highest_score, on_rejection: recompute}
abnormally_low: {below_mean_by: 25%}
"""
_BID = "  - {{id: {0}, supplier: {{name: {1}}}, declarations: {{insured: true}}, {2}}}\n"
_MARK = "marks: {{care: {{agreed: {0}, reason: {1}}}}}"


def _bids(tender: str, *bids: tuple[str, str, str]) -> str:
    return f"format: tender-eval/bids/1\ntender: {tender}\nbids:\n" + "".join(_BID.format(*bid) for bid in bids)


def _mark(mark: int, reason: str = "As shown in part 2") -> str:
    return _MARK.format(mark, reason)


ONE = _bids(
    "{id: t, title: Refuge}",
    ("low", "Alder", f"price: 100, {_mark(2)}"),
    ("mid", "Birch", f"price: 300, {_mark(4)}"),
    ("top", "Cedar", f"price: 500, {_mark(5)}"),
)
SEALED = _bids(
    "{id: t, title: Refuge}", ("low", "Alder", _mark(2)), ("mid", "Birch", _mark(4)), ("top", "Cedar", _mark(5))
)
PRICES = "id,price\nlow,100\nmid,300\ntop,500\n"
LOTS = _bids(
    "{id: t, title: Refuge, lots: [{id: north}, {id: south}]}",
    ("a", "Alder", f"lots: {{north: {{price: 100}}, south: {{price: 200}}}}, {_mark(4)}"),
    ("b", "Birch", f"lots: {{north: {{price: 100}}}}, {_mark(4)}"),
    ("c", "Cedar", f"lots: {{north: {{price: 400}}, south: {{price: 150}}}}, {_mark(3)}"),
)
MARKED = """\
format: tender-eval/bids/1
tender: {id: t, title: Refuge}
bids:
  - id: low
    supplier: {name: Alder Ltd}
    declarations: {insured: true}
    consortium: {members: [{name: Fern Trust, role: sub-contractor, share: 10%}]}
    price: 100
    marks: {care: {agreed: 2, individual: {ann: 2, bob: 3}, agreed_by: [Ann Archer, Bob Baker], reason: As shown}}
  - id: mid
    supplier: {name: Birch, identifier: GB-CHC-7}
    declarations: {insured: true}
    price: 300
    marks: {care: {agreed: 4, individual: {ann: 4, bob: 4}, agreed_by: [Ann Archer], reason: As shown}}
  - id: top
    supplier: {name: Cedar}
    declarations: {insured: true}
    price: 500
    marks: {care: {agreed: 5, individual: {ann: 5, bob: 4}, agreed_by: [Ann Archer, Bob Baker], reason: As shown}}
"""
PANEL = """\
format: tender-eval/panel/1
members:
  - {id: ann, name: Ann Archer, role: commissioner}
  - {id: bob, name: Bob Baker, role: practitioner, criteria: [care]}
chair: {id: dee, name: Dee Dunn}
"""
PEOPLE = ("ann", "bob", "dee")
BIDS = {"one": ONE, "two_envelopes": SEALED, "lots": LOTS, "panel": MARKED}


def source(name: str, text: str) -> dict[str, Data]:
    """A file as an act holds it."""
    return file_data(Source(name, text.encode()))


@dataclass
class Acting:
    """A case that acts are taken on; the number of an act is its place."""

    state: State
    told: list[Told] = field(default_factory=list)
    states: list[State] = field(default_factory=list)

    @classmethod
    def opened(cls, scheme: str = SCHEME, panel: str = "") -> Acting:
        """A case as its scheme is published."""
        people = Source("panel.yaml", panel.encode()) if panel else None
        return cls(opened(Source("scheme.yaml", scheme.encode()), CATALOGUE, people))

    @classmethod
    def evaluated(cls, tender: str = "one", scheme: str = SCHEME, bids: str = "") -> Acting:
        """A case as it is first evaluated."""
        case = cls.opened(scheme, PANEL if tender == "panel" else "")
        case("receive", file=source("bids.yaml", bids or BIDS[tender]))
        for person in PEOPLE if tender == "panel" else ():
            case("declare_interest", person=person, none="true")
        case("lock")
        if tender == "two_envelopes":
            case.open_prices()
        case("evaluate")
        return case

    def open_prices(self, text: str = PRICES) -> Told:
        """Sealed prices opened by two people."""
        self.announce("Ann", "Bob")
        return self("open_prices", file=source("prices.csv", text), made_by=["Ann", "Bob"])

    def announce(self, *by: str) -> None:
        """It is entered that people open the sealed prices."""
        act = Act(len(self.told), "price_opened", {"made_by": list(by)})
        self.state = announce_prices(Step(act, CATALOGUE, WHERE), self.state).state

    def __call__(self, kind: str, **said: Data) -> Told:
        """Take an act."""
        return self.at(AT, kind, **said)

    def at(self, time: str, kind: str, **said: Data) -> Told:
        """Take an act at a time."""
        act = Act(len(self.told), kind, said, time)
        after, told = take(self.state, act, CATALOGUE, WHERE)
        self.states.append(self.state)
        self.state = after
        self.told.append(told)
        return told

    def refusal(self, kind: str, **said: Data) -> list[tuple[str, str]]:
        """The codes and messages with which an act is refused; the case is as it was."""
        return [(d.code, d.message) for d in self.refused(kind, AT, **said)]

    def refused(self, kind: str, time: str, **said: Data) -> Sequence[Diagnostic]:
        """What is said to an act that is refused; the case is as it was."""
        before = self.state
        try:
            self.at(time, kind, **said)
        except Refused as e:
            assert self.state is before
            return e.diagnostics
        raise AssertionError(f"{kind} was taken")

    @property
    def case(self) -> Case:
        """As reports read it."""
        return Case(self.state, (), "0" * 64, tuple(self.told))

    def winner(self, lot: str = "") -> tuple[str, ...]:
        """Who is awarded a lot, as the case has it."""
        return self.state.winners(lot)
