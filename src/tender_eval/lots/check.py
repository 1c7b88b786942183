"""The check of what a scheme says of awarding lots, beside the engine's; loaded where a scheme says anything of it."""

from __future__ import annotations

from tender_eval.engine.check import Further
from tender_eval.files.sound_parts import FaultyParts
from tender_eval.model.bids import Bids
from tender_eval.model.diagnostics import Problems
from tender_eval.model.scheme import Scheme
from tender_eval.plugins.catalogue import Catalogue


def limits_check(catalogue: Catalogue) -> Further:
    """The check, for `engine.check.check`."""

    def check_limits(scheme: Scheme, bids: Bids | None, faulty: FaultyParts, problems: Problems) -> None:
        if scheme.award.lots is not None:
            from tender_eval.lots.policy import check_lots

            check_lots(scheme, bids, catalogue, problems, faulty)

    return check_limits
