"""A simulation cut into chunks, run on one machine or many, and taken up again after a kill."""
