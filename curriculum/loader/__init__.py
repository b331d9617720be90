"""Loads the starter curriculum: Markdown files with front matter become pages, so that a historian needs no code."""
