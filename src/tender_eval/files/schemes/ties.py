"""The tie break in a scheme file: figures in their order, a draw or people that decide, and what is near enough."""

from typing import Annotated, Self

from pydantic import model_validator

from tender_eval.files.fields import Column, Located, ReadBy, Words, fault, kind
from tender_eval.files.numbers import NotANumber, is_plain, parse_number
from tender_eval.model.scheme import NearTie, PeopleDecide, TieBreak


class TieFile(Located):
    """One step: the highest or lowest of a figure; or, as the last, a draw or who decides."""

    highest: Column | None = None
    lowest: Column | None = None
    draw: Words | None = None
    decide: Words | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(step is not None for step in (self.highest, self.lowest, self.draw, self.decide)) != 1:
            message = "a step of the tie break must have one of highest, lowest, draw and decide"
            raise fault("TE012", message, "write the steps as [{highest: quality}, {lowest: price}, {draw: lots}]")
        for said, such_as in ((self.draw, "draw: lots"), (self.decide, "decide: the head of commissioning")):
            if said is not None and not said.strip():
                raise fault("TE018", "nothing is written here", f"write how, such as {such_as}")
        return self

    @property
    def then(self) -> PeopleDecide | None:
        """Who or what decides, where this step is of people."""
        how = self.draw if self.draw is not None else self.decide
        return None if how is None else PeopleDecide(how.strip(), self.draw is not None)

    def record(self) -> TieBreak:
        best = "highest" if self.highest is not None else "lowest"
        return TieBreak(self.highest or self.lowest or "", best, self.where)


def _near_tie(value: object) -> NearTie:
    if isinstance(value, NearTie):
        return value
    if not isinstance(value, str):
        raise fault("TE012", f"expected a number, found {kind(value)}", "write 0.5, or a share of the best such as 5%")
    try:
        within = parse_number(value, "0.5, or a share of the best such as 5%")
    except NotANumber as e:
        raise fault(e.code, str(e), e.hint) from None
    if not is_plain(value) and "/" in value:
        message = f'"{value}" may be an amount, or a share of the best figure'
        raise fault("TE014", message, "write an amount in digits, or a percentage such as 5%")
    is_share = value.strip().endswith("%")
    if within <= 0 or (is_share and within >= 1):
        raise fault("TE015", f"{value} is out of range", "write an amount above 0, or a share below 100%")
    return NearTie(within, is_share)


NearTieField = Annotated[NearTie, ReadBy(_near_tie, {"type": ["number", "string"]})]
"""How near to the best figure is as good as it: ``0.5``, or ``5%`` of the best."""
