"""Reports as a plugin brings them: a sound one, and wrong ones."""

from __future__ import annotations

import time
from typing import Any

from tender_eval import Report


class Ranks(Report):
    """Who has which rank, a line a bid. Source: none, it is made up."""

    name = "ranks"

    def write(self, case: Any) -> bytes:
        lines = [f"{bid.id} {bid.rank}\n" for found in case.evaluations.values() for bid in found.bids]
        return "".join(lines).encode()


class Dated(Ranks):
    """The same with the moment. Source: none."""

    name = "dated"

    def write(self, case: Any) -> bytes:
        return super().write(case) + str(time.time_ns()).encode()


class Text(Ranks):
    """The same as text. Source: none."""

    name = "text_of_ranks"

    def write(self, case: Any) -> Any:
        return super().write(case).decode()
