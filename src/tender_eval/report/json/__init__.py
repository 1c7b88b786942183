"""Results for programs: one module a format of JSON."""
