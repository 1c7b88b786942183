"""How firm the award is against other weights and against the panel's own disagreement."""
