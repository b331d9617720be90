"""Views of concerns."""
