"""What an evaluation comes to, figure by figure, for whoever writes it out once more: a workbook beside its formulas.

Nothing is decided here. `points` has what the kernel held on its way, `readings` what was read of each bid, `prices`
how its price came about, `expressions` what the published formula of a method gives for these bids.
"""
