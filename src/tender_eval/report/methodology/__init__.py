"""The methodology of a scheme as bidders read it, before they bid."""
