"""What the law says of criteria, lots and the regime that the scheme is published under."""
