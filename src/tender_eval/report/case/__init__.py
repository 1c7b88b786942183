"""A case told to those who take it on: how it stands, and what an act did."""
