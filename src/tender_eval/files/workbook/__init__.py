"""A workbook's cells as they stand: bounded while they are read, in constant memory; nothing of bids."""
