"""The scheme file: its fields, its models, what must hold between its parts, and back to text."""
