"""The record of an evaluation: canonical, chained entries that anyone can check again."""
