"""Testing what is published: cases beside schemes, for the command line and for pytest, and the test kit."""
