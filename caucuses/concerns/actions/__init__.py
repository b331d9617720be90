"""Verbs of concerns."""
