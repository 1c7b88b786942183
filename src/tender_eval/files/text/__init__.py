"""The text of YAML and JSON: held to bounds and read for faults before a parser has it, then as located values."""
