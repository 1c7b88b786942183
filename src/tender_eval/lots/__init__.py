"""The award across lots: limits, capacity, and the mechanisms that decide who wins which lot."""
