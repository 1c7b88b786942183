"""What plugins are: hooks, the contracts of scorers, rules, mechanisms and lint rules, and how they are loaded."""
