"""The scheme amended: before bids are in freely, afterwards only where it is forced, and told on every first page."""

from __future__ import annotations

from dataclasses import replace

from tender_eval.case.envelopes import quality_part
from tender_eval.case.evaluating import again
from tender_eval.case.inputs import file_of
from tender_eval.case.state import State
from tender_eval.case.step import Step, Taken
from tender_eval.engine.check import check
from tender_eval.engine.compiled import CompiledScheme
from tender_eval.files.source import Source
from tender_eval.lots.check import limits_check
from tender_eval.model.diagnostics import Refused
from tender_eval.plugins.catalogue import Catalogue


def scheme_in_force(source: Source, catalogue: Catalogue) -> CompiledScheme:
    """A scheme ready to evaluate a case.

    Raises:
        Refused: with every problem of it.
    """
    checked = check(source, None, catalogue, limits_check(catalogue))
    if isinstance(checked, Refused):
        raise checked
    return checked.compiled


def amend_scheme(step: Step, state: State) -> Taken:
    """Another scheme is in force.

    Raises:
        Refused: TE087 where bids are in and it is not forced; every problem of the scheme, and of the bids under it.
    """
    whole = scheme_in_force(file_of(step.act.body["file"]), step.catalogue)
    if whole.scheme.sha256 == state.whole.scheme.sha256:
        step.refuse("this is the scheme that is in force", "give the amended one", "TE085")
    made = replace(state, whole=whole)
    if state.received is None:
        return Taken(made)
    if step.act.said("forced") != "true":
        message = f"bids are in since entry {state.reached['receive']}: the scheme that was published to them binds"
        step.refuse(message, "with --force it is amended all the same, and every report says so on its first page")
    if state.quality is not None:
        made = replace(made, quality=quality_part(whole))
    return Taken(again(replace(made, amended=(*state.amended, step.act.number))))
