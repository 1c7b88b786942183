"""What bids must state for a scheme: as a list, and as an empty workbook to fill in."""
