"""Verbs of bringback."""
