"""Limits of meetings."""

from __future__ import annotations

from datetime import timedelta

LONGEST_PLACE = 500  # characters
LONGEST_TITLE = 100
#: How long a meeting takes, in minutes: at least, usually, at most.
MINUTES = (5, 60, 600)
#: A meeting is called for a day within this time from now.
AHEAD = timedelta(days=365)
#: So many meetings stand on one page, of those to come and of past ones.
ON_A_PAGE = 20
#: What a calendar shows whose owner chose no words, and one whose words do not open.
APPOINTMENT = "Appointment"
#: What stands readable in the place of the time zone of a meeting.
UTC = "UTC"
