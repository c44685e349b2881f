"""Places out of files: the shipped tables, and the gazetteers of others."""
