"""A scheme's terms in plain words, for the documents that people read: figures, formulas, criteria, scales, lots."""
