"""Addresses of a cohort's insights."""

from django.urls import path

from backbone.views import insights

app_name = "insights"
urlpatterns = [
    path("cohorts/<slug:slug>/insights/", insights.insights_show, name="insights_show"),
    path("cohorts/<slug:slug>/insights.csv", insights.insights_csv, name="insights_csv"),
    path("cohorts/<slug:slug>/insights.json", insights.insights_json, name="insights_json"),
]
