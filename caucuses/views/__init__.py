"""Views of caucuses."""
