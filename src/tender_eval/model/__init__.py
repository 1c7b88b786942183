"""What everything speaks of: schemes, bids, evaluations and diagnostics as frozen records, and exact numbers."""
