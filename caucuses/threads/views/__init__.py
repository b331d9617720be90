"""Views of threads."""
