"""Bids under a plan: what is settled before anything is scored, ranks, places, flags, and the working behind each."""
