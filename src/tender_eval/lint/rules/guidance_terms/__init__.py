"""What guidance asks of the terms: time to bid, length, who may use the service, grants, and what is checked first."""
