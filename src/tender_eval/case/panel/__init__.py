"""The panel of a case: what its people declare, and which marks of theirs count."""
