"""A scheme with its bids, and the same again with one thing changed: what the analyses share."""
