"""Results as tables of plain text, one row a bid or a figure."""
