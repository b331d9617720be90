"""Addresses of check-ins."""

from __future__ import annotations

from django.urls import path

from accountability.checkins.views import asking, calendar, dates, notes, parts, read, write

app_name = "checkins"
ONE = "<uuid:check_in_id>"
PART = f"{ONE}/parts/<uuid:part_id>"
NOTES = "notes/<uuid:pair_id>"
urlpatterns = [
    path("of/<uuid:pair_id>/", read.check_in_list, name="check_in_list"),
    path(f"{ONE}/", write.check_in_show, name="check_in_show"),
    path(f"{ONE}/take-back/", write.check_in_take_back, name="check_in_take_back"),
    path(f"{ONE}/skip/", dates.check_in_skip, name="check_in_skip"),
    path(f"{ONE}/take-part/", dates.check_in_take_part, name="check_in_take_part"),
    path(f"{ONE}/move/", dates.check_in_move, name="check_in_move"),
    path(f"{PART}/", parts.part_show, name="part_show"),
    path(f"{PART}/edit/", parts.part_edit, name="part_edit"),
    path("kept/<uuid:draft_id>/", read.kept_show, name="kept_show"),
    path("kept/<uuid:draft_id>/delete/", read.kept_delete, name="kept_delete"),
    path(f"{NOTES}/", notes.notes_show, name="notes_show"),
    path(f"{NOTES}/edit/", notes.notes_edit, name="notes_edit"),
    path("calendar/", calendar.calendar_edit, name="calendar_edit"),
    path("calendar/stop/", calendar.calendar_stop, name="calendar_stop"),
    path("calendar/<str:token>.ics", calendar.feed_show, name="feed_show"),
    path("how/", asking.asking_answer, name="asking_answer"),
    path("back/", asking.rest_end, name="rest_end"),
]
