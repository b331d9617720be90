"""Addresses of meetings."""

from __future__ import annotations

from django.urls import path

from caucuses.meetings.views import calendar, calling, notes, read

app_name = "meetings"
ONE = "<uuid:meeting_id>"
urlpatterns = [
    path("", read.meeting_list, name="meeting_list"),
    path("new/", calling.meeting_call, name="meeting_call"),
    path("calendar/", calendar.calendar_edit, name="calendar_edit"),
    path("calendar/stop/", calendar.calendar_stop, name="calendar_stop"),
    path(f"{ONE}/", read.meeting_show, name="meeting_show"),
    path(f"{ONE}/edit/", calling.meeting_edit, name="meeting_edit"),
    path(f"{ONE}/call-off/", calling.meeting_call_off, name="meeting_call_off"),
    path(f"{ONE}/notes/", notes.notes_edit, name="notes_edit"),
    path(f"{ONE}/appointment.ics", calendar.appointment_show, name="appointment_show"),
]
