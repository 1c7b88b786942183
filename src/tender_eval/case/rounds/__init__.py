"""Rounds of negotiation: a later offer of a bid takes the place of the one before."""
