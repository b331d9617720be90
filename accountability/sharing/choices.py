"""Limits of sharing."""

#: How many days an excerpt is shared at most, today not counted, and how many the form offers first.
MOST_DAYS, USUAL_DAYS = 90, 14
#: How many excerpts one author shares at a time.
MOST_AT_ONCE = 30
