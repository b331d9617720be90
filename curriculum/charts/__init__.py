"""Figures in a lesson: a table read from pasted CSV, or refused with a sentence, and drawn as SVG by our own code.

Nothing here needs a database. `reading` makes a `Table`, `views` says what is shown of it, `drawing` draws that.
"""
