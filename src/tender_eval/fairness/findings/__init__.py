"""What the analyses found, as frozen records: reports render these and compute nothing."""
