"""Invented bids: for a scheme that nobody has bid under yet, for its worked example, and for simulated tenders.

What is invented follows from the scheme and from what is stated here as an assumption; nothing else decides it.
"""
