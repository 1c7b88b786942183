"""Rules on what ranks the bids: quality set against price, rounding, ties, and bids that fall out."""
