"""Databases of earlier commits, kept as they were, and the stories in which this code takes them over."""
