"""A simulation as one document: for the terminal in brief, as a page with its charts."""
