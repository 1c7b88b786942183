"""Scheme to plan: methods found, weights and minimums settled, and what a scheme may not leave open told."""
