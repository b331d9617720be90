"""Addresses of the backbone team's desk."""

from django.urls import path

from backbone.views import desk

app_name = "backbone"
urlpatterns = [
    path("", desk.desk_show, name="desk_show"),
]
