"""What a published document holds and is not evaluated, in lines; bids that stay listed are told by their status."""

from __future__ import annotations

from collections.abc import Iterable

from tender_eval.languages.inert import cut
from tender_eval.languages.runs import Runs, name, strong
from tender_eval.model.bids import LeftOut
from tender_eval.report.evaluation.figures import LONGEST_NAME, WORDS


def left_out_lines(left_out: Iterable[LeftOut]) -> list[Runs]:
    """A line for each bid or lot that is only listed, with the reason."""
    return [_line(one) for one in left_out if one.kind == "left out"]


def _line(one: LeftOut) -> Runs:
    key = f"left out.{one.what}" + (" of a lot" if one.lot else "") + (" named" if one.supplier else "")
    return WORDS.say(
        key,
        id=strong(cut(one.id, LONGEST_NAME)),
        lot=name(cut(one.lot, LONGEST_NAME)),
        name=name(cut(one.supplier, LONGEST_NAME)),
        why=WORDS.say("left out.status", status=one.status, reason=one.reason) if one.status else one.reason,
    )
