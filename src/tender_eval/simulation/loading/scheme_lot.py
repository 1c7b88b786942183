"""Which of a scheme's lots the simulated ones are like, where its criteria differ by lot."""

from __future__ import annotations

from tender_eval.engine.compiled import CompiledScheme
from tender_eval.model.diagnostics import Problems, did_you_mean
from tender_eval.model.location import Location
from tender_eval.model.scheme import Scheme


def scheme_of_lot(found: CompiledScheme, lot: str | None, where: Location, problems: Problems) -> Scheme | None:
    """The scheme as it stands for the lot that a spec names; None with the problem noted where it names none such."""
    by_lot = found.plan.by_lot
    if lot in by_lot or not (lot or by_lot):
        return found.for_lot(lot or "").scheme
    if not by_lot:
        message = f'the spec names the lot "{lot}" of a scheme whose criteria are the same for all lots'
        problems.add("TE056", where, message, "remove scheme_lot")
    elif lot:
        problems.add("TE056", where, f'the scheme has no lot "{lot}"', did_you_mean(lot, by_lot))
    else:
        message = "the criteria of the scheme differ by lot, and simulated lots have those of one"
        problems.add("TE056", where, message, f"state scheme_lot beside the scheme: {' or '.join(by_lot)}")
    return None
