"""Statistics of agreement between people who mark the same things, in numpy alone; nothing of tenders."""
