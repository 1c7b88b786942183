"""Where a case stands: made from inputs, changed by prices and corrections, and evaluated after each.

The same steps write a record and prove it: each gives the entries that must follow what was put in.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tender_eval.audit.chain import Draft
from tender_eval.audit.entries import across_entry, entries_of
from tender_eval.audit.envelopes import (
    locked,
    of_record,
    priced_evaluation,
    quality_part,
    refuse_prices,
    turned_away,
    with_prices,
)
from tender_eval.audit.marks import Correction, corrected, marks_digest
from tender_eval.base.canonical import Data, NotCanonical, digest
from tender_eval.engine.check import check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.load import read_bids
from tender_eval.files.source import Source
from tender_eval.lots.check import limits_check
from tender_eval.model.bids import Bids, reads_price
from tender_eval.model.diagnostics import Diagnostic, Problems, Refused
from tender_eval.model.evaluation import Evaluation
from tender_eval.plugins.catalogue import Catalogue

if TYPE_CHECKING:
    from tender_eval.lots.award import AcrossLots

QUALITY, COMPLETE = "quality", "complete"


@dataclass(frozen=True, slots=True)
class State:
    """A case at one moment. ``whole`` is the whole scheme, ``quality`` the part of it that reads no price, where
    the case has two envelopes; ``across`` is the award of lots that are awarded together."""

    whole: CompiledScheme
    quality: CompiledScheme | None
    bids: Bids
    stage: str
    evaluations: Mapping[str, Evaluation]
    across: AcrossLots | None = None

    @property
    def compiled(self) -> CompiledScheme:
        """The scheme, or the part of it, that is evaluated now."""
        return self.quality if self.quality and self.stage == QUALITY else self.whole

    def drafts(self) -> tuple[Draft, ...]:
        """The entries of this state, with the one that closes them."""
        awarded = self.stage == COMPLETE
        alone = self.across is None
        found = [d for evaluation in self.evaluations.values() for d in entries_of(evaluation, awarded, alone)]
        if self.across:
            found.append(across_entry(self.across))
        marks = marks_digest(self.bids)
        if awarded:
            found.append(Draft("evaluated", {"entries": str(len(found)), "marks_sha256": marks}))
        else:
            found.append(Draft("marks_locked", locked(self.bids, marks)))
        return tuple(found)


def begin(scheme: Source, bids: Source, catalogue: Catalogue, stage: str = COMPLETE) -> State:
    """The first state of a case: the files checked together and evaluated.

    Raises:
        Refused: with every problem of the files; TE082 for a price at the quality stage.
    """
    if stage == COMPLETE:
        checked = check(scheme, bids, catalogue, limits_check(catalogue))
        problems = Problems()
        problems.extend(checked.diagnostics)
        problems.refuse()
        if checked.compiled is None or checked.bids is None:
            raise AssertionError("files without problems have records")
        return _evaluated(checked.compiled, None, checked.bids, stage)
    problems = Problems()
    alone = check(scheme, None, catalogue, limits_check(catalogue))
    problems.extend(alone.diagnostics)
    found = read_bids(bids, catalogue.readers, problems)
    if found:
        refuse_prices(found, problems)
    problems.refuse()
    if alone.compiled is None or found is None:
        raise AssertionError("files without problems have records")
    _refuse_beyond_limits(alone.compiled, found)
    return _evaluated(alone.compiled, quality_part(alone.compiled), found, stage)


def priced(state: State, prices: Source, catalogue: Catalogue) -> State:
    """The state after the prices are known.

    Raises:
        Refused: with every problem of the prices; TE083 where the marks were not locked before.
    """
    if state.stage != QUALITY:
        message = "the record holds prices already: they cannot be given twice"
        raise Refused([Diagnostic("TE083", message, None, "begin another record for another evaluation")])
    problems = Problems()
    found = read_bids(prices, catalogue.readers, problems)
    out = turned_away(state.evaluations, state.whole, state.bids)
    merged = with_prices(state.bids, found, out, problems) if found else state.bids
    problems.refuse()
    return _evaluated(state.whole, state.quality, merged, COMPLETE)


def put_right(state: State, change: Correction, number: int) -> State:
    """The state after a correction, which is entry ``number`` of the record.

    Raises:
        Refused: with what is wrong with the correction, or with the bids after it.
    """
    problems = Problems()
    bids = corrected(state.bids, change, of_record(number), problems)
    problems.refuse()
    return _evaluated(state.whole, state.quality, bids, state.stage)


def _evaluated(whole: CompiledScheme, quality: CompiledScheme | None, bids: Bids, stage: str) -> State:
    problems = Problems()
    found: dict[str, Evaluation] = {}
    for lot in [x.id for x in bids.tender.lots] or [""]:
        try:
            found[lot] = _evaluation(whole, quality, bids, stage, lot)
        except Refused as e:
            problems.extend(e.diagnostics)
    problems.refuse()
    return State(whole, quality, bids, stage, found, _across(whole, bids, stage, found))


def _across(whole: CompiledScheme, bids: Bids, stage: str, lots: Mapping[str, Evaluation]) -> AcrossLots | None:
    """The award of lots that are awarded together; at the quality stage only what could not be mended later."""
    limits = whole.scheme.award.lots
    if limits is None or not bids.tender.lots:
        return None
    from tender_eval.lots.award import award_together, capacities_of
    from tender_eval.lots.policy import figure_of

    if stage == COMPLETE:
        return award_together(whole, bids, lots)
    if limits.capacity and not reads_price(figure_of(limits.capacity)):
        capacities_of(limits.capacity, bids, lots)
    return None


def _refuse_beyond_limits(compiled: CompiledScheme, bids: Bids) -> None:
    """Refuse bids for too many lots before their marks are locked."""
    limits = compiled.scheme.award.lots
    if limits is None or not bids.tender.lots:
        return
    from tender_eval.lots.policy import check_bids_against_limits

    problems = Problems()
    check_bids_against_limits(limits, bids, problems)
    problems.refuse()


def _evaluation(whole: CompiledScheme, quality: CompiledScheme | None, bids: Bids, stage: str, lot: str) -> Evaluation:
    if quality is None:
        return whole.evaluate(bids, lot)
    return quality.evaluate(bids, lot) if stage == QUALITY else priced_evaluation(whole, quality, bids, lot)


def file_data(source: Source) -> dict[str, Data]:
    """A file as it stands in a record: its name, its digest and every byte."""
    encoded = base64.b64encode(source.data).decode("ascii")
    return {"name": source.name, "sha256": source.sha256, "base64": encoded}


def file_of(data: Data) -> Source:
    """The file that a record holds.

    Raises:
        NotCanonical: it is not whole, or its bytes do not have the digest that is stated; says why.
    """
    if not isinstance(data, Mapping) or set(data) != {"name", "sha256", "base64"}:
        raise NotCanonical("a file needs name, sha256 and base64")
    name, stated, encoded = data["name"], data["sha256"], data["base64"]
    if not isinstance(name, str) or not isinstance(stated, str) or not isinstance(encoded, str):
        raise NotCanonical("name, sha256 and base64 of a file must be text")
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise NotCanonical(f"the bytes of {name} are not base64") from None
    if digest(content) != stated:
        raise NotCanonical(f"the bytes of {name} do not have the digest that is stated")
    return Source(name, content)


def correction_of(body: Mapping[str, Data]) -> Correction:
    """A correction from the body of its entry, which was checked."""
    said = {name: str(body.get(name, "")) for name in Correction._fields}
    return Correction(**said)
