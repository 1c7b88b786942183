"""What a scheme will do before it decides: lint rules, rank reversal, tipping points, robustness, groups, gaming."""
