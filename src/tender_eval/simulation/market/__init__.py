"""Who could bid for which lots, and who does."""
