"""Which rules of law bind a procurement, and since when: one table, asked by whatever needs law."""
