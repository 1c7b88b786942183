"""What stands for the content of entries: salted digests, the parts of bids and their tree, and proofs for bidders."""
