"""What simulated tenders come to: mergeable tallies, comparisons, which assumptions matter."""
