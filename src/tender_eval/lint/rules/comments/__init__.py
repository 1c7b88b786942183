"""Rules on ignore comments: an exception that is not explained, or no longer one, misleads who reads the scheme."""
