"""What is worth most of a programme, found by search; see `tender_eval.lots.optimum.awards.Ways`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from tender_eval.lots.optimum.choices import Choice
from tender_eval.lots.optimum.programme import Programme, Row
from tender_eval.lots.optimum.search import most_worth, worth_at_least


class InProgramme:
    """The awards within the rows of a programme, with what each choice is worth.

    Args:
        choices: what the first choices of the programme are.
    """

    def __init__(self, programme: Programme, choices: Sequence[Choice]) -> None:
        self._programme, self._choices = programme, choices

    def value(self, chosen: Iterable[int]) -> Fraction:
        """What is chosen is worth."""
        return self._programme.value(chosen)

    def most(self, start: frozenset[int] | None = None) -> frozenset[int] | None:
        """What is worth most; None where no award keeps to the limits.

        Raises:
            NotProved: the search was given up.
        """
        found = most_worth(self._programme, start)
        return found.chosen if found else None

    def at_least(self, some: Iterable[int], least: Fraction) -> frozenset[int] | None:
        """An award with one of these choices, all of one lot, that is worth this or more; None where there is none."""
        found = worth_at_least(self.with_one_of(some)._programme, least)
        return found.chosen if found else None

    def with_one_of(self, some: Iterable[int]) -> InProgramme:
        """The awards with one of these choices, all of one lot."""
        return InProgramme(self._programme.with_rows(Row(dict.fromkeys(some, -1), -1)), self._choices)

    def differ(self, chosen: frozenset[int], least: Fraction) -> frozenset[int]:
        """The lots that do not go as chosen in every award that is worth this or more.

        Each time an award is asked for that differs at one of the lots at which none has differed so far.
        """
        went, lots = self._at_lots(chosen), {lot for choice in self._choices for lot in choice.lots}
        same = set(lots)
        while same:
            kept = {went[lot] for lot in same if lot in went}
            filled = [n for n, choice in enumerate(self._choices) if not same.isdisjoint({*choice.lots} - went.keys())]
            other = Row({**dict.fromkeys(kept, 1), **dict.fromkeys(filled, -1)}, len(kept) - 1)
            found = worth_at_least(self._programme.with_rows(other), least)
            if found is None:
                break
            now = self._at_lots(found.chosen)
            same = {lot for lot in same if now.get(lot) == went.get(lot)}
        return frozenset(lots - same)

    def _at_lots(self, chosen: Iterable[int]) -> dict[int, int]:
        """What is chosen at each lot, by number."""
        choices = self._choices
        return {lot: n for n in chosen if n < len(choices) for lot in choices[n].lots}
