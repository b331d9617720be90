"""Commands of caucuses."""
