"""The engine: scheme to plan, bids to columns, one kernel in two arithmetics, ranking, rules and trace."""

# First, and near the surface: deep in a chain of imports CPython 3.11 takes 0.08 s longer to load it.
import numpy as numpy
