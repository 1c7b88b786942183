"""A case: a tender as people take it from its published scheme to a decision, folded from what they enter."""
