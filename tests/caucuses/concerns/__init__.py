"""Stories of concerns."""
