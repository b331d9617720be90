"""The shared language for other programs: JSON, CSV, JSON-LD, Turtle and a feed of changes, and what is read back from JSON and CSV.

All of it is public, so nothing here knows its reader. A file is written term by term; only a handful of terms is in memory at once.
"""
