"""A record as a person reads it: its entries, what was checked of it, what differs between two, one bid's part."""
