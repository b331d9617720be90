"""Views of bringback."""
