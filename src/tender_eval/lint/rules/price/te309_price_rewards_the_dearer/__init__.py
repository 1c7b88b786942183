from __future__ import annotations

from collections.abc import Iterator

from tender_eval.model.diagnostics import Severity
from tender_eval.plugins.lint_rule import Clause, Finding, LintRule, SchemeView


class PriceRewardsTheDearer(LintRule):
    """The dearer of two bids that differ in nothing else comes out better, and never worse.

    A price that is scored the wrong way round (ratio_to_highest, a band whose ends are swapped, price / highest) gives
    the contract to whoever asks for most, and no figure of the result looks odd. It is found by scoring made-up bids
    under the scheme itself, as the engine does in every evaluation (TE032); methods that reward the dearer bid in
    places only, such as one that goes by the mean, are left alone. Where the bidders pay the authority, as for a
    concession, state payment: received: then a price that rewards the lower payment is found instead.
    """

    code = "TE309"
    name = "price-rewards-the-dearer"
    severity = Severity.WARNING
    summary = "The dearer bid is scored better, though the authority pays."
    keywords = "ratio_to_highest, wrong direction, concession, payment received, full_at and zero_at swapped"
    clauses = (
        Clause("Arithmetic", "made-up bids that differ in the price alone, scored by the scheme itself", True),
        Clause("TAR Campania", "5582/2018, which annulled a formula that did so", False),
        Clause("Consiglio di Stato", "978/2017, likewise", False),
    )

    def check(self, scheme: SchemeView) -> Iterator[Finding]:
        for notice in scheme.notices:
            if notice.code == "TE032" and notice.where is not None:
                yield Finding(notice.message, notice.where, notice.hint)
