"""The best award over all lots as an integer programme: HiGHS proposes in floats, exact arithmetic proves."""
