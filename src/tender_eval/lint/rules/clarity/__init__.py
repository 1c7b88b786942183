"""Rules on what bidders and evaluators read: scales, criteria, conditions, sources."""
