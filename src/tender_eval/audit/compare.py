"""What changed between two records, and what that did to the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tender_eval.base.environment import differences as environment_differences
from tender_eval.case.acts import Act, Entry
from tender_eval.case.case import Case
from tender_eval.case.marks import marks_in
from tender_eval.files.schemes.dump import scheme_data
from tender_eval.languages.figures import ranked_name
from tender_eval.languages.results import texts
from tender_eval.model.bids import Bid, Bids, Mark, Tender, reads_price
from tender_eval.model.digits import shown
from tender_eval.model.evaluation import BidResult, Evaluation

ABSENT = "-"


class Difference(NamedTuple):
    """A value that is not the same in both records: what it is of, and how it stands in each."""

    section: str  # versions | stage | scheme | tender | bids | marks | corrections | award | ranking
    name: str
    before: str
    after: str


def differences(before: Case, after: Case) -> tuple[Difference, ...]:
    """Every difference, causes first and effects last."""
    return (
        *_versions(before.entries[0], after.entries[0]),
        *_changed("stage", {"stage": before.stage}, {"stage": after.stage}),
        *_scheme(before, after),
        *_changed("tender", _tender(before.bids.tender), _tender(after.bids.tender)),
        *_changed("bids", _facts(before.bids), _facts(after.bids)),
        *_changed("marks", _marks(before.bids), _marks(after.bids)),
        *_changed("corrections", _corrections(before), _corrections(after)),
        *_changed("award", _awards(before), _awards(after)),
        *_changed("ranking", _ranking(before), _ranking(after)),
    )


def _changed(section: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name in [*before, *(n for n in after if n not in before)]:
        old, new = before.get(name, ABSENT), after.get(name, ABSENT)
        if old != new:
            yield Difference(section, name, old, new)


def _versions(before: Entry, after: Entry) -> Iterator[Difference]:
    old, new = before.body.get("environment"), after.body.get("environment")
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for words in environment_differences(old, new):
            yield Difference("versions", words, "", "")


def _scheme(before: Case, after: Case) -> Iterator[Difference]:
    old, new = before.compiled.scheme, after.compiled.scheme
    if old.sha256 == new.sha256:
        return
    found = list(_changed("scheme", dict(_flat(scheme_data(old))), dict(_flat(scheme_data(new)))))
    yield from found or [Difference("scheme", "the file, but nothing that it says", old.sha256, new.sha256)]


def _flat(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value by its dotted path; the items of a list go by their id, or their mark on a scale."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from _flat(part, f"{path}.{name}" if path else str(name))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for n, part in enumerate(value):
            name = (part.get("id") or part.get("mark")) if isinstance(part, Mapping) else None
            yield from _flat(part, f"{path}.{name}" if name is not None else f"{path}[{n}]")
    else:
        yield path, str(value)


def _tender(tender: Tender) -> dict[str, str]:
    facts = {"id": tender.id, "title": tender.title}
    facts |= {name: shown(figure.value) for name, figure in tender.figures.items()}
    for lot in tender.lots:
        facts[f"lot {lot.id}"] = lot.title or lot.id
        facts |= {f"lot {lot.id}, {name}": shown(figure.value) for name, figure in lot.figures.items()}
    return {name: value for name, value in facts.items() if value}


def _facts(bids: Bids) -> dict[str, str]:
    """Prices and every other figure that bids give; and that a bid is there at all."""
    found: dict[str, str] = {}
    for bid in bids.bids:
        found[f"{bid.id}"] = bid.name
        found |= {f"{bid.id}, {name}": shown(figure.value) for name, figure in bid.figures.items()}
        for lot, part in bid.lots.items():
            found[f"{bid.id}, lot {lot}"] = "bid for"
            found |= {f"{bid.id}, lot {lot}, {name}": shown(f.value) for name, f in part.figures.items()}
        found |= {
            f"{offer.id}, lot {lot}, {name}": shown(figure.value)
            for offer in bid.for_several
            for lot, part in offer.lots.items()
            for name, figure in part.figures.items()
            if reads_price(name)
        }
        found |= dict(_members(bid))
    return found


def _members(bid: Bid) -> Iterator[tuple[str, str]]:
    for member in bid.members:
        facts = {name: shown(figure.value) for name, figure in member.facts.items()}
        facts |= {"role": member.role, "share": shown(member.share), "confirmed": shown(member.confirmed)}
        facts |= {"pathways": ", ".join(member.pathways)}
        yield from ((f"{bid.id}, member {member.name}, {name}", value) for name, value in facts.items())


def _marks(bids: Bids) -> dict[str, str]:
    found: dict[str, str] = {}
    for bid in bids.bids:
        for name, mark in marks_in(bid).items():
            found |= {f"{bid.id}, {name}{part}": value for part, value in _of_mark(mark).items()}
    return found


def _of_mark(mark: Mark) -> dict[str, str]:
    found = {"": shown(mark.value)}
    found |= {f", given by {who}": shown(figure.value) for who, figure in mark.individual.items()}
    story = {", reason": mark.reason, ", agreed by": ", ".join(mark.agreed_by), ", agreed on": mark.on}
    return found | {name: value for name, value in story.items() if value}


def _corrections(case: Case) -> dict[str, str]:
    return {f"entry {told.act.number}": _correction(told.act) for told in case.corrections}


def _correction(act: Act) -> str:
    lot = f" for lot {act.said('lot')}" if act.said("lot") else ""
    bid, field, old, new, reason = map(act.said, ("bid", "field", "old", "new", "reason"))
    if act.kind == "correct_file":
        return f"a mended file of prices, {reason}"
    return f"{bid}, {field}{lot}: {old or ABSENT} became {new}, {reason}"


def _awards(case: Case) -> dict[str, str]:
    if case.stage != "complete":
        return {}
    return {_of_lot("winner", lot): _winner(case, lot) for lot in case.evaluations}


def _winner(case: Case, lot: str) -> str:
    if case.tied(lot):
        return " ".join(filter(None, (", ".join(case.state.awarded(lot)), "(tied)")))
    return ", ".join(case.awarded(lot)) or ABSENT


def _ranking(case: Case) -> dict[str, str]:
    if case.stage != "complete":
        return {}
    return {
        _of_lot(bid.id, lot): _result_text(bid, found) for lot, found in case.evaluations.items() for bid in found.bids
    }


def _result_text(bid: BidResult, found: Evaluation) -> str:
    if bid.rank is None:
        return f"{bid.status.replace('_', ' ')}: {texts(bid.reasons)}"
    money = f", awarded {shown(bid.award)}" if bid.award is not None else ""
    return f"rank {bid.rank}{'=' if bid.tied else ''} with {shown(bid.figure)} {ranked_name(found.figure)}{money}"


def _of_lot(name: str, lot: str) -> str:
    return f"{name}, lot {lot}" if lot else name
