"""What bidders believe of each other, and the prices that follow."""
