"""Stories of caucuses."""
