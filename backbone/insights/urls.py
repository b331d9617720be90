"""Addresses of a cohort's insights, and of progress by name."""

from django.urls import path

from backbone.views import insights, progress

app_name = "insights"
WEEKS = "cohorts/<slug:slug>/insights/weeks"
PROGRESS = "cohorts/<slug:slug>/progress"
urlpatterns = [
    path("cohorts/<slug:slug>/insights/", insights.insights_show, name="insights_show"),
    path("cohorts/<slug:slug>/insights.csv", insights.insights_csv, name="insights_csv"),
    path("cohorts/<slug:slug>/insights.json", insights.insights_json, name="insights_json"),
    path(f"{WEEKS}/", insights.week_list, name="week_list"),
    path(f"{WEEKS}/<str:day>.csv", insights.week_csv, name="week_csv"),
    path(f"{WEEKS}/<str:day>.json", insights.week_json, name="week_json"),
    path(f"{WEEKS}/<str:day>/", insights.week_show, name="week_show"),
    path(f"{PROGRESS}/", progress.progress_show, name="progress_show"),
    path(f"{PROGRESS}/show/", progress.progress_name, name="progress_name"),
    path(f"{PROGRESS}/stop/", progress.progress_stop, name="progress_stop"),
]
