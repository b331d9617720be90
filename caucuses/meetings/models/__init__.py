"""Models of meetings."""

from caucuses.meetings.models.calendar import CalendarLink
from caucuses.meetings.models.meeting import Meeting, Notes

__all__ = ["CalendarLink", "Meeting", "Notes"]
