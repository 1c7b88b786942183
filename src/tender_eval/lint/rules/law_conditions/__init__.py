"""What the law says of conditions of participation: proportionate, and members' capacities counted together."""
