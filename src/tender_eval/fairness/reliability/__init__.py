"""How reliably the panel of a tender or lot marked: individual marks set beside each other, and what follows."""
