"""Verbs of threads."""
