"""Terms inside the lessons: the worker finds the first mention of each (`working`), pages only show what it found (`placing`)."""
