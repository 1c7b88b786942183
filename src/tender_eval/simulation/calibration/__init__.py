"""What is known of real tenders beside what the simulation makes of them."""
