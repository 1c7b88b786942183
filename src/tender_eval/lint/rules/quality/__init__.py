"""Rules on minimums, on what marks earn, on small weights, and on quality that is scored against the best bid."""
