"""Stories of meetings."""
