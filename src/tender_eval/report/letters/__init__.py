"""Assessment summaries: what each supplier is told of its tender, and what must hold before they are sent."""
