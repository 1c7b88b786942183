"""What the law asks of the procurement beside the scheme, and of schemes under laws that are not the Act."""
