"""The bids file: its fields, its models, and how what it lacks is added in the kind of file at hand."""
