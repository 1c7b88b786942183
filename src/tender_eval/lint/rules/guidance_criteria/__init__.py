"""What guidance asks of the criteria: quality before price, and room for what small specialist providers bring."""
