"""Template tags of caucuses."""
