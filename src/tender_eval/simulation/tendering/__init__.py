"""A tender simulated: bids marked, scored and awarded by the scheme itself."""
