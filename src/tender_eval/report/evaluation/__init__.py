"""Evaluations as documents: in short, the award across lots, and the full report of a case."""
