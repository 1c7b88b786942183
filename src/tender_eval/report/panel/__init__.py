"""What the panel works with: sheets of marks, what differs between them, the sheet of its meeting."""
