"""Tests for abnormally low prices of every kind, as a scheme states them; the tender's yearly value is 8."""

from __future__ import annotations

from typing import Any

TRIM = {"each_end": "20%", "rounded": "up", "ties": "all"}
LOW_PRICE_TESTS: list[dict[str, Any]] = [
    {"below_mean_by": "20%"},
    {"below_mean_by": "1/3", "counts_itself": "false", "exactly": "not_flagged"},
    {"below_median_by": "20%", "over": "evaluated"},
    {"below_median_by": "25%", "counts_itself": "false", "from_bids": 3},
    {"below_trimmed_mean_by": "10%", "trim": TRIM},
    {"below_trimmed_mean_by": "10%", "trim": {**TRIM, "rounded": "down", "ties": "none"}, "counts_itself": "false"},
    {"below_trimmed_mean_by": "5%", "trim": {**TRIM, "each_end": "40%"}, "to_bids": 4},
    {"below_mean_by": "0%", "averaged_again": {"below_mean": "kept"}},
    {"below_trimmed_mean_by": "0%", "trim": TRIM, "averaged_again": {"below_mean": "kept"}},
    {"below_trimmed_mean_by": "5%", "trim": {**TRIM, "ties": "none"}, "averaged_again": {"below_mean": "kept"}},
    {"below_trimmed_mean_by": "0%", "trim": {**TRIM, "rounded": "down"}, "averaged_again": {"below_mean": "all"}},
    {"below_mean_by": "10%", "exactly": "not_flagged", "averaged_again": {"without_above": "10%", "fewest": 3}},
    {"below_runner_up_by": "30%"},
    {"below_estimate_by": "50%", "estimate": 16},
    {"below_estimate_by": "40%", "estimate": 18, "estimate_tax": "20%"},
    {"below_estimate_by": "40%", "estimate": "200% of annual_value", "estimate_tax": "20%"},
    {"below_estimate_by": "10%", "estimate": "200% of annual_value"},
]
