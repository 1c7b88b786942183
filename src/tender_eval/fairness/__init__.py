"""What a scheme will do before it decides: rank reversal, tipping points, robustness, groups, gaming."""
