"""Taking the journal along and bringing it back: the zip file, its Markdown and JSON, and the page that reads it offline.

What is written here leaves in the answer to its author alone and comes in from memory: no word of it touches the disk.
"""
