"""The parts of the HTML report, as records that its templates print: what is said, never how it looks."""
