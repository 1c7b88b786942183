"""What a scheme says of marks: the scales that they are on."""
