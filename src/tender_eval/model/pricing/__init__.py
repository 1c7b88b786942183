"""What a scheme says of money: how the evaluated price is made of what bids state."""
