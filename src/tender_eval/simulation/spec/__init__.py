"""The spec of a simulation as records: its parameters, what they rest on, and their variations."""
