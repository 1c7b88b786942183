"""What was found of a scheme as one document, for the terminal and for those who decide: a room a topic."""
