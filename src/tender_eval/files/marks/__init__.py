"""Sheets of marks as people of a panel return them: in a workbook, as CSV, as YAML."""
