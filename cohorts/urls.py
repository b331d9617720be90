"""Addresses of cohorts."""

from django.urls import path

from cohorts import (
    attendance_views,
    invitation_views,
    link_views,
    meeting_views,
    talk_views,
    views,
)

app_name = "cohorts"
ONE = "cohorts/<slug:slug>/announcements/<uuid:announcement_id>"
TALK = "cohorts/<slug:slug>/talk/<uuid:prompt_id>"
MEETINGS = "cohorts/<slug:slug>/meetings"
MEETING = f"{MEETINGS}/<uuid:meeting_id>"
REPLY = f"{TALK}/replies/<uuid:reply_id>"
urlpatterns = [
    path("cohorts/<slug:slug>/", views.cohort_show, name="cohort_show"),
    path("cohorts/<slug:slug>/announcements/", views.announcement_post, name="announcement_post"),
    path(f"{ONE}/edit/", views.announcement_edit, name="announcement_edit"),
    path(f"{ONE}/delete/", views.announcement_delete, name="announcement_delete"),
    path(f"{MEETINGS}/", meeting_views.meeting_list, name="meeting_list"),
    path(f"{MEETINGS}/new/", meeting_views.meeting_call, name="meeting_call"),
    path(f"{MEETING}/", meeting_views.meeting_show, name="meeting_show"),
    path(f"{MEETING}/edit/", meeting_views.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}/call-off/", meeting_views.meeting_call_off, name="meeting_call_off"),
    path(f"{MEETING}/meeting.ics", meeting_views.meeting_file, name="meeting_file"),
    path(f"{MEETING}/mine/", attendance_views.attendance_say, name="attendance_say"),
    path(f"{MEETING}/attendance/", attendance_views.attendance_note, name="attendance_note"),
    path("cohorts/<slug:slug>/talk/", talk_views.talk_open, name="talk_open"),
    path(f"{TALK}/", talk_views.talk_show, name="talk_show"),
    path(f"{TALK}/replies/", talk_views.reply_post, name="reply_post"),
    path(f"{REPLY}/", talk_views.reply_show, name="reply_show"),
    path(f"{REPLY}/edit/", talk_views.reply_edit, name="reply_edit"),
    path(f"{REPLY}/delete/", talk_views.reply_delete, name="reply_delete"),
    path(f"{REPLY}/remove/", talk_views.reply_remove, name="reply_remove"),
    path("invitation/link/<str:token>/", link_views.link_open, name="link_open"),
    path("invitation/<str:token>/", invitation_views.invitation_open, name="invitation_open"),
]
