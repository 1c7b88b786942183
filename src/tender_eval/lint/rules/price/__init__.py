"""Rules on formulas that turn a price into points."""
