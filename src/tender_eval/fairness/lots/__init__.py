"""The award across the lots of a tender, and what moves it."""
