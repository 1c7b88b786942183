"""How far one weight, all weights, a mark or a price must move for another bid to win."""
