"""The built-in award mechanisms, one a file, registered through the same hook as those of others.

A mechanism is a class with one method.
"""

from __future__ import annotations

from collections.abc import Mapping

from tender_eval.plugins.catalogue import references
from tender_eval.plugins.spec import hookimpl

_HOMES = {
    "independent": ("Independent",),
    "lot_order": ("LotOrder",),
    "largest_lead": ("LargestLead",),
    "best_total": ("BestTotal",),
    "bidder_preference": ("BidderPreference",),
}


@hookimpl
def tender_eval_mechanisms() -> Mapping[str, str]:
    """Every built-in award mechanism by name; a scheme loads only the one that it uses."""
    return references(__name__, _HOMES)
