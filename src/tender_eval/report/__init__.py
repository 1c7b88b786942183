"""Renderers: each turns a result into text, and computes nothing."""
