"""A document before any file format, and its writers: terminal, Markdown, HTML, DOCX and plain data."""
