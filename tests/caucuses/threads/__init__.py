"""Stories of threads."""
