"""Addresses of cohorts."""

from django.urls import path

from cohorts import invitation_views, views

app_name = "cohorts"
ONE = "cohorts/<slug:slug>/announcements/<uuid:announcement_id>"
urlpatterns = [
    path("cohorts/<slug:slug>/", views.cohort_show, name="cohort_show"),
    path("cohorts/<slug:slug>/announcements/", views.announcement_post, name="announcement_post"),
    path(f"{ONE}/edit/", views.announcement_edit, name="announcement_edit"),
    path(f"{ONE}/delete/", views.announcement_delete, name="announcement_delete"),
    path("invitation/<str:token>/", invitation_views.invitation_open, name="invitation_open"),
]
