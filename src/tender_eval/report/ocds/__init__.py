"""The evaluation as a release of the Open Contracting Data Standard."""
