"""The spec of a simulation: its file, its parameters and what they rest on."""
