"""Addresses of cohorts."""

from django.urls import path

from cohorts import invitation_views, link_views, talk_views, views

app_name = "cohorts"
ONE = "cohorts/<slug:slug>/announcements/<uuid:announcement_id>"
TALK = "cohorts/<slug:slug>/talk/<uuid:prompt_id>"
REPLY = f"{TALK}/replies/<uuid:reply_id>"
urlpatterns = [
    path("cohorts/<slug:slug>/", views.cohort_show, name="cohort_show"),
    path("cohorts/<slug:slug>/announcements/", views.announcement_post, name="announcement_post"),
    path(f"{ONE}/edit/", views.announcement_edit, name="announcement_edit"),
    path(f"{ONE}/delete/", views.announcement_delete, name="announcement_delete"),
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
