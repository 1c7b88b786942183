"""Files in: readers, the models that check them, and JSON Schemas; nothing here evaluates."""
