"""The spec file: its fields and models, read into records and checked, and a complete one to start from."""
