"""Field sheets for the notices of an award, and what the winner offered, to be put into the contract."""
