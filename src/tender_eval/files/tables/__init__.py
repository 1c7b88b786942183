"""Bids in tables: CSV and XLSX."""
