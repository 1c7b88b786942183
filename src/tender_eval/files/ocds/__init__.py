"""Bids in OCDS releases and records, and Prozorro tenders."""
